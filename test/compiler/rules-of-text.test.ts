// The semantic rules about the text itself: limits, literate files, formatting, rights as they are written.
import { describe, expect, it } from 'vitest';
import { compileBylaws, framed, staleSays, writeSays } from '../../compiler/index.ts';
import { lineAndColumn, parseBylaws, printBylaws } from '../../language/index.ts';
import { codesOf, compiled, parsed } from './bylaws-text.ts';

const told = (text: string, path = 'a.gdo'): readonly string[] => parseBylaws({ path, text }).diagnostics.map(({ code }) => code);
const formatted = (text: string): string => printBylaws(parsed(text));
const right = (lines: string): string => framed(`right doors\n  covers "doors/front"\n  held by keepers\n${lines}end\n`);
const judged = (text: string): readonly string[] => codesOf(text).filter((code) => code !== 'GDO035' && code !== 'GDO113');

describe('limits', () => {
  it('S76, S78: a size passed is GDO004, which names it', () => {
    const messages = (text: string): readonly string[] => parseBylaws({ path: 'a.gdo', text }).diagnostics.map(({ code, message }) => `${code} ${message}`);
    expect(messages(`gdo 1\nrole ${'x'.repeat(64)}\nend\n`)).toEqual([]);
    expect(messages(`gdo 1\nrole ${'x'.repeat(65)}\nend\n`)).toEqual(['GDO004 A name may have at most 64 characters']);
    expect(messages(`gdo 1\norganization "${'x'.repeat(512)}"\nend\n`)).toEqual([]);
    expect(messages(`gdo 1\norganization "${'x'.repeat(513)}"\nend\n`)).toEqual(['GDO004 Words in quotes may have at most 512 bytes']);
    const nested = (count: number): string => `gdo 1\nprocess p\n${'step s\n'.repeat(count - 1)}`;
    expect(told(nested(64))).not.toContain('GDO004');
    expect(told(nested(65))).toEqual(['GDO004']);
    expect(messages(`gdo 1\n${'process p\nend\n'.repeat(500)}`)).toEqual([]);
    expect(messages(`gdo 1\n${'process p\nend\n'.repeat(501)}`)).toEqual(['GDO004 There may be at most 500 processes']);
  });

  it('S77: numbers, shares, durations and dates stay within theirs, GDO006', () => {
    const term = (duration: string): readonly string[] => told(`gdo 1\nrole a\n  term ${duration}\nend\n`);
    expect(term('100 years')).toEqual([]);
    expect(term('101 years')).toEqual(['GDO006']);
    expect(term('1 minute')).toEqual([]);
    expect(term('0 minutes')).toEqual(['GDO006']);
    const decay = (share: string): readonly string[] => told(`gdo 1\npoints p\n  decay ${share} every 1 day rounded down\nend\n`);
    expect(decay('1/1000000')).toEqual([]);
    for (const share of ['1/1000001', '1/0', '0.1234567%']) expect(decay(share), share).toEqual(['GDO006']);
    expect(told('gdo 1\nmeasure m counts cases by each a\n  at least 9007199254740991\nend\n')).toEqual([]);
    expect(told('gdo 1\nmeasure m counts cases by each a\n  at least 9007199254740992\nend\n')).toEqual(['GDO006']);
  });
});

describe('literate files', () => {
  const rules = framed('');
  const literate = (before: string, after = ''): string => `${before}\n\n\`\`\`gdo\n${rules}\`\`\`\n${after}`;
  const hashOf = (text: string): string | undefined => compileBylaws([parsed(text, 'bylaws/README.gdo.md')]).hash;

  it('S79: only tagged fences bind, and places are those of the whole file', () => {
    const text = literate('# Rules\n\nrole prose\n\n```\nrole none\n```');
    const { file, diagnostics } = parseBylaws({ path: 'a.gdo.md', text });
    expect(diagnostics).toEqual([]);
    expect(hashOf(text)).toBe(compiled(rules).hash);
    const keeper = file.declarations.find(({ kind }) => kind === 'role');
    expect(text.split('\n')[lineAndColumn(text, keeper?.span.start ?? 0).line - 1]).toBe('role keeper plural keepers');
  });

  it('S80: a heading is the article of what follows it and no part of the hash', () => {
    const result = compileBylaws([parsed(literate('# Old\n\n## Keepers'), 'bylaws/README.gdo.md')]);
    expect(result.articles.find(({ name }) => name === 'keeper')?.heading).toBe('Keepers');
    expect(hashOf(literate('# Other'))).toBe(result.hash);
    expect(told('```gdo\ngdo 1\nrole a\n```\n\n```gdo\nend\n```\n', 'a.gdo.md')).toEqual(['GDO008']);
  });

  it('S81: generated sentences are written by the formatter and stale once the rule is another one', () => {
    const text = literate('# Rules', '\n<!-- gdo:says keeper -->\n<!-- /gdo:says -->\n');
    const result = compileBylaws([parsed(text, 'bylaws/README.gdo.md')]);
    if (result.charter === undefined) throw new Error('no charter');
    const path = 'bylaws/README.gdo.md';
    expect(staleSays(path, text, result.charter)).toHaveLength(1);
    const written = writeSays(text, result.charter);
    expect(written.length).toBeGreaterThan(text.length);
    expect(staleSays(path, written, result.charter)).toEqual([]);
    const changed = compileBylaws([parsed(written.replace('held by 5 to 9 people', 'held by 5 to 11 people'), path)]).charter;
    expect(changed === undefined ? [] : staleSays(path, written, changed)).toHaveLength(1);
  });

  it('S82: prose that says something else changes nothing', () => {
    expect(hashOf(literate('The council has 40 keepers and no votes.'))).toBe(compiled(rules).hash);
  });
});

