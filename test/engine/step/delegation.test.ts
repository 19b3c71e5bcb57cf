// Delegations: who takes whose ballot, along which chain, until when, and how much of it.
import { describe, expect, it } from 'vitest';
import { unsupported, type Json } from '../../../engine/index.ts';
import { compile, day, found, notesFor, type Note, type Organization } from './organization.ts';

const people: readonly string[] = ['ana', 'bo', 'cy', 'dee', 'eve', 'fay'];

const bylaws = (vote: string, more: string): string => `gdo 1
organization "Ends"
end
role clerk plural clerks
  held by 1 to 3 people
  gained through joining
end
role member plural members
  held by anyone
  gained through joining
end
${more}
process joining
  started by any person
  outcome joined
    grant member to the candidate
  end
end
process motion
  started by any member
  vote ballot
    voters members
${vote}
    when passed go to accepted
    when inquorate go to no-quorum
    otherwise go to refused
  end
  outcome no-quorum refuses
end
`;

function opened(text: string, notes: readonly Note[] = []): Organization {
  const org = found(text, { member: people, clerk: ['tia'] });
  if (notes.length > 0) org.epoch(0, ...notes);
  org.epoch(0, notesFor(org).propose('ana', 'motion'));
  return org;
}

function vote(org: Organization, atMs: number, choice: Json, ...by: readonly string[]): readonly string[] {
  const { ballot } = notesFor(org);
  return org.epoch(atMs, ...by.map((member) => ballot(member, 1, choice))).verdicts;
}

