// What measures count (S112): ballots, once a person and vote and none that was never opened, whether the bylaws counted them when they were cast or begin to
// count them later. It is seen in the weights of a vote.
import { describe, expect, it } from 'vitest';
import { commitmentOf, entriesUnder, setMeasure, type State } from '../../../engine/index.ts';
import { amend, amendment } from './amending.ts';
import { compile, day, found, hour, notesFor, type Note, type Organization } from './organization.ts';

const people: readonly string[] = ['ana', 'bo', 'cy', 'dee'];
const nonce = 'a'.repeat(64);

const ballot = (name: string, lines: string): string => `process ${name}
  started by any member
  vote ballot
    voters members${name === 'weighing' ? ' weighted by effort' : ''}
    open for 1 day
${lines}    when passed go to accepted
    otherwise go to refused
  end
end
`;
const half = '    passes when more than 1/2 of votes cast are yes\n';

const bylaws = (measure: string): string => `gdo 1
organization "Measures"
end
area rules covers "bylaws/**"
role member plural members
  held by 1 to 9 people
end
role chair plural chairs
  held by 0 to 9 people
end
${measure === '' ? '' : `measure effort counts ${measure} end\n${ballot('weighing', '    passes when more than 1/2 of weight cast are yes\n')}`}${ballot('motion', `    ballots may change\n${half}`)}${ballot('secret', `    ballots sealed until the close revealed within 1 day\n${half}`)}${amendment}`;
const byEach = 'ballots by each member';

const founded = (measure: string): Organization => found(bylaws(measure), { member: people, chair: ['bo'] }, { content: [['bylaws/a', '100644:aa']] });

/** A motion at a time, in which people cast ballots one after the other. */
function moved(org: Organization, number: number, atMs: number, ...ballots: readonly (readonly [member: string, choice: string])[]): void {
  org.epoch(atMs, notesFor(org).propose('ana', 'motion'));
  for (const [index, [member, choice]] of ballots.entries()) org.epoch(atMs + hour * (index + 1), notesFor(org).ballot(member, number, choice));
  org.epoch(atMs + day);
}

/** Whether `bo` and whoever agrees weigh more than half of what `cy` and `bo` weigh together. */
function boOutweighsCy(org: Organization, number: number, atMs: number, inForce = org.hash): boolean {
  org.epoch(atMs, notesFor(org).propose('ana', 'weighing', { bylaws: inForce }));
  expect(org.epoch(atMs + 1, notesFor(org).ballot('bo', number, 'yes'), notesFor(org).ballot('cy', number, 'no')).verdicts).toEqual(['ok', 'ok']);
  org.epoch(atMs + day);
  return org.view(number).outcome === 'accepted';
}

/** A vote in which both seal a ballot and `bo` alone opens it. */
function sealed(org: Organization, number: number, atMs: number): void {
  org.epoch(atMs, notesFor(org).propose('ana', 'secret'));
  const { id } = org.view(number);
  const seal = (by: string): Note => notesFor(org).ballot(by, number, commitmentOf({ case: id, entry: 1, voter: by, choice: 'yes', nonce }));
  expect(org.epoch(atMs + 1, seal('bo'), seal('cy')).verdicts).toEqual(['ok', 'ok']);
  expect(org.epoch(atMs + day, notesFor(org).ballot('bo', number, 'yes', { nonce })).verdicts).toEqual(['ok']);
  org.epoch(atMs + 2 * day);
}

/** Puts a measure into bylaws that had none. @returns the hash of the new ones */
function amended(org: Organization, atMs: number, measure: string): string {
  amend(org, atMs, bylaws(measure), { approved: ['ana', 'bo'] });
  return compile(bylaws(measure)).hash;
}

