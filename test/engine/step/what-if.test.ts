// What would follow from something that nobody has done: told, and not kept.
import { describe, expect, it } from 'vitest';
import { caseView, stateRoot, whatIf } from '../../../engine/index.ts';
import { day, found, hour, notesFor } from './organization.ts';

const text = `gdo 1
organization "Test"
end
role member plural members
  held by 1 to 9 people
end
process motion
  started by any member
  vote ballot
    voters members
    open for 7 days
    quorum at least 2 members voting
    passes when more than 1/2 of votes cast are yes
    when passed go to accepted
    otherwise go to refused
  end
end
`;

describe('what if', () => {
  const people = ['ada', 'ben', 'chi'];
  const opened = (): ReturnType<typeof found> => {
    const org = found(text, { member: people }, { people });
    org.epoch(0, notesFor(org).propose('ada', 'motion'));
    org.epoch(hour, notesFor(org).ballot('ada', 1, 'yes'));
    return org;
  };
  const vote = (org: ReturnType<typeof found>, person: string, choice: string) => ({
    person,
    kind: 'ballot' as const,
    case: org.view(1).id,
    body: { stage: 1, choice },
  });

  it('says how the case would end, and leaves the state as it is', () => {
    const org = opened();
    const before = stateRoot(org.state());
    const ends = (...choices: readonly string[]): string | undefined => {
      const supposed = choices.map((choice, place) => vote(org, people[place + 1] ?? '', choice));
      return caseView(whatIf(org.state(), supposed, { nowMs: day, untilMs: 9 * day }).state, 1)?.status;
    };
    expect([ends(), ends('yes'), ends('no'), ends('no', 'yes')]).toEqual(['refused', 'accepted', 'refused', 'accepted']);
    expect(stateRoot(org.state())).toBe(before);
  });

  it('says the same as the engine once it is done', () => {
    const org = opened();
    const told = whatIf(org.state(), [vote(org, 'ben', 'no'), vote(org, 'chi', 'yes')], { nowMs: day, untilMs: 7 * day });
    org.epoch(day, notesFor(org).ballot('ben', 1, 'no'), notesFor(org).ballot('chi', 1, 'yes'));
    org.epoch(7 * day);
    expect(caseView(told.state, 1)?.status).toBe(org.view(1).status);
  });

  it('refuses what the rules refuse: a stranger, a late act, a choice that is none', () => {
    const org = opened();
    const { verdicts } = whatIf(
      org.state(),
      [vote(org, 'eve', 'yes'), vote(org, 'ben', 'maybe'), { ...vote(org, 'ben', 'yes'), body: { stage: 9, choice: 'yes' } }],
      { nowMs: day, untilMs: day },
    );
    expect(verdicts.map((one) => (one.kind === 'ok' ? 'ok' : one.code))).toEqual(['GDO1040', 'GDO1052', 'GDO1050']);
    const late = whatIf(org.state(), [vote(org, 'ben', 'yes')], { nowMs: 8 * day, untilMs: 8 * day });
    expect(late.verdicts).toMatchObject([{ code: 'GDO1051' }]);
  });
});
