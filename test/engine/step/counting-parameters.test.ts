// What `counted by ... with ...` changes on engine 1: the same ballots, one word in the bylaws, another result; and no result where the word is missing.
import { describe, expect, it } from 'vitest';
import { countingNeeds, readCase, type Json } from '../../../engine/index.ts';
import { day, found, hour, notesFor } from './organization.ts';

const names: readonly string[] = Array.from({ length: 30 }, (_, index) => `m${String(index).padStart(2, '0')}`);

const bylaws = (counted: string, clauses: string, choices: string): string => `gdo 1
organization "Options"
end
role member plural members
  held by anyone
  gained through joining
end
process joining
  started by any person
  step wait
    when 2 members endorse go to joined
    after 30 days go to refused
  end
  outcome joined
    grant member to the candidate
  end
end
process choice
  started by any member
  vote ballot
    voters members
    choices ${choices}
    counted by ${counted}
    open for 7 days
${clauses}    when won go to accepted
    when tied go to level
    otherwise go to refused
  end
  outcome level refuses
end
`;

/** Ballots with how many people cast each; groups in a ballot are equal. */
type Ballots = readonly (readonly [people: number, choice: Json])[];

/** The result of one vote, and who won it. */
function decided(counted: string, ballots: Ballots, clauses = '', choices = 'red, blue, green'): string {
  const org = found(bylaws(counted, clauses, choices), { member: names });
  const { propose, ballot } = notesFor(org);
  org.epoch(0, propose('m00', 'choice'));
  const all = ballots.flatMap(([people, choice]) => Array.from({ length: people }, () => choice));
  const cast = org.epoch(hour, ...all.map((choice, index) => ballot(names[index] ?? '', 1, choice)));
  expect(cast.verdicts.every((verdict) => verdict === 'ok')).toBe(true);
  org.epoch(7 * day);
  const view = org.view(1);
  return [view.result ?? '', ...(readCase(org.state(), view.id)?.winners ?? [])].join(' ');
}

const against = '    default none\n';

/** Red and `none`, the default. */
const redOrNone = (counted: string, ballots: Ballots, clauses = ''): string => decided(counted, ballots, `${against}${clauses}`, 'red, none');

describe('an unranked option', () => {
  // Two rank red and say nothing of `none`; three prefer `none`, in so many words.
  const ballots: Ballots = [
    [4, ['red']],
    [3, ['none', 'red']],
  ];

  it('stands last, or is not compared, in pairs', () => {
    expect(redOrNone('schulze with winning votes, unranked last, equal ranks allowed', ballots)).toBe('won red');
    expect(redOrNone('schulze with winning votes, unranked not compared, equal ranks allowed', ballots)).toBe('failed');
  });

  it('counts the same way towards a quorum over the default', () => {
    const quorum = '    quorum at least 2 members over default\n';
    const some: Ballots = [
      [2, ['red']],
      [1, ['red', 'none']],
    ];
    expect(redOrNone('schulze with winning votes, unranked last, equal ranks allowed', some, quorum)).toBe('won red');
    expect(redOrNone('schulze with winning votes, unranked not compared, equal ranks allowed', some, quorum)).toBe('failed');
  });
});

describe('equal ranks', () => {
  const ballots: Ballots = [
    [2, ['red', 'none']],
    [1, [['red', 'blue'], 'none']],
    [2, ['none', 'red']],
  ];

  it('are allowed, or set the ballot aside before anything is counted, in pairs', () => {
    const counted = 'condorcet-schulze with winning votes, unranked last, equal ranks';
    expect(decided(`${counted} allowed`, ballots, against, 'red, blue, none')).toBe('won red');
    expect(decided(`${counted} refused`, ballots, against, 'red, blue, none')).toBe('failed');
  });

  it('still take part in a quorum of people voting', () => {
    const clauses = '    quorum at least 3 members voting\n';
    const three: Ballots = [
      [2, ['red', 'none']],
      [1, [['red', 'none']]],
    ];
    expect(redOrNone('schulze with winning votes, unranked last, equal ranks refused', three, clauses)).toBe('won red');
  });

  it('set a ballot aside, support nobody while they wait, or support each in part, in rounds: three words, three winners', () => {
    const rounds: Ballots = [
      [1, ['red', 'blue']],
      [2, ['blue', 'red']],
      [2, ['green', 'blue']],
      [3, [['red', 'green']]],
    ];
    expect(decided('irv with unranked exhausted, equal ranks refused', rounds)).toBe('won blue');
    expect(decided('irv with unranked exhausted, equal ranks wait', rounds)).toBe('won green');
    expect(decided('irv with unranked exhausted, equal ranks split', rounds)).toBe('won red');
  });
});

