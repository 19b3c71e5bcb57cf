// Contents on two real nodes: taken over HTTP beside everything else, with a kill in the middle, a bit that flips, and a node that may keep little.
import { createHash } from 'node:crypto';
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { getContent } from '../../../node/chunks/get-content.ts';
import { putContent } from '../../../node/chunks/put-content.ts';
import { openRepository } from '../../../node/git/repository.ts';
import { eventually, runningNode, statusOf, writeTestKey, type RunningNode } from '../../nodes/running.ts';
import { bytesSource, chance } from '../chunks/bytes-source.ts';
import { damageObject } from '../chunks/loose-objects.ts';
import { ensureInstallable } from '../cli/decide/built.ts';
import { bareCharter, foundSmall, git, removeFolder, temporaryFolder, type SmallLedger } from '../ledger/small-ledger.ts';

const folder = temporaryFolder();
const placeOf = (name: string): string => join(folder, name, 'data', 'maple', 'ledger.git');
let founded: SmallLedger;
let running: RunningNode[] = [];
let content: string;

beforeAll(async () => {
  ensureInstallable();
  founded = await foundSmall(placeOf('one'), { people: ['ada'], charter: bareCharter(), roles: [], files: [['a.md', 'A\n']], foundedMs: Date.now() - 60_000 });
  content = (await putContent(founded.repository, { source: bytesSource(chance(1, 3_000_000)) })).sha256;
  founded.repository.close();
  writeTestKey(join(folder, 'ada'), 'ada');
});
afterAll(async () => {
  for (const node of running) await node.end('SIGKILL');
  removeFolder(folder);
});

async function node(name: string, fields: Readonly<Record<string, unknown>>): Promise<RunningNode> {
  const started = await runningNode(join(folder, name), { organizations: [{ name: 'maple', genesis: founded.view.org, ...fields }] });
  running.push(started);
  return started;
}

const end = async (ended: RunningNode, signal: NodeJS.Signals): Promise<void> => {
  await ended.end(signal);
  running = running.filter((one) => one !== ended);
};

const said = (by: RunningNode, what: string): readonly Readonly<Record<string, unknown>>[] => by.lines().filter((line) => line['what'] === what);
const soon = (by: RunningNode, what: string): Promise<Readonly<Record<string, unknown>>> =>
  eventually(`a node says: ${what}`, () => Promise.resolve(said(by, what)[0]));

async function got(name: string): Promise<string> {
  const repository = openRepository(placeOf(name));
  try {
    const path = join(folder, 'out');
    const result = await getContent(repository, content, { path });
    return result.kind === 'ok' ? createHash('sha256').update(readFileSync(path)).digest('hex') : result.kind;
  } finally {
    repository.close();
  }
}

it(
  'T36, R36: a node takes what its peer has by itself and goes on after kill -9, mends a bit that flips, and lets go what it may not keep',
  { timeout: 600_000 },
  async () => {
    const one = await node('one', { role: 'witness', key: join(folder, 'ada'), contents: { keep: 'none' } });
    const { height, id } = await statusOf(one, 'maple');
    const two = { checkpoint: { height, id }, peers: [{ name: 'one', address: `${one.address}/git/maple` }] };

    const first = await node('two', { ...two, contents: { seconds: 1, bytesPerTurn: 65_536 } });
    expect(await soon(first, 'content taken in part')).toMatchObject({ level: 'info', org: 'maple', content });
    await end(first, 'SIGKILL');
    expect(git(placeOf('two'), 'for-each-ref', 'refs/gdo/blob')).toBe('');
    const [before] = said(first, 'content taken in part');

    const second = await node('two', { ...two, contents: { seconds: 1 } });
    const taken = await soon(second, 'content taken');
    expect(Number(taken['bytes'])).toBeLessThanOrEqual(3_000_000 - Number(before?.['bytes']));
    expect(await got('two')).toBe(content);
    await eventually('the figures say it', async () => {
      const metrics = await (await fetch(`${second.address}/metrics`)).text();
      return metrics.includes('gdo_contents{org="maple"} 1\n') && metrics.includes('gdo_contents_bytes{org="maple"} 3000000\n') ? true : undefined;
    });
    expect(await statusOf(second, 'maple')).toMatchObject({ height: (await statusOf(one, 'maple')).height });
    await end(second, 'SIGTERM');

    const victim = /blob ([0-9a-f]{40})\tc\//.exec(git(placeOf('two'), 'ls-tree', '-r', `refs/gdo/blob/${content}`))?.[1] ?? '';
    damageObject(placeOf('two'), victim);
    expect(await got('two')).toBe('wanting');
    const third = await node('two', { ...two, contents: { seconds: 1 } });
    expect(await soon(third, 'content mended')).toMatchObject({ content, reason: '1 chunk missing or damaged; 1 object came from another copy' });
    expect(await got('two')).toBe(content);
    await end(third, 'SIGTERM');
    git(placeOf('two'), 'fsck', '--full', '--strict', '--no-dangling');

    const small = await node('two', { ...two, contents: { seconds: 1, bytesMost: 1_000_000 } });
    expect(await soon(small, 'content let go')).toMatchObject({ level: 'info', content });
    expect(await soon(small, 'content not taken')).toMatchObject({ level: 'debug', reason: expect.stringContaining('3000000 bytes') });
    expect(await got('two')).toBe('absent');
    expect(await got('one')).toBe(content);
    await Promise.all([end(small, 'SIGTERM'), end(one, 'SIGTERM')]);
  },
);

it('a node says why turns cannot be played any more, and goes on (GDO5010)', { timeout: 600_000 }, async () => {
  const contents = { seconds: 1, bytesMost: 1 };
  cpSync(placeOf('one'), placeOf('alone'), { recursive: true });
  const alone = await node('alone', { role: 'witness', key: join(folder, 'ada'), contents });
  rmSync(join(folder, 'alone', 'gdo-node.json'));
  expect(await soon(alone, 'no turn of contents')).toMatchObject({
    level: 'warning',
    code: 'GDO5010',
    reason: expect.stringContaining('There is no configuration'),
  });
  expect(await statusOf(alone, 'maple')).toMatchObject({ height: 0 });
  await end(alone, 'SIGTERM');
});
