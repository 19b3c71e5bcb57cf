// What would follow from something that nobody has done: told, and not kept.
import { describe, expect, it } from 'vitest';
import { caseView, commitmentOf, stateRoot, whatIf } from '../../../engine/index.ts';
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

  describe('in a vote whose ballots are sealed', () => {
    const sealed = text.replace('    open for 7 days\n', '    ballots sealed until the close revealed within 2 days\n    open for 7 days\n');
    const seal = (org: ReturnType<typeof found>, by: string, choice: string, nonce: string) =>
      commitmentOf({ case: org.view(1).id, entry: 1, voter: by, choice, nonce });
    const secret = 'ab'.repeat(32);
    const begun = (): ReturnType<typeof found> => {
      const org = found(sealed, { member: people }, { people });
      // Whoever has signed something before goes on from there.
      org.epoch(0, notesFor(org).propose('ben', 'motion'));
      org.epoch(hour, notesFor(org).ballot('ada', 1, seal(org, 'ada', 'no', secret)));
      return org;
    };

    it('plays that it is sealed now and opened after the close, and tells whose stay closed', () => {
      const org = begun();
      const told = whatIf(org.state(), [vote(org, 'ben', 'yes'), vote(org, 'chi', 'yes')], { nowMs: day, untilMs: 9 * day });
      expect(told.verdicts.map((one) => one.kind)).toEqual(['ok', 'ok']);
      expect(caseView(told.state, 1)?.status).toBe('accepted');
      expect(told.sealed).toEqual({ opened: ['ben', 'chi'], closed: ['ada'] });
      org.epoch(day, notesFor(org).ballot('ben', 1, seal(org, 'ben', 'yes', secret)), notesFor(org).ballot('chi', 1, seal(org, 'chi', 'yes', secret)));
      org.epoch(8 * day, ...['ben', 'chi'].map((by) => notesFor(org).ballot(by, 1, 'yes', { nonce: secret })));
      org.epoch(9 * day);
      expect(caseView(told.state, 1)).toMatchObject({ status: org.view(1).status, endedMs: org.view(1).endedMs });
    });

    it('refuses what could not be opened: another choice than there is, a second sealed ballot where the first one counts no more', () => {
      const org = begun();
      const told = whatIf(org.state(), [vote(org, 'ben', 'maybe'), vote(org, 'chi', 'no'), vote(org, 'chi', 'yes')], { nowMs: day, untilMs: 9 * day });
      expect(told.verdicts).toMatchObject([
        { code: 'GDO1052', reason: expect.stringContaining('`maybe` is not a choice here') },
        { kind: 'ok' },
        { kind: 'ok' },
      ]);
      expect(told.sealed).toEqual({ opened: ['chi'], closed: ['ada', 'ben'] });
      expect(caseView(told.state, 1)?.status).toBe('refused');
    });

    it('supposes after the close what a sealed ballot says, of those who have one', () => {
      const org = begun();
      org.epoch(2 * hour, notesFor(org).ballot('ben', 1, seal(org, 'ben', 'no', secret)));
      org.epoch(7 * day + hour);
      const ends = (...choices: readonly (readonly [string, string])[]) =>
        whatIf(
          org.state(),
          choices.map(([by, choice]) => vote(org, by, choice)),
          { nowMs: 8 * day, untilMs: 9 * day },
        );
      const told = ends(['ada', 'yes'], ['ben', 'yes']);
      expect([told.verdicts.map((one) => one.kind), caseView(told.state, 1)?.status]).toEqual([['ok', 'ok'], 'accepted']);
      expect(ends(['chi', 'yes']).verdicts).toMatchObject([{ code: 'GDO1052', reason: 'this person has sealed no ballot' }]);
      expect(ends(['chi', 'yes']).sealed).toEqual({ opened: [], closed: ['ada', 'ben'] });
    });
  });
});
