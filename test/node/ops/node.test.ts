// A node that runs, as its operator and its members meet it: real processes, real git over HTTP and ssh, signals, a second start.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { World } from '../../../node/cli/world.ts';
import { initRepository, openRepository, type Repository } from '../../../node/git/repository.ts';
import { pushRefs, type PushResult } from '../../../node/git/transport.ts';
import { appendEvents, logRef } from '../../../node/ledger/append.ts';
import { openLedger } from '../../../node/ledger/replay.ts';
import { openConfiguration } from '../../../node/ops/configuration-file.ts';
import { runNode } from '../../../node/ops/run-node.ts';
import { fetchLedger } from '../../../node/sync/fetch-ledger.ts';
import { ensureInstallable } from '../cli/decide/built.ts';
import { bareCharter, foundSmall, removeFolder, signerOf, temporaryFolder, type SmallLedger } from '../ledger/small-ledger.ts';
import { eventually, program, runningNode, startNode, statusOf, writeTestKey, type RunningNode } from '../../nodes/running.ts';

const fact = { kind: 'fact', body: { data: { door: 'front' }, type: 'door.opened' } } as const;
const folder = temporaryFolder();
const running: RunningNode[] = [];
let founded: SmallLedger;
let maple: Readonly<Record<string, unknown>>;

beforeAll(async () => {
  ensureInstallable();
  founded = await foundSmall(join(folder, 'one', 'data', 'maple', 'ledger.git'), {
    people: ['ada', 'ben', 'cyd'],
    charter: bareCharter({ areas: [{ name: 'rules', covers: ['rules/**'], except: [] }] }),
    roles: [],
    files: [['rules/one.md', 'One\n']],
    foundedMs: Date.now() - 60_000,
  });
  founded.repository.close();
  writeTestKey(join(folder, 'ada'), 'ada');
  maple = { name: 'maple', genesis: founded.view.org, role: 'witness', key: join(folder, 'ada') };
});
afterAll(async () => {
  for (const node of running) await node.end('SIGKILL');
  removeFolder(folder);
});

async function node(
  name: string,
  configuration: Readonly<Record<string, unknown>> = { organizations: [maple] },
  words: readonly string[] = [],
): Promise<RunningNode> {
  const started = await runningNode(join(folder, name), configuration, words);
  running.push(started);
  return started;
}

let clones = 0;
async function clone(address: string): Promise<Repository> {
  clones += 1;
  const repository = await initRepository(join(folder, `clone-${clones}`), 'clone');
  await fetchLedger({ repository, remote: { address }, from: 'origin' });
  return repository;
}

/** Signs a fact in a clone and pushes it. */
async function say(repository: Repository, name: string, remote: { readonly address: string; readonly sshCommand?: string }): Promise<PushResult> {
  await appendEvents(await openLedger(repository), signerOf(founded, name), { events: [fact], clockMs: Date.now() });
  const ref = logRef(signerOf(founded, name).device);
  return pushRefs(repository, remote, [`${ref}:${ref}`]);
}

