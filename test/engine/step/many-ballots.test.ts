// Many ballots in one epoch: what they ask for is looked up once, and must be looked up anew when something that it depends on has changed.
import { fc } from '../../seeded.ts';
import { describe, expect, it } from 'vitest';
import { engine1, stateRoot } from '../../../engine/index.ts';
import { day, found, hour, notesFor, type Note, type Organization } from './organization.ts';

const vote = (name: string, lines: string): string =>
  `vote ${name}\n    voters members\n    open for 5 days\n    recusal decided by any clerk leaves the roster\n${lines}    passes when at least 1/2 of all members are yes\n`;
const bylaws = `gdo 1
organization "Many"
end
role member plural members
  held by 1 to 99 people
  lost through resignation or 9 days without activity
end
role clerk
  held by 0 to 2 people
end
process motion
  started by any member
  ${vote('ballot', '    extends by 1 day when swung in the last 12 hours\n')}    when passed go to accepted
    otherwise go to refused
  end
end
process pair
  started by any member
  joint both
    ${vote('first', '    ballots final\n')}    end
    ${vote('second', '')}    end
    when all pass go to accepted
    otherwise go to refused
  end
end
`;

const members: readonly string[] = ['ada', 'ben', 'chi', 'dev'];
const people: readonly string[] = [...members, 'kim', 'zoe'];

/** Engine 1, which before each event forgets what it has looked up for the ballots of an epoch. */
const forgetful: typeof engine1 = {
  ...engine1,
  apply: (draft, event, context) => engine1.apply({ ...draft, openVotes: { state: draft.state, byCase: new Map() } }, event, context),
};

const move = fc.record({ by: fc.nat(5), what: fc.nat(7), case: fc.integer({ min: 1, max: 2 }), about: fc.nat(1), entry: fc.nat(3), choice: fc.nat(3) });
type Move = typeof move extends fc.Arbitrary<infer T> ? T : never;

function noteOf(org: Organization, one: Move): Note {
  const by = people[one.what === 3 ? one.about : one.by] ?? '';
  const about = members[one.about] ?? '';
  const { id, entry } = org.view(one.case);
  if (one.what === 0 && one.entry === 0) return { by, kind: 'resign', body: { role: 'member' } };
  if (one.what === 1) return { by: 'kim', kind: 'act', case: id, body: { stage: entry, verb: 'recuse', about } };
  if (one.what === 2 || one.what === 0) return { by, kind: 'act', case: id, body: { stage: entry, verb: 'recuse', about } };
  // The votes of a joint have the numbers after its own.
  const stage = entry + (one.entry === 3 ? 0 : one.entry);
  return { by, kind: 'ballot', case: id, body: { stage, choice: ['yes', 'no', 'abstain', 'maybe'][one.choice] ?? '' } };
}

function run(epochs: readonly (readonly Move[])[], rules: typeof engine1): { readonly root: string; readonly verdicts: readonly string[] } {
  const org = found(bylaws, { member: members, clerk: ['kim'] }, { people, rules });
  const { propose } = notesFor(org);
  org.epoch(0, propose('ada', 'motion'), propose('ben', 'pair'));
  const verdicts = epochs.flatMap((moves, index) => {
    const { full } = org.epoch((index + 1) * 2 * day - hour, ...moves.map((one) => noteOf(org, one)));
    return full.map((one) => (one.kind === 'ok' ? 'ok' : `${one.code} ${one.reason}`));
  });
  return { root: stateRoot(org.state()), verdicts };
}

describe('many ballots in one epoch', () => {
  it('are judged each as if it were the only one, whatever happens between them', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.array(fc.array(move, { minLength: 16, maxLength: 40 }), { minLength: 1, maxLength: 3 }), (epochs) => {
        const [once, again] = [run(epochs, engine1), run(epochs, forgetful)];
        once.verdicts.forEach((one) => seen.add(one.slice(0, 7)));
        expect(once.verdicts).toEqual(again.verdicts);
        expect(once.root).toBe(again.root);
      }),
      { numRuns: 12 },
    );
    expect([...seen]).toEqual(expect.arrayContaining(['ok', 'GDO1052', 'GDO1057']));
  });

  it('end for a person with their recusal (S42)', () => {
    const org = found(bylaws, { member: members, clerk: ['kim'] });
    const { propose, act, ballot } = notesFor(org);
    org.epoch(0, propose('ada', 'motion'));
    const { verdicts } = org.epoch(
      hour,
      ballot('ben', 1, 'no'),
      ballot('ada', 1, 'yes'),
      act('ada', 1, 'recuse', { about: 'ben' }),
      act('kim', 1, 'recuse', { about: 'ben' }),
      ballot('ada', 1, 'no'),
      ballot('ben', 1, 'yes'),
    );
    expect(verdicts).toEqual(['ok', 'ok', 'ok', 'ok', 'ok', 'GDO1057']);
  });
});
