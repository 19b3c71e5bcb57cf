// Kills a node at every call of the git port and of the file of votes, and its whole process group at random moments; then it must go on as if nothing had happened.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
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
}

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

async function prepare(folder: string): Promise<Stage> {
  const template = join(folder, 'template.git');
  (await foundStory(template)).repository.close();
  const program = join(folder, 'program.mjs');
  const banner = { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" };
  const entry = new URL('../crash/program.ts', import.meta.url).pathname;
  buildSync({ entryPoints: [entry], bundle: true, platform: 'node', format: 'esm', target: 'node20', outfile: program, banner, logLevel: 'error' });
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

async function killAtRandom(
  stage: Stage,
  request: CrashRequest,
  lifeMs: number,
): Promise<{ readonly killed: number; readonly wrong: readonly string[]; readonly ms: number }> {
  const dice = new Dice(request.seed);
  const wrong: string[] = [];
  let [killed, slowest] = [0, 0];
  for (let copy = 0; killed < request.random; copy += 1) {
    const path = join(stage.folder, 'random.git');
    cpSync(stage.template, path, { recursive: true });
    const acknowledged: string[] = [];
    for (let ended = false; !ended && killed < request.random;) {
      const played = await playAndKill(stage, path, dice.below(Math.ceil(lifeMs)));
      acknowledged.push(...played.acknowledged);
      ended = played.ended;
      if (!ended) killed += 1;
    }
    const after = await restart(stage, path, acknowledged);
    slowest = Math.max(slowest, after.ms);
    wrong.push(...after.wrong.map((what) => `random, copy ${copy}: ${what}`));
    rmSync(path, { recursive: true, force: true });
  }
  return { killed, wrong, ms: slowest };
}

/** Kills and starts again. */
export async function measureCrashes(request: CrashRequest): Promise<CrashReport> {
  const folder = mkdtempSync(join(tmpdir(), 'gdo-crashes-'));
  const stage = await prepare(folder);
  const wrong: string[] = [];
  let [killed, slowest, lifeMs] = [0, 0, 1000];
  for (let number = 1; number <= stage.places.length; number += 1) {
    if (number % request.every !== 0 && stage.places[number - 1]?.endsWith('votes.append') !== true) continue;
    const path = join(folder, 'killed.git');
    cpSync(stage.template, path, { recursive: true });
    const startMs = performance.now();
    const child = spawnSync(process.execPath, [stage.program, path, String(number)], { encoding: 'utf8' });
    lifeMs = Math.max(lifeMs, performance.now() - startMs);
    const name = `${number} ${stage.places[number - 1]}`;
    if (child.signal === 'SIGKILL') killed += 1;
    else wrong.push(`${name}: was not killed: ${child.stderr.slice(-200)}`);
    const after = await restart(stage, path, child.stdout.split('\n').slice(0, -1));
    slowest = Math.max(slowest, after.ms);
    wrong.push(...after.wrong.map((what) => `${name}: ${what}`));
    rmSync(path, { recursive: true, force: true });
  }
  const random = await killAtRandom(stage, request, lifeMs);
  rmSync(folder, { recursive: true, force: true });
  return { places: stage.places, killed, random: random.killed, wrong: [...wrong, ...random.wrong], slowestRestartMs: Math.max(slowest, random.ms) };
}

/** Prints the measure, with the list of places. @returns the exit code: 1 where a kill did harm */
export async function printCrashes(request: CrashRequest, print: (line: string) => void): Promise<number> {
  const { places, killed, random, wrong, slowestRestartMs } = await measureCrashes(request);
  for (const [index, place] of places.entries()) print(`${String(index + 1).padStart(4)} ${place}`);
  print(`${places.length} places; killed at ${killed} of them and ${random} times at random from seed ${request.seed}`);
  print(`  longest from the start to the end of the story ${Math.round(slowestRestartMs)} ms`);
  print(`  wrong   ${wrong.length === 0 ? 'none' : ''}`);
  for (const line of wrong) print(`          ${line}`);
  return wrong.length === 0 ? 0 : 1;
}