it('Q08: a member clones and pushes over HTTP, the node closes an epoch, and whoever fetches sees the record, a mirror too', async () => {
  const mirror = join(folder, 'mirror.git');
  execFileSync('git', ['init', '-q', '--bare', mirror]);
  const one = await node('one', { organizations: [{ ...maple, peers: [{ name: 'host', address: mirror, mirror: true }] }] });
  const address = `${one.address}/git/maple`;
  const work = await clone(address);
  expect(await say(work, 'ben', { address })).toMatchObject({ refs: [{ accepted: true }] });
  const closed = await eventually('an epoch is closed', async () => ((await statusOf(one, 'maple')).height > 0 ? statusOf(one, 'maple') : undefined));
  const fetched = await fetchLedger({ repository: work, remote: { address }, from: 'origin' });
  expect(fetched.view.tip).toMatchObject({ id: closed.id, statement: { state: closed.state, events: 1 } });
  const copy = openRepository(mirror);
  await eventually('the mirror has the checkpoint', async () => ((await copy.resolve('refs/gdo/checkpoint')) === fetched.view.tip.commit ? true : undefined));
  expect((await openLedger(copy)).tip.id).toBe(closed.id);
  copy.close();
  expect(await (await fetch(`${one.address}/healthz`)).text()).toBe('ok\n');
  expect(await (await fetch(`${one.address}/readyz`)).json()).toMatchObject({ ready: true, organizations: [{ name: 'maple', ready: true }] });
  const metrics = await (await fetch(`${one.address}/metrics`)).text();
  expect(metrics).toContain('gdo_batches_total{org="maple",result="taken",code="ok"} 1\n');
  expect(metrics).toMatch(/# TYPE gdo_checkpoint_height gauge\ngdo_checkpoint_height\{org="maple"\} [1-9]/);
  // Names of members are in no figure and no line (node.md section 8).
  expect(metrics + JSON.stringify(one.lines())).not.toMatch(/\bben\b/);
  expect(statSync(join(folder, 'one', 'data', 'node.sock')).mode & 0o777).toBe(0o660);
  work.close();
  expect(await one.end('SIGTERM')).toBe(0);
  expect(one.lines().at(-1)).toMatchObject({ level: 'info', what: 'stopped' });
});

it('GDO4013: a witness that was restored without its record of votes is not ready, from its start on', async () => {
  execFileSync('git', ['clone', '-q', '--mirror', join(folder, 'one', 'data', 'maple', 'ledger.git'), join(folder, 'restored.git')]);
  const restored = await node('restored', { organizations: [{ ...maple, repository: join(folder, 'restored.git') }] });
  const ready = async (): Promise<string> => (await fetch(`${restored.address}/readyz`)).text();
  await eventually('it says so', async () => ((await ready()).includes('"code":"GDO4013"') ? true : undefined));
  expect(await restored.end('SIGTERM')).toBe(0);
}, 120_000);

it('R92: a push of main through a running node is refused with the process to use, also over ssh', async () => {
  const one = await node('one');
  const ssh = join(folder, 'ssh.sh');
  const place = join(folder, 'one', 'data', 'maple', 'ledger.git');
  writeFileSync(
    ssh,
    `#!/bin/sh\nfor wish; do :; done\nSSH_CLIENT='10.1.2.3 4 22' SSH_ORIGINAL_COMMAND="$wish" exec '${process.execPath}' '${program}' node receive '${place}'\n`,
  );
  chmodSync(ssh, 0o755);
  const work = join(folder, 'work');
  execFileSync('git', ['clone', '-q', `${one.address}/git/maple`, work]);
  writeFileSync(join(work, 'rules', 'one.md'), 'Two\n');
  const git = (...words: readonly string[]): { readonly status: number | null; readonly stderr: string } =>
    spawnSync('git', ['-c', 'user.name=B', '-c', 'user.email=b@x', ...words], { cwd: work, encoding: 'utf8', env: { ...process.env, GIT_SSH_COMMAND: ssh } });
  git('commit', '-qam', 'Change a rule');
  for (const address of [`${one.address}/git/maple`, 'ssh://node.example.org/srv/maple.git']) {
    const pushed = git('push', address, 'main');
    expect(pushed.status, address).toBe(1);
    expect(pushed.stderr).toContain('remote: GDO2015 refs/heads/main was not accepted');
    expect(pushed.stderr).toContain('area `rules`');
  }
  const repository = await clone(`${one.address}/git/maple`);
  expect(await say(repository, 'cyd', { address: 'ssh://node.example.org/srv/maple.git', sshCommand: ssh })).toMatchObject({ refs: [{ accepted: true }] });
  repository.close();
  // Three pushes went through this process, two of them over the line of ssh.
  const metrics = await (await fetch(`${one.address}/metrics`)).text();
  expect(metrics).toContain('gdo_batches_total{org="maple",result="refused",code="GDO2015"} 2\n');
  expect(metrics).toContain('gdo_pushes_total{org="maple",result="ok"} 3\n');
  expect(await one.end('SIGINT')).toBe(0);
  // Without the node the same line serves itself.
  const other = await clone(place);
  expect(await say(other, 'cyd', { address: 'ssh://node.example.org/srv/maple.git', sshCommand: ssh })).toMatchObject({ refs: [{ accepted: true }] });
  other.close();
});

it('Q16: after kill -9 the next start goes on by itself, and two nodes never work on one ledger', async () => {
  const one = await node('one');
  const before = await statusOf(one, 'maple');
  const second = await startNode(join(folder, 'two'), { organizations: [{ ...maple, repository: join(folder, 'one', 'data', 'maple', 'ledger.git') }] });
  expect(second).toMatchObject({ code: 3, errors: expect.stringContaining('Another node works on this ledger') });
  expect(await one.end('SIGKILL')).toBe('SIGKILL');
  expect(existsSync(join(folder, 'one', 'data', 'node.sock'))).toBe(true);
  const again = await node('one');
  expect((await statusOf(again, 'maple')).height).toBeGreaterThanOrEqual(before.height);
  expect(await again.end('SIGTERM')).toBe(0);
});

it('Q16: a node that finds its port taken ends with exit 3 and leaves nothing that listens, and so does one whose organization is another', async () => {
  const one = await node('one');
  const keeper = { ...maple, role: 'keeper', key: undefined };
  const taken = await startNode(join(folder, 'late'), { http: { listen: `127.0.0.1:${one.port}` }, organizations: [keeper] });
  expect(taken).toMatchObject({ code: 3, errors: expect.stringContaining(`GDO5024]: The node cannot listen on 127.0.0.1:${one.port}`) });
  expect(existsSync(join(folder, 'late', 'data', 'node.sock'))).toBe(false);
  expect(await one.end('SIGTERM')).toBe(0);
  const foreign = await startNode(join(folder, 'one'), { organizations: [{ ...maple, genesis: 'f'.repeat(64) }] });
  expect(foreign).toMatchObject({ code: 3, errors: expect.stringContaining('GDO5020') });
});

it('Q16: what the system refuses in a turn is said with a code, and the node goes on by itself when it may', async () => {
  const one = await node('one');
  const address = `${one.address}/git/maple`;
  const log = join(folder, 'one', 'data', 'maple', 'ledger.git', 'gdo', 'decisions.ndjson');
  rmSync(log, { force: true });
  mkdirSync(log);
  const before = await statusOf(one, 'maple');
  const repository = await clone(address);
  expect(await say(repository, 'ben', { address })).toMatchObject({ refs: [{ accepted: true }] });
  repository.close();
  const ready = async (): Promise<string> => (await fetch(`${one.address}/readyz`)).text();
  await eventually('the node says what is wrong', async () => ((await ready()).includes('"code":"GDO5022"') ? true : undefined));
  rmSync(log, { recursive: true });
  await eventually('it goes on', async () => ((await ready()).includes('"ready":true') ? true : undefined));
  expect((await statusOf(one, 'maple')).events).toBeGreaterThan(before.events);
  expect(await one.end('SIGTERM')).toBe(0);
});

it('Q16: a signal to all processes of a node while it starts is no fault of a ledger', async () => {
  const place = join(folder, 'one');
  const child = spawn(process.execPath, [program, 'node', 'run', '--config', join(place, 'gdo-node.json')], {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (part: Buffer) => (said += part.toString('utf8')));
  const ended = new Promise((resolve) => child.on('close', resolve));
  await eventually('it listens', () => Promise.resolve(existsSync(join(place, 'data', 'node.sock')) ? true : undefined));
  process.kill(-(child.pid ?? 0), 'SIGTERM');
  expect(await ended).toBe(0);
  expect(said).not.toMatch(/error/);
});

it('Q22: what nobody expected ends a node in order, and is the error of the command that runs it', async () => {
  const file = join(folder, 'in-process', 'gdo-node.json');
  mkdirSync(dirname(file));
  writeFileSync(file, JSON.stringify({ v: 1, data: 'data', http: { listen: '127.0.0.1:0' }, organizations: [{ name: 'maple', genesis: founded.view.org }] }));
  const configuration = openConfiguration(file);
  let port: number | undefined;
  let fail: (error: Error) => void = () => undefined;
  const fault = new Promise<never>((_done, reject) => (fail = reject));
  const never = new Promise<void>(() => undefined);
  const started = (at: number | undefined): void => {
    port = at;
    fail(new Error('nobody expected this'));
  };
  const world: World = {
    cwd: folder,
    env: { PATH: process.env['PATH'] },
    stdout: () => undefined,
    stderr: () => undefined,
    stdin: () => Promise.resolve(undefined),
    clockMs: () => Date.now(),
    randomBytes: (count) => randomBytes(count),
    color: false,
    columns: 120,
    interactive: false,
    json: false,
    plain: false,
    verbosity: 1,
  };
  const run = runNode(configuration, {
    world,
    program: { nodePath: process.execPath, gdoPath: program },
    isClockConfirmed: false,
    stop: never,
    fault,
    started,
  });
  await expect(run).rejects.toThrow('nobody expected this');
  await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow('fetch failed');
});

it('T16: a newcomer takes a ledger from a peer only if it holds the checkpoint that its operator named', async () => {
  const one = await node('one');
  const { height, id } = await statusOf(one, 'maple');
  const peers = [{ name: 'one', address: `${one.address}/git/maple` }];
  const keeper = { name: 'maple', genesis: founded.view.org, peers };
  const refusing = async (name: string, configuration: Readonly<Record<string, unknown>>, code: string): Promise<void> => {
    const newcomer = await node(name, { organizations: [configuration] });
    await eventually(`${name} says ${code}`, () => Promise.resolve(newcomer.lines().find((line) => line['code'] === code)));
    expect((await fetch(`${newcomer.address}/readyz`)).status).toBe(503);
    expect(execFileSync('git', ['for-each-ref'], { cwd: join(folder, name, 'data', 'maple', 'ledger.git'), encoding: 'utf8' })).toBe('');
    expect(await newcomer.end('SIGTERM')).toBe(0);
  };
  await refusing('trusting', keeper, 'GDO5010');
  await refusing('misled', { ...keeper, checkpoint: { height, id: 'ab'.repeat(32) } }, 'GDO1070');
  await refusing('astray', { ...keeper, genesis: 'cd'.repeat(32), checkpoint: { height, id } }, 'GDO5020');
  const newcomer = await node('newcomer', { organizations: [{ ...keeper, checkpoint: { height, id } }] });
  const taken = await eventually('the newcomer has the ledger', async () =>
    (await statusOf(newcomer, 'maple')).height >= height ? statusOf(newcomer, 'maple') : undefined,
  );
  expect(taken).toMatchObject(await statusOf(one, 'maple'));
  await Promise.all([one.end('SIGTERM'), newcomer.end('SIGTERM')]);
});

it('GDO4020: a witness whose clock may have jumped closes nothing until its operator has confirmed the clock', async () => {
  const old = await foundSmall(join(folder, 'old.git'), {
    people: ['ada', 'ben'],
    charter: bareCharter(),
    roles: [],
    files: [['a', 'a']],
    foundedMs: Date.now() - 30 * 86_400_000,
  });
  const { closeEpoch } = await import('../../../node/gate/checkpoint-round.ts');
  await closeEpoch({ view: old.view, signer: signerOf(old, 'ada'), votes: old.votes, clockMs: Date.now() - 20 * 86_400_000 });
  old.repository.close();
  const organizations = [{ ...maple, name: 'old', genesis: old.view.org, repository: old.path }];
  const waiting = await node('clock', { organizations });
  await eventually('the clock is doubted', () => Promise.resolve(waiting.lines().find((line) => line['code'] === 'GDO4020')));
  expect((await statusOf(waiting, 'old')).height).toBe(1);
  await waiting.end('SIGTERM');
  const sure = await node('clock', { organizations }, ['--confirm-clock']);
  await eventually('the heartbeat is made good', async () => ((await statusOf(sure, 'old')).height > 1 ? true : undefined));
  await sure.end('SIGTERM');
});

it('T29: a peer with too many open requests or too large a push is refused with a code, and others are not', async () => {
  const one = await node('one', { organizations: [maple], limits: { connectionsPerPeer: 1, bytesPerMinute: 200_000 } });
  const asPeer = (peer: string): { readonly headers: Readonly<Record<string, string>> } => ({ headers: { 'x-forwarded-for': peer } });
  const push = `${one.address}/git/maple/git-receive-pack`;
  const open = new AbortController();
  const hold = (): { isOver: boolean } => {
    const holding = { isOver: false };
    const body = new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array(300_000)) });
    void fetch(push, { method: 'POST', body, ...asPeer('10.0.0.1'), signal: open.signal, ...Object({ duplex: 'half' }) })
      .catch(() => undefined)
      .finally(() => (holding.isOver = true));
    return holding;
  };
  // A request that does not end holds its place; where the other one came before it, it is the one that is refused, and comes again.
  let holding = hold();
  const refused = await eventually('its second request is refused', async () => {
    if (holding.isOver) {
      holding = hold();
      return undefined;
    }
    const answer = await fetch(`${one.address}/git/maple/info/refs?service=git-upload-pack`, asPeer('10.0.0.1'));
    const text = await answer.text();
    return answer.status === 429 ? text : undefined;
  });
  expect(refused).toMatch(/^GDO4001 /);
  expect((await fetch(`${one.address}/git/maple/info/refs?service=git-upload-pack`, asPeer('10.0.0.2'))).status).toBe(200);
  open.abort();
  await eventually('the place is free again', async () =>
    (await fetch(`${one.address}/git/maple/info/refs?service=git-upload-pack`, asPeer('10.0.0.1'))).status === 200 ? true : undefined,
  );
  const junk = await fetch(push, { method: 'POST', body: new Uint8Array(300_000), ...asPeer('10.0.0.3') });
  await junk.text();
  expect((await fetch(`${one.address}/git/maple/info/refs?service=git-receive-pack`, asPeer('10.0.0.3'))).status).toBe(429);
  for (const path of [
    '/git/maple/HEAD',
    '/git/maple/objects/info/packs',
    '/git/maple/info/refs',
    '/git/oak/info/refs?service=git-upload-pack',
    '/git/maple/../x',
    '/',
  ])
    expect((await fetch(one.address + path)).status, path).toBe(404);
  expect(await one.end('SIGTERM')).toBe(0);
});

