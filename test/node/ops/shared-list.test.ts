// Lists for many at once: as few runs as there can be, and none that began before its question.
import { expect, it } from 'vitest';
import { keptWhile, sharedList } from '../../../node/ops/shared-list.ts';

it('Q23: whoever asks while a list is made gets the next one, together with all others who asked meanwhile', async () => {
  const runs: { readonly key: string; readonly end: (answer: string) => void; readonly fail: (error: Error) => void }[] = [];
  const list = sharedList((key) => new Promise<string>((end, fail) => runs.push({ key, end, fail })));
  const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
  const first = list('a');
  await settle();
  const later = [list('a'), list('a'), list('a')];
  const other = list('b');
  await settle();
  expect(runs.map(({ key }) => key)).toEqual(['a', 'b']);
  runs[0]?.end('before');
  runs[1]?.end('b');
  expect([await first, await other]).toEqual(['before', 'b']);
  await settle();
  expect(runs.map(({ key }) => key)).toEqual(['a', 'b', 'a']);
  runs[2]?.fail(new Error('broken'));
  await Promise.all(later.map((one) => expect(one).rejects.toThrow('broken')));
  const again = list('a');
  await settle();
  runs[3]?.end('after');
  expect(await again).toBe('after');
});

it('R52: a list is made once while no ref moves, anew when one has or nobody can tell, and one that failed is not kept', async () => {
  let [mark, runs]: [string | undefined, number] = ['one', 0];
  const list = keptWhile({ mark: () => mark, isKept: (answer: string) => answer !== 'b failed' }, (key) => {
    runs += 1;
    return Promise.resolve(key === 'b' && runs === 2 ? 'b failed' : `${key} ${runs}`);
  });
  expect([await list('a'), await list('a')]).toEqual(['a 1', 'a 1']);
  expect([await list('b'), await list('b'), await list('b'), await list('a')]).toEqual(['b failed', 'b 3', 'b 3', 'a 1']);
  mark = 'two';
  expect([await list('a'), await list('a'), await list('b')]).toEqual(['a 4', 'a 4', 'b 5']);
  mark = undefined;
  expect([await list('a'), await list('a')]).toEqual(['a 6', 'a 7']);
});
