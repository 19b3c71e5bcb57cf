// What a count is told about ballots, as rules: each method needs its own, GDO331 says which are open, and nothing can allow it.
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkBylaws, compileBylaws, framed, sentencesOf } from '../../compiler/index.ts';
import type { CharterCounted } from '../../engine/index.ts';
import { parseBylaws } from '../../language/index.ts';
import { itShared } from '../shared.ts';
import { codesOf, compiled, findings } from './bylaws-text.ts';

const text = (line: string, more = ''): string =>
  framed(`process policy
  started by any keeper
  vote ballot
    voters keepers
    choices red, green, none
${more}    ${line}
    open for 7 days
    quorum at least 1/2 of keepers voting
    tie fails
    when won go to accepted
    otherwise go to refused
  end
end
`);

const told = (line: string, more?: string): readonly string[] => findings(text(line, more)).filter((found) => found.startsWith('GDO331'));
const helpOf = (line: string): readonly string[] => {
  const result = compiled(text(line));
  return checkBylaws(result).flatMap((found) => (found.code === 'GDO331' ? [found.place.label, found.help] : []));
};

function countedOf(line: string): CharterCounted | undefined {
  const stage = compiled(text(line))
    .charter?.processes.find(({ name }) => name === 'policy')
    ?.stages.find(({ name }) => name === 'ballot');
  return stage?.kind === 'vote' ? stage.counted : undefined;
}

const complete = [
  'approval',
  'plurality with equal ranks refused',
  'plurality with equal ranks split',
  'score from 0 to 5 with unscored lowest',
  'irv with unranked exhausted, equal ranks refused',
  'irv with unranked last, equal ranks wait',
  'irv with unranked exhausted, equal ranks split',
  'stv-scottish with unranked exhausted, equal ranks refused',
  'stv-exact with unranked exhausted, equal ranks refused',
  'schulze with winning votes, unranked last, equal ranks allowed',
  'ranked-pairs with margins, unranked not compared, equal ranks refused',
  'condorcet-schulze with margins, unranked last, equal ranks allowed',
  'borda with unranked last, equal ranks allowed',
  'condorcet with unranked not compared, equal ranks allowed',
] as const;

describe('a count that says everything', () => {
  it.each(complete)('has no finding: %s', (method) => {
    expect(told(`counted by ${method}`)).toEqual([]);
  });

  it.each(complete.filter((method) => method.includes(' with ')))('misses each part that is left out: %s', (method) => {
    const [name = '', parameters = ''] = method.split(' with ');
    const parts = parameters.split(', ');
    expect(told(`counted by ${name}`)).toHaveLength(1);
    for (const left of parts) {
      const rest = parts.filter((part) => part !== left).join(', ');
      expect(told(`counted by ${name}${rest === '' ? '' : ` with ${rest}`}`), `${method} without ${left}`).toHaveLength(1);
    }
  });

  it('reaches the Charter in the words of the engine', () => {
    expect(countedOf('counted by schulze with equal ranks allowed, unranked not compared, winning votes')).toEqual({
      method: 'schulze',
      strength: 'winning-votes',
      unranked: 'not-compared',
      equalRanks: 'allowed',
    });
    expect(countedOf('counted by irv with unranked exhausted, equal ranks wait')).toEqual({ method: 'irv', unranked: 'exhausted', equalRanks: 'waits' });
    expect(countedOf('counted by score from 0 to 5 with unscored lowest')).toEqual({ method: 'score', from: 0, to: 5, unscored: 'lowest' });
  });

  it('is another law than the same method with another parameter, in whatever order both are written', () => {
    const hash = (line: string): string | undefined => compiled(text(line)).hash;
    const before = hash('counted by borda with unranked last, equal ranks allowed');
    expect(hash('counted by borda with equal ranks allowed, unranked last')).toBe(before);
    expect(hash('counted by borda with unranked not compared, equal ranks allowed')).not.toBe(before);
  });

  it('is said in full where the rules are restated', () => {
    const { charter } = compiled(text('counted by schulze with winning votes, unranked last, equal ranks refused'));
    const pages = charter === undefined ? '' : JSON.stringify(sentencesOf(charter));
    expect(pages).toContain(
      'a victory is as strong as the ballots for it; options a ballot leaves out share its last place; a ballot that ranks options equal is not counted',
    );
  });
});