it('T29: whoever sends heads and bodies slowly, or nothing at all, has a share of the connections and no place, and others are served', async () => {
  const one = await node('one', { organizations: [maple], http: { listen: '127.0.0.1:0', behindProxy: false }, limits: { connectionsPerPeer: 8 } });
  const slow = Array.from({ length: 40 }, (_, index) => {
    const socket = connect({ port: one.port, host: '127.0.0.1', localAddress: '127.0.0.1' });
    const state = { socket, isOver: false };
    socket.on('error', () => undefined);
    socket.on('close', () => (state.isOver = true));
    const heads = ['GET /git/maple/info/refs?service=git-up', 'POST /git/maple/git-receive-pack HTTP/1.1\r\nhost: a\r\ncontent-length: 9000\r\n\r\n0', ''];
    socket.write(heads[index % heads.length] ?? '');
    return state;
  });
  await eventually('what is beyond its share is closed', async () => (slow.filter(({ isOver }) => isOver).length >= 24 ? true : undefined));
  expect(slow.filter(({ isOver }) => !isOver).length).toBeLessThanOrEqual(16);
  // Another address, and with it git itself.
  const answer = await new Promise<{ readonly status: number | undefined; readonly text: string }>((resolve, reject) => {
    const options = { port: one.port, host: '127.0.0.1', localAddress: '127.0.0.2', path: '/git/maple/info/refs?service=git-receive-pack' };
    get(options, (response) => {
      let text = '';
      response.on('data', (part: Buffer) => (text += part.toString('latin1')));
      response.on('end', () => resolve({ status: response.statusCode, text }));
    }).on('error', reject);
  });
  expect(answer.status).toBe(200);
  expect(answer.text).toContain('refs/gdo/checkpoint');
  for (const { socket } of slow) socket.destroy();
  await eventually('its places are free again', async () => {
    const metrics = await fetch(`${one.address}/metrics`).catch(() => undefined);
    return (await metrics?.text())?.match(/^gdo_connections_refused_total\S* [1-9]/m) ?? undefined;
  });
  await one.end('SIGKILL');
});
