// Stages of a case that was edited or sent back, decided again: by the acts that stood then, though they are unsaid since, and with every place where such a
// case could go (S50, S55, S101, docs/decisions/0189). The whole way is way.test.ts's.
import { describe, expect, it } from 'vitest';
import { redecide } from '../../../engine/index.ts';
import { day, found, hour, notesFor, type Note, type Organization } from './organization.ts';

const bylaws = (answers: string): string => `gdo 1
organization "Sent back"
end
area work covers "work/**"
role member plural members
  held by 1 to 9 people
end
process motion
  governs work
  started by any member
${answers}  step talk
    when 2 members approve go to review
    when 2 members object go to refused
  end
  step review
    when 2 members endorse go to ended
    when 4 members approve since the start go to refused
    after 30 days go to refused
  end
  outcome ended
    accept the merge
  end
end
`;

const people: readonly string[] = ['ada', 'ben', 'chi', 'dev'];
const founded = (text: string): Organization => found(text, { member: people }, { content: [['work/a', '100644:aa']] });

/** Proposes a change of the file. */
const change = (org: Organization, fresh: string): Note =>
  notesFor(org).proposeChange('ada', 'motion', [{ path: 'work/a', old: '100644:aa', new: fresh }], { text: 'A' });

/** What an opening comes to once more: how many did what in which line, and where it could lead. */
function again(org: Organization, stage: string, entry: number, number = 1): readonly [lines: readonly string[], leads: readonly string[]] {
  const redecided = redecide(org.state(), org.view(number).id, { stage, entry, closedMs: 0 });
  return [redecided?.lines.map(({ have }) => have) ?? ['nothing'], redecided?.leads ?? []];
}

/** A case that is edited in its second and its fourth opening, and refused in the fifth or accepted in the sixth. */
function editedTwice(answers: string, last: 'approve' | 'object' = 'approve'): Organization {
  const org = founded(bylaws(answers));
  const { act } = notesFor(org);
  const ok = (ms: number, ...notes: readonly Note[]): void => expect(org.epoch(ms, ...notes).verdicts).toEqual(notes.map(() => 'ok'));
  ok(0, change(org, '100644:bb'));
  ok(hour, act('dev', 1, 'object'));
  ok(3 * hour, act('ada', 1, 'approve'), act('ben', 1, 'approve'));
  ok(4 * hour, act('dev', 1, 'endorse'));
  ok(5 * hour, act('ada', 1, 'edit', { text: 'Better' }));
  ok(day, act('chi', 1, 'approve'), act('dev', 1, 'approve'));
  ok(day + hour, act('ada', 1, 'endorse'));
  ok(day + 2 * hour, act('ada', 1, 'edit', { text: 'Best' }));
  ok(2 * day, act('ada', 1, last), act('dev', 1, last));
  if (last === 'object') return org;
  ok(2 * day + hour, act('ben', 1, 'endorse'), act('chi', 1, 'endorse'));
  expect(org.view(1)).toMatchObject({ entry: 6, outcome: 'ended' });
  return org;
}

describe('a stage of a case that was edited, decided again', () => {
  it('counts the acts that stood in it, without those before the last edit and those that came later', () => {
    const org = editedTwice('  on edit go to talk\n');
    expect([1, 3, 5].map((entry) => again(org, 'talk', entry)[0])).toEqual([
      ['2 (ada, ben)', '1 (dev)'],
      ['2 (chi, dev)', '0'],
      ['2 (ada, dev)', '0'],
    ]);
    expect(again(org, 'review', 6)[0]).toEqual(['2 (ben, chi)', '2 (ada, dev)']);
    const refused = editedTwice('  on edit go to talk\n', 'object');
    expect([2, 4].map((entry) => again(refused, 'review', entry)[0])).toEqual([
      ['1 (dev)', '2 (ada, ben)'],
      ['1 (ada)', '2 (chi, dev)'],
    ]);
  });

  it('may have led where the answer to an edit sends a case, if it was edited in it', () => {
    const plain = { talk: ['review', 'refused'], review: ['ended', 'refused', 'refused'] };
    const org = editedTwice('  on edit restart\n  on conflict refuse\n');
    expect([2, 4, 6].map((entry) => again(org, 'review', entry)[1])).toEqual([[...plain.review, 'talk'], [...plain.review, 'talk'], plain.review]);
    expect([1, 3, 5].map((entry) => again(org, 'talk', entry)[1])).toEqual([plain.talk, plain.talk, plain.talk]);
  });

  it('may have led where a conflict sends a case, if it was accepted with a change, from any but its last opening', () => {
    const [talk, review] = [
      ['review', 'refused', 'talk'],
      ['ended', 'refused', 'refused'],
    ];
    const restarted = editedTwice('  on edit restart\n  on conflict restart\n');
    expect([again(restarted, 'talk', 1)[1], again(restarted, 'review', 2)[1], again(restarted, 'review', 6)[1]]).toEqual([
      talk,
      [...review, 'talk', 'talk'],
      review,
    ]);
    const sent = editedTwice('  on edit restart\n  on conflict go to review\n');
    expect([again(sent, 'talk', 1)[1], again(sent, 'review', 2)[1]]).toEqual([
      ['review', 'refused', 'review'],
      [...review, 'talk', 'review'],
    ]);
  });

  it('leads nowhere else in a case without a change, or one that was refused', () => {
    const org = founded(bylaws('  on edit restart\n  on conflict restart\n'));
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('ada', 'motion'), change(org, '100644:bb'));
    org.epoch(hour, ...[1, 2].flatMap((number) => ['ada', 'ben'].map((by) => act(by, number, 'approve'))));
    org.epoch(2 * hour, act('ada', 1, 'endorse'), act('ben', 1, 'endorse'));
    org.epoch(31 * day);
    expect([1, 2].map((number) => org.view(number).outcome)).toEqual(['ended', 'refused']);
    expect([1, 2].map((number) => again(org, 'talk', 1, number)[1])).toEqual([
      ['review', 'refused'],
      ['review', 'refused'],
    ]);
  });
});
