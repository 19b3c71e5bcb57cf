// Kills a node at every call of the git port and of the file of votes, and its whole process group at random moments; then it must go on as if nothing had happened.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { differingDecision } from '../../node/gate/decision-log.ts';
import { openRepository } from '../../node/git/repository.ts';
import { auditLedger } from '../../node/ledger/audit.ts';
import { openLedger } from '../../node/ledger/replay.ts';
import type { LedgerView } from '../../node/ledger/view.ts';
import { growingFile, votesPath, voteStoreIn } from '../../node/ledger/votes.ts';
import { watchedRepository, watchedVotes } from '../crash/points.ts';
import { foundStory, playStory } from '../crash/story.ts';
import { Dice } from '../vectors/dice.ts';
import { processorTime } from './processor.ts';

/** What the kills did. `wrong`: something acknowledged was lost, or the story ended otherwise than without a kill. */
export interface CrashReport {
  readonly places: readonly string[];
  readonly killed: number;
  readonly random: number;
  readonly wrong: readonly string[];
  /** The longest start after a kill, until the ledger is open: on the clock, and the longest of the processor. */
  readonly slowestMs: number;
  readonly slowestProcessorMs: number;
}

/** Which kills: every `every`th place, each place of a vote, and so many at random. */
export interface CrashRequest {
  readonly seed: number;
  readonly every: number;
  readonly random: number;
  /** A run that takes longer than this stops and keeps its state beside the other temporary files: started again, it goes on there. */
  readonly minutes?: number;
  /** How many copies of the ledger are killed at one time; one where it is absent. */
  readonly jobs?: number;
}

/** How far a run came. */
interface Progress {
  /** How many of the places were looked at. */
  readonly place: number;
  readonly killed: number;
  readonly copies: number;
  readonly random: number;
  readonly slowestMs: number;
  readonly slowestProcessorMs: number;
  readonly wrong: readonly string[];
}

const fresh: Progress = { place: 0, killed: 0, copies: 0, random: 0, slowestMs: 0, slowestProcessorMs: 0, wrong: [] };

interface Stage {
  readonly folder: string;
  readonly program: string;
  /** The ledger before the story. */
  readonly template: string;
  /** What the story comes to where nobody is killed. */
  readonly end: string;
  readonly places: readonly string[];
  /** How long the story takes where nobody is killed. */
  readonly lifeMs: number;
}

function endOf(view: LedgerView): string {
  return JSON.stringify({ tip: view.tip.id, main: view.mainCommit, merges: view.merges.length, batches: view.batches.size });
}

