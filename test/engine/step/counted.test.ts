// Counted votes at their edges: whom a ratio of an area is for, first choices of nobody, candidates of a case that never nominated, a strike with the close (S44, S121, S125).
import { describe, expect, it } from 'vitest';
import { holdersOf, readCase, type Json } from '../../../engine/index.ts';
import { day, found, hour, notesFor, type Organization } from './organization.ts';

const frame = (processes: string, gained = 'motion'): string => `gdo 1
organization "Counted"
end
area work covers "work/**"
area core covers "core/**"
role member plural members
  held by 1 to 99 people
end
role chair plural chairs
  held by 0 to 1 people
  gained through ${gained}
end
${processes}`;

const people: readonly string[] = Array.from({ length: 12 }, (_, index) => `m${String(index).padStart(2, '0')}`);
const condorcet = 'counted by condorcet-schulze with winning votes, unranked last, equal ranks allowed';

const winners = (org: Organization): readonly string[] | undefined => readCase(org.state(), org.view(1).id)?.winners;

/** Casts each choice so many times, by different people. */
function cast(org: Organization, atMs: number, ballots: readonly (readonly [Json, number])[], number = 1): void {
  const choices = ballots.flatMap(([choice, count]) => Array.from({ length: count }, () => choice));
  const { verdicts } = org.epoch(atMs, ...choices.map((choice, index) => notesFor(org).ballot(people[index] ?? '', number, choice)));
  expect(verdicts).toEqual(choices.map(() => 'ok'));
}

describe('a ratio to the default for what touches an area (S44)', () => {
  const ratios = '    beats default by more than 1 to 1\n    beats default by at least 3 to 1 in core\n';
  const motion = (stages: string): string => `process motion\n  governs work, core\n  started by any member\n${stages}end\n`;
  const vote = (choices: string): string =>
    `  vote ballot\n    voters members\n    choices ${choices}\n    default nothing\n    ${condorcet}\n    open for 5 days\n${ratios}    tie fails\n    when won go to accepted\n    otherwise go to refused\n  end\n`;
  const touching = (org: Organization, path: string): void => {
    org.epoch(0, notesFor(org).proposeChange('m00', 'motion', [{ path, old: 'absent', new: `100644:${'1'.repeat(64)}` }]));
  };

  it('is for the content of the case, and not for an option that somebody added beside it', () => {
    const step = '  step talk\n    options by any member supported by 1 other member\n    after 1 day go to ballot\n  end\n';
    const org = found(frame(motion(`${step}${vote('the options')}`)), { member: people });
    touching(org, 'core/a');
    const { act } = notesFor(org);
    org.epoch(hour, act('m01', 1, 'add', { about: 'red', text: 'Red' }));
    org.epoch(2 * hour, act('m02', 1, 'endorse', { about: 'red' }));
    org.epoch(day);
    // Two to one for both: too little for the content, though most prefer it to the other.
    cast(org, 2 * day, [
      [['proposal', 'red', 'nothing'], 6],
      [['nothing', 'red', 'proposal'], 3],
    ]);
    org.epoch(6 * day);
    expect([org.view(1).outcome, winners(org)]).toEqual(['accepted', ['red']]);
  });

  it.each([
    ['work/a', 'accepted'],
    ['core/a', 'refused'],
  ])('is for every choice that the text lists: %s', (path, outcome) => {
    const org = found(frame(motion(vote('red, blue, nothing'))), { member: people });
    touching(org, path);
    cast(org, day, [
      [['red', 'nothing'], 6],
      [['nothing', 'red'], 3],
    ]);
    org.epoch(5 * day);
    expect(org.view(1).outcome).toBe(outcome);
  });
});

