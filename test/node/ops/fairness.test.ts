// What one peer may use, and whose turn it is: by themselves, with a clock that the test moves.
import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { readConfiguration, type NodeLimits } from '../../../node/ops/configuration.ts';
import { drainBriefly } from '../../../node/ops/drain.ts';
import { metricsRegistry } from '../../../node/ops/metrics.ts';
import { quotaOf } from '../../../node/ops/quota.ts';
import { turnstile } from '../../../node/ops/turnstile.ts';

function limits(given: Partial<NodeLimits>): NodeLimits {
  const document = { v: 1, data: '/d', organizations: [{ name: 'a', genesis: 'a'.repeat(64) }], limits: given };
  const read = readConfiguration(JSON.stringify(document), '/etc/gdo-node.json');
  if (read.kind === 'refused') throw new Error(JSON.stringify(read.faults));
  return read.configuration.limits;
}

it('Q23: an honest request is the next one in, however many a flooding peer has in line', async () => {
  const line = turnstile({ places: 2, waiting: 50 });
  const order: string[] = [];
  const leaves: (() => void)[] = [];
  const come = (peer: string): void => {
    void line.enter(peer).then((entry) => {
      order.push(entry.kind === 'in' ? peer : `${peer} refused`);
      if (entry.kind === 'in') leaves.push(entry.leave);
    });
  };
  const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
  for (let count = 0; count < 60; count += 1) come('flood');
  await settle();
  // One place of two is kept free of the flood; what is over its line is turned away.
  expect(order.filter((one) => one === 'flood')).toHaveLength(1);
  expect(order.filter((one) => one === 'flood refused')).toHaveLength(9);
  come('honest');
  await settle();
  expect(order.at(-1)).toBe('honest');
  come('third');
  come('honest');
  leaves.shift()?.();
  await settle();
  // The flood stood in line first, and then the others in turn.
  expect(order.at(-1)).toBe('flood');
  leaves.shift()?.();
  await settle();
  expect(order.at(-1)).toBe('third');
  expect(line.counts()).toEqual({ waiting: 50, inside: 2 });
});

it('Leaving twice gives one place, and every waiting request comes to its turn', async () => {
  const line = turnstile({ places: 1, waiting: 10 });
  const order: number[] = [];
  const works = [1, 2, 3, 4].map(async (number) => {
    const entry = await line.enter(String(number % 2));
    if (entry.kind !== 'in') throw new Error('full');
    order.push(number);
    entry.leave();
    entry.leave();
  });
  await Promise.all(works);
  expect(order.toSorted((left, right) => left - right)).toEqual([1, 2, 3, 4]);
  expect(line.counts()).toEqual({ waiting: 0, inside: 0 });
});

it('GDO4001: what a peer used comes back within a minute, and what others use does not count for it', () => {
  let nowMs = 0;
  const quota = quotaOf(limits({ bytesPerMinute: 60_000, checkingSecondsPerMinute: 30 }), () => nowMs);
  quota.use('a', 'bytes', 90_000);
  quota.use('b', 'seconds', 1);
  expect([quota.spent('a'), quota.spent('b'), quota.spent('c')]).toEqual(['bytes', undefined, undefined]);
  nowMs = 29_000;
  expect(quota.spent('a')).toBe('bytes');
  nowMs = 31_000;
  expect(quota.spent('a')).toBeUndefined();
  quota.use('a', 'seconds', 40);
  expect(quota.spent('a')).toBe('seconds');
});

it('GDO4001: one key may sign a minute of batches at once, and no more until time has passed', () => {
  let nowMs = 0;
  const quota = quotaOf(limits({ batchesPerDeviceMinute: 600 }), () => nowMs);
  expect(quota.takeBatches('k', 601)).toBe(false);
  expect(quota.takeBatches('k', 600)).toBe(true);
  expect(quota.takeBatches('k', 1)).toBe(false);
  expect(quota.takeBatches('other', 1)).toBe(true);
  nowMs = 1_000;
  expect(quota.takeBatches('k', 10)).toBe(true);
  expect(quota.takeBatches('k', 1)).toBe(false);
});

it('T29: a peer of a thousand addresses takes no memory for ever, and whoever used most stays known', () => {
  const quota = quotaOf(limits({ bytesPerMinute: 60_000 }), () => 0);
  quota.use('worst', 'bytes', 90_000);
  for (let count = 0; count < 30_000; count += 1) quota.spent(`10.${count}`);
  expect(quota.spent('worst')).toBe('bytes');
});

it('Figures are text of Prometheus, with labels that cannot break a line', () => {
  const metrics = metricsRegistry((registry) => registry.set('gdo_rss_bytes', {}, 7));
  metrics.add('gdo_pulls_total', { org: 'a', peer: 'x"y\\z\n', result: 'ok' });
  metrics.add('gdo_pulls_total', { org: 'a', peer: 'x"y\\z\n', result: 'ok' }, 2);
  metrics.observe('gdo_fold_seconds', { org: 'a' }, 0.5);
  metrics.observe('gdo_fold_seconds', { org: 'a' }, 0.25);
  expect(metrics.text()).toBe(
    [
      '# HELP gdo_fold_seconds Time of one round of closing epochs.',
      '# TYPE gdo_fold_seconds summary',
      'gdo_fold_seconds_count{org="a"} 2',
      'gdo_fold_seconds_sum{org="a"} 0.75',
      '# HELP gdo_pulls_total Fetches from peers by their result.',
      '# TYPE gdo_pulls_total counter',
      'gdo_pulls_total{org="a",peer="x\\"y\\\\z\\n",result="ok"} 3',
      '# HELP gdo_rss_bytes Memory of this process.',
      '# TYPE gdo_rss_bytes gauge',
      'gdo_rss_bytes 7',
      '',
    ].join('\n'),
  );
});

it('T29: the rest of a request that is refused is thrown away, and whoever goes on sending is cut off', async () => {
  let [read, isShortEnded] = [0, false];
  const flood = Readable.from(
    (function* () {
      for (; read < 1_000; read += 1) yield Buffer.alloc(16_384);
    })(),
  );
  const cut = new Promise((resolve) => flood.on('close', resolve));
  drainBriefly(flood);
  await cut;
  expect(read).toBeLessThan(30);
  const short = Readable.from([Buffer.alloc(60_000)]);
  const ended = new Promise<void>((resolve) => short.on('end', () => resolve()));
  drainBriefly(short);
  await ended.then(() => (isShortEnded = true));
  expect(isShortEnded).toBe(true);
});
