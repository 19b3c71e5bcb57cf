// Acts of an agent under kill -9 at every step: exactly once at a peer that keeps keys, at least once and said so at one that does not.
import { spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { carryOut } from '../../../node/collaborate/agent.ts';
import { fileJournal } from '../../../node/collaborate/journal.ts';

const folder = mkdtempSync(join(tmpdir(), 'gdo-agent-'));
const program = join(folder, 'agent.mjs');
/** How often each key had its effect at the peer, by name of the run. */
const effects = new Map<string, number>();
let server: Server;
let address = '';

beforeAll(async () => {
  await build({
    entryPoints: [new URL('agent-program.ts', import.meta.url).pathname],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'warning',
  });
  // The peer: `/keeps-keys/...` has an effect once for each key, `/keeps-nothing/...` each time.
  server = createServer((request, response) => {
    const path = request.url ?? '';
    const before = effects.get(path) ?? 0;
    if (before === 0 || path.startsWith('/keeps-nothing/')) effects.set(path, before + 1);
    response.end(`paid ${path}`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  address = `http://127.0.0.1:${typeof bound === 'object' && bound !== null ? bound.port : 0}`;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Ended {
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

function run(name: string, peer: string, place: number): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, join(folder, name), `${address}/${peer}/${name}`, peer, String(place)]);
    let [out, err] = ['', ''];
    child.stdout.on('data', (bytes) => (out += String(bytes)));
    child.stderr.on('data', (bytes) => (err += String(bytes)));
    child.on('error', reject).on('close', (_code, signal) => resolve({ signal, out, err }));
  });
}

/** Places in each of its two acts at which the program can die; the run without a death says how many it passed. */
const places = 8;

describe.each(['keeps-keys', 'keeps-nothing'] as const)('an agent whose peer %s', (peer) => {
  it(
    `has done each act ${peer === 'keeps-keys' ? 'exactly once' : 'at least once, and said every act that may be a second one,'} wherever it was killed`,
    { timeout: 120_000 },
    async () => {
      const repeats: number[] = [];
      for (let place = 1; place <= places; place += 1) {
        const name = `${peer}-${place}`;
        expect([place, (await run(name, peer, place)).signal]).toEqual([place, 'SIGKILL']);
        const second = await run(name, peer, 0);
        expect([place, second.signal]).toEqual([place, null]);
        const times = ['pay-rent', 'pay-power'].map((key) => effects.get(`/${peer}/${name}/${key}`) ?? 0);
        const { failed, repeated } = JSON.parse(second.out) as { failed: number; repeated: number };
        expect(failed).toBe(0);
        if (peer === 'keeps-keys') expect([place, times]).toEqual([place, [1, 1]]);
        const doubled = times.filter((count) => count > 1).length;
        expect(Math.min(...times)).toBe(1);
        expect(repeated).toBeGreaterThanOrEqual(doubled);
        expect(second.err.split('\n').filter((line) => line.includes('may have happened'))).toHaveLength(repeated);
        // A third start finds everything done.
        if (place === places) expect(JSON.parse((await run(name, peer, 0)).out)).toMatchObject({ done: 0, failed: 0 });
        repeats.push(doubled);
      }
      // Killed between the act and its receipt, a peer without keys is paid twice: that is what cannot be helped.
      expect(Math.max(...repeats)).toBe(peer === 'keeps-keys' ? 0 : 1);
    },
  );
});

it('dies at as many places as there are, so that none was left out', async () => {
  expect(JSON.parse((await run('whole', 'keeps-keys', 0)).out)).toEqual({ done: 2, failed: 0, repeated: 0, places: 2 * places });
});

it('an act that fails is tried again in the next round and does not stop others, and none is begun after the end was asked for', async () => {
  const journal = fileJournal(join(folder, 'journal'));
  const seen: string[] = [];
  let isUp = false;
  const ports = {
    journal,
    peer: 'keeps-keys' as const,
    note: (sentence: string) => seen.push(sentence),
    perform: ({ key }: { readonly key: string }, again: boolean) =>
      key === 'b' && !isUp ? Promise.reject(new Error('the peer is down')) : Promise.resolve(`${key} ${String(again)}`),
  };
  const acts = ['a', 'b', 'c'].map((key) => ({ key }));
  expect(await carryOut(acts, ports)).toEqual({ done: 2, failed: 1, repeated: 0 });
  expect(seen.join()).toContain('the peer is down');
  isUp = true;
  const stop = new AbortController();
  stop.abort();
  expect(await carryOut(acts, ports, stop.signal)).toEqual({ done: 0, failed: 0, repeated: 0 });
  expect(await carryOut(acts, ports)).toEqual({ done: 1, failed: 0, repeated: 0 });
  expect(['a', 'b', 'c'].map((key) => fileJournal(join(folder, 'journal')).standing(key))).toEqual(
    ['a false', 'b true', 'c false'].map((receipt) => ({ kind: 'done', receipt })),
  );
});

it('a torn line is cut off, and a file of something else is left alone', () => {
  const path = join(folder, 'torn');
  fileJournal(path).begin('x');
  const whole = readFileSync(path, 'utf8');
  appendFileSync(path, '{"done":"x","rec');
  expect(fileJournal(path).standing('x')).toEqual({ kind: 'begun' });
  expect(readFileSync(path, 'utf8')).toBe(whole);
  writeFileSync(path, 'a diary\nof somebody');
  expect(() => fileJournal(path)).toThrow('is not a journal of acts');
});