describe('options against a default (S44)', () => {
  const played = (lines: string, ballots: readonly (readonly [Json, number])[]): readonly unknown[] => {
    const org = found(
      frame(
        `process motion\n  started by any member\n  vote ballot\n    voters members\n    choices red, blue, nothing\n    default nothing\n    open for 5 days\n${lines}    tie fails\n    when won go to accepted\n    otherwise go to refused\n  end\nend\n`,
      ),
      { member: people },
    );
    org.epoch(0, notesFor(org).propose('m00', 'motion'));
    cast(org, day, ballots);
    org.epoch(5 * day);
    return [org.view(1).result, ...(winners(org) ?? [])];
  };
  const score = (red: number | undefined, blue: number | undefined, nothing: number): Json => [
    ...(red === undefined ? [] : [['red', red]]),
    ...(blue === undefined ? [] : [['blue', blue]]),
    ['nothing', nothing],
  ];
  const scored = '    counted by score from 0 to 5 with unscored refused\n    beats default by more than 1 to 1\n';

  it('take no ballot that leaves an option out, though that one is dropped before the count', () => {
    // Blue is dropped; three ballots that say nothing of it would lift red above the default.
    expect(
      played(scored, [
        [score(1, 0, 2), 2],
        [score(5, undefined, 0), 3],
      ]),
    ).toEqual(['failed']);
    expect(
      played(scored, [
        [score(1, 0, 2), 2],
        [score(5, 0, 0), 3],
      ]),
    ).toEqual(['won', 'red']);
  });

  it('take no ballot with equals where these are refused, though others are ranked alone in it', () => {
    const ranked = '    counted by schulze with winning votes, unranked last, equal ranks refused\n    beats default by more than 1 to 1\n';
    const alone: Json = ['nothing', 'red', 'blue'];
    const other: Json = ['red', 'nothing', 'blue'];
    // Blue is dropped. Ballots that put it beside red would then rank red alone.
    expect(
      played(ranked, [
        [alone, 2],
        [other, 2],
        [[['red', 'blue'], 'nothing'], 3],
      ]),
    ).toEqual(['failed']);
    expect(
      played(ranked, [
        [alone, 2],
        [other, 2],
        [['red', 'blue', 'nothing'], 3],
      ]),
    ).toEqual(['won', 'red']);
  });

  it.each<readonly [what: string, third: Json | undefined, result: readonly string[]]>([
    ['three who prefer it are enough', score(3, 0, 1), ['won', 'red']],
    ['who gives both as much prefers neither', score(2, 0, 2), ['failed']],
    ['two are too few, which is no lack of a quorum of the vote', undefined, ['failed']],
  ])('need their quorum over it: %s', (_, third, result) => {
    const quorum = '    quorum at least 3 members over default\n';
    expect(played(scored + quorum, [[score(3, 0, 1), 2], ...(third === undefined ? [] : [[third, 1] as const])])).toEqual(result);
  });

  it('are told with what each has and needs, before the close', () => {
    const lines =
      '    default nothing\n    counted by schulze with winning votes, unranked last, equal ranks allowed\n    quorum at least 2 members voting\n    beats default by at least 2 to 1\n    beats others by more than 1/3 of members\n    passes when turnout at least 1/4 of members\n';
    const org = found(
      frame(
        `process motion\n  started by any member\n  vote ballot\n    voters members\n    choices red, blue, nothing\n    open for 5 days\n${lines}    tie fails\n    when won go to accepted\n    otherwise go to refused\n  end\nend\n`,
      ),
      { member: people },
    );
    org.epoch(0, notesFor(org).propose('m00', 'motion'));
    cast(org, day, [
      [['red', 'nothing', 'blue'], 3],
      [['nothing', 'blue', 'red'], 1],
    ]);
    expect(org.view(1).needed).toEqual([
      { requirement: 'quorum at least 2 members voting', have: '4', need: 'at least 2 members', met: true },
      { requirement: '`red` stands against `nothing`', have: '3 to 1', need: 'its quorum and ratio', met: true },
      { requirement: '`blue` stands against `nothing`', have: '0 to 4', need: 'its quorum and ratio', met: false },
      { requirement: 'turnout is at least 1/4 of members', have: '4', need: '1/4 of members', met: true },
      { requirement: '`red` beats `nothing` by more than 1/3 of members', have: '3', need: 'more than 1/3 of members', met: false },
    ]);
  });

  it('that are a list are voted on, also where one of them is left (S132)', () => {
    const org = found(
      frame(
        'process motion\n  started by any member\n  vote ballot\n    voters members\n    choices red, nothing\n    default nothing\n    counted by schulze with winning votes, unranked last, equal ranks allowed\n    open for 5 days\n    tie fails\n    when won go to accepted\n    when uncontested go to accepted\n    otherwise go to refused\n  end\nend\n',
      ),
      { member: people },
    );
    org.epoch(0, notesFor(org).propose('m00', 'motion'));
    cast(org, day, [[['nothing', 'red'], 1]]);
    org.epoch(5 * day);
    expect(org.view(1).outcome).toBe('refused');
  });

  it('are not above it where a ballot ranks both alike', () => {
    const ranked = '    counted by schulze with winning votes, unranked last, equal ranks allowed\n    quorum at least 3 members over default\n';
    const above: Json = ['red', 'nothing', 'blue'];
    expect(
      played(ranked, [
        [above, 2],
        [[['red', 'nothing'], 'blue'], 1],
      ]),
    ).toEqual(['failed']);
    expect(played(ranked, [[above, 3]])).toEqual(['won', 'red']);
  });
});

