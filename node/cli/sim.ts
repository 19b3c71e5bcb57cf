// `gdo sim`: plays a process on a virtual clock over the real engine, with numbers, at random, step by step, or as a finding's history. It touches no
// ledger and writes no file.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { canStart, playScenario, readWitness, simDaysMax, simulate, simulateMany, witnessOf, witnessScenario } from '../../compiler/index.ts';
import type { Compiled, Played, SimCounts, SimPlan, StoryLine, Witness } from '../../compiler/index.ts';
import type { Charter, CharterProcess } from '../../engine/index.ts';
import { suggest } from '../../language/index.ts';
import { insidePath } from './bylaws-files.ts';
import type { CommandDefinition, OptionValue } from './command.ts';
import { UsageError, WorldError } from './command.ts';
import { jsonOfFile } from './json-file.ts';
import { hasErrors, loadBylaws } from './load-bylaws.ts';
import { counted } from './table.ts';
import { plainText, visible, wrap } from './terminal.ts';
import type { World } from './world.ts';

type Options = Readonly<Record<string, OptionValue>>;

/** The command `gdo sim`. Exits 0, 2 (wrong numbers, faulty bylaws, no such process), 3. Source: cli.md section 3 */
export const simCommand: CommandDefinition = {
  name: 'sim',
  group: 'write',
  summary: 'try a process out on a virtual clock',
  arguments: '[PROCESS] [FILES...]',
  filesFrom: 1,
  options: [
    ['--yes <n>', 'so many say yes, or do what leads on'],
    ['--no <n>', 'so many say no, or do what holds back'],
    ['--abstain <n>', 'so many abstain'],
    ['--absent <n>', 'so many stay away'],
    ['--people <n>', 'so many hold a role that is open to everybody'],
    ['--days <n>', 'end after so many days'],
    ['--random <n>', 'play so many histories at random and count how they end'],
    ['--seed <n>', 'the seed of --random; the same seed plays the same histories'],
    ['--replay <code>', 'play the history behind a finding, or one in a file of JSON'],
    ['--interactive', 'choose what happens at each point'],
  ],
  examples: ['gdo sim amendment --yes 3 --absent 1', 'gdo sim amendment --random 200 --seed 7'],
  run: runSim,
};

async function runSim(positional: readonly string[], options: Options, world: World): Promise<number> {
  const replay = options['replay'];
  const name = typeof replay === 'string' ? undefined : positional[0];
  const loaded = await loadBylaws(world.cwd, typeof replay === 'string' ? positional : positional.slice(1));
  const { compiled } = loaded;
  const charter = compiled?.charter;
  if (compiled === undefined || charter === undefined || hasErrors(loaded.findings.filter((finding) => /^GDO[01]/.test(finding.code))))
    throw new UsageError('GDO5002', 'These bylaws have errors, so nothing they say can be played', 'see them:  gdo check');
  if (typeof replay === 'string') return showReplay(compiled, charter, replay, world);
  const process = processNamed(charter, name);
  const plan = planOf(options);
  if (options['interactive'] === true) return playInteractively(charter, process, plan, world);
  const plays = playsOf(options, plan.roll ?? 1);
  if (plays !== undefined) return showCounts(process, simulateMany(charter, process, { ...plan, plays, seed: wholeOf(options, 'seed') ?? 1 }), world);
  const result = simulate(charter, process, plan);
  if (result.kind === 'impossible') throw new UsageError('GDO5003', result.reason, impossibleHelp(process));
  showPlay(process, result.played, result.margin, world);
  return 0;
}

function impossibleHelp(process: CharterProcess): string {
  return canStart(process) ? 'give other numbers of people' : 'play the process whose case comes before it, or the whole in a scenario:  gdo explain scenario';
}

function processNamed(charter: Charter, name: string | undefined): CharterProcess {
  const names = charter.processes.map((process) => process.name);
  const found = charter.processes.find((process) => process.name === name);
  if (found !== undefined) return found;
  const all = `one of: ${names.join(', ')}`;
  if (name === undefined) throw new UsageError('GDO5002', 'Which process?', all);
  const [near] = suggest(name, names);
  throw new UsageError('GDO5003', `These bylaws have no process \`${visible(name)}\``, near === undefined ? all : `did you mean \`${near}\`?`);
}

