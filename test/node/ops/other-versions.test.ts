// A node that is started with another gdo than before (T39): programs planted from the built one, each with one change where an engine decides.
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { initRepository, openRepository } from '../../../node/git/repository.ts';
import { pushRefs } from '../../../node/git/transport.ts';
import { appendEvents, logRef } from '../../../node/ledger/append.ts';
import { fetchLedger } from '../../../node/sync/fetch-ledger.ts';
import { eventually, program, runningNode, startNode, statusOf, writeTestKey, type RunningNode } from '../../nodes/running.ts';
import { ensureInstallable } from '../cli/decide/built.ts';
import { bareCharter, foundSmall, removeFolder, signerOf, temporaryFolder, type SmallLedger } from '../ledger/small-ledger.ts';

const folder = temporaryFolder();
const place = join(folder, 'node', 'data', 'maple', 'ledger.git');
const fact = { kind: 'fact', body: { data: { door: 'front' }, type: 'door.opened' } } as const;
let founded: SmallLedger;
let configuration: Readonly<Record<string, unknown>>;
let running: RunningNode | undefined;

beforeAll(async () => {
  ensureInstallable();
  founded = await foundSmall(place, { people: ['ada', 'ben'], charter: bareCharter(), roles: [], files: [['a.md', 'A\n']], foundedMs: Date.now() - 60_000 });
  founded.repository.close();
  writeTestKey(join(folder, 'ada'), 'ada');
  configuration = { organizations: [{ name: 'maple', genesis: founded.view.org, role: 'witness', key: join(folder, 'ada') }] };
});
afterAll(async () => {
  await running?.end('SIGKILL');
  removeFolder(folder);
});

/** Ben signs a fact and brings it to the node, which makes it final. @returns the height it is final at */
async function recorded(node: RunningNode, clone: string): Promise<number> {
  const { height: before } = await statusOf(node, 'maple');
  const repository = await initRepository(join(folder, clone), 'clone');
  const remote = { address: `${node.address}/git/maple` };
  const { view } = await fetchLedger({ repository, remote, from: 'origin' });
  const signer = signerOf(founded, 'ben');
  await appendEvents(view, signer, { events: [fact], clockMs: Date.now() });
  await pushRefs(repository, remote, [`${logRef(signer.device)}:${logRef(signer.device)}`]);
  repository.close();
  const after = await eventually('the fact is final', async () => {
    const status = await statusOf(node, 'maple');
    return status.height > before && status.pending === 0 ? status : undefined;
  });
  return after.height;
}

/** A copy of the program in which one piece of its text is another. */
function planted(name: string, from: string, to: string): string {
  const copy = join(folder, name);
  cpSync(dirname(program), join(copy, 'dist'), { recursive: true, filter: (path) => !/dist\/(types|chunks|determinism)/.test(path) });
  const file = join(copy, 'dist', 'program.cjs');
  const text = readFileSync(file, 'latin1');
  expect(text.split(from).length - 1, `${from} in the program`).toBeGreaterThan(0);
  writeFileSync(file, text.replaceAll(from, to), 'latin1');
  return join(copy, 'dist', 'gdo.js');
}

/** What the witness has signed so far. */
async function votes(): Promise<string | undefined> {
  const repository = openRepository(place);
  const id = await repository.resolve(`refs/gdo/cosign/${signerOf(founded, 'ada').device}`);
  repository.close();
  return id;
}

it('T39: a node stops before it votes where it does not know the engine, or comes to another root, and the right one goes on', async () => {
  // What was kept compiled of the real program must not run in the place of a planted one: it is kept by the name that the build gave.
  process.env['XDG_CACHE_HOME'] = join(folder, 'no-cache');
  running = await runningNode(join(folder, 'node'), configuration);
  const height = await recorded(running, 'first');
  expect(await running.end('SIGTERM')).toBe(0);
  const before = await votes();
  expect(before).toBeDefined();
  for (const [name, from, to, code] of [
    ['of-another-engine', 'number:1,begin', 'number:2,begin', 'GDO4010'],
    ['with-another-root', '"head/"', '"hand/"', 'GDO4012'],
  ] as const) {
    process.env['XDG_CACHE_HOME'] = join(folder, name, 'cache');
    const ended = await startNode(join(folder, 'node'), configuration, [], planted(name, from, to));
    expect(ended).toMatchObject({ code: 3, errors: expect.stringContaining(code) });
    expect(await votes(), name).toBe(before);
  }
  running = await runningNode(join(folder, 'node'), configuration);
  expect(await recorded(running, 'second')).toBeGreaterThan(height);
  expect(await votes()).not.toBe(before);
  expect(await running.end('SIGTERM')).toBe(0);
});
