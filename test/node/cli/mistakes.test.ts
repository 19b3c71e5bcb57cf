// Mistakes as a new organizer makes them in bylaws from a template: what the terminal says of each, and what `--fix` repairs. What may be repaired is
// spelling; who decides, how many and by when is left to people.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { councilTemplate } from '../../../node/cli/templates/council.ts';
import { makeBench } from './virtual-world.ts';

const sound = councilTemplate.bylaws({ name: 'Maple', zone: 'UTC', people: councilTemplate.people });

interface Mistake {
  readonly what: string;
  readonly from: string;
  readonly to: string;
  /** The first line that is printed. */
  readonly says: string;
  readonly fixed: boolean;
}

const mistakes: readonly Mistake[] = [
  {
    what: 'a role misspelt',
    from: '  started by any councillor\n  about members',
    to: '  started by any counselor\n  about members',
    says: 'error[GDO101]: Nothing here is called `counselor`, and a role is needed',
    fixed: true,
  },
  {
    what: 'a keyword misspelt',
    from: '    quorum at least 2/3 of',
    to: '    quorom at least 2/3 of',
    says: 'error[GDO001]: The word `quorom` is not known here; did you mean `quorum`',
    fixed: true,
  },
  {
    what: 'a stage misspelt',
    from: 'when 1 other councillor endorses go to ballot\n    after 14',
    to: 'when 1 other councillor endorses go to balot\n    after 14',
    says: 'error[GDO102]: Nothing here is called `balot`, and a stage of `council-election` is needed',
    fixed: true,
  },
  {
    what: 'a majority of something',
    from: 'passes when more than 1/2 of votes cast are yes',
    to: 'passes when a majority of councillors say yes',
    says: 'error[GDO034]: The word `majority` does not say how many of whom',
    fixed: false,
  },
  {
    what: 'a share of nothing',
    from: 'passes when at least 2/3 of votes cast are yes',
    to: 'passes when at least 2/3 are yes',
    says: 'error[GDO031]: The share `2/3` does not say of what',
    fixed: false,
  },
  {
    what: 'a forgotten `end`',
    from: '    otherwise go to lapsed\n  end\n\n  outcome seated',
    to: '    otherwise go to lapsed\n\n  outcome seated',
    says: 'error[GDO002]: The block `vote ballot` has no `end`',
    fixed: false,
  },
  {
    what: 'a reserved word as a name',
    from: '  step notice\n',
    to: '  step vote\n',
    says: 'error[GDO003]: The word `vote` has a fixed meaning and cannot be a name',
    fixed: false,
  },
  {
    what: 'a name without quotation marks',
    from: 'organization "Maple"',
    to: 'organization Maple',
    says: 'error[GDO001]: After `organization` comes a text in double quotes, not `Maple`',
    fixed: false,
  },
  {
    what: '`and` in a list',
    from: 'while short only council-election, amendment',
    to: 'while short only council-election and amendment',
    says: 'error[GDO001]: Names in a list are parted by commas, not by `and`',
    fixed: false,
  },
  {
    what: 'a number in words',
    from: 'quorum at least 1/2 of councillors voting',
    to: 'quorum at least half of councillors voting',
    says: 'error[GDO001]: The number `half` is written in figures',
    fixed: false,
  },
  {
    what: 'a quorum that is not there',
    from: 'quorum more than 1/2 of councillors voting',
    to: 'quorum at least 9 councillors voting',
    says: 'error[GDO301]: ',
    fixed: false,
  },
  {
    what: '`all` behind a share',
    from: 'quorum more than 1/2 of councillors voting',
    to: 'quorum more than 1/2 of all councillors voting',
    says: 'error[GDO001]: A share of `councillors` is one of all of them, and is written without `all`',
    fixed: false,
  },
  {
    what: 'all but one who say something',
    from: 'passes when more than 1/2 of votes cast are yes',
    to: 'passes when all but 1 councillors say yes',
    says: 'error[GDO001]: `all but` counts people in a quorum, and cannot stand here',
    fixed: false,
  },
  {
    what: 'a number behind `any`',
    from: '  started by any councillor\n  about members',
    to: '  started by any 2 councillors\n  about members',
    says: 'error[GDO001]: `any` is one person, and a number of people is written without it',
    fixed: false,
  },
  {
    what: 'all but one of them who say something',
    from: 'passes when more than 1/2 of votes cast are yes',
    to: 'passes when all but 1 of councillors say yes',
    says: 'error[GDO001]: `all but` counts people in a quorum, and cannot stand here',
    fixed: false,
  },
  {
    what: 'a share in words',
    from: 'passes when at least 2/3 of votes cast are yes',
    to: 'passes when at least two thirds of votes cast are yes',
    says: 'error[GDO001]: The number `two` is written in figures',
    fixed: false,
  },
  {
    what: 'one verb for several',
    from: 'when 1 other councillor endorses go to ballot',
    to: 'when any councillor and any member endorse go to ballot',
    says: 'error[GDO001]: Those before `and` need a verb of their own',
    fixed: false,
  },
  {
    what: 'a number with an exponent',
    from: 'when 1 other councillor endorses go to ballot\n    after 14 days',
    to: 'when 1 other councillor endorses go to ballot\n    after 1e3 days',
    says: 'error[GDO006]: The value `1e3` is not written in figures alone',
    fixed: false,
  },
  {
    what: 'a hexadecimal number',
    from: 'when 1 other councillor endorses go to ballot',
    to: 'when 0x2 other councillors endorse go to ballot',
    says: 'error[GDO006]: The value `0x2` is not written in figures alone',
    fixed: false,
  },
  {
    what: 'marks between figures',
    from: 'when 1 other councillor endorses go to ballot\n    after 14 days',
    to: 'when 1 other councillor endorses go to ballot\n    after 1_000 days',
    says: 'error[GDO006]: The value `1_000` is not written in figures alone',
    fixed: false,
  },
  {
    what: 'a unit in one letter',
    from: 'when 1 other councillor endorses go to ballot\n    after 14 days',
    to: 'when 1 other councillor endorses go to ballot\n    after 14d',
    says: 'error[GDO006]: The value `14d` is not written in figures alone',
    fixed: false,
  },
  {
    what: 'a name in other letters',
    from: 'role councillor plural councillors',
    to: 'role عضو plural councillors',
    says: 'error[GDO001]: Names are written in the letters a to z, and `عضو` has others',
    fixed: false,
  },
  {
    what: 'a name with one other letter',
    from: 'role councillor plural councillors',
    to: 'role Rätin plural councillors',
    says: 'error[GDO001]: Names are written in the letters a to z, and `Rätin` has others',
    fixed: false,
  },
  {
    what: 'a way of counting by its common name',
    from: 'passes when more than 1/2 of votes cast are yes',
    to: 'counted by stv',
    says: 'error[GDO101]: Nothing here is called `stv`, and a counting method is needed',
    fixed: false,
  },
];

