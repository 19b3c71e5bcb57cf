// The readers of election files: what each format means, and every line that is no ballot listed with its reason.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { CsvMeaning } from '../../../node/count/csv.ts';
import { type Election, UnreadableElection } from '../../../node/count/election.ts';
import { type ElectionFormat, readElection } from '../../../node/count/read-election.ts';

const folder = mkdtempSync(join(tmpdir(), 'gdo-count-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const meaning: CsvMeaning = { cells: 'names', separator: ',', weightColumn: undefined, columns: undefined, candidates: undefined, blank: [] };

async function read(format: ElectionFormat, text: string, csv?: CsvMeaning): Promise<Election> {
  const path = join(folder, `election.${format}`);
  writeFileSync(path, text);
  return readElection(path, format, csv);
}

/** Ballots as `weight places`, one text each. */
function rows(election: Election): string[] {
  if (election.profile.kind !== 'table') return [];
  const { table } = election.profile;
  const size = table.candidatesCount;
  return table.weights.map((weight, row) => `${weight} ${table.ranks.slice(row * size, (row + 1) * size).join('')}`);
}

const ids = (election: Election): string[] => election.candidates.map((candidate) => candidate.id);

describe('BLT', () => {
  const blt =
    '# a comment\n4 2\n-3\n3 1 3 4 0\n2 2=4 1 0 # equal\n1 - 4 0\n1 0\n1 1 1 0\n1 9 0\n0 1 0\nx 1 0\n1 2\n(id7) 2 0\n0\n"Ada"\n"Bob"\n"Cyd, gone"\n"Dan # 4"\n"Board 2026"\n';

  it('gives rankings, drops who withdrew, keeps blank ballots and says what is no ballot', async () => {
    const election = await read('blt', blt);
    expect(ids(election)).toEqual(['Ada', 'Bob', 'Dan # 4']);
    expect([election.title, election.seats]).toEqual(['Board 2026', 2]);
    expect(rows(election)).toEqual(['3 103', '2 211', '1 001', '1 000', '1 010']);
    expect(election.malformed).toEqual([
      { line: 8, reason: 'candidate 1 is on it twice' },
      { line: 9, reason: '`9` is not the number of a candidate' },
      { line: 10, reason: 'its weight is not 1 or more' },
      { line: 11, reason: 'its weight is not a whole number of 1 or more' },
      { line: 12, reason: 'it does not end in 0' },
    ]);
    expect([0, 1, 2, 3, 4].map(election.lineOf)).toEqual([4, 5, 6, 7, 13]);
  });

  it.each([
    ['', 'the file is empty'],
    ['0 1\n0\n', 'the number of candidates'],
    ['2 0\n0\n', 'the first line'],
    ['2 1\n1 1 0\n', 'the ballots are not ended'],
    ['2 1\n1 1 0\n0\n"Ada"\n', 'it has 1 of the names of 2 candidates'],
    ['2 1 // two for one\n1 1 0\n0\n"Ada"\n"Bob"\n', 'a remark begins with #'],
    ['2 1\n1 1 0\n-2\n0\n"Ada"\n"Bob"\n', 'line 3 withdraws a candidate after a ballot'],
    [`2 1\n${'1 '.repeat(600_000)}`, 'longer than 1 MiB'],
  ])('%# is no election', async (text, reason) => {
    await expect(read('blt', text)).rejects.toThrow(reason);
    await expect(read('blt', text)).rejects.toBeInstanceOf(UnreadableElection);
  });

  it('counts names that two candidates share as two', async () => {
    const election = await read('blt', '2 1\n1 1 0\n0\n"Kim"\n"Kim"\n');
    expect(ids(election)).toEqual(['Kim (1)', 'Kim (2)']);
    expect(election.candidates.map(({ name }) => name)).toEqual(['Kim (1)', 'Kim (2)']);
  });
});

describe('BLT as other programs write it', () => {
  const names = '"Ada"\n"Bob"\n"Cyd"\n"Board"\n';

  it('`[withdrawn 2]` drops a candidate like `-2`, on ballots and from the names', async () => {
    for (const line of ['[withdrawn 2]', '-2']) {
      const election = await read('blt', `3 1\n${line}\n2 2 1 0\n1 3 2 0\n0\n${names}`);
      expect([ids(election), rows(election)]).toEqual([
        ['Ada', 'Cyd'],
        ['2 20', '1 01'],
      ]);
    }
  });

  it('`[nick ...]` gives short names, and a tie order in the file is not used', async () => {
    const election = await read('blt', `3 1 [nick a b c] [tie b a c]\n2 a c 0\n1 b=c 0\n0\n${names}`);
    expect(rows(election)).toEqual(['2 102', '1 011']);
  });

  it('several ballots, and names and title, may stand on one line', async () => {
    const election = await read('blt', '3 2 4 1 2 0 2 3 0 0 "Ada" "Bob" "Cyd" "Board # 1" # a note');
    expect([ids(election), rows(election), election.title]).toEqual([['Ada', 'Bob', 'Cyd'], ['4 120', '2 001'], 'Board # 1']);
  });

  it('behind the title stand notes of whoever wrote the file', async () => {
    const election = await read('blt', `3 1\n2 1 0\n0\n${names}"Source"\nFirst Prefs\n  2 0 0\n`);
    expect([election.title, rows(election)]).toEqual(['Board', ['2 100']]);
    await expect(read('blt', '2 1\n2 1 0\n0\n"Ada"\nBob\n')).rejects.toThrow('line 5 is no name in quotes');
  });

  it('a name may have quotes inside', async () => {
    expect(ids(await read('blt', '1 1\n1 1 0\n0\n"John "Jack" Doe"\n'))).toEqual(['John "Jack" Doe']);
    // Doubled as in a CSV they made three names of one, and somebody else's name was printed for who won.
    const election = await read('blt', '2 1\n3 2 0\n0\n"Lotti ""L"" Dee"\n"Bob"\n"Board ""A"""\n');
    expect([ids(election), election.title]).toEqual([['Lotti "L" Dee', 'Bob'], 'Board "A"']);
  });
});

describe('PrefLib', () => {
  const head = '# TITLE: Soup\n# NUMBER ALTERNATIVES: 3\n# ALTERNATIVE NAME 1: Leek\n# ALTERNATIVE NAME 2: Pea\n# ALTERNATIVE NAME 3: __proto__\n';

  it('toc gives equal places in braces', async () => {
    const election = await read('toc', `${head}5: 1,{2,3}\n1: {1,2},3\n`);
    expect(ids(election)).toEqual(['Leek', 'Pea', '__proto__']);
    expect(election.title).toBe('Soup');
    expect(rows(election)).toEqual(['5 122', '1 112']);
  });

  it('soc refuses ballots that are equal or incomplete', async () => {
    const election = await read('soc', `${head}5: 2,1,3\n1: {1,2},3\n1: 1,2\n1: 1,2,4\n1: 1,1,2\n1: one\n`);
    expect(rows(election)).toEqual(['5 213']);
    expect(election.malformed.map((ballot) => ballot.reason)).toEqual([
      'it ranks two alternatives equal',
      'it does not rank everybody',
      '`4` is not the number of an alternative',
      'alternative 1 is on it twice',
      'it is not an order of numbers',
    ]);
  });

  it('the form before 2022 has names and sums in front', async () => {
    const election = await read('toc', '3\n1,Leek\n2,Pea, green\n3,Kale\n6,6,2\n5,1,{2,3}\n1,{1,2},3\n');
    expect([ids(election), rows(election)]).toEqual([
      ['Leek', 'Pea, green', 'Kale'],
      ['5 122', '1 112'],
    ]);
  });

  it('soi and toi may leave alternatives out', async () => {
    expect(rows(await read('soi', `${head}2: 3,1\n1: 2\n`))).toEqual(['2 201', '1 010']);
    expect(rows(await read('toi', `${head}2: {3,1}\n1: \n`))).toEqual(['2 101', '1 000']);
  });

  it('without the number of alternatives it is no election', async () => {
    await expect(read('soc', '1: 1,2\n')).rejects.toThrow('NUMBER ALTERNATIVES');
  });
});

describe('CSV', () => {
  const csv = 'weight,Ada,"Bob ""B"" Low",Cyd\n3,1,2,\n1,3,3,1\n1,1,2\n-2,1,2,3\n1,1,x,3\n1,"1,2,3\n';

  it('means the opposite where the larger number is better, so the direction has to be said', async () => {
    const lower = await read('csv', csv, { ...meaning, cells: 'lower-is-better', weightColumn: 'weight' });
    const higher = await read('csv', csv, { ...meaning, cells: 'higher-is-better', weightColumn: 'weight' });
    expect(ids(lower)).toEqual(['Ada', 'Bob "B" Low', 'Cyd']);
    expect(rows(lower)).toEqual(['3 120', '1 221']);
    expect(rows(higher)).toEqual(['3 210', '1 112']);
    expect(lower.malformed.map((ballot) => [ballot.line, ballot.reason])).toEqual([
      [4, 'it has 3 cells and the header has 4'],
      [5, 'its weight is not a whole number of 1 or more'],
      [6, '`x` is not a whole number'],
      [7, 'a quote is open or has text behind it'],
    ]);
    await expect(read('csv', csv)).rejects.toThrow('which way');
  });

  it('reads columns that are places, beside columns that are none of the ballot', async () => {
    const text = 'Precinct;Choice 1;Choice 2;Choice 3\n7;Ada;undervote;Bob\n8;"Bob";;\n9;Eve;Ada;Ada\n';
    const columns = ['Choice 1', 'Choice 2', 'Choice 3'];
    const named = { ...meaning, separator: ';', columns, blank: ['undervote'] } as const;
    const found = await read('csv', text, named);
    expect([ids(found), rows(found)]).toEqual([
      ['Ada', 'Bob', 'Eve'],
      ['1 120', '1 010'],
    ]);
    expect(found.malformed).toEqual([{ line: 4, reason: '`Ada` is on it twice' }]);
    const listed = await read('csv', text, { ...named, candidates: ['Bob', 'Ada'] });
    expect([ids(listed), rows(listed)]).toEqual([
      ['Bob', 'Ada'],
      ['1 21', '1 10'],
    ]);
    expect(listed.malformed).toEqual([{ line: 4, reason: '`Eve` is not a candidate' }]);
  });

  it('a cell in quotes may go over lines, and words may mean an empty cell', async () => {
    const text = '"Rank them\n[Ada]","Rank them\n[Bob]"\n1,No opinion\n2,1\n';
    const election = await read('csv', text, { ...meaning, cells: 'lower-is-better', blank: ['No opinion'] });
    expect([ids(election), rows(election), election.lineOf(0)]).toEqual([['Rank them\n[Ada]', 'Rank them\n[Bob]'], ['1 10', '1 21'], 4]);
  });

  it('gives scores and marks where the method wants them', async () => {
    const scored = await read('csv', 'Ada,Bob\n5,0\n,3\n', { ...meaning, cells: 'scores' });
    expect(scored.profile).toMatchObject({
      kind: 'scored',
      ballots: [
        {
          scores: [
            ['Ada', 5n],
            ['Bob', 0n],
          ],
        },
        { scores: [['Bob', 3n]] },
      ],
    });
    const marked = await read('csv', 'Ada,Bob\n1,0\n1,1\n', { ...meaning, cells: 'marks' });
    expect(marked.profile).toMatchObject({ kind: 'marked', ballots: [{ marks: ['Ada'] }, { marks: ['Ada', 'Bob'] }] });
  });
});

describe('JSON', () => {
  const with_ = (ballots: string): string => `{"candidates":[{"id":"a"},{"id":"__proto__"}],"ballots":[${ballots}]}`;

  it('refuses numbers that JSON has rounded, and everything that is no pair of weight and ranking', async () => {
    const election = await read(
      'json',
      with_('[1,[["a"],["__proto__"]]],[9007199254740993,[["a"]]],["9007199254740993",[["a"]]],[-1,[]],[1.5,[]],[1,"a"],7,[1,[[3]]]'),
    );
    expect(election.malformed).toEqual([
      { line: 2, reason: 'its weight is above 2^53 and JSON has rounded it' },
      { line: 4, reason: 'its weight is not 1 or more' },
      { line: 5, reason: 'its weight is not a whole number' },
      { line: 6, reason: 'its ranking is not a list of lists of ids' },
      { line: 7, reason: 'it is not a pair of weight and choices' },
      { line: 8, reason: 'its ranking is not a list of lists of ids' },
    ]);
    expect(election.profile).toMatchObject({ ballots: [{ weight: 1n }, { weight: 9_007_199_254_740_993n }] });
    expect(election.lineOf(1)).toBe(3);
  });

  it.each(['', '[]', '{"candidates":{}}', '{"candidates":[],"ballots_kind":"x"}', '{"candidates":[{"name":"a"}]}', '{"candidates":[]}'])(
    '%s is no election',
    async (text) => {
      await expect(read('json', text)).rejects.toBeInstanceOf(UnreadableElection);
    },
  );

  it('a file that is not UTF-8 is no election in any format', async () => {
    const path = join(folder, 'bytes.blt');
    writeFileSync(path, Uint8Array.of(0x32, 0x20, 0xff, 0xfe));
    for (const format of ['blt', 'json', 'soc'] as const) await expect(readElection(path, format, undefined)).rejects.toBeInstanceOf(UnreadableElection);
  });
});