/** Bundles the program that plays the story. @returns its path */
export function buildStory(folder: string): string {
  const program = join(folder, 'program.mjs');
  const banner = { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" };
  const entry = new URL('../crash/program.ts', import.meta.url).pathname;
  buildSync({ entryPoints: [entry], bundle: true, platform: 'node', format: 'esm', target: 'node20', outfile: program, banner, logLevel: 'error' });
  return program;
}

async function prepare(folder: string): Promise<Stage> {
  const template = join(folder, 'template.git');
  (await foundStory(template)).repository.close();
  const program = buildStory(folder);
  const path = join(folder, 'whole.git');
  cpSync(template, path, { recursive: true });
  const repository = openRepository(path);
  const places: string[] = [];
  const reach = (place: string): void => void places.push(place);
  const votes = voteStoreIn(watchedVotes(growingFile(votesPath(repository)), reach, () => false));
  const view = await playStory({ repository: watchedRepository(repository, reach), votes, acknowledge: () => undefined });
  repository.close();
  const life = join(folder, 'life.git');
  cpSync(template, life, { recursive: true });
  const startMs = performance.now();
  spawnSync(process.execPath, [program, life, '0']);
  return { folder, program, template, end: endOf(view), places, lifeMs: performance.now() - startMs };
}

/** What a start after a kill took until the ledger was open: on the clock, and of the processor with git's programs that had ended. */
interface Start {
  readonly ms: number;
  readonly processorMs: number;
}

/** How a copy of the ledger came out of its kills. */
interface After extends Start {
  readonly wrong: readonly string[];
}

interface Outcome extends After {
  readonly killed: number;
}

/** Starts a process after a kill, which looks for what is there and plays the rest of the story. @returns what it found, and how long it took to find it */
function startAgain(stage: Stage, path: string): Promise<Start & { readonly code: number; readonly found: ReadonlySet<string> }> {
  return new Promise((resolve) => {
    const startMs = performance.now();
    const child = spawn(process.execPath, [stage.program, path, 'restart'], { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    let start: Start = { ms: 0, processorMs: 0 };
    child.stdout.on('data', (part: Buffer) => {
      text += part.toString('utf8');
      if (start.ms > 0 || !text.includes('open\n')) return;
      const { ownMs, childrenMs } = processorTime(child.pid ?? 'self');
      start = { ms: performance.now() - startMs, processorMs: ownMs + childrenMs };
    });
    child.on('close', (code) => resolve({ ...start, code: code ?? 1, found: new Set(text.slice(0, text.indexOf('open\n')).split('\n')) }));
  });
}

/** Starts again after a kill, looks for what was acknowledged, plays the rest and audits. @returns what is wrong, and how long the start took */
async function restart(stage: Stage, path: string, acknowledged: readonly string[]): Promise<After> {
  const { code, found, ms, processorMs } = await startAgain(stage, path);
  const wrong = acknowledged.filter((fact) => !found.has(fact)).map((fact) => `lost ${fact}`);
  if (code !== 0 || ms === 0) return { wrong: [...wrong, `does not start: status ${code}`], ms, processorMs };
  const repository = openRepository(path);
  const view = await openLedger(repository);
  const audit = await auditLedger(repository);
  if (endOf(view) !== stage.end) wrong.push(`ends as ${endOf(view)}`);
  if (audit.kind === 'bad') wrong.push(`audit: ${audit.fault.code} ${audit.fault.what}`);
  if (differingDecision(view) !== undefined) wrong.push('the decision log differs');
  repository.close();
  return { wrong, ms, processorMs };
}

/** Plays the story in a process group of its own; after a time the group is killed. @returns how it ended, and what was acknowledged before */
function play(
  stage: Stage,
  path: string,
  how: { readonly word: string; readonly killAfterMs: number | undefined },
): Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null; readonly acknowledged: readonly string[] }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [stage.program, path, how.word], { detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.on('data', (part: Buffer) => (text += part.toString('utf8')));
    const kill = (): boolean => child.pid !== undefined && process.kill(-child.pid, 'SIGKILL');
    const timer = how.killAfterMs === undefined ? undefined : setTimeout(kill, how.killAfterMs);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ code, signal, acknowledged: text.split('\n').slice(0, -1) });
    });
  });
}

/** Copies the ledger as it was before the story, for one use. */
async function withCopy<Result>(stage: Stage, use: (path: string) => Promise<Result>): Promise<Result> {
  const path = mkdtempSync(join(stage.folder, 'copy-'));
  cpSync(stage.template, path, { recursive: true });
  const result = await use(path);
  rmSync(path, { recursive: true, force: true });
  return result;
}

/** Kills of one copy: on a machine that is busier than when the story was timed it might never end. */
const killsOfCopyMax = 8;

/** One copy of the ledger: killed at random until its story ends. */
function killAtRandom(stage: Stage, most: number, dice: Dice, lifeMs: number): Promise<Outcome> {
  return withCopy(stage, async (path) => {
    const acknowledged: string[] = [];
    let killed = 0;
    for (let ended = false; !ended && killed < most;) {
      const played = await play(stage, path, { word: '0', killAfterMs: dice.below(Math.ceil(lifeMs)) });
      acknowledged.push(...played.acknowledged);
      ended = played.code === 0;
      if (!ended) killed += 1;
    }
    return { killed, ...(await restart(stage, path, acknowledged)) };
  });
}

/** Kills at one place, and starts again. */
function killAt(stage: Stage, number: number): Promise<Outcome> {
  return withCopy(stage, async (path) => {
    const played = await play(stage, path, { word: String(number), killAfterMs: undefined });
    const after = await restart(stage, path, played.acknowledged);
    if (played.signal === 'SIGKILL') return { killed: 1, ...after };
    return { ...after, killed: 0, wrong: ['was not killed', ...after.wrong] };
  });
}

/** A step with which every place of so many is met once, far from the one before. */
function strideOf(count: number): number {
  const factors = (left: number, right: number): number => (right === 0 ? left : factors(right, left % right));
  let stride = Math.max(1, Math.floor(count * 0.618));
  while (factors(stride, count) !== 1) stride += 1;
  return stride;
}

/** One kill, or one copy that is killed at random: what is done, and how it counts. */
interface Task {
  readonly kind: 'place' | 'random';
  readonly name: string;
  readonly run: () => Promise<Outcome>;
}

