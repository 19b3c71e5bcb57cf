// Every lint rule runs its own page: `bad` gives exactly its code, `good` gives none.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkBylaws, framed, lintRules, samplePath } from '../../compiler/index.ts';
import type { LintRule } from '../../compiler/index.ts';
import { codeEntry, codes } from '../../language/index.ts';
import { diagnosticPages } from '../docs/diagnostics.ts';
import { compiled } from './bylaws-text.ts';

/** What is found in a fragment: errors, warnings, and of the notes those of one code. GDO035 is no fault of an example. */
const judged = (fragment: string, rule: LintRule): readonly string[] => {
  const result = compiled(framed(fragment), undefined, samplePath(fragment));
  const found = [...result.diagnostics, ...checkBylaws(result, rule.given)];
  return found.flatMap(({ code, severity }) => ((severity === 'info' && code !== rule.code) || code === 'GDO035' ? [] : [code]));
};

describe.each(lintRules.map((rule) => [rule.name, rule] as const))('the rule %s', (_name, rule) => {
  it(`finds its bad bylaws, and no error or warning else there (${rule.code})`, () => {
    expect([...new Set(judged(rule.bad, rule))]).toEqual([rule.code]);
  });

  it('is silent on its good bylaws, as are all errors and warnings', () => {
    // Where the weaker form of an error is a note, the frame itself may have it (docs/decisions/0075).
    const found = checkBylaws(compiled(framed(rule.good), undefined, samplePath(rule.good)), rule.given);
    const ownNotes = found.filter(({ code, severity }) => code === rule.code && severity === 'info').length;
    expect(judged(rule.good, rule)).toHaveLength(codeEntry(rule.code)?.severity === 'error' ? ownNotes : 0);
  });

  it('has the code and the name of the catalogue', () => {
    expect(codeEntry(rule.code)?.name).toBe(rule.name);
  });

  it('writes sentences that begin with a capital, have no full stop and no line break', () => {
    const found = checkBylaws(compiled(framed(rule.bad), undefined, samplePath(rule.bad)), rule.given).filter((diagnostic) => diagnostic.code === rule.code);
    for (const text of [rule.what, rule.why, rule.fix, ...found.map((diagnostic) => diagnostic.message)]) expect(text).toMatch(/^[A-Z`0-9].*[^.\n]$/);
    for (const diagnostic of found) expect([diagnostic.why, diagnostic.help, diagnostic.place.label].every((text) => text.length > 0)).toBe(true);
  });
});

describe('the list of rules', () => {
  const folder = new URL('../../compiler/lint/', import.meta.url);

  it('names every file that holds a rule', () => {
    const files = readdirSync(folder).filter((name) => readFileSync(new URL(name, folder), 'utf8').includes(': LintRule = {'));
    expect(files.map((name) => name.replace(/\.ts$/, '')).sort()).toEqual(lintRules.map((rule) => rule.name).sort());
  });

  it('uses each code once, ascending', () => {
    const codes = lintRules.map((rule) => rule.code);
    expect(codes).toEqual([...new Set(codes)].sort());
  });

  it('says to people what the golden page holds', () => {
    const golden = new URL('../golden/diagnostics-compiler.txt', import.meta.url);
    const page = lintRules.map((rule) =>
      checkBylaws(compiled(framed(rule.bad), undefined, samplePath(rule.bad)), rule.given)
        .filter((found) => found.code === rule.code)
        .map(
          (found) =>
            `${found.severity} ${found.code} ${rule.name}\n  ${found.message}\n  here: ${found.place.label}\n  why:  ${found.why}\n  help: ${found.help}\n`,
        )
        .join(''),
    );
    if (process.env['GDO_GOLDEN'] === '1') writeFileSync(golden, page.join('\n'));
    expect(page.join('\n')).toBe(readFileSync(golden, 'utf8'));
  });
});

describe('the catalogue', () => {
  // What no rule of its own finds: the parser, the compiler and the check itself do, and the test that is named shows it.
  const elsewhere: ReadonlyMap<string, string> = new Map([
    ...['004', '005'].map((number) => [`GDO${number}`, 'test/language/hostile.test.ts'] as const),
    ['GDO008', 'test/language/literate.test.ts'],
    ...['001', '002', '003', '006', '007', '009', '010', '030', '031', '033', '034'].map(
      (number) => [`GDO${number}`, 'test/language/diagnostics.test.ts'] as const,
    ),
    ['GDO035', 'test/compiler/rules.test.ts'],
    ...['101', '102', '103', '104', '105', '106', '107', '111', '113', '117', '118', '119', '121'].map(
      (number) => [`GDO${number}`, 'test/compiler/names.test.ts'] as const,
    ),
    ...['112', '115', '706'].map((number) => [`GDO${number}`, 'test/compiler/rules.test.ts'] as const),
    ...['906', '907'].map((number) => [`GDO${number}`, 'test/compiler/check.test.ts'] as const),
    // Made impossible by the language or the engine: a test keeps it so.
    ['GDO109', 'test/engine/step/impossible.test.ts'],
    ['GDO110', 'test/engine/step/people.test.ts'],
    ['GDO211', 'test/engine/step/impossible.test.ts'],
    ['GDO214', 'test/engine/step/impossible.test.ts'],
    ['GDO311', 'test/engine/step/semantics.test.ts'],
    ['GDO315', 'test/engine/step/weight.test.ts'],
  ]);

  it('has a rule for every code, or a test that shows who else gives it', () => {
    const ruled: readonly string[] = lintRules.map((rule) => rule.code);
    const findings: readonly string[] = codes.map((entry) => entry.code).filter((code) => /^GDO\d{3}$/.test(code));
    expect(findings.filter((code) => !ruled.includes(code) && !elsewhere.has(code))).toEqual([]);
    expect([...elsewhere.keys()].filter((code) => ruled.includes(code) || !findings.includes(code))).toEqual([]);
  });

  it.each([...elsewhere])('%s is shown by %s', (code, file) => {
    expect(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')).toContain(code);
  });
});

describe('docs/diagnostics/', () => {
  const folder = new URL('../../docs/diagnostics/', import.meta.url);
  const pages = diagnosticPages();
  if (process.env['GDO_GOLDEN'] === '1') {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    for (const [name, text] of pages) writeFileSync(new URL(name, folder), text);
  }

  it('has one page for every code and an index, and no other file', () => {
    expect(existsSync(folder) ? readdirSync(folder).sort() : []).toEqual([...pages.keys()].sort());
  });

  it('says what the rules and the list of codes say', () => {
    const stale = [...pages].filter(([name, text]) => readFileSync(new URL(name, folder), 'utf8') !== text).map(([name]) => name);
    expect(stale).toEqual([]);
  });
});
