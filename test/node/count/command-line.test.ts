// `gdo count` from its words to its exit code, with everything that goes wrong in real files: what is not counted is listed, and nobody sees a stack.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runCommand } from '../../../node/cli/run.ts';
import type { World } from '../../../node/cli/world.ts';

const folder = mkdtempSync(join(tmpdir(), 'gdo-count-line-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ran {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
}

/** Runs words as they are typed, words in single quotes being one. */
async function gdo(line: string): Promise<Ran> {
  let [out, err] = ['', ''];
  const world: World = {
    cwd: folder,
    env: {},
    stdout: (text) => (out += text),
    stderr: (text) => (err += text),
    stdin: async () => undefined,
    clockMs: () => 0,
    randomBytes: (count) => new Uint8Array(count),
    color: false,
    columns: 120,
    interactive: false,
    json: false,
    plain: false,
    verbosity: 1,
  };
  const words = line.match(/'[^']*'|\S+/gu) ?? [];
  const exit = await runCommand(
    words.map((word) => word.replace(/^'|'$/gu, '')),
    world,
  );
  return { exit, out, err };
}

async function count(name: string, text: string | Uint8Array, words: string): Promise<Ran> {
  writeFileSync(join(folder, name), text);
  return gdo(`count ${name} ${words}`);
}

const stv = '--method stv-scottish --unranked exhausted --equal-ranks refused --cap none --ties none';
const irv = '--method irv --unranked exhausted --equal-ranks refused --cap none --ties none --seats 1';
const schulze = '--method schulze --unranked tied-last --equal-ranks allowed --strength margins --cap none --ties none --seats 1';
const blt = (ballots: string, names = '"Ada"\n"Bob"\n', head = '2 1\n'): string => `${head}${ballots}0\n${names}`;

describe('ballots that cannot be counted are listed with line and reason, and the others are counted', () => {
  const lists: readonly (readonly [title: string, name: string, text: string, words: string, line: string])[] = [
    ['equal ranks where they are refused', 'equal.blt', blt('3 1 0\n1 1=2 0\n'), stv, 'line 3: it ranks two options equal'],
    ['one candidate twice', 'twice.blt', blt('3 1 0\n1 2 2 0\n'), stv, 'line 3: candidate 2 is on it twice'],
    ['an unknown candidate', 'unknown.blt', blt('3 1 0\n1 3 0\n'), stv, 'line 3: `3` is not the number of a candidate'],
    ['a negative weight', 'negative.blt', blt('3 1 0\n-1 2 0\n'), stv, 'line 3: its weight is not a whole number of 1 or more'],
    ['a weight of zero', 'zero.blt', blt('3 1 0\n0 2 0\n'), stv, 'line 3: its weight is not 1 or more'],
    ['a weight with decimals', 'decimal.blt', blt('3 1 0\n0.5 2 0\n'), stv, 'line 3: its weight is not a whole number of 1 or more'],
    ['a weight of fifty digits', 'huge.blt', blt(`3 1 0\n${'9'.repeat(50)} 2 0\n`), stv, 'line 3: its weight is not a whole number of 1 or more'],
    ['a ballot without its end', 'open.blt', blt('3 1 0\n1 2\n'), stv, 'line 3: it does not end in 0'],
    [
      'an unknown candidate in a CSV',
      'unknown.csv',
      'first,second\nAda,Bob\nAda,Eve\n',
      `${irv} --direction column-per-rank --candidates Ada,Bob`,
      'line 3: `Eve` is not a candidate',
    ],
    [
      'a negative weight in a CSV',
      'negative.csv',
      'w,Ada,Bob\n1,1,2\n-3,2,1\n',
      `${irv} --direction lower-is-better --weight-column w`,
      'line 3: its weight is not a whole number',
    ],
    ['a place of 0 in a CSV', 'place.csv', 'Ada,Bob\n1,2\n0,1\n', `${irv} --direction lower-is-better`, 'line 3: `0` is not a place of 1 or more'],
    ['too few cells in a CSV', 'cells.csv', 'Ada,Bob\r\n1,2\r\n1\r\n', `${irv} --direction lower-is-better`, 'line 3: it has 1 cells and the header has 2'],
    [
      'a stray quote in a CSV',
      'quote.csv',
      `Ada,Bob\n1,2\n"1,2\n${'1,2\n'.repeat(40)}`,
      `${irv} --direction lower-is-better`,
      'line 3: a quote is open or has text behind it',
    ],
    ['an order that is not complete', 'short.soc', '# NUMBER ALTERNATIVES: 2\n3: 1,2\n1: 1\n', irv, 'line 3: it does not rank everybody'],
    ['a candidate of another file', 'unknown.toc', '# NUMBER ALTERNATIVES: 2\n3: 1,2\n1: {1,3}\n', irv, 'line 3: `3` is not the number of an alternative'],
    ['an unknown candidate in JSON', 'unknown.json', '{"candidates":[{"id":"a"}],"ballots":[[2,[["a"]]],[1,[["b"]]]]}', irv, 'line 2: `b` is not a candidate'],
    [
      'a number that JSON has rounded',
      'rounded.json',
      '{"candidates":[{"id":"a"}],"ballots":[[2,[["a"]]],[9007199254740993,[["a"]]]]}',
      irv,
      'line 2: its weight is above 2^53',
    ],
    [
      'a score outside of the range',
      'score.csv',
      'Ada,Bob\n5,0\n6,1\n',
      '--method score --scores 0..5 --unscored lowest --cap none --ties none --seats 1',
      'line 3: 6 is not a score from 0 to 5',
    ],
    [
      'too many marks',
      'marks.csv',
      'Ada,Bob\n1,0\n1,1\n',
      '--method approval --marks 1 --cap none --ties none --seats 1',
      'line 3: it has 2 marks, and at most 1 may stand on it',
    ],
    [
      'a cell that is no mark',
      'mark.csv',
      'Ada,Bob\nx,\n1,maybe\n',
      '--method approval --marks unlimited --cap none --ties none --seats 1',
      'line 3: `maybe` is no mark',
    ],
  ];
  it.each(lists)('%s', async (_, name, text, words, line) => {
    const { exit, out, err } = await count(name, text, words);
    expect(out).toContain(`  ${line}`);
    expect(err).toBe('');
    expect(exit).toBe(0);
  });

  it('a stray quote costs its own line and not the rest of the file', async () => {
    const { out } = await count('quote.csv', `Ada,Bob\n1,2\n"1,2\n${'1,2\n'.repeat(40)}`, `${irv} --direction lower-is-better`);
    expect(out).toContain('Ballots: 41 in 41 rows; blank 0; set aside 0; not readable 1');
  });
});

describe('files that are no election are refused with GDO5022, exit 3 and the reason', () => {
  const refused: readonly (readonly [title: string, name: string, text: string | Uint8Array, words: string, reason: string])[] = [
    ['an empty BLT', 'empty.blt', '', stv, 'the file is empty'],
    ['an empty CSV', 'empty.csv', '', `${irv} --direction lower-is-better`, 'the file is empty'],
    ['an empty order file', 'empty.soi', '\n\n', irv, 'the file is empty'],
    ['an empty JSON', 'empty.json', '', irv, 'not JSON'],
    ['a BLT cut off in the ballots', 'cut.blt', '2 1\n3 1 0\n1 2', stv, 'not ended by a line with 0'],
    ['a BLT cut off in the names', 'names.blt', '2 1\n3 1 0\n0\n"Ada"\n', stv, 'it has 1 of the names of 2 candidates'],
    ['a BLT with an option that may change who wins', 'option.blt', '2 1\n[droop arithmetic=guarded]\n3 1 0\n0\n"A"\n"B"\n', stv, 'may change who wins'],
    ['a BLT where somebody withdrew who is not there', 'withdrawn.blt', '2 1\n-3\n3 1 0\n0\n"A"\n"B"\n', stv, '`3` withdrew'],
    [
      'an order file cut off: fewer voters than its head says',
      'cut.soc',
      '# NUMBER ALTERNATIVES: 2\n# NUMBER VOTERS: 5\n3: 1,2\n',
      irv,
      'says 5 voters and the orders have 3',
    ],
    ['an old order file cut off', 'cut.toc', '2\n1,Ada\n2,Bob\n5,5,2\n3,1,2\n', irv, 'says 5 voters and the orders have 3'],
    ['a million candidates', 'many.blt', '1000000 1\n0\n', stv, 'the number of candidates is not 1 to 1000'],
    ['bytes that are no text', 'bytes.blt', Uint8Array.of(0x32, 0x20, 0xff, 0xfe), stv, 'not UTF-8'],
    ['line ends of old machines', 'returns.csv', 'Ada,Bob\r1,2\r', `${irv} --direction lower-is-better`, 'carriage return'],
    ['two columns of one name', 'columns.csv', 'Ada,Ada\n1,2\n', `${irv} --direction lower-is-better --columns Ada`, 'two columns are called `Ada`'],
    ['a column that is not there', 'nocolumn.csv', 'Ada,Bob\n1,2\n', `${irv} --direction lower-is-better --weight-column w`, 'no column `w`'],
    ['a column without a name', 'unnamed.csv', ',Ada,Bob\n1,1,2\n', `${irv} --direction lower-is-better`, 'column 1 has no name'],
  ];
  it.each(refused)('%s', async (_, name, text, words, reason) => {
    const { exit, out, err } = await count(name, text, words);
    expect([exit, out]).toEqual([3, '']);
    expect(err).toContain('GDO5022');
    expect(err).toContain(reason);
    // Another format is no advice for a file whose format was known by its first words.
    expect(err.includes('--format')).toBe(/not JSON/.test(reason));
    expect(err).not.toMatch(/\bat .*:\d+:\d+/);
  });

  it('says which line to mend, and what else a file may be whose first words are strange', async () => {
    const line = await count('quotes.blt', '2 1\n3 1 0\n0\nAda\n"Bob"\n', stv);
    expect(line.err).toContain('help:  mend line 4 of the file, and count again');
    const strange = await count('strange.blt', 'Ada,Bob\n1,2\n', stv);
    expect(strange.err).toMatch(/help: {2}look at the file, or say with --format what it is: \S/);
  });

  it('a folder, a missing file and a part of a path that is no folder', async () => {
    mkdirSync(join(folder, 'folder.blt'), { recursive: true });
    writeFileSync(join(folder, 'file.blt'), '');
    expect((await gdo(`count folder.blt ${stv}`)).err).toContain('it is a folder');
    expect((await gdo(`count nowhere.blt ${stv}`)).err).toContain('there is no such file');
    expect((await gdo(`count file.blt/x.blt ${stv}`)).err).toContain('part of its path is no folder');
  });
});

describe('elections at the edge are counted as they are', () => {
  it('one candidate is elected by any ballot', async () => {
    expect((await count('one.blt', '1 1\n1 1 0\n0\n"Ada"\n', stv)).out).toContain('Elected:\n  1. Ada');
    expect((await count('one.csv', 'Ada\n1\n', `${schulze} --direction lower-is-better`)).out).toContain('Elected:\n  1. Ada');
  });

  it('S45: more seats than candidates leave seats vacant', async () => {
    const { exit, out } = await count('seats.blt', blt('3 1 0\n2 2 0\n', undefined, '2 5\n'), stv);
    expect([exit, out.includes('Seats left vacant: 3')]).toEqual([0, true]);
  });

  it('S33: where all ballots are blank nobody is elected', async () => {
    const { exit, out } = await count('blank.blt', blt('3 0\n2 0\n'), stv);
    expect([exit, out.split('\n')[0]]).toEqual([1, 'The count failed: no ballot supports anybody.']);
    expect(out).toContain('blank 5');
  });

  it('weights beyond 2^53 are added exactly', async () => {
    const { out } = await count('big.blt', blt('9007199254740993 1 0\n9007199254740992 2 0\n'), irv);
    expect(out).toContain('Elected:\n  1. Ada');
    expect(out).toContain('9007199254740993');
  });

  it.each([
    ['proto.blt', blt('3 1 0\n2 2 0\n', '"__proto__"\n"constructor"\n'), irv],
    ['proto.csv', '__proto__,constructor\n1,2\n', `${irv} --direction lower-is-better`],
    ['protonames.csv', 'first,second\n__proto__,constructor\n', `${irv} --direction column-per-rank`],
    ['proto.json', '{"candidates":[{"id":"__proto__"},{"id":"constructor"}],"ballots":[[3,[["__proto__"],["constructor"]]]]}', irv],
    ['proto.soc', '# NUMBER ALTERNATIVES: 2\n# ALTERNATIVE NAME 1: __proto__\n# ALTERNATIVE NAME 2: constructor\n3: 1,2\n', irv],
  ])('a candidate called __proto__ wins like others: %s', async (name, text, words) => {
    expect((await count(name, text, words)).out).toContain('Elected:\n  1. __proto__');
  });

  it('a byte order mark and \\r\\n change nothing', async () => {
    for (const text of [blt('3 1 0\n2 2 0\n'), `\uFEFF${blt('3 1 0\n2 2 0\n').replaceAll('\n', '\r\n')}`])
      expect((await count('mark.blt', text, irv)).out).toContain('Elected:\n  1. Ada');
    expect((await count('mark.csv', '\uFEFFAda,Bob\r\n1,2\r\n', `${irv} --direction lower-is-better`)).out).toContain('Elected:\n  1. Ada');
  });
});

describe('a motion', () => {
  const vote = (yes: number, no: number, abstain: number): string => `vote\n${'yes\n'.repeat(yes)}${'no\n'.repeat(no)}${'abstain\n'.repeat(abstain)}`;
  const words = (passes: string, more = ''): string => `--method yes-no --passes '${passes}' --quorum none --weights ballots --ties none ${more}`;

  it.each([
    ['more than 1/2 of votes cast', '', 0],
    ['more than 1/2 of votes and abstentions', '', 1],
    ['at least 1/2 of votes and abstentions', '', 0],
    ['at least 3/5 of votes cast', '', 0],
    ['more than 3/5 of votes cast', '', 1],
    ['at least 60 % of votes cast', '', 0],
    ['at least 3/10 of all', '--roll 10', 0],
    ['more than 3/10 of all', '--roll 10', 1],
    ['more than 1/2 of those present', '--present 6', 1],
    ['at least 1/2 of those present', '--present 6', 0],
    ['more than 1/2 of weight cast', '', 0],
    ['at least 1/1 of the square root of all', '--roll 9', 0],
    ['more than 1/1 of the square root of all', '--roll 9', 1],
    ['at least 3 votes; the lead is at least 2', '', 1],
    ['fewer than 1/2 of votes cast are no', '', 0],
  ])('S29-S32: 3 yes, 2 no, 1 abstention, `%s` %s exits with %s', async (passes, more, exit) => {
    const ran = await count('motion.csv', vote(3, 2, 1), words(passes, more));
    expect([ran.exit, ran.out.split('\n')[0]?.startsWith(exit === 0 ? 'Passed.' : 'Not passed: ')]).toEqual([exit, true]);
    expect(ran.out).toContain('Requirements');
  });

  it('S30: a quorum counts abstentions, and S33: nobody voting never passes', async () => {
    const quorum = (text: string): string => words('more than 1/2 of votes cast', '--roll 12').replace('--quorum none', `--quorum '${text}'`);
    expect((await count('motion.csv', vote(3, 2, 1), quorum('at least 1/2 of all voting'))).exit).toBe(0);
    const missed = await count('motion.csv', vote(3, 2, 1), quorum('more than 1/2 of all voting'));
    expect([missed.exit, missed.out.split('\n')[0]]).toEqual([
      1,
      'Not passed: quorum more than 1/2 of all voting is not met: it has 6 and needs more than 1/2 of 12.',
    ]);
    expect((await count('motion.csv', vote(0, 0, 0), words('fewer than 3 votes are no'))).out).toContain('Not passed: nobody voted.');
  });

  it('S124: as many yes as no is a tie where a half is enough and no rule is declared, and follows a declared one', async () => {
    const even = words('at least 1/2 of votes cast');
    expect((await count('even.csv', vote(2, 2, 0), even)).out).toContain('Tied, between yes and no');
    expect((await gdo(`count even.csv ${even.replace('--ties none', '--ties fails')}`)).out).toContain('Not passed: as many say yes as no');
    expect((await gdo(`count even.csv ${even.replace('--ties none', "--ties 'decided:the chair=yes>no'")}`)).out).toContain('Passed.');
    expect((await gdo(`count even.csv ${words('at least 2/5 of votes cast')}`)).exit).toBe(0);
  });

  it('weights are votes of one voter or several ballots, as is said; a typing error is no vote', async () => {
    const text = 'vote,shares\nyes,10\nno,1\nno,1\nyse,5\n,3\n';
    const shares = '--weight-column shares --columns vote';
    const voters = await count('shares.csv', text, words('more than 1/2 of votes cast', shares).replace('ballots', 'voters'));
    expect([voters.exit, voters.out.includes('line 5: `yse` is not a candidate'), voters.out.includes('line 6: it is blank')]).toEqual([1, true, true]);
    expect((await gdo(`count shares.csv ${words('more than 1/2 of weight cast', shares).replace('ballots', 'voters')}`)).exit).toBe(0);
    expect((await gdo(`count shares.csv ${words('more than 1/2 of votes cast', shares)}`)).exit).toBe(0);
  });

  it('a share of all asks how many that are, and --explain lists every requirement', async () => {
    expect((await count('motion.csv', vote(3, 2, 1), words('more than 1/2 of all'))).out).toContain('the number of all who may vote is not stated');
    const { out } = await gdo(`count motion.csv ${words('more than 1/2 of all', '--roll 6')} --explain yes`);
    expect(out).toContain('It did not pass: more than 1/2 of all are yes is not met: it has 3 and needs more than 1/2 of 6.');
  });
});

describe('affiliations and limits', () => {
  it('S115: affiliations come from a file beside a BLT, and an unknown name in it is an error', async () => {
    writeFileSync(join(folder, 'firms.csv'), 'Ada,X\n"Bob",X\n');
    const capped = stv.replace('--cap none', '--cap 1');
    const text = '3 2\n5 1 2 3 0\n4 2 1 3 0\n3 3 0\n0\n"Ada"\n"Bob"\n"Cyd"\n';
    expect((await count('firms.blt', text, stv)).out).toContain('1. Ada\n  2. Bob');
    expect((await gdo(`count firms.blt ${capped} --affiliations firms.csv`)).out).toContain('1. Ada\n  2. Cyd');
    expect((await gdo(`count firms.blt ${capped}`)).err).toContain('strikes nobody');
    writeFileSync(join(folder, 'firms.csv'), 'Eve,X\n');
    expect((await gdo(`count firms.blt ${capped} --affiliations firms.csv`)).err).toContain('`Eve` is not a candidate of this election');
  });

  it('an exact Meek count of more rankings than its limit is refused at once and names the rule that counts them', async () => {
    const orders = Array.from({ length: 2_001 }, (_, index) => {
      const left = [1, 2, 3, 4, 5, 6, 7];
      let rest = index;
      return `1 ${Array.from({ length: 7 }, (__, place) => {
        const at = rest % (7 - place);
        rest = Math.floor(rest / (7 - place));
        return left.splice(at, 1)[0];
      }).join(' ')} 0\n`;
    });
    const text = `7 3\n${orders.join('')}0\n${Array.from({ length: 7 }, (_, index) => `"C${index}"\n`).join('')}`;
    const { exit, out } = await count('meek.blt', text, stv.replace('stv-scottish', 'stv-meek-exact'));
    expect([exit, out.split('\n')[0]]).toEqual([
      1,
      'The count failed: there are 2001 different rankings and an exact count takes 2000 at most: count it by stv-meek.',
    ]);
    expect((await gdo(`count meek.blt ${stv.replace('stv-scottish', 'stv-meek').replace('--ties none', '--ties lot:2027')}`)).exit).toBe(0);
  });
});

describe('what is typed wrongly is GDO5001 to GDO5003, exit 2, before the file is looked at', () => {
  it.each([
    [`count x.blt`, '`--method` is missing'],
    [`count x.blt --method shulze`, 'did you mean `schulze`'],
    [`count x.blt --metod irv`, 'did you mean `--method`'],
    [`count x.blt --method schulze`, 'schulze needs `--strength`, `--unranked`, `--equal-ranks`, `--cap`, `--ties`'],
    [`count x.blt ${irv} --strength margins`, '`--strength` is no parameter of irv'],
    [`count x.blt ${irv.replace('exhausted', 'last')}`, 'must be one of exhausted, tied-last'],
    [`count x.blt ${irv.replace('--seats 1', '--seats 0')}`, 'must be a whole number of 1 or more'],
    [`count x.blt ${irv.replace('--cap none', '--cap four')}`, '`--cap` is wrong'],
    [`count x.blt ${irv.replace('--ties none', '--ties coin')}`, '`--ties` is wrong'],
    [`count x.cat ${irv}`, 'holds categories and no orders'],
    [`count x.csv ${irv}`, '`--direction` is missing'],
    [`count x.blt ${irv} --direction lower-is-better`, 'is for CSV files'],
    [`count x.blt y.blt ${irv}`, 'got more words'],
    [`count x.blt ${irv} --parameters y.json`, 'both give the rule'],
    [`count x.blt --method yes-no --passes 'more than half' --quorum none --weights ballots --ties none`, '`more than half` is not read'],
  ])('%s', async (line, message) => {
    const { exit, err } = await gdo(line);
    expect([exit, err.includes(message)]).toEqual([2, true]);
    expect(err).toMatch(/GDO500[123]/);
  });

  it('a name that nobody has is answered with the nearest', async () => {
    const { exit, err } = await count('near.blt', blt('3 1 0\n2 2 0\n'), `${irv} --explain Ade`);
    expect([exit, err.includes('did you mean `Ada`')]).toEqual([2, true]);
    expect((await gdo(`count near.blt ${irv.replace('--ties none', "--ties 'decided:the chair=Bop>Ada'")}`)).err).toContain('did you mean `Bob`');
  });
});

describe('options that only some files and methods have', () => {
  const semicolons = 'Ada;Bob;Cy\n1;2;3\n2;1;No opinion\n1;3;2\n';
  const ranked = `${irv} --direction lower-is-better --separator semicolon`;
  const motion = "--method yes-no --passes 'more than 1/2 of votes cast' --quorum none --weights ballots --ties none";
  const cycle = '4 1\n5 1 2 0\n4 2 3 1 0\n3 3 1 2 0\n1 4 0\n0\n"A"\n"B"\n"C"\n"NOTA"\n';
  const least = '3 1\n4 1 0\n3 2 0\n2 3 1 0\n0\n"A"\n"B"\n"C"\n';
  const byDefault = '--method condorcet-default --unranked tied-last --equal-ranks allowed --cap none --ties none';
  const rows: readonly (readonly [title: string, name: string, text: string, words: string, exit: number, said: string])[] = [
    ['another separator', 'semi.csv', semicolons, `${ranked} --blank 'No opinion'`, 0, 'Ballots: 3 in 3 rows; blank 0; set aside 0; not readable 0'],
    ['words for an empty cell', 'semi.csv', semicolons, ranked, 0, 'line 3: `No opinion` is not a whole number'],
    [
      'what yes and no are called',
      'for.csv',
      'choice\nfor\nfor\nagainst\nabstain\n',
      `${motion} --choices for,against,abstain`,
      0,
      'more than 1/2 of votes cast are for  2',
    ],
    ['yes and no called otherwise', 'for.csv', 'choice\nfor\nfor\nagainst\nabstain\n', motion, 1, 'line 2: `for` is not a candidate'],
    ['a default option', 'nota.blt', cycle, `${byDefault} --default NOTA --quorum 'at-least 2' --ratio 'more-than 1'`, 0, 'Elected:\n  1. A\n'],
    ['a ratio that nobody reaches', 'nota.blt', cycle, `${byDefault} --default NOTA --quorum 'at-least 2' --ratio 'more-than 12'`, 0, 'Elected:\n  1. NOTA\n'],
    [
      'a default option that does not stand',
      'nota.blt',
      cycle,
      `${byDefault} --default None --quorum none --ratio 'more-than 1'`,
      1,
      'the default option `None` is not a candidate',
    ],
    [
      'rounds among the smith set',
      'least.blt',
      least,
      '--method condorcet-irv --rounds-among smith --unranked tied-last --equal-ranks refused --cap none --ties none',
      0,
      'Elected:\n  1. A\n',
    ],
    [
      'rounds among a set there is not',
      'least.blt',
      least,
      '--method condorcet-irv --rounds-among some --unranked tied-last --equal-ranks refused --cap none --ties none',
      2,
      'smith, all',
    ],
  ];
  it.each(rows)('%s', async (_title, name, text, words, exit, said) => {
    const ran = await count(name, text, words);
    expect([ran.exit, `${ran.out}${ran.err}`]).toEqual([exit, expect.stringContaining(said)]);
  });

  it('a drawing of the pairs', async () => {
    expect(await count('drawn.blt', cycle, `${schulze} --svg pairs.svg`)).toMatchObject({ exit: 0, err: '' });
    expect(readFileSync(join(folder, 'pairs.svg'), 'utf8')).toMatch(
      /^<svg [^]*<title>Ballots that prefer one option to another<\/title>[^]*NOTA[^]*<\/svg>\n?$/u,
    );
  });
});