/** What comes next, `jobs` at one time. Both kinds go forward alike, and the places are spread over the story, so that half a run has seen half of everything. */
function nextTasks(stage: Stage, request: CrashRequest, from: Pick<Progress, 'place' | 'copies' | 'random'>, wanted: readonly number[]): readonly Task[] {
  const tasks: Task[] = [];
  let { place, copies, random } = from;
  while (tasks.length < (request.jobs ?? 1) && (place < wanted.length || random < request.random)) {
    if (place < wanted.length && (place * request.random <= random * wanted.length || random >= request.random)) {
      const number = wanted[(place * strideOf(wanted.length)) % wanted.length] ?? 0;
      tasks.push({ kind: 'place', name: `${number} ${stage.places[number - 1]}`, run: () => killAt(stage, number) });
      place += 1;
    } else {
      const dice = new Dice(request.seed * 10_000 + copies);
      const most = Math.min(request.random - random, killsOfCopyMax);
      tasks.push({ kind: 'random', name: `random, copy ${copies}`, run: () => killAtRandom(stage, most, dice, stage.lifeMs) });
      copies += 1;
      // At least one kill will be counted; how many more is known afterwards.
      random += 1;
    }
  }
  return tasks;
}

/** What was done before and a task that has ended. */
function withOutcome(done: Progress, { kind, name }: Task, one: Outcome): Progress {
  return {
    place: done.place + (kind === 'place' ? 1 : 0),
    killed: done.killed + (kind === 'place' ? one.killed : 0),
    copies: done.copies + (kind === 'random' ? 1 : 0),
    random: done.random + (kind === 'random' ? one.killed : 0),
    slowestMs: Math.max(done.slowestMs, one.ms),
    slowestProcessorMs: Math.max(done.slowestProcessorMs, one.processorMs),
    wrong: [...done.wrong, ...one.wrong.map((what) => `${name}: ${what}`)],
  };
}

/** Kills and starts again. @returns what all runs of this state did together, and whether all of it is done */
export async function measureCrashes(request: CrashRequest): Promise<CrashReport & { readonly isDone: boolean }> {
  const folder = mkdtempSync(join(tmpdir(), 'gdo-crashes-'));
  const stage = await prepare(folder);
  const untilMs = performance.now() + (request.minutes ?? Number.POSITIVE_INFINITY) * 60_000;
  // Another program has other places, so it begins anew.
  const key = createHash('sha256').update(readFileSync(stage.program)).digest('hex').slice(0, 16);
  const file = join(tmpdir(), `gdo-crashes-${request.seed}-${request.every}-${key}.json`);
  let done: Progress = request.minutes !== undefined && existsSync(file) ? { ...fresh, ...Object(JSON.parse(readFileSync(file, 'utf8'))) } : fresh;
  const wanted = stage.places.flatMap((name, index) => ((index + 1) % request.every === 0 || name.endsWith('votes.append') ? [index + 1] : []));
  for (let tasks = nextTasks(stage, request, done, wanted); tasks.length > 0; tasks = nextTasks(stage, request, done, wanted)) {
    if (performance.now() >= untilMs) break;
    const outcomes = await Promise.all(tasks.map(async (task) => [task, await task.run()] as const));
    for (const [task, one] of outcomes) done = withOutcome(done, task, one);
    if (request.minutes !== undefined) writeFileSync(file, JSON.stringify(done));
  }
  rmSync(folder, { recursive: true, force: true });
  return { ...done, places: stage.places, isDone: done.place >= wanted.length && done.random >= request.random };
}

/** Prints the measure, with the list of places. @returns the exit code: 1 where a kill did harm */
export async function printCrashes(request: CrashRequest, print: (line: string) => void): Promise<number> {
  const { places, killed, random, wrong, slowestMs, slowestProcessorMs, isDone } = await measureCrashes(request);
  if (isDone) for (const [index, place] of places.entries()) print(`${String(index + 1).padStart(4)} ${place}`);
  else print('not done: started again it goes on');
  print(`${places.length} places; killed at ${killed} of them and ${random} times at random from seed ${request.seed}`);
  print(`  longest start of a process until its ledger is open ${Math.round(slowestMs)} ms on the clock; most of the processor ${slowestProcessorMs} ms`);
  print(`  wrong   ${wrong.length === 0 ? 'none' : ''}`);
  for (const line of wrong) print(`          ${line}`);
  return wrong.length === 0 ? 0 : 1;
}
