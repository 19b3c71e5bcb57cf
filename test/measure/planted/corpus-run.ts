// `npm run corpus`: how much of what is planted the checker finds, code by code, and how often it finds what is not there. It writes docs/check-figures.md.
import { writeFileSync } from 'node:fs';
import { checkBylaws, compileBylaws, framed, lintRules, samplePath } from '../../../compiler/index.ts';
import { codes, parseBylaws } from '../../../language/index.ts';
import { corpus, judge } from '../corpus.ts';
import type { Bylaws } from '../corpus.ts';
import { templates } from '../../../node/cli/templates/list.ts';
import { slips } from './edits.ts';
import type { Slip } from './edits.ts';
import { families } from './families.ts';
import { fragments } from './fragments.ts';
import { measureFamily } from './generated.ts';
import type { FamilyFigures } from './generated.ts';

/** What was planted of one code and what became of it. `alarms`: errors of the code where nothing was planted. */
interface CodeFigures {
  planted: number;
  found: number;
  alarms: number;
}

/** Figures by code, and sentences about what went wrong. */
export interface CorpusFigures {
  readonly codes: ReadonlyMap<string, CodeFigures>;
  readonly families: readonly FamilyFigures[];
  readonly wrong: readonly string[];
}

/** Bylaws in which slips are made: what people wrote, without the accidents, and every template. */
function bylawsOfPeople(): readonly (Bylaws & { readonly sound: boolean })[] {
  const written = corpus().filter(({ name, files }) => !name.startsWith('examples/incidents/') && !files.some(({ path }) => path.startsWith('module-')));
  const begun = templates.map((template) => {
    const text = template.bylaws({ name: 'Maple', zone: 'UTC', people: template.people });
    return { name: `template ${template.name}`, files: [{ path: 'bylaws/README.gdo.md', text }], sound: true };
  });
  // The samples of the papers show constructs, and are not all meant to be free of findings.
  return [...written.map((one) => ({ ...one, sound: !one.name.endsWith('.gdo') })), ...begun];
}

class Figures {
  readonly byCode = new Map<string, CodeFigures>();
  readonly wrong: string[] = [];
  of(code: string): CodeFigures {
    const known = this.byCode.get(code) ?? { planted: 0, found: 0, alarms: 0 };
    this.byCode.set(code, known);
    return known;
  }
  plant(code: string, isFound: boolean, where: string): void {
    const row = this.of(code);
    row.planted += 1;
    if (isFound) row.found += 1;
    else this.wrong.push(`${code} is missed: ${where}`);
  }
}

/** The rules' own wrong samples in their frame, and the right ones, in which no error may be found. */
function plantSamples(figures: Figures): void {
  for (const rule of lintRules) {
    const found = (fragment: string): readonly string[] => {
      const compiled = compileBylaws([parseBylaws({ path: samplePath(fragment), text: framed(fragment) }).file]);
      return [...compiled.diagnostics, ...checkBylaws(compiled, rule.given)].flatMap(({ code, severity }) =>
        severity === 'error' || code === rule.code ? [`${severity} ${code}`] : [],
      );
    };
    figures.plant(
      rule.code,
      found(rule.bad).some((line) => line.endsWith(rule.code)),
      `the sample of ${rule.name}`,
    );
    for (const line of found(rule.good)) if (line.startsWith('error') && !line.endsWith('GDO035')) figures.of(line.slice(-6)).alarms += 1;
  }
}

function plantFragments(figures: Figures): void {
  for (const { code, what, files } of fragments)
    figures.plant(
      code,
      judge(files, 'with rules').some((one) => one.code === code),
      what,
    );
}

/** Every slip in every text in which it can be made. */
function plantSlips(figures: Figures, every: number): void {
  let index = 0;
  for (const { name, files, sound } of bylawsOfPeople()) {
    const before = countsOf(files);
    for (const [code, count] of before) if (sound && code !== 'GDO035' && count.errors > 0) figures.of(code).alarms += count.errors;
    for (const slip of slips) {
      for (const [place, file] of files.entries()) {
        for (const text of slip.edit(file.text)) {
          index += 1;
          if (index % every !== 0) continue;
          const after = countsOf(files.with(place, { path: file.path, text }));
          plantOne(figures, slip, { name, before, after });
        }
      }
    }
  }
}

interface Count {
  readonly all: number;
  readonly errors: number;
}

