// Votes counted by score: what a ballot may say, what is left out means, and how options stand against a default (S43, S44).
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../engine/index.ts';
import { decodeEvent, encodeEvent, readCase } from '../../../engine/index.ts';
import { day, found, hour, notesFor, type Organization } from './organization.ts';

const bylaws = (counted: string, more = ''): string => `gdo 1
organization "Colours"
end
role member plural members
  held by 1 to 9 people
end
process painting
  started by any member
  vote ballot
    voters members
    choices red, green, blue
${more}    counted by ${counted}
    open for 7 days
    quorum at least 2 members voting
    tie fails
    when won go to accepted
    otherwise go to refused
  end
end
`;

const people: readonly string[] = ['ana', 'bo', 'cy', 'dee'];

function opened(counted: string, more?: string): Organization {
  const org = found(bylaws(counted, more), { member: people });
  org.epoch(0, notesFor(org).propose('ana', 'painting'));
  return org;
}

const winners = (org: Organization): readonly string[] | undefined => readCase(org.state(), org.view(1).id)?.winners;

/** Casts one ballot for each person, in order, and closes the vote. */
function cast(org: Organization, ...choices: readonly Json[]): readonly string[] {
  const { ballot } = notesFor(org);
  const { verdicts } = org.epoch(hour, ...choices.map((choice, place) => ballot(people[place] ?? '', 1, choice)));
  org.epoch(7 * day);
  return verdicts;
}

const lowest = 'score from 0 to 5 with unscored lowest';
const refused = 'score from 0 to 5 with unscored refused';

describe('a vote counted by score (S43)', () => {
  it('is won by the most points, not by the most first places', () => {
    const org = opened(lowest);
    const kept = [
      ['red', 5],
      ['green', 4],
    ];
    expect(
      cast(org, kept, kept, [
        ['green', 5],
        ['blue', 1],
      ]),
    ).toEqual(['ok', 'ok', 'ok']);
    expect(org.view(1)).toMatchObject({ outcome: 'accepted', result: 'won' });
    expect(winners(org)).toEqual(['green']);
  });

  it('counts what a ballot leaves out as the lowest score', () => {
    const org = opened('score from 1 to 5 with unscored lowest');
    // Green has 5 + 1 + 1, red 3 + 3 + 1.
    cast(org, [['green', 5]], [['red', 3]], [['red', 3]]);
    expect(org.view(1)).toMatchObject({ outcome: 'refused', result: 'failed' });
    const other = opened('score from 0 to 5 with unscored lowest');
    cast(other, [['green', 5]], [['red', 3]], [['red', 3]]);
    expect(winners(other)).toEqual(['red']);
  });

  it('leaves ballots out that do not score every option, where the text says so', () => {
    const org = opened(refused);
    const whole = (red: number, green: number): Json => [
      ['red', red],
      ['green', green],
      ['blue', 0],
    ];
    expect(cast(org, whole(1, 2), whole(1, 2), [['red', 5]], 'abstain')).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect(winners(org)).toEqual(['green']);
  });

  it('is a tie where two options have as many points (S124)', () => {
    const org = opened(lowest);
    cast(org, [['red', 5]], [['green', 5]]);
    expect(org.view(1)).toMatchObject({ outcome: 'refused', result: 'failed' });
  });

  it('takes nothing but points within the range, for options there are, each once', () => {
    const org = opened(lowest);
    const { ballot } = notesFor(org);
    const wrong: readonly Json[] = [
      'red',
      ['red', 'green'],
      [['red', 6]],
      [['red', -1]],
      [['pink', 1]],
      [
        ['red', 1],
        ['red', 2],
      ],
      [['red', 1], 'green'],
      [],
    ];
    expect(org.epoch(hour, ...wrong.map((choice) => ballot('ana', 1, choice))).verdicts).toEqual(wrong.map(() => 'GDO1052'));
    expect(org.epoch(2 * hour, ballot('ana', 1, [['red', 0]])).verdicts).toEqual(['ok']);
  });

  it('lets an option win only with more points than the default on enough ballots (S44)', () => {
    const beats = '    default blue\n    beats default by more than 1 to 1\n';
    const org = opened(lowest, beats);
    // Red has the most points, but only one ballot puts it above blue; two put green above it.
    cast(
      org,
      [
        ['red', 5],
        ['green', 2],
        ['blue', 1],
      ],
      [
        ['red', 1],
        ['green', 3],
        ['blue', 2],
      ],
      [
        ['red', 1],
        ['blue', 2],
      ],
      [['green', 1]],
    );
    expect(winners(org)).toEqual(['green']);
  });
});