describe('a second call of a counted vote (S101)', () => {
  it('asks for its own quorum, at the method and over the default', () => {
    const org = found(
      frame(
        `process motion\n  started by any member\n  vote ballot\n    voters members\n    choices red, nothing\n    default nothing\n    counted by schulze with winning votes, unranked last, equal ranks allowed\n    open for 5 days\n    quorum at least 5 members voting\n    second call after 2 days quorum at least 2 members voting\n    tie fails\n    when won go to accepted\n    otherwise go to refused\n  end\nend\n`,
      ),
      { member: people },
    );
    org.epoch(0, notesFor(org).propose('m00', 'motion'));
    cast(org, day, [[['red'], 2]]);
    org.epoch(5 * day);
    expect(org.view(1)).toMatchObject({ status: 'open', dueMs: 7 * day });
    org.epoch(7 * day);
    cast(org, 8 * day, [[['red'], 2]]);
    org.epoch(12 * day);
    expect([org.view(1).outcome, winners(org)]).toEqual(['accepted', ['red']]);
  });

  it.each([
    ['asks for its own quorum over the default', 'quorum at least 2 members over default', ['won', ['red']]],
    ['asks for none where none is written', 'without quorum', ['won', ['red']]],
    ['asks for more than that where it says so', 'quorum at least 3 members over default', ['failed', []]],
  ])('%s', (_, lower, ended) => {
    const quorums = '    quorum at least 5 members voting\n    quorum at least 4 members over default\n';
    const org = found(
      frame(
        `process motion\n  started by any member\n  vote ballot\n    voters members\n    choices red, nothing\n    default nothing\n    counted by schulze with winning votes, unranked last, equal ranks allowed\n    open for 5 days\n${quorums}    second call after 2 days ${lower}\n    tie fails\n    when won go to accepted\n    otherwise go to refused\n  end\nend\n`,
      ),
      { member: people },
    );
    org.epoch(0, notesFor(org).propose('m00', 'motion'));
    org.epoch(5 * day);
    org.epoch(7 * day);
    cast(org, 8 * day, [[['red'], 2]]);
    org.epoch(12 * day);
    expect([org.view(1).result, winners(org)]).toEqual(ended);
  });
});

describe('a test beside a method (S125)', () => {
  it('takes first choices, and no vote of who abstains', () => {
    const lines = `choices red, blue\n    counted by approval\n    tie fails\n    passes as landslide when at least 3/4 of votes cast are the winner\n    passes when more than 1/2 of votes cast are the winner`;
    const text = frame(
      `process motion\n  started by any member\n  vote ballot\n    voters members\n    open for 5 days\n    ${lines}\n    when landslide go to accepted\n    otherwise go to refused\n  end\nend\n`,
    );
    const played = (ballots: readonly (readonly [Json, number])[]): string | undefined => {
      const org = found(text, { member: people });
      org.epoch(0, notesFor(org).propose('m00', 'motion'));
      cast(org, day, ballots);
      org.epoch(5 * day);
      return org.view(1).result;
    };
    expect(
      played([
        ['red', 3],
        ['blue', 1],
        ['abstain', 4],
      ]),
    ).toBe('landslide');
    expect(
      played([
        ['red', 2],
        ['blue', 1],
        ['abstain', 4],
      ]),
    ).toBe('won');
    // Of a ballot with several marks all count.
    expect(
      played([
        [['red', 'blue'], 2],
        ['blue', 1],
      ]),
    ).toBe('landslide');
  });
});