describe('a count that leaves something open', () => {
  it('names all that is open, with what each can be', () => {
    expect(helpOf('counted by irv')).toEqual([
      '2 things are open',
      'add behind the method, after the word `with`:  unranked exhausted or last, and equal ranks refused, wait or split;  see gdo explain counting',
    ]);
    expect(helpOf('counted by schulze with winning votes, unranked last')).toEqual([
      'one thing is open',
      'add behind a comma:  equal ranks allowed or refused;  see gdo explain counting',
    ]);
  });

  it('is told what its method does not take, and what it does not know', () => {
    expect(told('counted by approval with unranked last')[0]).toMatch(/`approval` does not count with `unranked last`$/);
    expect(told('counted by irv with unranked not compared, equal ranks refused')[0]).toMatch(/`irv` does not count with `unranked not compared`$/);
    expect(told('counted by stv-exact with unranked exhausted, equal ranks split')).toHaveLength(1);
    expect(helpOf('counted by irv with unranked not compared, equal ranks refused')[1]).toBe('`irv` knows:  unranked exhausted or last');
    expect(helpOf('counted by approval with unranked last')[1]).toBe('leave out `unranked last`');
  });

  it('counts by winning votes only beside a default, as Debian does', () => {
    const line = (strength: string): string => `counted by condorcet-schulze with ${strength}, unranked last, equal ranks allowed`;
    expect(told(line('margins'))).toEqual([]);
    expect(told(line('winning votes'), '    default none\n')).toEqual([]);
    expect(told(line('margins'), '    default none\n')).toHaveLength(1);
  });

  it('is points without a range, with one that holds none, or a range where no points are given (S43)', () => {
    expect(told('counted by score with unscored lowest')[0]).toMatch(/does not say how many a ballot may give$/);
    expect(told('counted by score from 5 to 5 with unscored lowest')[0]).toMatch(/no points to give, or too many to count$/);
    expect(told('counted by score from 0 to 60001 with unscored lowest')).toHaveLength(1);
    expect(told('counted by score from 0 to 60000 with unscored lowest')).toEqual([]);
    expect(told('counted by borda from 0 to 5 with unranked last, equal ranks allowed')[0]).toMatch(/so it has no range$/);
  });

  it('cannot be allowed', () => {
    const allowed = text('counted by borda', '    allow counting-parameter-missing because "we know"\n');
    expect(codesOf(allowed)).toContain('GDO331');
  });
});

describe('texts that count', () => {
  itShared('design/language-samples', 'the samples of the papers parse, and say GDO331 wherever they count by something else than approval', (folder) => {
    for (const name of readdirSync(folder).filter((file) => file.endsWith('.gdo') && !file.startsWith('module-'))) {
      const source = readFileSync(`${folder}/${name}`, 'utf8');
      const { file, diagnostics } = parseBylaws({ path: name, text: source });
      expect(diagnostics, name).toEqual([]);
      const expected = [...source.matchAll(/counted by (\S+)/g)].filter(([, method]) => method !== 'approval').length;
      expect(
        checkBylaws(compileBylaws([file])).filter(({ code }) => code === 'GDO331'),
        name,
      ).toHaveLength(expected);
    }
  });

  it('the examples and the bylaws of this project say everything', () => {
    const root = new URL('../../', import.meta.url);
    const open = ['examples', 'bylaws', 'node/cli/templates'].flatMap((folder) =>
      readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
        .filter((path) => /\.gdo(\.md)?$/.test(path))
        .flatMap((path) => {
          const source = readFileSync(new URL(`${folder}/${path}`, root), 'utf8');
          return [...source.matchAll(/^ *counted by (\S+)(.*)$/gm)]
            .filter(([, method, rest]) => method !== 'approval' && rest?.includes(' with ') !== true)
            .map(([line]) => `${path}: ${line.trim()}`);
        }),
    );
    expect(open).toEqual([]);
  });
});
