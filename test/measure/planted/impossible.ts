// Faults that the language or the engine makes impossible: each is tried so many times, on the parser or on the real engine, and counts as found where the
// attempt comes to nothing. The seed chooses people, numbers and orders.
import type { DiagnosticCode } from '../../../language/index.ts';
import { parseBylaws } from '../../../language/index.ts';
import { day, deviceOfPerson, found, hour, notesFor } from '../../engine/step/organization.ts';
import type { Note, Organization } from '../../engine/step/organization.ts';
import type { Pick } from '../mutants.ts';

/** One kind of attempt. `isKeptOut`: whether one of a seed came to nothing, and the same people get through where they do it rightly. */
export interface Attempt {
  readonly code: DiagnosticCode;
  readonly what: string;
  readonly isKeptOut: (pick: Pick) => boolean;
}

const names: readonly string[] = ['ana', 'bo', 'cy', 'dee', 'eve', 'fay', 'gil'];

function bylaws(...motion: readonly string[]): string {
  return `gdo 1\norganization "O"\nend\nrole member plural members\n  held by 1 to 9 people\n  gained through joining\n  lost through resignation\nend\nrole clerk plural clerks\n  held by 1 person\n  gained through joining\nend\ncollaborator registry kept by the clerk\n  reports "votes"\nend\nmeasure votes counts votes by each member\n  reported by registry\nend\nprocess joining\n  started by any person\n  outcome joined\n    grant member to the candidate\n  end\nend\nprocess motion\n  started by any member\n${motion.map((line) => `  ${line}\n`).join('')}end\n`;
}

const vote = (...lines: readonly string[]): readonly string[] => [
  'vote ballot',
  '  voters members',
  '  open for 3 days',
  ...lines.map((line) => `  ${line}`),
  '  when passed go to accepted',
  '  otherwise go to refused',
  'end',
];

/** Members, and a clerk beside them. */
function organized(text: string, people: readonly string[], devices: Readonly<Record<string, readonly string[]>> = {}): Organization {
  return found(text, { member: people, clerk: ['tia'] }, { devices });
}

/** People who may approve and do not; with one approval more the case is accepted. */
function eligible(pick: Pick): boolean {
  const needed = 2 + pick(4);
  const text = bylaws('step review', `  when ${needed} other members approve go to accepted`, '  after 9 days go to refused', 'end');
  return [needed - 1, needed].every((approving) => {
    const org = organized(text, names);
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('ana', 'motion'));
    org.epoch(hour, ...names.slice(1, 1 + approving).map((name) => act(name, 1, 'approve')));
    org.epoch(9 * day);
    return org.view(1).outcome === (approving === needed ? 'accepted' : 'refused');
  });
}

/** One person with several keys, who votes or approves with each of them. */
function keys(pick: Pick): boolean {
  const devices = Array.from({ length: 1 + pick(4) }, (_, index) => deviceOfPerson(`key ${index} of bo`));
  const isVote = pick(2) === 0;
  const text = isVote
    ? bylaws(...vote('ballots may change', 'passes when at least 2 members say yes'))
    : bylaws('step review', '  when 2 other members approve go to accepted', '  after 3 days go to refused', 'end');
  const org = organized(text, names, { bo: devices });
  const { propose, ballot, act } = notesFor(org);
  org.epoch(0, propose('ana', 'motion'));
  const deed = isVote ? ballot('bo', 1, 'yes') : act('bo', 1, 'approve');
  org.epoch(hour, deed, ...devices.map((device) => ({ ...deed, device })));
  org.epoch(3 * day);
  return org.view(1).outcome === 'refused';
}

const mutable = ['"v1.0"', '"main"', '"latest"', '"https://example.org/a"', '"refs/heads/main"', 'v1.0', 'main@tip', '"bylaws:latest"'];
const effects = ['accept X', 'accept the merge of X', 'start X', 'pay the amount from X', 'grant X to the candidate', 'strike X from motion'];

