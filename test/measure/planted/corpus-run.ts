// `npm run corpus`: how much of what is planted the checker finds, code by code, and how often it finds what is not there. It writes docs/check-figures.md.
import { writeFileSync } from 'node:fs';
import { framed, lintRules, samplePath } from '../../../compiler/index.ts';
import { codes } from '../../../language/index.ts';
import type { Diagnostic } from '../../../language/index.ts';
import { corpus, isError, judge } from '../corpus.ts';
import type { Bylaws, SourceText } from '../corpus.ts';
import { templates } from '../../../node/cli/templates/list.ts';
import { slips } from './edits.ts';
import type { Slip } from './edits.ts';
import { codesOf, readCharters } from './charters.ts';
import { families } from './families.ts';
import { attempts } from './impossible.ts';
import { pickFrom } from '../mutants.ts';
import { fragments } from './fragments.ts';
import { playHistory } from './histories.ts';
import { isAt, placeOf } from './planted-place.ts';
import type { PlantedPlace } from './planted-place.ts';
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
  /** How many histories were played. */
  readonly histories: number;
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
  histories = 0;
  of(code: string): CodeFigures {
    const known = this.byCode.get(code) ?? { planted: 0, found: 0, alarms: 0 };
    this.byCode.set(code, known);
    return known;
  }
  /** The history behind a finding, where it has one, has to come about. */
  play(files: readonly SourceText[], code: string, where: string): void {
    const played = playHistory(files, code);
    if (played.kind !== 'none') this.histories += 1;
    if (played.kind === 'amiss') this.wrong.push(`the history of ${code} is not so: ${where}: ${played.what}`);
  }
  plant(code: string, isFound: boolean, where: string): void {
    const row = this.of(code);
    row.planted += 1;
    if (isFound) row.found += 1;
    else this.wrong.push(`${code} is missed: ${where}`);
  }
  /** An error where nothing of its kind was planted. */
  alarm({ code, message }: Diagnostic, where: string): void {
    this.strange(code, `${where}: ${message}`);
  }
  strange(code: string, what: string): void {
    this.of(code).alarms += 1;
    this.wrong.push(`${code} is false: ${what}`);
  }
}

/** The rules' own wrong samples in their frame, and the right ones, in which no error may be found. */
function plantSamples(figures: Figures): void {
  for (const rule of lintRules) {
    const what = `the sample of ${rule.name}`;
    const told = (fragment: string): readonly Diagnostic[] => judge([{ path: samplePath(fragment), text: framed(fragment) }], 'with rules', rule.given);
    figures.plant(
      rule.code,
      told(rule.bad).some(({ code }) => code === rule.code),
      what,
    );
    for (const one of told(rule.bad)) if (isError(one) && one.code !== rule.code && one.code !== 'GDO035') figures.alarm(one, what);
    for (const one of told(rule.good)) if (isError(one) && one.code !== 'GDO035') figures.alarm(one, `the right ${what}`);
  }
}

function plantFragments(figures: Figures): void {
  for (const { code, what, files, at, given } of fragments) {
    const told = judge(files, 'with rules', given);
    const file = files.find(({ text }) => text.includes(at)) ?? files[0];
    const start = file?.text.indexOf(at) ?? 0;
    const place = { file: file?.path ?? '', start, end: start + at.length, line: 1 };
    figures.plant(
      code,
      told.some((one) => one.code === code && isAt(place, one)),
      what,
    );
    for (const one of told) if (isError(one) && one.code !== code) figures.alarm(one, what);
  }
}

/** Charters that were read by hand: whatever is told beyond what stands at their ends is false, warnings too. */
function plantCharters(figures: Figures): void {
  const codeOf = (one: string): string => one.split(' ')[1] ?? '';
  for (const charter of readCharters()) {
    const { name, text, expected, told } = charter;
    for (const one of expected) figures.plant(codeOf(one), told.includes(one), `${one} in ${name}`);
    for (const code of codesOf(charter)) figures.play([{ path: 'bylaws/rules.gdo', text }], code, name);
    for (const one of told.filter((found) => !expected.includes(found))) figures.strange(codeOf(one), `${one} in ${name}`);
  }
}

/** Attempts at each fault that cannot be: as many as a family has charters with one. */
function plantAttempts(figures: Figures, seed: number, each: number): void {
  for (const { code, what, isKeptOut } of attempts)
    for (let index = 0; index < each; index += 1) figures.plant(code, isKeptOut(pickFrom(seed, index)), `${what}, attempt ${index}`);
}

