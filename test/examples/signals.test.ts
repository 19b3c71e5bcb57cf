// R78: signals of fraud in markets that are made from seeds. Every planted ring, linked pair and burst is found with its orders, and honest markets are rarely flagged.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { examples } from './application.ts';

interface Order {
  readonly buyer: string;
  readonly seller: string;
  readonly atMs: number;
}

const dayMs = 86_400_000;

/** Numbers from a seed, each below a bound. */
function diceOf(seed: string): (bound: number) => number {
  let rolled = 0;
  return (bound) => {
    rolled += 1;
    return createHash('sha256').update(`${seed} ${rolled}`).digest().readUInt32BE(0) % bound;
  };
}

const idOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A year of a market of forty people who order from whom they like. */
function honest(seed: string): readonly Order[] {
  const dice = diceOf(seed);
  return Array.from({ length: 400 }, () => {
    const buyer = dice(40);
    const seller = (buyer + 1 + dice(39)) % 40;
    return { buyer: `p${buyer}`, seller: `p${seller}`, atMs: dice(365) * dayMs + dice(dayMs) };
  });
}

/** The log of such a market as `gdo log --json` writes it, with an order in ten that was never accepted. */
function logOf(orders: readonly Order[], enrolled: readonly (readonly [by: string, member: string])[] = []): string {
  const ok = { kind: 'ok' };
  const events = [
    ...enrolled.map(([actor, member]) => ({ event: idOf(member), kind: 'key.enrol', actor, body: { member }, receivedMs: 0, verdict: ok })),
    ...orders.flatMap(({ buyer, seller, atMs }, index) => {
      const id = idOf(`order ${index}`);
      return [
        { event: id, kind: 'propose', actor: buyer, body: { process: 'market', subject: seller }, receivedMs: atMs, verdict: ok },
        { event: idOf(`${index} delivered`), case: id, kind: 'act', actor: seller, body: { verb: 'declare' }, receivedMs: atMs, verdict: ok },
        {
          event: idOf(`${index} by the seller`),
          case: id,
          kind: 'act',
          actor: seller,
          body: { verb: 'approve' },
          receivedMs: atMs,
          verdict: { kind: 'refused', code: 'GDO1040' },
        },
        { event: idOf(`${index} accepted`), case: id, kind: 'act', actor: buyer, body: { verb: 'approve' }, receivedMs: atMs, verdict: ok },
      ];
    }),
    { event: idOf('motion'), kind: 'propose', actor: 'p1', body: { process: 'motion', subject: 'p2' }, receivedMs: 0, verdict: ok },
  ];
  return JSON.stringify({ events });
}

function signals(log: string): readonly string[] {
  const ended = spawnSync(process.execPath, [join(examples, 'collaborators/signals.mjs')], { input: log, encoding: 'utf8' });
  expect([ended.status, ended.stderr]).toEqual([0, '']);
  return ended.stdout.split('\n').filter((line) => line !== '');
}

/** Orders of a planted fraud, on days far apart but where `within` says. */
const planted = (pairs: readonly (readonly [buyer: string, seller: string])[], times: number, apartMs = 20 * dayMs): readonly Order[] =>
  pairs.flatMap(([buyer, seller]) => Array.from({ length: times }, (_none, index) => ({ buyer, seller, atMs: index * apartMs })));

const heads = (lines: readonly string[]): readonly string[] => lines.map((line) => line.split('\t').slice(0, 2).join(' '));
const seeds = Array.from({ length: 8 }, (_none, index) => `market ${index}`);

describe('signals of fraud (R78)', () => {
  it('find every planted ring, linked pair and burst beside an honest market, with the orders that show it', () => {
    for (const seed of seeds) {
      const size = 2 + diceOf(seed)(4);
      const ring = Array.from({ length: size }, (_none, index) => `r${index}`);
      const found = signals(
        logOf(
          [
            ...honest(seed),
            ...planted(
              ring.map((buyer, index) => [buyer, ring[(index + 1) % size] ?? '']),
              6,
            ),
            ...planted([['owner', 'puppet']], 5),
            ...planted(
              [
                ['x1', 'hasty'],
                ['x2', 'hasty'],
                ['x3', 'hasty'],
              ],
              4,
              60_000,
            ),
          ],
          [
            ['owner', 'puppet'],
            ['p1', 'p2'],
          ],
        ),
      );
      expect([seed, heads(found)]).toEqual([seed, expect.arrayContaining([`ring ${ring.join(', ')}`, 'linked owner, puppet', 'burst hasty'])]);
      expect(
        found
          .find((line) => line.startsWith('ring'))
          ?.split('\t')[3]
          ?.split(' '),
      ).toHaveLength(6 * size);
    }
  });

  it('flag fewer than one honest market in four with anything, of forty people and four hundred orders each', () => {
    const flagged = seeds.filter(
      (seed) =>
        signals(
          logOf(honest(seed), [
            ['p1', 'p2'],
            ['p3', 'p4'],
          ]),
        ).length > 0,
    );
    expect(flagged.length).toBeLessThan(seeds.length / 4);
  });

  it('say nothing of a beginner, of a pair that sells to others too, and of a day that is a part of many', () => {
    expect(
      signals(
        logOf(
          planted(
            [
              ['a', 'b'],
              ['b', 'a'],
            ],
            3,
          ),
        ),
      ),
    ).toEqual([]);
    expect(
      signals(
        logOf(
          planted(
            [
              ['a', 'b'],
              ['b', 'a'],
              ['c', 'a'],
              ['d', 'a'],
              ['c', 'b'],
              ['d', 'b'],
            ],
            4,
          ),
        ),
      ),
    ).toEqual([]);
    expect(
      signals(
        logOf([
          ...planted(
            [
              ['x1', 's'],
              ['x2', 's'],
              ['x3', 's'],
            ],
            4,
            60_000,
          ),
          ...planted(
            [
              ['y1', 's'],
              ['y2', 's'],
              ['y3', 's'],
            ],
            8,
          ),
        ]),
      ),
    ).toEqual([]);
  });

  it('are the same whatever order the events are told in', () => {
    const orders = [
      ...honest('order'),
      ...planted(
        [
          ['r0', 'r1'],
          ['r1', 'r0'],
        ],
        5,
      ),
    ];
    expect(signals(logOf(orders))).toEqual(expect.arrayContaining([expect.stringMatching(/^ring\tr0, r1\t/)]));
    expect(heads(signals(logOf(orders.toReversed())))).toEqual(heads(signals(logOf(orders))));
  });
});
