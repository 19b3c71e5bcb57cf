// What every counting method of S43 must be told, by the table of docs/decisions/0024: told that, it decides; without any one word of it, it decides nothing.
import { describe, expect, it } from 'vitest';
import { countingNeeds, readCase, type Json } from '../../../engine/index.ts';
import { day, found, hour, notesFor } from './organization.ts';

const people = ['m0', 'm1', 'm2', 'm3', 'm4', 'm5', 'm6'];

const bylaws = (counted: string, clauses: string): string => `gdo 1
organization "Needs"
end
role member plural members
  held by 1 to 9 people
end
process choice
  started by any member
  vote ballot
    voters members
    choices red, blue, green, none
${clauses}    counted by ${counted}
    open for 7 days
    when won go to accepted
    when tied go to level
    otherwise go to refused
  end
  outcome level refuses
end
`;

/** The result of one vote and its winners. */
function decided(counted: string, ballots: readonly Json[], clauses = ''): string {
  const org = found(bylaws(counted, clauses), { member: people });
  const { propose, ballot } = notesFor(org);
  org.epoch(0, propose('m0', 'choice'));
  org.epoch(hour, ...ballots.map((choice, index) => ballot(people[index] ?? '', 1, choice)));
  org.epoch(7 * day);
  const view = org.view(1);
  return [view.result ?? '', ...(readCase(org.state(), view.id)?.winners ?? [])].join(' ');
}

/** The table of the record: every value of every parameter, in the words of the bylaws. */
const pairs = [
  ['unranked last', 'unranked not compared'],
  ['equal ranks allowed', 'equal ranks refused'],
];
const strengths = ['winning votes', 'margins'];
const table: readonly (readonly [method: string, parameters: readonly (readonly string[])[]])[] = [
  ['plurality', [['equal ranks refused', 'equal ranks split']]],
  ['approval', []],
  ['score from 0 to 9', [['unscored lowest', 'unscored refused']]],
  [
    'irv',
    [
      ['unranked exhausted', 'unranked last'],
      ['equal ranks refused', 'equal ranks wait', 'equal ranks split'],
    ],
  ],
  ['stv-scottish', [['unranked exhausted'], ['equal ranks refused']]],
  ['stv-exact', [['unranked exhausted'], ['equal ranks refused']]],
  ['schulze', [strengths, ...pairs]],
  ['ranked-pairs', [strengths, ...pairs]],
  ['condorcet-schulze', [strengths, ...pairs]],
  ['borda', pairs],
  ['condorcet', pairs],
];

/** Every way to choose one value of each parameter. */
function choicesOf(parameters: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return parameters.reduce<readonly (readonly string[])[]>((ways, values) => ways.flatMap((way) => values.map((value) => [...way, value])), [[]]);
}

const withWords = (method: string, words: readonly string[]): string => (words.length === 0 ? method : `${method} with ${words.join(', ')}`);
const told = table.flatMap(([method, parameters]) => choicesOf(parameters).map((words) => [method, words] as const));

/** Three who all want red, each on a ballot that its method takes whole. */
function ballotsFor(method: string): readonly Json[] {
  const scored = [
    ['red', 9],
    ['blue', 1],
    ['green', 0],
    ['none', 0],
  ];
  const ballot = method.startsWith('score') ? scored : method === 'approval' || method === 'plurality' ? ['red'] : ['red', 'blue', 'green', 'none'];
  return [ballot, ballot, ballot];
}

describe('a counting method (S43, GDO331)', () => {
  it.each(told.map(([method, words]) => [withWords(method, words), method] as const))('that is told all it needs decides: %s', (counted, method) => {
    expect(decided(counted, ballotsFor(method))).toBe('won red');
  });

  it.each(
    table.flatMap(([method, parameters]) => {
      const words = choicesOf(parameters)[0] ?? [];
      return words.map(
        (without) =>
          [
            withWords(
              method,
              words.filter((word) => word !== without),
            ),
            method,
          ] as const,
      );
    }),
  )('decides nothing: %s', (counted, method) => {
    expect(decided(counted, ballotsFor(method))).toBe('failed');
  });

  it.each([
    ['stv-exact', ['unranked last', 'equal ranks refused']],
    ['stv-scottish', ['unranked exhausted', 'equal ranks split']],
    ['irv', ['unranked not compared', 'equal ranks split']],
    ['plurality', ['equal ranks wait']],
    ['borda', ['unranked exhausted', 'equal ranks allowed']],
    ['ranked-pairs', ['margins', 'unranked last', 'equal ranks split']],
  ] as const)('decides nothing with a value it does not have: %s with %j', (method, words) => {
    expect(decided(withWords(method, words), ballotsFor(method))).toBe('failed');
  });

  it('decides nothing by score without a range', () => {
    expect(decided('score with unscored lowest', ballotsFor('score'))).toBe('failed');
  });

  it('decides nothing by margins beside a default, because Debian counts winning votes', () => {
    const words = ['unranked last', 'equal ranks allowed'];
    const full = ballotsFor('condorcet-schulze');
    expect(decided(withWords('condorcet-schulze', ['winning votes', ...words]), full, '    default none\n')).toBe('won red');
    expect(decided(withWords('condorcet-schulze', ['margins', ...words]), full, '    default none\n')).toBe('failed');
    expect(decided(withWords('condorcet-schulze', ['margins', ...words]), full)).toBe('won red');
  });

  it('lists what it needs as the record does, value by value', () => {
    const words = (parameter: string, value: string): string =>
      value
        .replace('winning-votes', 'winning votes')
        .replace('tied-last', 'last')
        .replace('not-compared', 'not compared')
        .replace('waits', 'wait')
        .replace(/^(?=.)/, parameter === 'unranked' ? 'unranked ' : parameter === 'equalRanks' ? 'equal ranks ' : parameter === 'unscored' ? 'unscored ' : '');
    for (const [name, parameters] of table) {
      const needs = countingNeeds(name.split(' ')[0] ?? '', false);
      expect([name, needs.map(({ parameter, values }) => values.map((value) => words(parameter, value)))]).toEqual([name, parameters]);
    }
    expect(countingNeeds('condorcet-schulze', true)).toEqual([{ parameter: 'strength', values: ['winning-votes'] }, ...countingNeeds('borda', true)]);
    expect(countingNeeds('schulze', true)).toEqual(countingNeeds('schulze', false));
  });

  it('elects several by Schulze without a default, and takes their order from it', () => {
    const counted = withWords('condorcet-schulze', ['winning votes', 'unranked last', 'equal ranks allowed']);
    const ballots = [
      ['red', 'blue', 'green', 'none'],
      ['red', 'blue', 'none', 'green'],
      ['blue', 'green', 'red', 'none'],
    ];
    expect(decided(counted, ballots, '    elects 2 members\n')).toBe('elected red blue');
    expect(decided(counted, ballots, '    elects 2 members\n    default none\n')).toBe('elected red blue');
    expect(decided(counted, ballots, '    elects 3 members\n    default none\n')).toBe('elected red blue green');
  });
});