/** Every slip in every text in which it can be made. */
function plantSlips(figures: Figures, every: number): void {
  let index = 0;
  for (const { name, files, sound } of bylawsOfPeople()) {
    const before = judge(files, 'with rules');
    for (const one of before) if (sound && one.code !== 'GDO035' && isError(one)) figures.alarm(one, name);
    for (const slip of slips) {
      for (const [place, file] of files.entries()) {
        for (const text of slip.edit(file.text, files.map((one) => one.text).join('\n'))) {
          index += 1;
          if (index % every !== 0) continue;
          const slipped = files.with(place, { path: file.path, text });
          plantOne(figures, { slip, name, place: placeOf(file, text, slip), files: slipped, before, after: judge(slipped, 'with rules') });
        }
      }
    }
  }
}

/** One slip made: where its finding has to be, and what was found without and with it. */
interface Made {
  readonly slip: Slip;
  readonly name: string;
  readonly place: PlantedPlace;
  readonly files: readonly SourceText[];
  readonly before: readonly Diagnostic[];
  readonly after: readonly Diagnostic[];
}

/** A slip is found where its own code is said once more, at its own place; an error of another code, beside it or instead of it, is a false one. */
function plantOne(figures: Figures, { slip, name, place, files, before, after }: Made): void {
  // The analyses run only where the quick rules find no error.
  const isLate = lintRules.some((rule) => rule.code === slip.code && rule.late === true);
  if (isLate && before.some(isError)) return;
  const count = (all: readonly Diagnostic[], code: string): number => all.filter((one) => one.code === code).length;
  const isFound = count(after, slip.code) > count(before, slip.code) && after.some((one) => one.code === slip.code && isAt(place, one));
  figures.plant(slip.code, isFound, `${slip.what} in ${name}, line ${place.line}`);
  if (isFound) figures.play(files, slip.code, `${slip.what} in ${name}, line ${place.line}`);
  for (const code of new Set(after.flatMap((one) => (isError(one) && one.code !== slip.code ? [one.code] : [])))) {
    const now = after.filter((one) => isError(one) && one.code === code);
    for (const one of now.slice(count(before.filter(isError), code))) figures.alarm(one, `${slip.what} in ${name}, line ${place.line}`);
  }
}

/** Measures everything. @param size - charters of each kind in a family, and every how manieth slip is made */
export function measureCorpus(size: { readonly each: number; readonly every: number; readonly seed: number }): CorpusFigures {
  const figures = new Figures();
  plantSamples(figures);
  plantFragments(figures);
  // The short run leaves them to tests of their own.
  if (size.each > 0) plantCharters(figures);
  plantAttempts(figures, size.seed, size.each);
  plantSlips(figures, size.every);
  const made = families.map((family) => measureFamily(family, size.seed, size.each));
  for (const { code, planted, found, alarms, name, wrong } of made) {
    const row = figures.of(code);
    row.planted += planted;
    row.found += found;
    row.alarms += alarms;
    if (wrong.length > 0) figures.wrong.push(`${code} ${name}: ${planted - found} missed, ${alarms} false, such as\n${wrong[0] ?? ''}`);
  }
  return { codes: figures.byCode, families: made, histories: figures.histories + made.reduce((sum, row) => sum + row.histories, 0), wrong: figures.wrong };
}

/** The page of figures. */
export function figuresText({ codes: byCode, families: made, histories }: CorpusFigures, size: { readonly each: number; readonly seed: number }): string {
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
by slips in bylaws that people wrote (\`test/measure/planted/edits.ts\`), in small charters that were read by hand (\`test/measure/planted/charters\`), and in ${size.each} generated charters a family (seed ${size.seed}), beside ${size.each} without the
fault; whether a generated charter has it is worked out by brute force or by playing it, never as the analysis does. A fault is found where its own code
is said at its own place; every error of another code, beside it or instead of it, is a false one. Faults that language and engine make impossible (GDO109,
110, 211, 214, 311, 315) are tried on them: found is what came to nothing.

The histories behind findings are played on the engine, and have to come about; \`by proof\`: the finding is shown by a table or a bound, and has none.

${total.planted} planted, ${total.found} found, ${total.planted - total.found} missed, ${total.alarms} false errors. ${histories} histories played, each as its finding says.

| analysis | code | with | found | played | without | false |
| --- | --- | --- | --- | --- | --- | --- |
${made.map((row) => `| ${row.name} | ${row.code} | ${row.planted} | ${row.found} | ${row.histories === 0 ? 'by proof' : row.histories} | ${row.sound} | ${row.alarms} |`).join('\n')}

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