/** An effect that names a tag, an address or a branch. */
function reference(pick: Pick): boolean {
  const effect = (effects[pick(effects.length)] ?? '').replace('X', mutable[pick(mutable.length)] ?? '');
  const text = bylaws(...vote('passes when more than 1/2 of votes cast are yes')).replace('grant member to the candidate', effect);
  return parseBylaws({ path: 'bylaws/a.gdo', text }).diagnostics.some(({ severity }) => severity === 'error');
}

/** Somebody who proposes the same first, names the id, or withdraws the case of another. */
function squatting(pick: Pick): boolean {
  const org = organized(bylaws('step review', '  when the author withdraws go to refused', '  after 9 days go to accepted', 'end'), names);
  const { propose, act } = notesFor(org);
  const squatter = names[1 + pick(6)] ?? 'bo';
  if (pick(2) === 0) {
    org.epoch(0, propose(squatter, 'motion'), propose('ana', 'motion'));
    return org.view(1).id !== org.view(2).id;
  }
  org.epoch(0, propose('ana', 'motion'));
  const { id } = org.view(1);
  org.epoch(hour, { ...propose(squatter, 'motion'), case: id }, act(squatter, 1, 'withdraw'));
  return org.view(1).status === 'open' && org.view(1).id === id && org.view(2).id !== id;
}

/** The same ballots in another order. */
function order(pick: Pick): boolean {
  const text = bylaws(...vote(`quorum at least ${1 + pick(4)} members voting`, `passes when at least ${1 + pick(2)}/3 of votes cast are yes`));
  const choices = names.map(() => ['yes', 'no', 'abstain'][pick(3)] ?? 'yes');
  const shuffled = names.map((name, index) => ({ name, choice: choices[index] ?? 'yes', at: pick(1_000) }));
  const results = [shuffled, shuffled.toSorted((left, right) => left.at - right.at)].map((people) => {
    const org = organized(text, names);
    const { propose, ballot } = notesFor(org);
    org.epoch(0, propose('ana', 'motion'));
    org.epoch(hour, ...people.map(({ name, choice }) => ({ ...ballot(name, 1, choice), knows: [] })));
    org.epoch(3 * day);
    return JSON.stringify([org.view(1).outcome, org.view(1).result, org.view(1).tallies]);
  });
  return results[0] === results[1];
}

/** Weight that somebody gains while the vote is open. */
function weight(pick: Pick): boolean {
  const [one, other, gained] = [11 + pick(20), 1 + pick(10), 100 + pick(900)];
  const text = bylaws(
    ...vote('passes when more than 1/2 of weight cast are yes').map((line) => line.replace('voters members', 'voters members weighted by votes')),
  );
  const org = organized(text, names);
  const { propose, ballot } = notesFor(org);
  const report = (person: string, value: number): Note => ({
    by: 'tia',
    kind: 'fact',
    body: { type: 'report', subject: person, data: { collaborator: 'registry', report: 'votes', value: String(value) } },
  });
  org.epoch(0, report('ana', one), report('bo', other));
  org.epoch(1, propose('ana', 'motion'));
  org.epoch(hour, report('bo', gained), ballot('ana', 1, 'yes'), ballot('bo', 1, 'no'));
  org.epoch(4 * day);
  return org.view(1).outcome === 'accepted';
}

/** Attempts, in the order of their codes. */
export const attempts: readonly Attempt[] = [
  { code: 'GDO109', what: 'people who may approve and do not', isKeptOut: eligible },
  { code: 'GDO110', what: 'one person with several keys', isKeptOut: keys },
  { code: 'GDO211', what: 'an effect with a name that may move', isKeptOut: reference },
  { code: 'GDO214', what: 'a case taken or withdrawn by another', isKeptOut: squatting },
  { code: 'GDO311', what: 'ballots in another order', isKeptOut: order },
  { code: 'GDO315', what: 'weight gained after the opening', isKeptOut: weight },
];