describe('what a ballot of points says beside the count', () => {
  const whole = (red: number, green: number, blue: number): Json => [
    ['red', red],
    ['green', green],
    ['blue', blue],
  ];
  const points = (red: number, green: number): Json => [
    ['red', red],
    ['green', green],
  ];

  it('is for the options it gives most, in tests that name one, whatever stands first in it', () => {
    for (const [needed, result] of [
      [1, 'failed'],
      [2, 'won'],
      [3, 'failed'],
    ]) {
      const org = opened(lowest, `    passes when exactly ${needed} members say green\n`);
      cast(org, points(5, 4), points(5, 5), points(0, 2));
      expect(org.view(1).result).toBe(result);
    }
  });

  it('is the lowest score for an option it leaves out, which is no more than that score for another', () => {
    const beats = '    default blue\n    beats default by more than 1 to 1\n';
    const both: readonly Json[] = [whole(4, 1, 5), whole(5, 1, 1)];
    // One ballot puts red above blue, one blue above red; the third says 1 of red, and no less of blue.
    const org = opened('score from 1 to 5 with unscored lowest', beats);
    cast(org, ...both, [['red', 1]]);
    expect(org.view(1).result).toBe('failed');
    const other = opened('score from 1 to 5 with unscored lowest', beats);
    cast(other, ...both, [['red', 2]]);
    expect(winners(other)).toEqual(['red']);
    // Where whatever leaves an option out is not counted, it puts nothing above anything.
    const strict = opened('score from 1 to 5 with unscored refused', beats);
    cast(strict, ...both, [['red', 5]]);
    expect(strict.view(1).result).toBe('failed');
  });

  it('is refused in other forms, with the reason', () => {
    const reasons = (org: Organization, ...choices: readonly Json[]): readonly string[] =>
      org.epoch(hour, ...choices.map((choice) => notesFor(org).ballot('ana', 1, choice))).full.map((one) => (one.kind === 'ok' ? 'ok' : one.reason));
    const form = 'a ballot here gives points from 0 to 5 to options';
    const wrong: readonly Json[] = ['red', [], [['red']], [['red', 1, 1]], [[1, 1]], [['red', '1']], [['red', 1], 'green'], { red: 1 }];
    expect(reasons(opened(lowest), ...wrong)).toEqual(wrong.map(() => form));
    expect(reasons(opened(lowest), [['red', 6]], [['red', -1]])).toEqual(['6 is not a score from 0 to 5', '-1 is not a score from 0 to 5']);
    expect(reasons(opened('borda with unranked last, equal ranks allowed'), points(5, 1))).toEqual(['this vote takes no points']);
  });
});

describe('an abstention in a vote counted by score', () => {
  it('gives every option the same, and stands for none against the default (S44)', () => {
    const org = opened(lowest, '    default blue\n    beats default by more than 1 to 1\n');
    expect(cast(org, [['red', 2]], 'abstain', 'abstain')).toEqual(['ok', 'ok', 'ok']);
    expect(winners(org)).toEqual(['red']);
  });
});

describe('points in other votes', () => {
  it('are refused: nobody would count them', () => {
    const org = opened('borda with unranked last, equal ranks allowed');
    const { ballot } = notesFor(org);
    expect(
      org.epoch(
        hour,
        ballot('ana', 1, [
          ['red', 5],
          ['green', 1],
        ]),
      ).verdicts,
    ).toEqual(['GDO1052']);
  });
});

it('a ballot of points keeps its bytes in a ledger, and points that are no whole number are no ballot', () => {
  const zeros = '0'.repeat(64);
  const event = (choice: Json) =>
    encodeEvent({ org: zeros, actor: 'ana', device: zeros, seq: 1, kind: 'ballot', case: zeros, body: { choice, stage: 1 }, tsMs: 0 });
  const line = event([
    ['red', 5],
    ['green', 0],
  ]);
  const read = decodeEvent(line);
  expect(read).toMatchObject({
    kind: 'ok',
    event: {
      body: {
        choice: [
          ['red', 5],
          ['green', 0],
        ],
      },
    },
  });
  expect(decodeEvent(event([['red', 5], 'green'])).kind).toBe('refused');
  expect(decodeEvent(event([['red', 'x', 5]])).kind).toBe('refused');
});