describe('the formatter', () => {
  it('S83: two spaces, one clause per line, blank lines between declarations and before each of more than three stages', () => {
    expect(formatted('gdo 1 role a held by 2 people term 1 year end role b end')).toBe(
      'gdo 1\n\nrole a\n  held by 2 people\n  term 1 year\nend\n\nrole b\nend\n',
    );
    const stages = (count: number): string =>
      `gdo 1\nprocess p\n  started by any a\n${Array.from({ length: count }, (_, index) => `outcome o${index} accepts\n`).join('')}end\n`;
    expect(formatted(stages(3))).not.toMatch(/\n\n {2}outcome/);
    expect(formatted(stages(4)).match(/\n\n {2}outcome/g)).toHaveLength(4);
  });

  it('S84: clauses stand in one order, but `when` and `passes` keep theirs', () => {
    const lines = ['otherwise go to refused', 'passes as b when no a says no', 'passes as a when all a say yes', 'open for 7 days', 'voters as'];
    const text = formatted(`gdo 1\nprocess p\nvote v\n${lines.join('\n')}\nend\nend\n`);
    expect(
      text
        .split('\n')
        .slice(4, 9)
        .map((line) => line.trim()),
    ).toEqual([lines[4], lines[3], lines[1], lines[2], lines[0]]);
  });

  it('S85: shares stay as written, one is singular, and long blocks name their end', () => {
    const text = formatted('gdo 1\nrole a\n  held by 1 people\n  term 1 years\n  limit 50% of a per b\nend\n');
    expect(text).toContain('held by 1 person');
    expect(text).toContain('term 1 year\n');
    expect(text).toContain('limit 50% of a per b');
    const long = formatted(`gdo 1\nrole a\n${'  open to b\n'.repeat(16)}end\n`);
    expect(long).toMatch(/end of a\n$/);
    expect(told('gdo 1\nrole a\nend of b\n')).toEqual(['GDO007']);
  });

  it('S86: formatting twice is formatting once; comments and hash stay', () => {
    const text = framed('-- why\nrole b -- beside\n  held by 2 people\nend\n');
    const once = formatted(text);
    expect(formatted(once)).toBe(once);
    for (const comment of ['-- why', '-- beside']) expect(once).toContain(comment);
    expect(compiled(once).hash).toBe(compiled(text).hash);
  });

  it('S88: titles are all that `for wording only` may change, so they are data of their own in the Charter', () => {
    const text = framed('role friend "Friend"\n  held by anyone\nend\n');
    const blank = (title: string): string => JSON.stringify(compiled(text.replace('"Friend"', title)).charter).replace(/,"title":"[^"]*"/g, '');
    expect(blank('"Comrade"')).toBe(blank('"Friend"'));
    expect(compiled(text.replace('"Friend"', '"Comrade"')).hash).not.toBe(compiled(text).hash);
    const wording =
      'process wording\n  governs bylaws for wording only\n  started by any keeper\n  step support\n    when 3 other keepers approve go to accepted\n    after 30 days go to refused\n  end\nend\n';
    expect(JSON.stringify(compiled(framed(wording)).charter?.processes.find(({ name }) => name === 'wording'))).toMatch(/wording/i);
  });
});

describe('rights', () => {
  it('S91: spans of days and hours, over midnight too, and no hour past 24:00', () => {
    // GDO514: these bylaws have no `local time`, which a schedule needs.
    expect(judged(right('  weekdays, sunday from 22:00 to 06:00\n'))).toEqual(['GDO514']);
    expect(told('gdo 1\nright r\n  daily from 06:00 to 24:01\nend\n')).toEqual(['GDO006']);
  });

  it('S92: local time is a list of offsets of whole minutes within 14 hours', () => {
    const offsets = (list: string): readonly string[] => judged(framed('').replace('day ends "UTC"', `day ends "UTC"\n  local time ${list}`));
    expect(offsets('"-06:00", "-05:00"')).toEqual([]);
    expect(offsets('"+14:01"')).toEqual(['GDO006']);
    expect(offsets('"Europe/Berlin"')).toEqual(['GDO006']);
  });

  it('S93, S99: a refusal names one of the reasons, and `allowed` is none', () => {
    expect(judged(right('  refusal outside-hours says "Come back in the morning"\n'))).toEqual([]);
    expect(judged(right('  refusal allowed says "Welcome"\n'))).toHaveLength(1);
    expect(judged(right('  refusal outside-hour says "Come back"\n'))).toHaveLength(1);
  });
});