function countsOf(files: Bylaws['files']): ReadonlyMap<string, Count> {
  const counts = new Map<string, Count>();
  for (const { code, severity } of judge(files, 'with rules')) {
    const { all, errors } = counts.get(code) ?? { all: 0, errors: 0 };
    counts.set(code, { all: all + 1, errors: errors + (severity === 'error' ? 1 : 0) });
  }
  return counts;
}

/** A slip is found where its code is said once more than before; where another error is said instead, the slip made another fault there. */
function plantOne(
  figures: Figures,
  slip: Slip,
  run: { readonly name: string; readonly before: ReadonlyMap<string, Count>; readonly after: ReadonlyMap<string, Count> },
): void {
  const more = (code: string): boolean => (run.after.get(code)?.all ?? 0) > (run.before.get(code)?.all ?? 0);
  // The analyses run only where the quick rules find no error.
  const isLate = lintRules.some((rule) => rule.code === slip.code && rule.late === true);
  if (isLate && [...run.before.values()].some(({ errors }) => errors > 0)) return;
  if (more(slip.code)) return figures.plant(slip.code, true, '');
  const others = [...run.after].some(([code, { errors }]) => errors > (run.before.get(code)?.errors ?? 0));
  if (!others) figures.plant(slip.code, false, `${slip.what} in ${run.name}`);
}

/** Measures everything. @param size - charters of each kind in a family, and every how manieth slip is made */
export function measureCorpus(size: { readonly each: number; readonly every: number; readonly seed: number }): CorpusFigures {
  const figures = new Figures();
  plantSamples(figures);
  plantFragments(figures);
  plantSlips(figures, size.every);
  const made = families.map((family) => measureFamily(family, size.seed, size.each));
  for (const { code, planted, found, alarms, name, wrong } of made) {
    const row = figures.of(code);
    row.planted += planted;
    row.found += found;
    row.alarms += alarms;
    if (wrong.length > 0) figures.wrong.push(`${code} ${name}: ${planted - found} missed, ${alarms} false, such as\n${wrong[0] ?? ''}`);
  }
  return { codes: figures.byCode, families: made, wrong: figures.wrong };
}

/** The page of figures. */
export function figuresText({ codes: byCode, families: made }: CorpusFigures, size: { readonly each: number; readonly seed: number }): string {
  const rows = codes.flatMap(({ code, name }) => {
    const row = byCode.get(code);
    return row === undefined ? [] : [`| ${code} | ${name} | ${row.planted} | ${row.found} | ${row.planted - row.found} | ${row.alarms} |`];
  });
  const total = [...byCode.values()].reduce(
    (sum, row) => ({ planted: sum.planted + row.planted, found: sum.found + row.found, alarms: sum.alarms + row.alarms }),
    { planted: 0, found: 0, alarms: 0 },
  );
  const missing = codes.filter(({ code }) => /^GDO\d{3}$/.test(code) && !byCode.has(code)).map(({ code }) => code);
  return `# Figures of the checker

Written by \`npm run corpus\`: what is planted, what is found, what is missed, and errors where nothing was planted. Faults are planted by the samples of the rules,
by slips in bylaws that people wrote (\`test/measure/planted/edits.ts\`), and in ${size.each} generated charters a family (seed ${size.seed}), beside ${size.each} without the
fault; whether a generated charter has it is worked out by brute force or by playing it, never as the analysis does.

${total.planted} planted, ${total.found} found, ${total.planted - total.found} missed, ${total.alarms} false errors.

| analysis | code | with | found | without | false |
| --- | --- | --- | --- | --- | --- |
${made.map((row) => `| ${row.name} | ${row.code} | ${row.planted} | ${row.found} | ${row.sound} | ${row.alarms} |`).join('\n')}

| code | name | planted | found | missed | false errors |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}

Nothing is planted for: ${missing.length === 0 ? 'no code' : missing.join(' ')}.
`;
}

/** Prints the figures, writes the page, and answers 1 where something was missed or a false error was said. */
export function runCorpus(print: (line: string) => void, size: { readonly each: number; readonly seed: number }): number {
  const figures = measureCorpus({ ...size, every: 1 });
  const text = figuresText(figures, size);
  writeFileSync('docs/check-figures.md', text);
  print(text);
  for (const line of figures.wrong) print(line);
  return figures.wrong.length === 0 ? 0 : 1;
}
