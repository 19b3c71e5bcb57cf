// What a count is told about ballots, as text: every form is read, printed and read again, and a wrong word is told with the right ones.
import { describe, expect, it } from 'vitest';
import { parseBylaws, printBylaws } from '../../language/index.ts';
import type { CountingParameter } from '../../language/index.ts';

const frame = (line: string): string => `gdo 1

process election
  vote ballot
    voters members
    ${line}
    open for 7 days
  end
end
`;

const read = (line: string): ReturnType<typeof parseBylaws> => parseBylaws({ path: 'a.gdo', text: frame(line) });

function parametersOf(line: string): readonly CountingParameter[] {
  const { file, diagnostics } = read(line);
  expect(diagnostics, line).toEqual([]);
  return file.declarations.flatMap((declaration) =>
    declaration.kind !== 'process'
      ? []
      : declaration.stages.flatMap((stage) =>
          stage.kind !== 'vote' ? [] : stage.clauses.flatMap((clause) => (clause.kind === 'counted' ? clause.parameters : [])),
        ),
  );
}

const said = (line: string): readonly string[] => parametersOf(line).map(({ kind, value }) => `${kind} ${value}`);

describe('a count in the text', () => {
  const lines: readonly (readonly [line: string, parameters: readonly string[]])[] = [
    ['counted by approval', []],
    ['counted by plurality with equal ranks split', ['equalRanks split']],
    ['counted by score from 0 to 5 with unscored lowest', ['unscored lowest']],
    ['counted by score from 0 to 5 with unscored refused', ['unscored refused']],
    ['counted by irv with unranked exhausted, equal ranks refused', ['unranked exhausted', 'equalRanks refused']],
    ['counted by irv with unranked last, equal ranks wait', ['unranked tied-last', 'equalRanks waits']],
    ['counted by schulze with winning votes, unranked last, equal ranks allowed', ['strength winning-votes', 'unranked tied-last', 'equalRanks allowed']],
    ['counted by ranked-pairs with margins, unranked not compared, equal ranks refused', ['strength margins', 'unranked not-compared', 'equalRanks refused']],
  ];

  it.each(lines)('reads `%s`, and says it again in the same words', (line, parameters) => {
    expect(said(line)).toEqual(parameters);
    expect(printBylaws(read(line).file)).toBe(frame(line));
  });

  it('takes the parameters in any order', () => {
    expect(said('counted by schulze with equal ranks allowed, winning votes, unranked last')).toEqual([
      'equalRanks allowed',
      'strength winning-votes',
      'unranked tied-last',
    ]);
  });

  it('spans each parameter exactly', () => {
    const line = 'counted by irv with unranked exhausted, equal ranks refused';
    expect(parametersOf(line).map(({ span }) => frame(line).slice(span.start, span.end))).toEqual(['unranked exhausted', 'equal ranks refused']);
  });

  it('leaves methods and choices that are called like a parameter alone', () => {
    expect(said('counted by margins with margins')).toEqual(['strength margins']);
    expect(read('choices winning, unranked, equal, ranks, split, wait, lowest').diagnostics).toEqual([]);
  });

  it('is GDO010 where the same thing is said twice', () => {
    const { diagnostics } = read('counted by irv with unranked exhausted, equal ranks refused, unranked last');
    expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([['GDO010', 'The line `unranked last` comes after one that decides the same']]);
    expect(diagnostics[0]?.related).toHaveLength(1);
  });

  it.each([
    ['counted by schulze with wining votes, unranked last, equal ranks allowed', 'winning'],
    ['counted by irv with unranked exhausted, equal ranks refusd', 'refused'],
    ['counted by irv with unrankd exhausted, equal ranks refused', 'unranked'],
  ])('offers the word that was meant in `%s`', (line, meant) => {
    const { diagnostics } = read(line);
    expect(diagnostics.map(({ code }) => code)).toEqual(['GDO001']);
    expect(`${diagnostics[0]?.message} ${diagnostics[0]?.help}`).toContain(meant);
  });

  it('names what may follow where a parameter breaks off', () => {
    const { diagnostics } = read('counted by irv with unranked');
    expect(diagnostics).toHaveLength(1);
    for (const word of ['last', 'not', 'exhausted']) expect(diagnostics[0]?.message).toContain(word);
  });
});