describe('the strength of a victory', () => {
  it('is the ballots for it, or these less those against it, and the weakest of a circle is another', () => {
    const circle: Ballots = [
      [1, ['red', 'blue', 'green']],
      [1, ['blue', 'green', 'red']],
      [3, ['green', 'red', 'blue']],
      [1, ['red']],
      [3, ['blue']],
    ];
    expect(decided('schulze with winning votes, unranked last, equal ranks allowed', circle)).toBe('won red');
    expect(decided('schulze with margins, unranked last, equal ranks allowed', circle)).toBe('won blue');
  });
});

describe('a count that is not told all it needs', () => {
  const ballots: Ballots = [[5, ['red']]];

  it.each([
    'schulze',
    'schulze with unranked last, equal ranks allowed',
    'ranked-pairs with winning votes, equal ranks allowed',
    'condorcet-schulze with winning votes, unranked last',
    'borda with unranked last',
    'condorcet',
    'irv with unranked not compared, equal ranks refused',
    'stv-exact with unranked exhausted, equal ranks split',
    'plurality',
  ])('decides nothing: %s', (counted) => {
    expect(decided(counted, ballots)).toBe('failed');
  });

  it.each([
    'schulze with margins, unranked last, equal ranks allowed',
    'borda with unranked last, equal ranks allowed',
    'condorcet with unranked last, equal ranks allowed',
    'irv with unranked last, equal ranks wait',
    'stv-exact with unranked exhausted, equal ranks refused',
    'plurality with equal ranks refused',
    'approval',
  ])('decides once it is told: %s', (counted) => {
    expect(decided(counted, ballots)).toBe('won red');
  });

  it('knows what each method needs, and nothing of methods it does not have', () => {
    expect(countingNeeds('irv', false).map(({ parameter }) => parameter)).toEqual(['unranked', 'equalRanks']);
    expect(countingNeeds('condorcet-schulze', true)[0]?.values).toEqual(['winning-votes']);
    expect(countingNeeds('dice', false)).toEqual([]);
  });
});

describe('condorcet-schulze beside a default', () => {
  const counted = 'condorcet-schulze with winning votes, unranked last, equal ranks allowed';

  it('drops an option that does not strictly beat the default, whatever ratio is written', () => {
    const level: Ballots = [
      [2, ['red', 'none']],
      [2, ['none', 'red']],
    ];
    expect(redOrNone(counted, level)).toBe('failed');
    expect(redOrNone(counted, level, '    beats default by at least 1 to 1\n')).toBe('failed');
    expect(redOrNone(counted, [...level, [1, ['red']]])).toBe('won red');
  });

  it('drops an option that the default beats, even where a circle would carry it', () => {
    // Blue beats red 6 to 3, red beats `none` 7 to 2, `none` beats blue 5 to 4: the weakest of the circle is the one that Debian looks at first.
    const circle: Ballots = [
      [4, ['blue', 'red', 'none']],
      [3, ['red', 'none', 'blue']],
      [2, ['none', 'blue', 'red']],
    ];
    expect(decided(counted, circle, against, 'red, blue, none')).toBe('won red');
    expect(decided('schulze with winning votes, unranked last, equal ranks allowed', circle, against, 'red, blue, none')).toBe('won blue');
  });

  it('leaves a tie among the rest to the tie rule, as a result `tied` where there is none', () => {
    const level: Ballots = [
      [2, ['red', 'blue', 'none']],
      [2, ['blue', 'red', 'none']],
    ];
    expect(decided(counted, level, against, 'red, blue, none')).toBe('tied');
    expect(decided(counted, level, `${against}    tie fails\n`, 'red, blue, none')).toBe('failed');
  });
});