describe('a tie beside a test (S124, S125)', () => {
  it.each([
    ['a test that is not about the winner has failed, tie or none', 'more than 1/2 of votes cast are red', 'failed'],
    ['a test of the winner waits for the lot', 'at least 1/2 of votes cast are the winner', 'tied'],
  ])('%s', (_, test, result) => {
    const org = found(
      frame(
        `process motion\n  started by any member\n  vote ballot\n    voters members\n    choices red, blue\n    counted by approval\n    open for 5 days\n    passes when ${test}\n    tie lot\n    when won go to accepted\n    otherwise go to refused\n  end\nend\n`,
      ),
      { member: people },
    );
    org.epoch(0, notesFor(org).propose('m00', 'motion'));
    cast(org, day, [
      ['red', 2],
      ['blue', 2],
    ]);
    org.epoch(5 * day);
    expect(org.view(1).result).toBe(result);
    org.epoch(5 * day + 1);
    expect(org.view(1).outcome).toBe(result === 'tied' ? 'accepted' : 'refused');
  });
});

describe('the candidates of an election (S121)', () => {
  const election = (steps: string, more = ''): string =>
    frame(
      `process election\n  started by any member\n${steps}  vote ballot\n    voters members\n    choices the candidates\n    counted by approval\n    elects 1 chair\n    open for 3 days\n    tie fails\n    when elected go to seated\n    otherwise go to refused\n  end\n  outcome seated\n    grant chair to the winners\n  end\nend\n${more}`,
      'election',
    );
  const chairs = (org: Organization): readonly string[] => holdersOf(org.state(), org.charter, 'chair');

  it('are those it was started for where it went past the step that nominates, and those nominated where it did not', () => {
    const steps =
      '  step opening\n    when any member approves go to ballot\n    when any member objects go to nominating\n  end\n  step nominating\n    nominations of members\n    after 1 day go to ballot\n  end\n';
    const played = (verb: string): Organization => {
      const org = found(election(steps), { member: people });
      org.epoch(0, notesFor(org).propose('m00', 'election', { candidate: ['m01', 'm02'] }));
      org.epoch(hour, notesFor(org).act('m03', 1, verb));
      return org;
    };
    const past = played('approve');
    cast(past, 2 * hour, [['m02', 3]]);
    past.epoch(4 * day);
    expect(chairs(past)).toEqual(['m02']);
    const through = played('object');
    through.epoch(2 * hour, notesFor(through).act('m04', 1, 'nominate'));
    through.epoch(2 * day);
    expect(through.epoch(2 * day + 1, notesFor(through).ballot('m00', 1, 'm01')).verdicts).toEqual(['GDO1052']);
    cast(through, 2 * day + 2, [['m04', 3]]);
    through.epoch(6 * day);
    expect(chairs(through)).toEqual(['m04']);
  });

  it.each([
    ['at the instant of the close, by a case that was proposed before', ['unfit', 'election'], 0, ['m02']],
    ['at the instant of the close, by a case that was proposed after', ['election', 'unfit'], 0, ['m01']],
    ['a millisecond later', ['election', 'unfit'], 1, ['m01']],
  ])('are without who is struck before the count (S55): %s', (_, order, lateMs, elected) => {
    const unfit =
      'process unfit\n  started by any member\n  step talk\n    after 3 days go to struck\n  end\n  outcome struck\n    strike the subject from election\n  end\nend\n';
    const org = found(election('', unfit), { member: people });
    const { propose } = notesFor(org);
    const about = { election: { candidate: ['m01', 'm02'] }, unfit: { subject: 'm01' } };
    for (const [place, name] of order.entries()) org.epoch(place * lateMs, propose('m00', name, name === 'unfit' ? about.unfit : about.election));
    const ballot = order.indexOf('election') + 1;
    cast(
      org,
      day,
      [
        ['m01', 3],
        ['m02', 2],
      ],
      ballot,
    );
    org.epoch(3 * day);
    org.epoch(3 * day + 1);
    expect(chairs(org)).toEqual(elected);
  });
});
