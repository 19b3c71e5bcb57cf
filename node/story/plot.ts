// The plot: a maker space drafts bylaws, founds itself, decides, is tempted to bypass its own rules, and can prove what happened.
import { join } from 'node:path';
import { counted } from '../cli/table.ts';
import { openRepository } from '../git/repository.ts';
import { openLedger } from '../ledger/replay.ts';
import { flipOneByte } from './flip.ts';
import type { Stage } from './stage.ts';

/** What the plot needs beside the stage. */
export interface Props {
  readonly bylaws: readonly { readonly path: string; readonly text: string }[];
  /** Copies one folder of the stage to another place on it. */
  readonly breakCopy: (from: string, to: string) => void;
}

/** The node's repository: bare, with the gate as its hook. */
const hub = 'hub.git';
const people = ['ana', 'bo', 'cy'] as const;

/** Plays all chapters. @returns the last line: batches, merges and the state root */
export async function playStory(stage: Stage, props: Props): Promise<string> {
  await draft(stage, props);
  await found(stage);
  await bypass(stage);
  await consensus(stage);
  await lateBallot(stage);
  await membership(stage);
  stage.chapter('A chapter that is left out');
  stage.tell('The containers that test a merge need a container engine; this story runs without one. See them with: npm test -- test/node/dapps');
  await tamper(stage, props);
  return ending(stage);
}

async function draft(stage: Stage, props: Props): Promise<void> {
  stage.chapter('Bylaws are drafted and checked');
  stage.tell('Ana writes down how Noisebridge decides: by consensus at two meetings. Then she looks for holes and plays the examples.');
  stage.git('ana', '.', ['init', '-q', '--initial-branch=main', 'ana']);
  for (const file of props.bylaws) stage.write('ana', file.path, file.text);
  stage.write('ana', 'policy/noise.md', '# Noise\n\nThe table saw rests from 22:00 to 08:00.\n');
  await stage.gdo('ana', 'ana', ['check']);
  await stage.gdo('ana', 'ana', ['test']);
  stage.git('ana', 'ana', ['add', '.']);
  stage.git('ana', 'ana', ['commit', '-q', '-m', 'Write down how we decide']);
}

async function found(stage: Stage): Promise<void> {
  stage.chapter('Three people found the organization with their own SSH keys');
  for (const person of people) await stage.gdo(person, '.', ['key', 'new', join('people', person, 'id_ed25519')]);
  const founders = people.map((person) => `${person}=../people/${person}/id_ed25519.pub`);
  await stage.gdo('ana', 'ana', ['found', ...founders, '--out', '../founding.json']);
  await stage.gdo('bo', 'ana', ['found', '--join', '../founding.json', '--out', '../founding.json']);
  await stage.gdo('cy', 'ana', ['found', '--join', '../founding.json']);
  stage.tell('A bare repository becomes the node that everybody shares. From now on its hook asks the bylaws about every push.');
  stage.git('ana', '.', ['clone', '-q', '--mirror', 'ana', hub]);
  await stage.gdo('ana', hub, ['hook', 'install', '--server']);
  stage.git('ana', 'ana', ['remote', 'add', 'origin', `../${hub}`]);
  for (const person of ['bo', 'cy']) {
    stage.git(person, '.', ['clone', '-q', hub, person]);
    await stage.gdo(person, person, ['sync']);
  }
}

const quietHours = '# Noise\n\nThe table saw and the router rest from 21:00 to 09:00.\n';

async function bypass(stage: Stage): Promise<void> {
  stage.chapter('Somebody changes the rules without asking');
  stage.tell('In the real space policies were once rewritten by commits straight to the main branch. Bo tries the same.');
  stage.write('bo', 'policy/noise.md', quietHours);
  stage.git('bo', 'bo', ['commit', '-q', '-a', '-m', 'Longer quiet hours']);
  stage.git('bo', 'bo', ['push', 'origin', 'main'], 'fails');
  stage.tell('The branch did not move. Bo puts the commit on a branch of its own and proposes it, as the text demands.');
  stage.git('bo', 'bo', ['switch', '-q', '-c', 'quiet-hours']);
  stage.git('bo', 'bo', ['branch', '-q', '-f', 'main', 'origin/main']);
}

/** The node takes in what was pushed and closes what is due. */
async function node(stage: Stage): Promise<void> {
  await stage.gdo('ana', hub, ['sync']);
}

/** Days pass; the node makes its daily checkpoint, so that no deadline is moved by its silence. */
async function days(stage: Stage, count: number): Promise<void> {
  stage.tell(count === 1 ? 'A day passes.' : `${count} days pass.`);
  for (let day = 0; day < count; day += 1) {
    stage.wait(24);
    await stage.quietly('ana', hub, ['sync']);
  }
}

async function everyoneSyncs(stage: Stage): Promise<void> {
  for (const person of people) await stage.quietly(person, person, ['sync']);
}

function instant(stage: Stage, hours: number): string {
  return `${new Date(stage.nowMs() + hours * 3_600_000).toISOString().slice(0, 16)}Z`;
}

