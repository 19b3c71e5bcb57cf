// The plot of `npm start`: eighteen steps in the life of a maker space, from the founding to the day a group leaves with its tools.
import { join } from 'node:path';
import type { SpaceProps } from './space.ts';
import type { Stage } from './stage.ts';
import { closedSince, outageBegins, tellEveryWay, type Outage } from './every-way.ts';
import { change, days, door, everybody, fetchAll, fobHash, home, hub, network, news, node, orgOf, rootOf, round, swipe, until } from './space.ts';
import { later } from './makerspace-later.ts';

const founders = ['ana', 'bo', 'chi'] as const;
const secret = 'only the doors and the office know this';
const fobs = { ana: '0012345678', dee: '0087654321', lost: '0000004711', stranger: '0099999999' } as const;

/** Plays all steps. @returns the last line: the state root of every copy that is left */
export async function playMakerspace(stage: Stage, props: SpaceProps): Promise<string> {
  await foundSpace(stage, props);
  await putUpDoor(stage);
  await admitDee(stage);
  await dues(stage);
  await certificate(stage);
  const held = await access(stage);
  await outage(stage, held, props.flags);
  return later(stage, props);
}

async function foundSpace(stage: Stage, props: SpaceProps): Promise<void> {
  stage.chapter('Ana, Bo and Chi found the space with their ordinary SSH keys');
  stage.git('ana', '.', ['init', '-q', '--initial-branch=main', 'ana']);
  for (const file of props.bylaws) stage.write('ana', file.path, file.text);
  stage.write('ana', 'access/fobs.csv', `fob,person,state\n${fobHash(secret, fobs.ana)},ana,active\n`);
  stage.write('ana', 'books/2026.journal', 'account Assets:Cash\naccount Income:Dues\naccount Income:Laser\n');
  await stage.gdo('ana', 'ana', ['check']);
  await stage.gdo('ana', 'ana', ['test']);
  stage.git('ana', 'ana', ['add', '.']);
  stage.git('ana', 'ana', ['commit', '-q', '-m', 'Write down how we decide']);
  for (const person of founders) await stage.gdo(person, '.', ['key', 'new', join('people', person, 'id_ed25519')]);
  const keys = founders.map((person) => `${person}=../people/${person}/id_ed25519.pub`);
  await stage.gdo('ana', 'ana', ['found', ...keys, '--out', '../founding.json']);
  stage.tell('Each of them signs the same founding.');
  await stage.gdo('bo', 'ana', ['found', '--join', '../founding.json', '--out', '../founding.json']);
  await stage.gdo('chi', 'ana', ['found', '--join', '../founding.json']);
  stage.git('ana', '.', ['clone', '-q', '--mirror', 'ana', hub]);
  await stage.gdo('ana', hub, ['hook', 'install', '--server']);
  stage.git('ana', 'ana', ['remote', 'add', 'origin', `../${hub}`]);
  for (const person of ['bo', 'chi']) await cloneFor(stage, person);
}

/** A copy of one's own. Relative, so that the folder can be moved. */
async function cloneFor(stage: Stage, person: string): Promise<void> {
  stage.git(person, '.', ['clone', '-q', hub, person]);
  stage.git(person, person, ['remote', 'set-url', 'origin', `../${hub}`]);
  await stage.quietly(person, person, ['sync']);
}

/** Somebody new makes a key, asks with it, and a member enrols it. */
async function enrol(stage: Stage, person: string): Promise<void> {
  await stage.gdo(person, '.', ['key', 'new', join('people', person, 'id_ed25519')]);
  await cloneFor(stage, person);
  await stage.gdo(person, person, ['key', 'ask', person, '--out', `../${person}.key.json`]);
  await stage.gdo('ana', 'ana', ['key', 'add', `../${person}.key.json`]);
  await round(stage, [...founders, person]);
}

async function putUpDoor(stage: Stage): Promise<void> {
  stage.chapter('The front door starts from a copy, and is admitted');
  stage.tell('A small computer at the door has a key of its own. Two officers admit it; from then on it signs what happens at the door.');
  await enrol(stage, door);
  await stage.gdo('ana', 'ana', ['start', 'installation', '--candidate', door, '--title', 'The front door']);
  await round(stage, founders);
  await stage.gdo('bo', 'bo', ['act', '1', 'approve']);
  await round(stage, [...founders, door]);
  await stage.gdo(door, door, ['status', '1'], 0);
}

