// The thread beside: it calls what it is given, one after the other, and whoever waits hears what went wrong.
import { afterEach, describe, expect, it } from 'vitest';
import { sideThread, startSideThread, type SideThread } from '../../../node/chunks/side-thread.ts';

const started: SideThread[] = [];
afterEach(async () => {
  for (const thread of started.splice(0)) await thread.end();
});
const begun = (): SideThread => {
  const thread = sideThread();
  started.push(thread);
  return thread;
};
const count = '(modules, given) => { const counts = new Int32Array(given.memory); counts[given.at] = Atomics.add(counts, 0, 1) + 1; }';

describe('a thread beside', () => {
  it('does one thing after the other with what each is given', async () => {
    const [thread, memory] = [begun(), new SharedArrayBuffer(16)];
    await Promise.all([1, 2, 3].map((at) => thread.run(count, { memory, at })));
    expect([...new Int32Array(memory)]).toEqual([3, 1, 2, 3]);
  });

  it('has the modules for files and sums', async () => {
    const memory = new SharedArrayBuffer(64);
    await begun().run("({ files, sums }, given) => Buffer.from(given).write(typeof files.readSync + sums.hash('sha256', 'x').slice(0, 8))", memory);
    expect(Buffer.from(memory).toString('latin1', 0, 16)).toBe('function2d711642');
  });

  it('says what went wrong, also to whoever asks later', async () => {
    const thread = begun();
    await expect(thread.run("() => { throw new Error('no such page'); }", 0)).rejects.toThrow('no such page');
    await expect(thread.run('() => undefined', 0)).rejects.toThrow('no such page');
  });

  it('that waits for ever can be ended', async () => {
    const thread = begun();
    const waiting = thread.run('(modules, given) => Atomics.wait(new Int32Array(given), 0, 0)', new SharedArrayBuffer(4));
    await thread.end();
    await expect(waiting).rejects.toThrow('the thread was ended');
  });

  it('that was started before is given to one who asks, and the next one gets another', () => {
    startSideThread();
    startSideThread();
    const [first, second] = [begun(), begun()];
    expect(first).not.toBe(second);
  });
});
