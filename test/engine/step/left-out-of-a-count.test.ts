// Whom a count leaves out: whoever is struck by its close, and whoever of a group is beyond a cap beside those who sit there (S115, S121).
import { describe, expect, it } from 'vitest';
import { holdersOf, readCase } from '../../../engine/index.ts';
import { day, found, hour, notesFor, type Note, type Organization } from './organization.ts';

const voters: readonly string[] = ['m0', 'm1', 'm2', 'm3', 'm4', 'm5', 'm6', 'm7', 'm8', 'm9'];
const people: readonly string[] = ['ana', 'bo', 'cy', 'dee', 'eve', ...voters];

const bylaws = (lines: { readonly nominating?: string; readonly counted?: string; readonly elects?: string; readonly limit?: string }): string => `gdo 1
organization "Counts"
end
attribute employer certified by the clerk
role member plural members
  held by 1 to 30 people
end
role clerk plural clerks
  held by 1 person
end
role councillor plural councillors
  held by 0 to 4 people
  gained through election
end
process election
  started by any member
  step nominating
    nominations of members${lines.nominating ?? ''}
    after 2 days go to ballot
  end
  vote ballot
    voters members
    choices the candidates
    counted by ${lines.counted ?? 'approval'}
    elects ${lines.elects ?? '1 councillor'}
${lines.limit ?? ''}    open for 3 days
    tie fails
    when elected go to seated
    otherwise go to refused
  end
  outcome seated
    grant councillor to the winners
  end
end
process unfit
  started by any member
  outcome struck
    strike the subject from election
  end
end
`;

const began = (lines: Parameters<typeof bylaws>[0], councillor: readonly string[] = []): Organization =>
  found(bylaws(lines), { member: people, clerk: ['tia'], councillor });

const winners = (org: Organization): readonly string[] | undefined => readCase(org.state(), org.view(1).id)?.winners;

describe('a candidate who is struck (S121)', () => {
  it.each([
    ['by the close is out', 4, ['bo']],
    ['after the close is in', 5, ['ana']],
  ])('%s, for support that was lost before the ballot', (_, days, won) => {
    const org = began({ nominating: ` supported by 1 other member struck after ${days} days` });
    const { propose, act, ballot } = notesFor(org);
    org.epoch(0, propose('m0', 'election'));
    org.epoch(hour, act('ana', 1, 'nominate'), act('bo', 1, 'nominate'));
    org.epoch(2 * hour, act('m1', 1, 'endorse', { about: 'ana' }), act('m2', 1, 'endorse', { about: 'bo' }));
    expect(org.epoch(day, act('m1', 1, 'withdraw', { about: ['endorse', 'ana'] })).verdicts).toEqual(['ok']);
    org.epoch(2 * day);
    org.epoch(3 * day, ballot('m1', 1, ['ana']), ballot('m2', 1, ['ana']), ballot('m3', 1, ['bo']));
    org.epoch(5 * day);
    expect(winners(org)).toEqual(won);
  });

  it.each([
    'irv with unranked exhausted, equal ranks refused',
    'schulze with winning votes, unranked last, equal ranks allowed',
    'borda with unranked last, equal ranks allowed',
  ])('leaves the ballots that put them first to those who stand next on them (%s)', (counted) => {
    const org = began({ counted });
    const { propose, act, ballot } = notesFor(org);
    org.epoch(0, propose('m0', 'election'));
    org.epoch(hour, ...['ana', 'bo', 'cy'].map((member) => act(member, 1, 'nominate')));
    org.epoch(2 * day);
    org.epoch(3 * day, ...['m1', 'm2', 'm3'].map((by) => ballot(by, 1, ['ana', 'bo', 'cy'])), ...['m4', 'm5'].map((by) => ballot(by, 1, ['cy', 'bo'])));
    org.epoch(4 * day, propose('m0', 'unfit', { subject: 'ana' }));
    org.epoch(5 * day);
    expect(winners(org)).toEqual(['bo']);
  });
});

describe('a vote whose candidates are all struck (S132)', () => {
  it.each(['', '    holds for 1 day\n'])(
    'is empty at its close (%j): tests that have to hold for a while have failed only where there was something to vote on',
    (holds) => {
      const text = bylaws({})
        .replace('open for 3 days\n', `open for 3 days\n${holds}`)
        .replace('    when elected go to seated\n', '    when elected go to seated\n    when empty go to unfilled\n')
        .replace('  outcome seated\n', '  outcome unfilled\n    grant councillor to the author\n  end\n  outcome seated\n');
      const org = found(text, { member: people, clerk: ['tia'] });
      const { propose, act } = notesFor(org);
      org.epoch(0, propose('m0', 'election'));
      org.epoch(hour, act('ana', 1, 'nominate'));
      org.epoch(2 * day);
      org.epoch(4 * day, propose('m0', 'unfit', { subject: 'ana' }));
      org.epoch(5 * day);
      expect(org.view(1).outcome).toBe('unfilled');
    },
  );
});

describe('a cap that is a share of the role (S115)', () => {
  const certify = (member: string, value: string): Note => ({ by: 'tia', kind: 'certify', body: { attribute: 'employer', member, value } });
  /** The winners, where these candidates are marked by so many, the first by the most. */
  const won = (org: Organization, values: Readonly<Record<string, string>>, candidates: readonly string[]): readonly string[] => {
    const { propose, act, ballot } = notesFor(org);
    org.epoch(0, ...Object.entries(values).map(([member, value]) => certify(member, value)));
    org.epoch(1, propose('m0', 'election'));
    org.epoch(hour, ...candidates.map((member) => act(member, 1, 'nominate')));
    org.epoch(3 * day);
    org.epoch(4 * day, ...voters.slice(0, candidates.length).map((by, place) => ballot(by, 1, candidates.slice(0, candidates.length - place))));
    org.epoch(7 * day);
    return winners(org) ?? [];
  };
  const half = '    limit 1/2 of councillors per employer\n';

  it('is of all who sit in the end, those beside whom the winners come to sit too', () => {
    const org = began({ elects: '2 councillors', limit: half }, ['dee', 'eve']);
    expect(won(org, { ana: 'Acme', bo: 'Acme', dee: 'Best', eve: 'Third' }, ['ana', 'bo', 'cy'])).toEqual(['ana', 'bo']);
    expect(holdersOf(org.state(), org.charter, 'councillor')).toEqual(['ana', 'bo', 'dee', 'eve']);
  });

  it('is of fewer where somebody who sits there is elected again', () => {
    const org = began({ elects: '2 councillors', limit: half }, ['dee', 'eve']);
    // With Ana three would sit, two of them of Acme.
    expect(won(org, { ana: 'Acme', dee: 'Acme', eve: 'Best' }, ['dee', 'ana', 'cy'])).toEqual(['dee', 'cy']);
    expect(holdersOf(org.state(), org.charter, 'councillor')).toEqual(['cy', 'dee', 'eve']);
  });

  it('is of those who can be elected, where fewer stand than there are seats', () => {
    const org = began({ elects: '4 councillors', limit: half });
    expect(won(org, { ana: 'Acme', bo: 'Acme', cy: 'Best' }, ['ana', 'bo', 'cy'])).toEqual(['ana', 'cy']);
  });
});