async function admitDee(stage: Stage): Promise<void> {
  stage.chapter('Dee applies, two members speak for her, nobody objects for a week');
  await enrol(stage, 'dee');
  await stage.gdo('dee', 'dee', ['start', 'joining', '--candidate', 'dee', '--title', 'Dee would like to join']);
  await round(stage, ['ana', 'bo']);
  for (const sponsor of ['ana', 'bo']) await stage.gdo(sponsor, sponsor, ['act', '2', 'endorse']);
  await node(stage);
  await days(stage, 7);
  await fetchAll(stage, ['bo', 'dee']);
  await stage.gdo('dee', 'dee', ['status', '2'], 0);
}

const journal = `account Assets:Cash
account Income:Dues
account Income:Laser
`;
const firstDues = '\n2026-11-30 * (DUES-1) Dee\n    Assets:Cash  25.00 EUR\n    Income:Dues\n';

async function dues(stage: Stage): Promise<void> {
  stage.chapter('Dues are reported by an officer and booked in plain text');
  await stage.gdo('bo', 'bo', ['act', 'report', 'no arrears', '--about', 'dee']);
  change(stage, 'bo', 'dues', { 'books/2026.journal': journal + firstDues });
  await stage.gdo('bo', 'bo', ['start', 'booking', '--title', 'Dues of Dee']);
  home(stage, 'bo');
  await round(stage, ['ana']);
  await stage.gdo('ana', 'ana', ['act', '3', 'approve']);
  await node(stage);
  await stage.gdo('ana', hub, ['merge', '3']);
  stage.tell('The file is what `ledger` and `hledger` read; examples/accounting holds it by a program in a container.');
}

async function certificate(stage: Stage): Promise<void> {
  stage.chapter('A safety officer certifies Dee for the laser, and Chi cannot');
  await stage.gdo('chi', 'chi', ['act', 'issue', 'laser-safety', '--about', 'dee']);
  await round(stage, ['chi']);
  await stage.gdo('chi', 'chi', ['log', '--person', 'chi']);
  await stage.gdo('bo', 'bo', ['act', 'issue', 'laser-safety', '--about', 'dee']);
  await round(stage, ['ana', 'bo']);
}

async function access(stage: Stage): Promise<Awaited<ReturnType<typeof news>>> {
  stage.chapter('The door holds a checkpoint, a slice and the list of fobs');
  stage.tell('Fobs stand in the ledger as keyed hashes. Chi is in arrears since a while; an officer reports it.');
  const rows = [`${fobHash(secret, fobs.ana)},ana,active`, `${fobHash(secret, fobs.dee)},dee,active`, `${fobHash(secret, fobs.lost)},chi,active`];
  change(stage, 'ana', 'fobs', { 'access/fobs.csv': `fob,person,state\n${rows.join('\n')}\n` });
  await stage.gdo('ana', 'ana', ['start', 'fob-list', '--title', 'Fobs of Dee and Chi']);
  home(stage, 'ana');
  await stage.gdo('bo', 'bo', ['act', 'report', 'arrears', '--about', 'chi']);
  await node(stage);
  stage.wait(1 / 30);
  await node(stage);
  await days(stage, 14);
  await fetchAll(stage, ['ana', 'dee']);
  const org = await orgOf(stage);
  const held = await news(stage, org);
  await stage.gdo(door, door, ['slice', 'door.ndjson', '--org', org]);
  stage.tell('It may decide alone for seven days after that.');
  return held;
}

const laserCharges = `
2026-12-12 * (L-1) Dee, 48 minutes
    Assets:Cash  9.60 EUR
    Income:Laser

2026-12-12 * (L-2) Bo, 25 minutes
    Assets:Cash  5.00 EUR
    Income:Laser
`;

/** The minutes of the laser become charges with a code each, so that whoever asks for money back later can say of which. */
async function charges(stage: Stage): Promise<void> {
  stage.tell('The minutes at the laser are booked, a code for each charge.');
  change(stage, 'bo', 'minutes', { 'books/2026.journal': journal + firstDues + laserCharges });
  await stage.gdo('bo', 'bo', ['start', 'booking', '--title', 'Laser: Dee 48 minutes, Bo 25']);
  home(stage, 'bo');
  await round(stage, ['ana']);
  await stage.gdo('ana', 'ana', ['act', '9', 'approve']);
  await node(stage);
  await stage.gdo('ana', hub, ['merge', '9']);
  await round(stage, everybody);
}

const laserSlot = 'reservations/laser/20270309T1900Z.ics';
const appointment = (uid: string, person: string, ends: string): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//gdo//reservations//EN',
    'BEGIN:VEVENT',
    `UID:${uid}`,
    'DTSTAMP:20270301T120000Z',
    'DTSTART:20270309T190000Z',
    `DTEND:${ends}`,
    'RESOURCES:laser',
    `CONTACT:${person}`,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');

