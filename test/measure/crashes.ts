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

/** What the kills did. `wrong`: something acknowledged was lost, or the story ended otherwise than without a kill. */
export interface CrashReport {
  readonly places: readonly string[];
  readonly killed: number;
  readonly random: number;
  readonly wrong: readonly string[];
  readonly slowestRestartMs: number;
}

/** Which kills: every `every`th place, each place of a vote, and so many at random. */
export interface CrashRequest {
  readonly seed: number;
  readonly every: number;
  readonly random: number;
  /** A run that takes longer than this stops and keeps its state beside the other temporary files: started again, it goes on there. */
  readonly minutes?: number;
}

/** How far a run came. */
interface Progress {
  /** How many of the places were looked at. */
  readonly place: number;
  readonly killed: number;
  readonly copies: number;
  readonly random: number;
  readonly slowestMs: number;
  readonly wrong: readonly string[];
}

const fresh: Progress = { place: 0, killed: 0, copies: 0, random: 0, slowestMs: 0, wrong: [] };

interface Stage {
  readonly folder: string;
  readonly program: string;
  /** The ledger before the story. */
  readonly template: string;
  /** What the story comes to where nobody is killed. */
  readonly end: string;
  readonly places: readonly string[];
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
  return { folder, program, template, end: endOf(view), places };
}

/** What was acknowledged and is not there. */
function lost(view: LedgerView, acknowledged: readonly string[]): readonly string[] {
  return acknowledged.filter((fact) => {
    const [kind, id = ''] = fact.split(' ');
    return kind === 'batch' ? !view.batches.has(id) : !view.checkpoints.some((checkpoint) => checkpoint.id === id);
  });
}

/** Starts again after a kill, looks for what was acknowledged, plays the rest and audits. @returns what is wrong, and how long the start took */
async function restart(stage: Stage, path: string, acknowledged: readonly string[]): Promise<{ readonly wrong: readonly string[]; readonly ms: number }> {
  const repository = openRepository(path);
  try {
    const startMs = performance.now();
    const gone = lost(await openLedger(repository), acknowledged);
    const view = await playStory({ repository, votes: voteStoreIn(growingFile(votesPath(repository))), acknowledge: () => undefined });
    const ms = performance.now() - startMs;
    const audit = await auditLedger(repository);
    const wrong = gone.map((fact) => `lost ${fact}`);
    if (endOf(view) !== stage.end) wrong.push(`ends as ${endOf(view)}`);
    if (audit.kind === 'bad') wrong.push(`audit: ${audit.fault.code} ${audit.fault.what}`);
    if (differingDecision(view) !== undefined) wrong.push('the decision log differs');
    return { wrong, ms };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { wrong: [`does not start: ${error.message}`], ms: 0 };
  } finally {
    repository.close();
  }
}

/** Plays the story in a process group of its own and kills the group after a time. @returns whether the story ended before, and what was acknowledged */
function playAndKill(stage: Stage, path: string, afterMs: number): Promise<{ readonly ended: boolean; readonly acknowledged: readonly string[] }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [stage.program, path, '0'], { detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.on('data', (part: Buffer) => (text += part.toString('utf8')));
    const timer = setTimeout(() => child.pid !== undefined && process.kill(-child.pid, 'SIGKILL'), afterMs);
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ ended: code === 0, acknowledged: text.split('\n').slice(0, -1) });
    });
  });
}

/** One copy of the ledger: killed at random until its story ends. */
async function killAtRandom(
  stage: Stage,
  most: number,
  dice: Dice,
  lifeMs: number,
): Promise<{ readonly killed: number; readonly wrong: readonly string[]; readonly ms: number }> {
  const path = join(stage.folder, 'random.git');
  cpSync(stage.template, path, { recursive: true });
  const acknowledged: string[] = [];
  let killed = 0;
  for (let ended = false; !ended && killed < most;) {
    const played = await playAndKill(stage, path, dice.below(Math.ceil(lifeMs)));
    acknowledged.push(...played.acknowledged);
    ended = played.ended;
    if (!ended) killed += 1;
  }
  const after = await restart(stage, path, acknowledged);
  rmSync(path, { recursive: true, force: true });
  return { killed, ...after };
}

