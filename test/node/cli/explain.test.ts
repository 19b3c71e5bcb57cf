// `gdo explain`: every code and word has a readable page.
import { expect, it } from 'vitest';
import { codes } from '../../../language/index.ts';
import { explainedWords } from '../../../node/cli/explain-words.ts';
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