/** More days or plays than that take minutes and show nothing new. */
const numbersMax = 10_000;

/** More people than that cannot all vote in one epoch (docs/decisions/0190); those who decide together in a town or a large association are fewer. */
const peopleMax = 50_000;

/** So many times somebody has their turn in random plays: some minutes on a machine of today. */
const turnsMax = 1_000_000;

function wholeOf(options: Options, name: string, most: number = numbersMax): number | undefined {
  const text = options[name];
  if (typeof text !== 'string') return undefined;
  const value = /^[0-9]{1,9}$/.test(text) ? Number(text) : most + 1;
  if (value > most) throw new UsageError('GDO5003', `\`--${name} ${visible(text)}\` is no whole number up to ${most}`, `such as:  --${name} 3`);
  return value;
}

/** So many people need not be played so often: what they do at random comes out alike. */
function playsOf(options: Options, people: number): number | undefined {
  const plays = wholeOf(options, 'random');
  if (plays !== undefined && plays * people > turnsMax)
    throw new UsageError(
      'GDO5003',
      `${plays} plays of ${people} people take too long: plays times people is at most ${turnsMax}`,
      `such as:  --people ${people} --random ${Math.floor(turnsMax / people)}`,
    );
  return plays;
}

function planOf(options: Options): SimPlan {
  const rows = [
    ['yes', wholeOf(options, 'yes', peopleMax)],
    ['no', wholeOf(options, 'no', peopleMax)],
    ['abstain', wholeOf(options, 'abstain', peopleMax)],
    ['absent', wholeOf(options, 'absent', peopleMax)],
    ['roll', wholeOf(options, 'people', peopleMax)],
  ] as const;
  const given = Object.fromEntries(rows.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
  return { ...given, days: wholeOf(options, 'days') ?? simDaysMax };
}

const marks: Readonly<Record<StoryLine['kind'], string>> = { act: ' ', refused: '✗', stage: '→', missing: '·', end: '■' };

/** Names of people who do the same one after the other; more are counted. */
const namesMax = 6;

/** Lines of an act in which one after the other does the same, as one line; few stay as they are. Pure. */
function foldedActs(story: readonly StoryLine[]): readonly StoryLine[] {
  const folded: StoryLine[] = [];
  for (let from = 0; from < story.length;) {
    const line = story[from];
    if (line === undefined) break;
    const [, name = '', deed = ''] = /^([^\s:]+)(.*)$/.exec(line.text) ?? [];
    let to = from + 1;
    while (line.kind === 'act' && story[to]?.kind === 'act' && story[to]?.day === line.day && story[to]?.text.replace(/^[^\s:]+/, '') === deed) to += 1;
    const names = [name, ...story.slice(from + 1, to).map((one) => /^[^\s:]+/.exec(one.text)?.[0] ?? '')];
    const plural = deed.replace(/^ votes /, ' vote ').replace(/^ opens the ballot/, ' open their ballots');
    if (names.length <= namesMax) folded.push(...story.slice(from, to));
    else folded.push({ ...line, text: `${names.slice(0, namesMax).join(', ')} and ${names.length - namesMax} more${plural}` });
    from = to;
  }
  return folded;
}

/** The story as it is shown: a day once, then what happened on it. Pure. */
export function storyText(story: readonly StoryLine[], columns: number): readonly string[] {
  let shown = -1;
  return foldedActs(story).flatMap((line) => {
    const head = line.day === shown ? ''.padEnd(9) : `Day ${line.day}`.padEnd(9);
    shown = line.day;
    const [first = '', ...rest] = wrap(visible(line.text), Math.max(30, columns - 11));
    return [`${head}${marks[line.kind]} ${first}`, ...rest.map((text) => `${''.padEnd(11)}${text}`)];
  });
}

function write(world: World, lines: readonly string[]): void {
  const text = `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
  world.stdout(world.plain ? plainText(text) : text);
}

/** The end in one sentence: `Day 14: passes with 3 of 4.` */
function endText(played: Played, margin: string | undefined): string {
  const tally = played.moves.at(-1);
  const how =
    played.outcome === undefined ? 'is still open' : played.accepted === true ? `is accepted as ${played.outcome}` : `is not accepted: ${played.outcome}`;
  const by = tally?.result === undefined ? '' : ` (${tally.from}: ${tally.result})`;
  return `Day ${played.days}: it ${how}${by}.${margin === undefined ? '' : ` ${margin}`}`;
}

function showPlay(process: CharterProcess, played: Played, margin: string | undefined, world: World): void {
  if (world.json) {
    const { outcome, accepted, days, story, moves } = played;
    const rows = moves.map(({ from, to, result, lines }) => ({ from, to, result: result ?? null, lines }));
    world.stdout(
      `${JSON.stringify({ schema: 'gdo-sim/1', process: process.name, outcome: outcome ?? null, accepted: accepted ?? null, days, margin: margin ?? null, story, moves: rows })}\n`,
    );
    return;
  }
  write(world, [`${process.title ?? process.name}, played on a virtual clock`, '', ...storyText(played.story, world.columns), '', endText(played, margin)]);
}

function showCounts(process: CharterProcess, counts: SimCounts | { readonly reason: string }, world: World): number {
  if ('reason' in counts) throw new UsageError('GDO5003', counts.reason, impossibleHelp(process));
  if (world.json) {
    world.stdout(`${JSON.stringify({ schema: 'gdo-sim-random/1', process: process.name, ...counts })}\n`);
    return 0;
  }
  const rows = counts.ends.map(
    (row) => `  ${String(row.count).padStart(6)} of ${counts.plays}   ${row.end}, after ${counted(row.days, 'day')} on average (such as number ${row.example})`,
  );
  write(world, [`${process.title ?? process.name}, played ${counted(counts.plays, 'time')} at random`, '', ...rows]);
  return 0;
}

/** Bytes of a history in a file; a history is a list of deeds. */
const witnessBytesMax = 1_048_576;

function witnessIn(path: string, world: World): Witness | undefined {
  const file = join(world.cwd, insidePath(world.cwd, path));
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined || !found.isFile()) return undefined;
  if (found.size > witnessBytesMax) throw new WorldError('GDO5022', `${visible(path)} is larger than ${witnessBytesMax} bytes`, 'a history is a list of deeds');
  const decoded = jsonOfFile(readFileSync(file), witnessBytesMax);
  const witness = decoded === undefined ? undefined : readWitness(decoded);
  if (witness === undefined) throw new UsageError('GDO5003', `${visible(path)} holds no history that can be played`, 'it is JSON with title, given and events');
  return witness;
}

function showReplay(compiled: Compiled, charter: Charter, wanted: string, world: World): number {
  const witness = /^GDO\d{3,4}$/.test(wanted) ? witnessOf(compiled, wanted) : witnessIn(wanted, world);
  if (witness === undefined) {
    const help = wanted.startsWith('GDO')
      ? 'only findings that come with a history can be replayed:  gdo check'
      : 'give the code of a finding, or a file of JSON';
    throw new UsageError('GDO5003', `There is no history for \`${visible(wanted)}\` here`, help);
  }
  const result = playScenario(witnessScenario(witness), charter);
  if (world.json) {
    const trace = result.trace.map(({ place: _place, ...line }) => line);
    world.stdout(
      `${JSON.stringify({ schema: 'gdo-sim-replay/1', title: witness.title, whole: result.passed, problem: result.failure?.message ?? null, trace })}\n`,
    );
    return 0;
  }
  const rows = result.trace.map(
    (line) =>
      `  ${line.at}  ${visible(line.text)}${line.verdict === 'ok' ? '' : `  ${line.verdict}${line.code === undefined ? '' : ` ${line.code}`}: ${visible(line.reason ?? '')}`}`,
  );
  write(world, [visible(witness.title), '', ...rows, ...(result.failure === undefined ? [] : ['', visible(result.failure.message)])]);
  return 0;
}

async function playInteractively(charter: Charter, process: CharterProcess, plan: SimPlan, world: World): Promise<number> {
  if (!world.interactive)
    throw new UsageError('GDO5004', 'There is no terminal to choose in', 'give numbers instead, such as:  gdo sim amendment --yes 3 --absent 1');
  const { askPlay } = await import('./sim-questions.ts');
  const played = await askPlay({ charter, process, plan, show: (story) => write(world, storyText(story, world.columns)) });
  showPlay(process, played, undefined, world);
  return 0;
}
