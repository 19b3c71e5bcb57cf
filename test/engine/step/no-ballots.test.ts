// Ballots where no vote takes them: what is said, by what the case waits for.
import { expect, it } from 'vitest';
import { unsupported } from '../../../engine/index.ts';
import { compile, day, found, hour, notesFor, type Note } from './organization.ts';

const text = `gdo 1
organization "Test"
end
role member plural members
  held by 1 to 9 people
end
role chair plural chairs
  held by 1 person
end
process motion
  started by any member
  step talk
    when any member approves go to ballot
    after 9 days go to refused
  end
  vote ballot
    voters members
    open for 5 days
    passes when more than 1/2 of votes cast are yes
    tie decided by the chair then fails
    when passed go to accepted
    otherwise go to refused
  end
end
process petition
  started by 2 members
  step talk
    after 9 days go to refused
  end
end
`;

it('a ballot where no vote takes it is refused with the reason', () => {
  expect(unsupported(compile(text).charter)).toEqual([]);
  const org = found(text, { member: ['ana', 'bo'], chair: ['kim'] });
  const { propose, act, ballot } = notesFor(org);
  const said = (atMs: number, ...notes: readonly Note[]): readonly string[] =>
    org.epoch(atMs, ...notes).full.map((verdict) => (verdict.kind === 'ok' ? 'ok' : `${verdict.code} ${verdict.reason}`));
  org.epoch(0, propose('ana', 'motion'), propose('ana', 'petition'));
  const nowhere: Note = { by: 'ana', kind: 'ballot', case: 'e'.repeat(64), body: { stage: 1, choice: 'yes' } };
  expect(said(hour, nowhere, ballot('ana', 1, 'yes'), ballot('ana', 2, 'yes', { stage: 1 }))).toEqual([
    'GDO1052 there is no such case',
    'GDO1052 `talk` takes no ballots',
    'GDO1050 the case waits for more people to start it',
  ]);
  org.epoch(2 * hour, act('bo', 1, 'approve'));
  expect(said(3 * hour, ballot('ana', 1, 'yes'), ballot('bo', 1, 'no'))).toEqual(['ok', 'ok']);
  org.epoch(6 * day);
  expect(said(7 * day, ballot('ana', 1, 'no'))).toEqual(['GDO1051 the vote `ballot` is closed']);
});
