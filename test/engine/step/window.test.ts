// What an epoch still takes when it is all but full: what only takes power away, by the class of the process it is about (ledger.md sections 6 and 9).
import { describe, expect, it } from 'vitest';
import { found, hour, notesFor, type Note, type Organization } from './organization.ts';

const process = (name: string, effect: string): string => `process ${name}
  started by any member
  step talk
    when any chair approves go to poll
    after 90 days go to refused
  end
  vote poll
    voters members
    open for 30 days
    passes when more than 1/2 of votes cast are yes
    when passed go to ${effect === '' ? 'accepted' : 'done'}
    otherwise go to refused
  end
${effect === '' ? '' : `  outcome done\n    ${effect}\n  end\n`}end
`;
const bylaws = `gdo 1
organization "Window"
end
role member plural members
  held by 1 to 20 people
  gained through joining
  lost through expulsion or resignation
end
role chair plural chairs
  held by 0 to 2 people
end
${process('expulsion', 'remove member from the subject')}${process('joining', 'grant member to the candidate')}${process('motion', '')}`;

const crowd: readonly string[] = ['p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7'];

/** Of each process one case in its step and one that is voted on, in an organization whose epochs take eight batches. */
function organization(): Organization {
  const org = found(bylaws, { member: ['ana', 'bo', ...crowd], chair: ['cy'] }, { people: ['ana', 'zoe'], windowBatches: 8 });
  const { propose, act } = notesFor(org);
  const starts = (name: string, body: Note['body']): readonly Note[] => [propose('ana', name, body), propose('ana', name, body)];
  org.epoch(1, ...starts('expulsion', { subject: 'bo' }), ...starts('joining', { candidate: 'zoe' }), ...starts('motion', {}));
  org.epoch(2, ...[2, 4, 6].map((number) => act('cy', number, 'approve')));
  return org;
}

describe('the last place of an epoch', () => {
  it.each<readonly [what: string, note: (org: Organization) => Note, verdict: string]>([
    ['is kept for the start of what removes somebody', (org) => notesFor(org).propose('bo', 'expulsion', { subject: 'ana' }), 'ok'],
    ['is kept for an act in it', (org) => notesFor(org).act('cy', 1, 'approve'), 'ok'],
    ['is kept for a ballot in it', (org) => notesFor(org).ballot('bo', 2, 'no'), 'ok'],
    ['is kept for a resignation', () => ({ by: 'bo', kind: 'resign', body: { role: 'member' } }), 'ok'],
    ['is for no start of what gives power', (org) => notesFor(org).propose('bo', 'joining', { candidate: 'zoe' }), 'GDO1061'],
    ['is for no act in it', (org) => notesFor(org).act('cy', 3, 'approve'), 'GDO1061'],
    ['is for no ballot in it', (org) => notesFor(org).ballot('bo', 4, 'yes'), 'GDO1061'],
    ['is for no other start', (org) => notesFor(org).propose('bo', 'motion'), 'GDO1061'],
    ['is for no other act', (org) => notesFor(org).act('cy', 5, 'approve'), 'GDO1061'],
    ['is for no other ballot', (org) => notesFor(org).ballot('bo', 6, 'yes'), 'GDO1061'],
    ['is for no start of what there is not', (org) => notesFor(org).propose('bo', 'coup'), 'GDO1061'],
    ['is for no act in a case that there is not', (org) => ({ ...notesFor(org).act('cy', 1, 'approve'), case: 'f'.repeat(64) }), 'GDO1061'],
    ['is for no complaint', () => ({ by: 'bo', kind: 'complaint', body: { text: 'full' } }), 'GDO1061'],
  ])('%s', (_what, note, verdict) => {
    const org = organization();
    const others = crowd.map((by, index): Note => ({ by, kind: 'complaint', body: { text: 'slow' }, atMs: hour + index }));
    expect(org.epoch(2 * hour, ...others, note(org)).verdicts).toEqual([...crowd.map(() => 'ok'), verdict]);
  });
});