/** What is printed of each, in their order. */
const pages: string[] = [];
const golden = 'test/golden/mistakes.txt';

function changeText(from: string, to: string): string {
  const lines = (text: string, mark: string): string =>
    text
      .trimEnd()
      .split('\n')
      .map((line) => `${mark} ${line.trim()}`)
      .join('\n');
  return `${lines(from, '-')}\n${lines(to, '+')}`;
}

describe.each(mistakes)('$what', ({ what, from, to, says, fixed }) => {
  const wrong = sound.replace(from, to);
  const wrongLine = wrong.slice(0, wrong.indexOf(to) + to.length).split('\n').length;

  it('is one problem, told at its place with why and what to do, in words of people', async () => {
    expect(sound.split(from).length).toBeGreaterThan(1);
    const { exit, stdout } = await makeBench({ 'bylaws/README.gdo.md': wrong }).run('check');
    expect(exit).toBe(1);
    expect(stdout.startsWith(says)).toBe(true);
    expect(stdout.match(/^error\[/gm)).toHaveLength(1);
    // A block that is not closed is told where it was opened.
    expect(Math.abs(Number(/README\.gdo\.md:(\d+):/.exec(stdout)?.[1]) - wrongLine)).toBeLessThanOrEqual(fixed ? 2 : 8);
    expect(stdout).toMatch(/^ {2}why: {3}\S[^]*^ {2}help: {2}\S[^]*^ {2}more: {2}gdo explain GDO\d{3}$/m);
    expect(stdout).not.toMatch(/\b(?:token|undefined|NaN|AST|K_\w+|Word|parse)\b/);
  });

  it('is printed as the golden page shows', async () => {
    pages.push(`# ${what}\n\n${changeText(from, to)}\n\n${(await makeBench({ 'bylaws/README.gdo.md': wrong }).run('check')).stdout}`);
  });

  it(fixed ? 'is repaired by --fix, to the very text that was meant' : 'is left to people by --fix', async () => {
    const bench = makeBench({ 'bylaws/README.gdo.md': wrong });
    const { exit } = await bench.run('check', '--fix');
    expect([exit, readFileSync(join(bench.directory, 'bylaws/README.gdo.md'), 'utf8')]).toEqual(fixed ? [0, sound] : [1, wrong]);
  });
});

describe('the page of mistakes', () => {
  it('is what an organizer reads of each', () => {
    const page = pages.join('\n');
    if (process.env['GDO_GOLDEN'] === '1') writeFileSync(golden, page);
    expect(page).toBe(readFileSync(golden, 'utf8'));
  });
});
