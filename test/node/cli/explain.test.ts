// `gdo explain`: every code and word has a readable page.
import { expect, it } from 'vitest';
import { codes, parseBylaws } from '../../../language/index.ts';
import { codeHints } from '../../../node/cli/code-hints.ts';
import { codePage } from '../../../node/cli/code-page.ts';
import { explainedWords } from '../../../node/cli/explain-words.ts';
import { findingPages } from '../../../node/cli/finding-pages.ts';
import { commands } from '../../../node/cli/program.ts';
import { makeBench } from './virtual-world.ts';

it('explains GDO301 as the paper shows', async () => {
  const { exit, stdout } = await makeBench().run('explain', 'GDO301');
  expect(exit).toBe(0);
  expect(stdout).toBe(`GDO301 quorum-impossible${' '.repeat(42)}error, can be allowed with a reason

A vote asks for more people than can ever take part, so it can never pass.

Wrong                                             Right
  role councillor                                   role councillor
    held by 3 to 7 people                             held by 3 to 7 people
  ...                                               ...
    quorum at least 5 councillors voting              quorum at least 2/3 of councillors voting

Why it matters   A council that falls below its own quorum cannot even elect replacements.
How gdo knows    It compares the quorum with the smallest roster the role allows, after
                 taking away anyone the vote excludes ("except the subject").
See also         GDO402 lock-out, GDO609 vacancy-unhandled;  gdo explain quorum
`);
});

it('has a page for every code and every word, without words of a parser', async () => {
  const bench = makeBench();
  for (const topic of [...codes.map((entry) => entry.code), ...explainedWords.flatMap((word) => word.words)]) {
    const { exit, stdout } = await bench.run('explain', topic);
    expect([topic, exit]).toEqual([topic, 0]);
    expect(stdout).not.toMatch(/\b(?:undefined|NaN|AST|EOF|K_\w+)\b/);
  }
});

/** Findings that nothing can give: the language or the engine makes the fault impossible. */
const impossible: readonly string[] = ['GDO109', 'GDO110', 'GDO214', 'GDO311', 'GDO315'];

it('says on every page what to do, or how gdo knows', () => {
  const silent = codes.filter((entry) => !codePage(entry).rows.some(([label]) => label === 'What to do' || label === 'How gdo knows'));
  expect(silent.map(({ code }) => code)).toEqual(impossible);
});

it('names only commands that there are where it says what to do', () => {
  const names = commands.map(({ name }) => name);
  const named = [...codeHints.values()].flatMap(({ next }) => [...next.matchAll(/(?:`|: |\()gdo ([a-z]+)/g)].map((match) => match[1] ?? ''));
  expect(named.filter((name) => !names.includes(name))).toEqual([]);
  expect(named.length).toBeGreaterThan(30);
});

it('takes a number, a name and any case for a code', async () => {
  const bench = makeBench();
  const page = (await bench.run('explain', 'GDO301')).stdout;
  for (const topic of ['301', 'gdo301', 'quorum-impossible', 'Quorum-Impossible']) expect((await bench.run('explain', topic)).stdout).toBe(page);
});

it('suggests a page for a word it does not know, and refuses with exit 2', async () => {
  const { exit, stderr } = await makeBench().run('explain', 'quorom');
  expect(exit).toBe(2);
  expect(stderr).toContain('did you mean `gdo explain quorum`?');
});

it('lists everything, also as JSON', async () => {
  const bench = makeBench();
  expect((await bench.run('explain', '--list')).stdout).toContain('GDO5090');
  const list = JSON.parse((await bench.run('explain', '--list', '--json')).stdout);
  expect(list.codes).toHaveLength(codes.length);
});

it('refers only to pages that exist', async () => {
  const bench = makeBench();
  const topics = explainedWords.flatMap((word) => [...word.see.matchAll(/gdo explain (\S+?)(?=,|;|$)/g)].map((match) => match[1] ?? ''));
  for (const topic of topics) expect([topic, (await bench.run('explain', topic)).exit]).toEqual([topic, 0]);
});

/** What stands where a column of a page has `...`, in order, and after its last line. */
const completions: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'GDO101',
    [
      '  held by 3 to 7 people\n  first held by "ada", "ben", "chi"\n  gained through election\n  lost through resignation\n',
      'process election\n  governs bylaws\n',
      'BALLOT  outcome seated\n    grant councillor to the candidate\n    accept the merge\n  end\nend\n',
    ],
  ],
  [
    'GDO301',
    [
      '  first held by "ada", "ben", "chi"\n  gained through election\n  lost through resignation\nend\n\nprocess election\n  governs bylaws\n  started by any councillor\n  vote ballot\n    voters councillors\n    open for 7 days\n',
      '    passes when more than 1/2 of votes cast are yes\n    when passed go to seated\n    otherwise go to refused\n  end\n  outcome seated\n    grant councillor to the candidate\n    accept the merge\n  end\nend\n',
    ],
  ],
]);

const ballot =
  '  vote ballot\n    voters councillors\n    open for 7 days\n    quorum at least 1/2 of councillors voting\n    passes when more than 1/2 of votes cast are yes\n    when passed go to seated\n    otherwise go to refused\n  end\n';

function completed(code: string, column: string): string {
  const parts = completions.get(code) ?? [];
  let index = 0;
  const body = column
    .replace('role councillor\n', 'role councillor plural councillors\n')
    .split('\n')
    .map((line) => (line.trim() === '...' ? (parts[index++] ?? '') : `${line}\n`))
    .join('');
  return `gdo 1\n\norganization "Example"\nend\n\narea bylaws covers "bylaws/**"\n\n${body}${parts[index] ?? ''}`.replace('BALLOT', ballot);
}

it.each([...findingPages.keys()])('shows bylaws for %s that have and have not the fault', async (code) => {
  const page = findingPages.get(code);
  const found = async (column: string): Promise<readonly string[]> => {
    const { stdout } = await makeBench({ 'bylaws/a.gdo': completed(code, column) }).run('check', '--format', 'json');
    const findings: readonly { readonly code: string; readonly severity: string }[] = JSON.parse(stdout).findings;
    // A fragment has warnings of its own: what a page must not have is another error.
    return findings.filter((finding) => finding.severity === 'error').map((finding) => finding.code);
  };
  expect(await found(page?.wrong ?? '')).toEqual([code]);
  expect(await found(page?.right ?? '')).toEqual([]);
});

const around: readonly ((lines: string) => string)[] = [
  (lines) => lines,
  (lines) => `role x\n${lines}\nend`,
  (lines) => `process x\n${lines}\nend`,
  (lines) => `process x\nstep y\n${lines}\nend\nend`,
  (lines) => `process x\nvote y\n${lines}\nend\nend`,
  (lines) => `process x\nmeeting y\n${lines}\nend\nend`,
];

function parses(lines: string): boolean {
  return around.some((frame) => parseBylaws({ path: 'a.gdo', text: `gdo 1\n${frame(lines)}\n` }).diagnostics.length === 0);
}

/** Lines to choose from, and blocks beside them. */
function blocksOf(bylaws: string): readonly string[] {
  return bylaws.split(/\n(?! |end)/);
}

it.each(explainedWords.filter((word) => word.bylaws !== '').map((word) => [word.words[0] ?? '', word.bylaws]))(
  'shows lines for %s that may stand in bylaws',
  (_word, bylaws) => {
    // A page shows either one block, or lines to choose from.
    expect(parses(bylaws) ? [] : blocksOf(bylaws).filter((block) => !parses(block))).toEqual([]);
  },
);