async function outage(stage: Stage, held: Awaited<ReturnType<typeof news>>, flagsProgram: string): Promise<void> {
  stage.chapter('The network goes, and the door goes on');
  const before = await outageBegins(stage);
  for (const who of [door, 'dee']) network(stage, who, 'down');
  until(stage, '20:14');
  swipe(stage, held, { thing: 'doors/front', fob: fobs.dee, secret });
  swipe(stage, held, { thing: 'doors/front', fob: fobs.stranger, secret });
  swipe(stage, held, { thing: 'doors/front', fob: fobs.lost, secret });
  swipe(stage, held, { thing: 'machines/laser', fob: fobs.dee, secret });
  stage.wait(48 / 60);
  swipe(stage, held, { thing: 'machines/laser', fob: fobs.ana, secret });
  stage.chapter('Meanwhile at the office, and at the laser');
  stage.tell('Ana has lost her fob: she disables it, and reserves the laser. At the laser, without network, Dee asks for the same hour.');
  const text = stage.git('ana', 'ana', ['show', 'main:access/fobs.csv']);
  change(stage, 'ana', 'lost-fob', { 'access/fobs.csv': text.replace(',ana,active', ',ana,disabled') });
  await stage.gdo('ana', 'ana', ['start', 'fob-list', '--title', 'Ana lost her fob']);
  change(stage, 'ana', 'slot', { [laserSlot]: appointment('ana-1', 'ana', '20270309T210000Z') });
  await stage.gdo('ana', 'ana', ['start', 'reservation', '--title', 'Laser from seven to nine']);
  home(stage, 'ana');
  await node(stage);
  change(stage, 'dee', 'my-slot', { [laserSlot]: appointment('dee-1', 'dee', '20270309T200000Z') });
  await stage.gdo('dee', 'dee', ['start', 'reservation', '--title', 'Laser from seven to eight']);
  home(stage, 'dee');
  stage.wait(1 / 30);
  await node(stage);
  stage.tell('The door has not heard of the fob.');
  swipe(stage, held, { thing: 'doors/front', fob: fobs.ana, secret });
  await reconcile(stage, before, flagsProgram);
}

async function reconcile(stage: Stage, before: Outage, flagsProgram: string): Promise<void> {
  stage.chapter('The network returns: facts stay, one reservation stands');
  const alone = await closedSince(stage, before);
  for (const who of [door, 'dee']) network(stage, who, 'up');
  await stage.gdo(door, door, ['act', 'uses', 'uses.ndjson']);
  stage.tell('Asked a second time it signs nothing twice, so minutes are charged once.');
  await stage.gdo(door, door, ['act', 'uses', 'uses.ndjson']);
  await stage.gdo('dee', 'dee', ['sync']);
  await node(stage);
  stage.wait(1 / 30);
  await round(stage, ['ana', 'bo', 'dee']);
  await stage.gdo('ana', 'ana', ['log', '--person', door]);
  stage.tell('The earlier reservation stands. The later one is told why it does not, and can choose another hour.');
  await stage.gdo('dee', 'dee', ['status', '6'], 0);
  await stage.gdo('dee', 'dee', ['status', '7'], 1);
  await tellEveryWay(stage, before, alone);
  stage.tell('The office compares the uses with its list: a fob opened the door after it was disabled, and somebody has to look at it.');
  await stage.quietly('bo', 'bo', ['sync']);
  const uses = await stage.unseen('bo', 'bo', ['log', '--person', door, '--json'], 0);
  const command = `gdo log --person ${door} --json | node programs/flags.mjs access/fobs.csv`;
  const flags = stage.program('bo', 'bo', { command, argv: [process.execPath, flagsProgram, 'access/fobs.csv'], input: uses.out });
  const flagged = flags
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'));
  if (flagged.length !== 1) throw new Error(`one use should be flagged:\n${flags}`);
  for (const [person = '', , what = ''] of flagged) await stage.gdo('bo', 'bo', ['start', 'inquiry', '--subject', person, '--title', what]);
  await round(stage, everybody);
  await charges(stage);
  stage.chapter('Any node computes everything again, to the same state');
  await stage.gdo('dee', 'dee', ['audit']);
  const roots = new Set(await Promise.all([hub, ...everybody].map((where) => rootOf(stage, where))));
  stage.note(`state root of ${everybody.length + 1} copies: ${[...roots].join(' ')}`);
  if (roots.size !== 1) throw new Error('the copies disagree');
}