/** Kills at one place, and starts again. */
async function killAt(stage: Stage, number: number): Promise<{ readonly killed: number; readonly wrong: readonly string[]; readonly ms: number }> {
  const path = join(stage.folder, 'killed.git');
  cpSync(stage.template, path, { recursive: true });
  const child = spawnSync(process.execPath, [stage.program, path, String(number)], { encoding: 'utf8' });
  const after = await restart(stage, path, child.stdout.split('\n').slice(0, -1));
  rmSync(path, { recursive: true, force: true });
  if (child.signal === 'SIGKILL') return { killed: 1, ...after };
  return { killed: 0, wrong: [`was not killed: ${child.stderr.slice(-200)}`, ...after.wrong], ms: after.ms };
}

/** How long the story takes where nobody is killed. */
function lifeOf(stage: Stage): number {
  const path = join(stage.folder, 'life.git');
  cpSync(stage.template, path, { recursive: true });
  const startMs = performance.now();
  spawnSync(process.execPath, [stage.program, path, '0']);
  return performance.now() - startMs;
}

/** A step with which every place of so many is met once, far from the one before. */
function strideOf(count: number): number {
  const factors = (left: number, right: number): number => (right === 0 ? left : factors(right, left % right));
  let stride = Math.max(1, Math.floor(count * 0.618));
  while (factors(stride, count) !== 1) stride += 1;
  return stride;
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
  const keep = (next: Progress): void => {
    done = next;
    if (request.minutes !== undefined) writeFileSync(file, JSON.stringify(done));
  };
  const wanted = stage.places.flatMap((name, index) => ((index + 1) % request.every === 0 || name.endsWith('votes.append') ? [index + 1] : []));
  const lifeMs = lifeOf(stage);
  const isLeft = (): boolean => done.place < wanted.length || done.random < request.random;
  while (isLeft() && performance.now() < untilMs) {
    // Both kinds go forward alike, and the places are spread over the story, so that half a run has seen half of everything.
    if (done.place < wanted.length && (done.place * request.random <= done.random * wanted.length || done.random >= request.random)) {
      const number = wanted[(done.place * strideOf(wanted.length)) % wanted.length] ?? 0;
      const one = await killAt(stage, number);
      const wrong = [...done.wrong, ...one.wrong.map((what) => `${number} ${stage.places[number - 1]}: ${what}`)];
      keep({ ...done, place: done.place + 1, killed: done.killed + one.killed, wrong, slowestMs: Math.max(done.slowestMs, one.ms) });
    } else {
      const one = await killAtRandom(stage, request.random - done.random, new Dice(request.seed * 10_000 + done.copies), lifeMs);
      const wrong = [...done.wrong, ...one.wrong.map((what) => `random, copy ${done.copies}: ${what}`)];
      keep({ ...done, copies: done.copies + 1, random: done.random + one.killed, wrong, slowestMs: Math.max(done.slowestMs, one.ms) });
    }
  }
  rmSync(folder, { recursive: true, force: true });
  return { places: stage.places, killed: done.killed, random: done.random, wrong: done.wrong, slowestRestartMs: done.slowestMs, isDone: !isLeft() };
}

/** Prints the measure, with the list of places. @returns the exit code: 1 where a kill did harm */
export async function printCrashes(request: CrashRequest, print: (line: string) => void): Promise<number> {
  const { places, killed, random, wrong, slowestRestartMs, isDone } = await measureCrashes(request);
  if (isDone) for (const [index, place] of places.entries()) print(`${String(index + 1).padStart(4)} ${place}`);
  else print('not done: started again it goes on');
  print(`${places.length} places; killed at ${killed} of them and ${random} times at random from seed ${request.seed}`);
  print(`  longest from the start to the end of the story ${Math.round(slowestRestartMs)} ms`);
  print(`  wrong   ${wrong.length === 0 ? 'none' : ''}`);
  for (const line of wrong) print(`          ${line}`);
  return wrong.length === 0 ? 0 : 1;
}