/** One meeting: called by ana, attended by the people named, and over after two hours. */
async function meeting(stage: Stage, number: string, present: readonly string[]): Promise<void> {
  await everyoneSyncs(stage);
  await stage.gdo('ana', 'ana', ['act', number, 'call', '--at', instant(stage, 25)]);
  await node(stage);
  stage.wait(25);
  await node(stage);
  await everyoneSyncs(stage);
  for (const person of present) await stage.gdo(person, person, ['act', number, 'attend']);
  await node(stage);
  stage.wait(2);
  await node(stage);
  await everyoneSyncs(stage);
}

async function ballots(stage: Stage, number: string, cast: readonly (readonly [person: string, choice: string])[]): Promise<void> {
  for (const [person, choice] of cast) await stage.gdo(person, person, ['vote', number, choice]);
  await node(stage);
  stage.wait(2);
  await node(stage);
}

async function consensus(stage: Stage): Promise<void> {
  stage.chapter('The same change, proposed properly: consensus at two meetings');
  await stage.gdo('bo', 'bo', ['start', 'consensus', '--title', 'Longer quiet hours']);
  await node(stage);
  stage.tell('The first meeting.');
  await meeting(stage, '1', ['ana', 'bo']);
  await ballots(stage, '1', [
    ['ana', 'consent'],
    ['bo', 'consent'],
  ]);
  stage.tell('It is recorded publicly within 24 hours, as the rule says.');
  await everyoneSyncs(stage);
  await stage.gdo('ana', 'ana', ['act', '1', 'declare', 'recorded']);
  await node(stage);
  await days(stage, 6);
  stage.tell('The second meeting. Nobody blocks, and the node moves the branch itself.');
  await meeting(stage, '1', ['ana', 'bo']);
  await stage.gdo('bo', 'bo', ['status', '1'], 4);
  await ballots(stage, '1', [
    ['ana', 'consent'],
    ['bo', 'consent'],
  ]);
  await stage.gdo('ana', hub, ['merge', '1']);
  stage.git('ana', hub, ['log', '--format=%h %an %s', 'main']);
}

async function lateBallot(stage: Stage): Promise<void> {
  stage.chapter('A ballot after the close');
  stage.tell('Bo has not fetched yet and changes his mind. His own copy knows the hour of the close; he sends the ballot anyway.');
  await stage.gdo('bo', 'bo', ['vote', '1', 'block'], 1);
  await stage.gdo('bo', 'bo', ['vote', '1', 'block', '--anyway']);
  await node(stage);
  await stage.quietly('bo', 'bo', ['sync']);
  await stage.gdo('bo', 'bo', ['log', '1']);
  await stage.gdo('bo', 'bo', ['status', '1'], 0);
}

async function membership(stage: Stage): Promise<void> {
  stage.chapter('Cy becomes a member: two sponsors, four readings, a meeting');
  await stage.quietly('cy', 'cy', ['sync']);
  await stage.gdo('cy', 'cy', ['start', 'membership', '--candidate', 'cy', '--title', 'Cy would like to join']);
  await node(stage);
  await everyoneSyncs(stage);
  stage.tell('Two members endorse the application.');
  for (const sponsor of ['ana', 'bo']) await stage.gdo(sponsor, sponsor, ['act', '2', 'endorse']);
  await node(stage);
  stage.tell('It is read out at four meetings, a week apart.');
  for (const reading of ['first', 'second', 'third', 'fourth']) {
    if (reading !== 'first') await days(stage, 7);
    await everyoneSyncs(stage);
    await stage.gdo('ana', 'ana', ['act', '2', 'declare', 'read']);
    await node(stage);
  }
  await meeting(stage, '2', ['ana', 'bo']);
  await ballots(stage, '2', [
    ['ana', 'consent'],
    ['bo', 'consent'],
  ]);
  await everyoneSyncs(stage);
  await stage.gdo('cy', 'cy', ['status']);
}

async function tamper(stage: Stage, props: Props): Promise<void> {
  stage.chapter('One byte of the record is changed');
  stage.tell('Somebody with access to a disk changes one byte of a copy. The audit trusts nothing and names the object.');
  props.breakCopy(hub, 'tampered.git');
  flipOneByte(stage.place('tampered.git'));
  await stage.gdo('cy', 'tampered.git', ['audit'], 1);
  await stage.gdo('cy', hub, ['audit']);
}

async function ending(stage: Stage): Promise<string> {
  stage.chapter('Everything is decided again, by anybody');
  await stage.quietly('bo', 'bo', ['sync']);
  await stage.gdo('bo', 'bo', ['verify', '--all']);
  const repository = openRepository(stage.place(hub));
  try {
    const view = await openLedger(repository);
    return `${counted(view.batches.size, 'batch', 'batches')}, ${counted(view.merges.length, 'merge')}, state root ${view.tip.statement.state}`;
  } finally {
    repository.close();
  }
}
