// Acts that are taken back (S117, S119, S121): which ones an act of withdrawal means, and from when on they count no more.
import { describe, expect, it } from 'vitest';
import { readCase, unsupported } from '../../../engine/index.ts';
import { compile, day, found, hour, notesFor, type Organization } from './organization.ts';

const text = `gdo 1
organization "Taking back"
end
role member plural members
  held by 1 to 20 people
end
process race
  started by any member
  step nominating
    nominations of members supported by 2 members struck after 1 day
    after 5 days go to refused
  end
end
process motion
  started by any member
  step talk
    options by any member supported by 2 other members struck after 1 day
    after 5 days go to refused
  end
end
`;

const agreeing = `process agreement
  started by any member
  step talk
    when 3 members approve go to accepted
    when 3 members endorse go to accepted
    after 5 days go to refused
  end
end
`;
const people: readonly string[] = ['ana', 'bo', 'cy', 'dee', 'eve', 'fay'];

function opened(...processes: readonly string[]): Organization {
  expect(unsupported(compile(text + agreeing).charter)).toEqual([]);
  const org = found(text + agreeing, { member: people });
  org.epoch(0, ...processes.map((process) => notesFor(org).propose('fay', process)));
  return org;
}

const nominees = (org: Organization, number: number): readonly string[] => readCase(org.state(), org.view(number).id)?.nominees ?? [];
const offered = (org: Organization, number: number): readonly string[] => readCase(org.state(), org.view(number).id)?.offered ?? [];

describe('an act of a step that is taken back', () => {
  it('is of one person, one verb and one case; the others count on', () => {
    const org = opened('agreement', 'agreement');
    const { act } = notesFor(org);
    const both = [1, 2].flatMap((number) => ['ana', 'bo'].flatMap((by) => [act(by, number, 'approve'), act(by, number, 'endorse')]));
    org.epoch(1, ...both);
    expect(org.epoch(2, act('ana', 1, 'withdraw', { about: 'approve' })).verdicts).toEqual(['ok']);
    const done = (number: number): readonly (readonly string[])[] => org.view(number).acts.map((row) => row.done);
    expect([done(1), done(2)]).toEqual([
      [['bo'], ['ana', 'bo']],
      [
        ['ana', 'bo'],
        ['ana', 'bo'],
      ],
    ]);
    org.epoch(3, act('cy', 1, 'approve'), act('cy', 2, 'approve'));
    expect([org.view(1).status, org.view(2).status]).toEqual(['open', 'accepted']);
    org.epoch(4, act('ana', 1, 'approve'));
    expect(org.view(1).status).toBe('accepted');
  });
});

describe('support of a candidate that is taken back', () => {
  it('is that of who takes it back, of whom they name, in this case; all else stands', () => {
    const org = opened('race', 'race');
    const { act } = notesFor(org);
    for (const number of [1, 2]) {
      org.epoch(number * hour, ...['ana', 'bo', 'cy'].map((name) => act(name, number, 'nominate')));
      // Ana has three supporters, bo and cy two.
      const given = { ana: ['cy', 'dee', 'eve'], bo: ['dee', 'eve'], cy: ['dee', 'eve'] };
      org.epoch(number * hour + 1, ...Object.entries(given).flatMap(([about, all]) => all.map((by) => act(by, number, 'endorse', { about }))));
    }
    expect(org.epoch(3 * hour, act('dee', 1, 'withdraw', { about: 'ana' }), act('dee', 1, 'withdraw', { about: 'bo' })).verdicts).toEqual(['ok', 'ok']);
    org.epoch(5 * day);
    expect([nominees(org, 1), nominees(org, 2)]).toEqual([
      ['ana', 'cy'],
      ['ana', 'bo', 'cy'],
    ]);
  });

  it('by the verb is all of that verb, and whoever stands for election takes back that alone by their own name', () => {
    const org = opened('race');
    const { act } = notesFor(org);
    org.epoch(1, ...['ana', 'bo', 'cy'].map((name) => act(name, 1, 'nominate')));
    const given = { ana: ['bo', 'cy', 'dee'], bo: ['ana', 'cy', 'dee'], cy: ['dee', 'eve'] };
    org.epoch(2, ...Object.entries(given).flatMap(([about, all]) => all.map((by) => act(by, 1, 'endorse', { about }))));
    // Ana supports nobody any more and still stands; cy stands no more and still supports ana and bo.
    expect(org.epoch(3, act('ana', 1, 'withdraw', { about: 'endorse' }), act('cy', 1, 'withdraw', { about: 'cy' })).verdicts).toEqual(['ok', 'ok']);
    org.epoch(5 * day);
    expect(nominees(org, 1)).toEqual(['ana', 'bo']);
  });

  it('once is lost from then on: given again too late and taken back again, it was not there in between', () => {
    const org = opened('race');
    const { act } = notesFor(org);
    org.epoch(1, ...['ana', 'bo'].map((name) => act(name, 1, 'nominate')));
    org.epoch(2, ...['ana', 'bo'].flatMap((about) => ['dee', 'eve'].map((by) => act(by, 1, 'endorse', { about }))));
    // Struck a day later, unless it is mended: bo's support is.
    org.epoch(day, ...['ana', 'bo'].map((about) => act('dee', 1, 'withdraw', { about })));
    org.epoch(2 * day - 1, act('dee', 1, 'endorse', { about: 'bo' }));
    org.epoch(3 * day, act('dee', 1, 'endorse', { about: 'ana' }));
    org.epoch(5 * day - hour, ...['ana', 'bo'].map((about) => act('dee', 1, 'withdraw', { about })));
    org.epoch(5 * day);
    expect(nominees(org, 1)).toEqual(['bo']);
    expect(readCase(org.state(), org.view(1).id)?.strikes).toEqual([['bo', 6 * day - hour]]);
  });
});

describe('support of an option that is taken back', () => {
  it("is that of the case's own content where nothing else is named by it", () => {
    const org = opened('motion', 'motion');
    const { act } = notesFor(org);
    for (const number of [1, 2]) {
      org.epoch(number * hour, act('ana', number, 'add', { about: 'red', text: 'Paint it red' }));
      org.epoch(number * hour + 1, ...['dee', 'eve'].flatMap((by) => [act(by, number, 'endorse'), act(by, number, 'endorse', { about: 'red' })]));
    }
    org.epoch(3 * hour, act('dee', 1, 'withdraw', { about: 'proposal' }), act('dee', 2, 'withdraw', { about: 'red' }));
    // In either case dee still supports something.
    for (const number of [1, 2]) expect(org.view(number).acts.find(({ verb }) => verb === 'endorse')?.done).toEqual(['dee', 'eve']);
    org.epoch(5 * day);
    expect([offered(org, 1), offered(org, 2)]).toEqual([['red'], ['proposal']]);
  });
});