describe('a delegation (S41)', () => {
  const delegation = (clauses: string): string => `delegation proxy by members\n  for motion\n${clauses}end\n`;
  const simple = '    open for 5 days\n    ballots may change\n    passes when at least 4 members say yes';
  const give = (by: string, to?: string): Note => ({ by, kind: 'delegate', body: { delegation: 'proxy', ...(to === undefined ? {} : { to }) } });

  const ended = (clauses: string, before: readonly Note[], ballots: Readonly<Record<string, string>>, after: readonly Note[] = []): string | undefined => {
    const org = opened(bylaws(simple, delegation(clauses)), before);
    for (const [by, choice] of Object.entries(ballots)) expect(vote(org, day, choice, by)).toEqual(['ok']);
    if (after.length > 0) org.epoch(2 * day, ...after);
    org.epoch(5 * day);
    return org.view(1).outcome;
  };
  const chain = [give('bo', 'ana'), give('cy', 'bo'), give('dee', 'cy')];

  it('lets those who do not vote take the ballot along a chain, as deep as it may be', () => {
    expect(ended('  depth 3\n  override by voting\n', chain, { ana: 'yes' })).toBe('accepted');
    expect(ended('  depth 2\n  override by voting\n', chain, { ana: 'yes' })).toBe('refused');
  });

  it('gives no ballot to whoever is in a circle', () => {
    const circle = [give('bo', 'cy'), give('cy', 'bo'), give('dee', 'ana'), give('eve', 'ana'), give('fay', 'ana')];
    expect(ended('  depth 3\n  override by voting\n', circle, { ana: 'yes' })).toBe('accepted');
    expect(ended('  depth 3\n  override by voting\n', circle.slice(0, 4), { ana: 'yes' })).toBe('refused');
  });

  it('yields to an own ballot where that is allowed, and refuses it elsewhere', () => {
    const all = ['bo', 'cy', 'dee'].map((by) => give(by, 'ana'));
    expect(ended('  override by voting\n', all, { ana: 'yes' })).toBe('accepted');
    expect(ended('  override by voting\n', all, { ana: 'yes', bo: 'no' })).toBe('refused');
    const org = opened(bylaws(simple, delegation('')), all);
    expect(vote(org, day, 'no', 'bo')).toEqual(['GDO1057']);
    org.epoch(day + 1, give('bo'));
    expect(vote(org, day + 2, 'no', 'bo')).toEqual(['ok']);
  });

  it('is taken back until the close, or until the opening only', () => {
    const all = ['bo', 'cy', 'dee'].map((by) => give(by, 'ana'));
    expect(ended('  revocable until the close\n', all, { ana: 'yes' }, [give('bo')])).toBe('refused');
    expect(ended('  revocable until the opening\n', all, { ana: 'yes' }, [give('bo')])).toBe('accepted');
  });

  it('cannot be got rid of by changing it again and again once the vote is open', () => {
    const all = ['bo', 'cy', 'dee'].map((by) => give(by, 'ana'));
    const often = Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? give('bo') : give('bo', 'eve')));
    expect(ended('  revocable until the opening\n', all, { ana: 'yes' }, often)).toBe('accepted');
    const org = opened(bylaws(simple, delegation('  revocable until the opening\n')), all);
    for (const [index, one] of often.entries()) org.epoch(day + index, one);
    expect(vote(org, day + 60, 'no', 'bo')).toEqual(['GDO1057']);
  });

  it('counts for nothing in a vote that opened before there was any, however often it changes', () => {
    const often = Array.from({ length: 41 }, (_, index) => (index % 2 === 0 ? give('bo', 'ana') : give('bo')));
    const org = opened(bylaws(simple.replace('at least 4', 'at least 2'), delegation('  revocable until the opening\n')));
    for (const [index, one] of often.entries()) org.epoch(1 + index, one);
    expect(vote(org, day, 'yes', 'ana')).toEqual(['ok']);
    expect(vote(org, day + 1, 'no', 'bo')).toEqual(['ok']);
    org.epoch(5 * day);
    expect(org.view(1).outcome).toBe('refused');
  });

  it('lasts so long and no longer', () => {
    const all = ['bo', 'cy', 'dee'].map((by) => give(by, 'ana'));
    expect(ended('  lasts 6 days\n', all, { ana: 'yes' })).toBe('accepted');
    expect(ended('  lasts 5 days\n', all, { ana: 'yes' })).toBe('refused');
  });

  it('counts no weight beyond the limit of one delegate', () => {
    const all = ['bo', 'cy', 'dee'].map((by) => give(by, 'ana'));
    expect(ended('  limit 1/2 of weight per delegate\n', all, { ana: 'yes' })).toBe('accepted');
    expect(ended('  limit 1/3 of weight per delegate\n', all, { ana: 'yes' })).toBe('refused');
    expect(ended('  limit 3 members per delegate\n', all, { ana: 'yes' })).toBe('accepted');
    expect(ended('  limit 2 members per delegate\n', all, { ana: 'yes' })).toBe('refused');
    // Two thirds of six are four, though 2/5 of them are two and a bit, which is rounded down.
    expect(ended('  limit 2/3 of weight per delegate\n', all, { ana: 'yes' })).toBe('accepted');
    expect(ended('  limit 2/5 of weight per delegate\n', all, { ana: 'yes' })).toBe('refused');
    // Of two limits the smaller one counts, in either order.
    expect(ended('  limit 1/2 of weight per delegate\n  limit 2 members per delegate\n', all, { ana: 'yes' })).toBe('refused');
    expect(ended('  limit 2 members per delegate\n  limit 1/2 of weight per delegate\n', all, { ana: 'yes' })).toBe('refused');
  });

  it('ends where people have given their ballots in a circle, however long a chain may be', () => {
    const circle = [give('bo', 'cy'), give('cy', 'dee'), give('dee', 'cy')];
    expect(ended('  depth 9007199254740991\n', circle, { ana: 'yes' })).toBe('refused');
    expect(ended('  depth 9007199254740991\n', chain, { ana: 'yes' })).toBe('accepted');
  });

  it('is limited for a delegate and by nothing else, or is not run (GDO035)', () => {
    const constructs = (limit: string, more = ''): readonly string[] =>
      unsupported(compile(bylaws(simple, delegation(`  limit ${limit}\n`) + more)).charter).map(({ construct }) => construct);
    expect(constructs('1/2 of weight per delegate')).toEqual([]);
    expect(constructs('2 members per delegate per 3 days')).toEqual(['limit in delegation proxy']);
    expect(constructs('2 members per 3 days')).toEqual(['limit in delegation proxy']);
    expect(constructs('2 members per person')).toEqual(['limit in delegation proxy']);
    expect(constructs('2 members')).toEqual(['limit in delegation proxy']);
    expect(constructs('5.00 EUR per delegate', 'account till in EUR with 2 decimals end\n')).toEqual(['limit in delegation proxy']);
  });

  it('takes the weight of a ballot, the one at the limit in part, and a ballot that weighs nothing as a person (S30, docs/decisions/0053)', () => {
    const scale = 'collaborator scale kept by any clerk\n  reports "stake"\nend\nmeasure stake counts stake by each member reported by scale end\n';
    const passed = (tests: string, limit: string, stakes: Readonly<Record<string, number>>): string | undefined => {
      const text = bylaws(simple.replace('at least 4 members say yes', tests), delegation(limit) + scale).replace(
        'voters members',
        'voters members weighted by stake',
      );
      const reports = Object.entries(stakes).map(([subject, value]): Note => ({
        by: 'tia',
        kind: 'fact',
        body: { type: 'report', subject, data: { collaborator: 'scale', report: 'stake', value: String(value) } },
      }));
      const org = opened(text, [...reports, ...['bo', 'cy', 'dee'].map((by) => give(by, 'ana'))]);
      expect(vote(org, day, 'yes', 'ana')).toEqual(['ok']);
      org.epoch(5 * day);
      return org.view(1).outcome;
    };
    // A third of twelve are four: three of bo, one of cy's three, and nothing of dee.
    const third = '  limit 1/3 of weight per delegate\n';
    const stakes = { ana: 4, bo: 3, cy: 3, dee: 2 };
    expect(passed('at least 2/3 of all weight are yes', third, stakes)).toBe('accepted');
    expect(passed('more than 2/3 of all weight are yes', third, stakes)).toBe('refused');
    expect(passed('at least 3 members say yes', third, stakes)).toBe('accepted');
    expect(passed('at least 4 members say yes', third, stakes)).toBe('refused');
    expect(passed('at least 3 members say yes', '', { ana: 4, bo: 3 })).toBe('accepted');
  });

  it('that is given in the second vote of a case counts there, after the close of the first (S18)', () => {
    const second =
      '  vote again\n    voters members\n    open for 5 days\n    passes when at least 2 members say yes\n    when passed go to accepted\n    otherwise go to refused\n  end\n';
    const text = bylaws(simple.replace('at least 4', 'at least 1'), delegation('')).replace('when passed go to accepted', 'when passed go to again');
    const org = opened(text.replace('  outcome no-quorum', `${second}  outcome no-quorum`));
    expect(vote(org, day, 'yes', 'ana')).toEqual(['ok']);
    org.epoch(5 * day);
    org.epoch(6 * day, give('bo', 'ana'));
    expect(vote(org, 7 * day, 'yes', 'ana')).toEqual(['ok']);
    org.epoch(10 * day);
    expect(org.view(1).outcome).toBe('accepted');
  });

  it('that is given between the closes of two votes of a joint counts in the later one alone (S18, S48)', () => {
    const house = (name: string, days: number): string =>
      `    vote ${name}\n      voters members\n      open for ${days} days\n      ballots final\n      passes when at least 2 members say yes\n    end\n`;
    const passed = (houses: string, which: string): string | undefined => {
      const text = bylaws(simple, delegation('')).replace(
        /  vote ballot[^]*?  end\n/,
        `  joint both\n${houses}    when ${which} pass go to accepted\n    otherwise go to refused\n  end\n`,
      );
      const org = opened(text.replace('  outcome no-quorum refuses\n', ''));
      const { ballot } = notesFor(org);
      const entries = org.view(1).acts.flatMap((act) => (act.verb === 'vote' ? [act.entry] : []));
      expect(org.epoch(day, ...[...new Set(entries)].map((stage) => ballot('ana', 1, 'yes', { stage }))).verdicts).toEqual(['ok', 'ok']);
      org.epoch(6 * day, give('bo', 'ana'));
      org.epoch(9 * day);
      return org.view(1).outcome;
    };
    const [short, long] = [house('commons', 5), house('lords', 8)];
    expect([passed(short + long, 'any'), passed(long + short, 'any'), passed(short + long, 'all')]).toEqual(['accepted', 'accepted', 'refused']);
  });

  it('is for the processes it names, or for all where it names none', () => {
    const all = ['bo', 'cy', 'dee'].map((by) => give(by, 'ana'));
    const through = (forWhich: string): string | undefined => {
      const org = opened(bylaws(simple, delegation('').replace('  for motion\n', forWhich)), all);
      expect(vote(org, day, 'yes', 'ana')).toEqual(['ok']);
      org.epoch(5 * day);
      return org.view(1).outcome;
    };
    expect([through('  for motion\n'), through(''), through('  for joining\n')]).toEqual(['accepted', 'accepted', 'refused']);
  });

  it('is for whoever held the role as the vote opened, and is theirs to take back also without it (S7)', () => {
    const text = bylaws(simple.replace('at least 4 members', 'at least 2 members'), delegation('').replace('by members', 'by clerks'));
    const left = text.replace('held by 1 to 3 people\n', 'held by 0 to 3 people\n  lost through resignation\n');
    const after = (...notes: readonly Note[]): string | undefined => {
      const org = found(left, { member: people, clerk: ['bo'] });
      org.epoch(0, give('bo', 'ana'));
      org.epoch(1, notesFor(org).propose('ana', 'motion'));
      expect(org.epoch(day, notesFor(org).ballot('bo', 1, 'yes')).full).toMatchObject([{ code: 'GDO1057', reason: '`bo` has delegated this vote to `ana`' }]);
      expect(org.epoch(2 * day, { by: 'bo', kind: 'resign', body: { role: 'clerk' } }).verdicts).toEqual(['ok']);
      expect(vote(org, 3 * day, 'yes', 'ana')).toEqual(['ok']);
      if (notes.length > 0) expect(org.epoch(4 * day, ...notes).verdicts).toEqual(notes.map(() => 'ok'));
      org.epoch(6 * day);
      org.epoch(7 * day, notesFor(org).propose('ana', 'motion'));
      expect(org.epoch(8 * day, notesFor(org).ballot('ana', 2, 'yes')).verdicts).toEqual(['ok']);
      org.epoch(14 * day);
      expect(org.view(2).outcome, 'a vote that opens after bo has left').toBe('refused');
      return org.view(1).outcome;
    };
    expect([after(), after(give('bo'))]).toEqual(['accepted', 'refused']);
  });

  it('is taken out of the vote by nobody who leaves after its close (S18)', () => {
    const text = bylaws(simple.replace('at least 4 members', 'at least 2 members'), delegation('')).replace(
      'held by anyone\n',
      'held by anyone\n  lost through resignation\n',
    );
    for (const atMs of [4 * day, 5 * day, 5 * day + 1]) {
      const org = opened(text, [give('bo', 'ana')]);
      expect(vote(org, day, 'yes', 'ana')).toEqual(['ok']);
      org.epoch(6 * day, { by: 'bo', kind: 'resign', body: { role: 'member' }, atMs });
      expect(org.view(1).outcome).toBe('accepted');
    }
  });

  it('is for people of the role, to somebody else who is known', () => {
    const org = opened(bylaws(simple, delegation('')));
    const verdicts = org.epoch(1, give('tia', 'ana'), give('ana', 'ana'), give('ana', 'nobody'), give('ana', 'tia')).verdicts;
    expect(verdicts).toEqual(['GDO1040', 'GDO1052', 'GDO1052', 'ok']);
    expect(org.epoch(2, give('tia', 'ana'), give('ana', 'ana'), give('ana', 'nobody')).full).toMatchObject([
      { reason: '`proxy` is for any member' },
      { reason: 'nobody delegates to themselves' },
      { reason: '`nobody` is not known in this organization' },
    ]);
    const unknown = { by: 'ana', kind: 'delegate', body: { delegation: 'another', to: 'bo' } } as const;
    expect(org.epoch(3, unknown).full).toMatchObject([{ code: 'GDO1052', reason: 'the bylaws know no such delegation' }]);
  });
});