describe('a measure of ballots', () => {
  it('counts one a vote, however often it was changed', () => {
    const org = founded(byEach);
    moved(org, 1, 0, ['bo', 'yes'], ['bo', 'no'], ['bo', 'yes'], ['cy', 'no']);
    moved(org, 2, 2 * day, ['cy', 'no']);
    // One of bo's, two of cy's.
    expect(boOutweighsCy(org, 3, 4 * day)).toBe(false);
    moved(org, 4, 6 * day, ['bo', 'yes']);
    moved(org, 5, 8 * day, ['bo', 'yes']);
    expect(boOutweighsCy(org, 6, 10 * day)).toBe(true);
  });

  it('is nothing for whoever does not hold the role it counts', () => {
    const org = founded('ballots by each chair');
    moved(org, 1, 0, ['bo', 'yes'], ['cy', 'no']);
    moved(org, 2, 2 * day, ['cy', 'no']);
    expect(boOutweighsCy(org, 3, 4 * day)).toBe(true);
  });

  it('counts a sealed one when it is opened, and never one that is not (S129)', () => {
    const org = founded(byEach);
    sealed(org, 1, 0);
    expect(boOutweighsCy(org, 2, 3 * day)).toBe(true);
  });

  it('counts it while it lies in the window', () => {
    const org = founded(`${byEach} over the last 5 days`);
    moved(org, 1, 0, ['cy', 'yes']);
    moved(org, 2, 4 * day, ['bo', 'yes']);
    expect(boOutweighsCy(org, 3, 5 * day)).toBe(false);
    const later = founded(`${byEach} over the last 5 days`);
    moved(later, 1, 0, ['cy', 'yes']);
    moved(later, 2, 4 * day, ['bo', 'yes']);
    expect(boOutweighsCy(later, 3, 5 * day + hour)).toBe(true);
  });
});

describe('a ledger that is made up', () => {
  const of = (org: Organization, amount: number): State => {
    const [measure] = org.charter.measures;
    if (measure === undefined) throw new Error('there is a measure');
    const once = setMeasure(org.state(), { measure, member: 'cy', amount: 9, atMs: hour });
    return setMeasure(once, { measure, member: 'cy', amount, atMs: 2 * hour });
  };

  it('has as many deeds of a person as are given, and not those there were', () => {
    const org = founded(byEach);
    moved(org, 1, 0, ['cy', 'yes']);
    expect(entriesUnder(of(org, 2), 'did/ballots/').map(([key, value]) => [key, value])).toEqual([
      ['did/ballots/cy/00000001', { at: 2 * hour }],
      ['did/ballots/cy/00000002', { at: 2 * hour }],
    ]);
    expect(entriesUnder(of(org, 0), 'did/ballots/')).toEqual([]);
  });

  it('has one report of a person where a program reports', () => {
    const program = 'collaborator scale kept by any chair\n  reports "stake"\nend\n';
    const text = bylaws('stake by each member reported by scale').replace('measure effort', `${program}measure effort`);
    const org = found(text, { member: people, chair: ['bo'] });
    const kept = of(org, 4);
    expect(entriesUnder(kept, 'did/')).toEqual([]);
    expect(entriesUnder(kept, 'report').flatMap(([key, value]) => (key.includes('/cy') ? [value] : []))).toEqual([{ report: 'stake', value: '4' }]);
  });
});

describe('what each person has done', () => {
  it('counts for whoever holds no role, too', () => {
    const org = founded('ballots by each person');
    moved(org, 1, 0, ['bo', 'yes']);
    moved(org, 2, 2 * day, ['bo', 'yes'], ['cy', 'no']);
    expect(boOutweighsCy(org, 3, 4 * day)).toBe(true);
  });
});

describe('bylaws that begin to count', () => {
  it('count what was cast before them, once a vote', () => {
    const org = founded('');
    moved(org, 1, 0, ['bo', 'yes'], ['bo', 'no'], ['cy', 'no']);
    moved(org, 2, 2 * day, ['cy', 'no']);
    const inForce = amended(org, 4 * day, byEach);
    expect(boOutweighsCy(org, 4, 5 * day, inForce)).toBe(false);
  });

  it('count no sealed ballot that nobody opened (S129)', () => {
    const org = founded('');
    sealed(org, 1, 0);
    const inForce = amended(org, 4 * day, byEach);
    expect(boOutweighsCy(org, 3, 5 * day, inForce)).toBe(true);
  });

  it('count the cases and merges of their author', () => {
    for (const what of ['accepted-cases', 'accepted-merges']) {
      const org = founded('');
      org.epoch(0, notesFor(org).propose('bo', 'motion'));
      org.epoch(1, notesFor(org).ballot('bo', 1, what === 'accepted-cases' ? 'yes' : 'no'));
      org.epoch(day);
      const inForce = amended(org, 4 * day, `${what} by each member`);
      // Of bo's an accepted case is none: it merged nothing.
      expect([what, boOutweighsCy(org, 3, 5 * day, inForce)]).toEqual([what, what === 'accepted-cases']);
    }
  });
});
