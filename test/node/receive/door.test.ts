// The door as a member meets it: git over ssh, whose forced command is `gdo node receive`. The ssh here is a script that hands over the wish as sshd does.
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pushRefs } from '../../../node/git/transport.ts';
import { initRepository, openRepository } from '../../../node/git/repository.ts';
import { appendEvents, logRef } from '../../../node/ledger/append.ts';
import { openLedger } from '../../../node/ledger/replay.ts';
import { fetchLedger } from '../../../node/sync/fetch-ledger.ts';
import { askedService } from '../../../node/receive/door.ts';
import { codedReport, meaningOf } from '../../../node/receive/report.ts';
import { doorFact, hostileTarget, type Target } from '../../hostile/target.ts';
import { packet } from '../../hostile/wire.ts';
import { ensureInstallable } from '../cli/decide/built.ts';
import { git, removeFolder, signerOf, startMs, temporaryFolder } from '../ledger/small-ledger.ts';

const folder = temporaryFolder();
const ssh = join(folder, 'ssh.sh');
const program = fileURLToPath(new URL('../../../dist/gdo.js', import.meta.url));
const address = 'ssh://node.example.org/srv/ledger.git';
let target: Target;

beforeAll(async () => {
  ensureInstallable();
  target = await hostileTarget(folder);
  writeFileSync(ssh, `#!/bin/sh\nfor wish; do :; done\nSSH_ORIGINAL_COMMAND="$wish" exec '${process.execPath}' '${program}' node receive '${target.path}'\n`);
  chmodSync(ssh, 0o755);
});
afterAll(() => {
  target.ledger.repository.close();
  removeFolder(folder);
});

it('A member fetches and pushes through the forced command, and the steward finds the record', async () => {
  const clone = await initRepository(join(folder, 'clone'), 'clone');
  const remote = { address, sshCommand: ssh };
  await fetchLedger({ repository: clone, remote, from: 'origin' });
  const ben = signerOf(target.ledger, 'ben');
  await appendEvents(await openLedger(clone), ben, { events: [doorFact], clockMs: startMs + 1 });
  expect(await pushRefs(clone, remote, [`${logRef(ben.device)}:${logRef(ben.device)}`])).toMatchObject({ refs: [{ accepted: true }] });
  expect(await target.ledger.repository.resolve(logRef(ben.device))).toBe(await clone.resolve(logRef(ben.device)));
  clone.close();
});

it("A member's commands reach the node over ssh as plain git does: own ssh command, agent and host alias; what ssh says is passed on", () => {
  const clone = join(folder, 'own-ssh');
  const heard = join(folder, 'heard');
  const own = join(folder, 'own-ssh.sh');
  writeFileSync(own, `#!/bin/sh\necho "$SSH_AUTH_SOCK" > '${heard}'\nexec '${ssh}' "$@"\n`);
  chmodSync(own, 0o755);
  const sync = (command: string): { readonly status: number | null; readonly stdout: string; readonly stderr: string } =>
    spawnSync(process.execPath, [program, 'sync'], {
      cwd: clone,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], HOME: folder, SSH_AUTH_SOCK: join(folder, 'agent'), GIT_SSH_COMMAND: command },
    });
  execFileSync('git', ['clone', '-q', 'maple:ledger.git', clone], { env: { ...process.env, GIT_SSH_COMMAND: own } });
  expect(sync(own)).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining('Checkpoint ') });
  expect(readFileSync(heard, 'utf8')).toBe(`${join(folder, 'agent')}\n`);
  const refused = join(folder, 'refused.sh');
  writeFileSync(refused, `#!/bin/sh\necho 'ben@node.example.org: Permission denied (publickey).' >&2\nexit 255\n`);
  chmodSync(refused, 0o755);
  expect(sync(refused)).toMatchObject({
    status: 3,
    stderr: expect.stringContaining('maple:ledger.git did not answer: ben@node.example.org: Permission denied (publickey).\n'),
  });
});

it('T31: ssh without a command is told what the key is for, and a push of git on a machine that one reached over ssh is served', () => {
  const receive = [process.execPath, program, 'node', 'receive', target.path] as const;
  const environment = { PATH: process.env['PATH'], HOME: folder, SSH_CONNECTION: '10.1.2.3 4 10.1.2.4 22' };
  const login = spawnSync(receive[0], receive.slice(1), { encoding: 'utf8', input: '', env: environment });
  expect(login).toMatchObject({ status: 2, stdout: '', stderr: expect.stringMatching(/GDO5002.*may only fetch and push here/) });
  const clone = join(folder, 'over-ssh');
  execFileSync('git', ['clone', '-q', target.path, clone]);
  const by = join(folder, 'receive.sh');
  writeFileSync(by, `#!/bin/sh\nexec '${receive.slice(0, -1).join("' '")}' "$@"\n`);
  chmodSync(by, 0o755);
  const push = spawnSync('git', ['push', '--receive-pack', by, 'origin', 'HEAD:main'], { cwd: clone, encoding: 'utf8', env: environment });
  expect(push).toMatchObject({ status: 0, stderr: expect.stringContaining('Everything up-to-date') });
});

it('What git itself refuses before the gate is asked reaches any git with a code and an explanation', () => {
  const work = join(folder, 'work');
  execFileSync('git', ['clone', '-q', target.path, work]);
  const blob = execFileSync('git', ['hash-object', '-w', '--stdin'], { cwd: work, input: 'x', encoding: 'utf8' }).trim();
  const tree = execFileSync('git', ['mktree'], {
    cwd: work,
    input: `040000 tree ${git(work, 'rev-parse', 'HEAD^{tree}').trim()}\t.GIT\n100644 blob ${blob}\ta\n`,
    encoding: 'utf8',
  }).trim();
  const commit = git(work, '-c', 'user.name=B', '-c', 'user.email=b@x', 'commit-tree', '-p', 'HEAD', '-m', 'x', tree).trim();
  const pushed = spawnSync('git', ['push', address, `${commit}:refs/gdo/proposal/${target.device}/topic`], {
    cwd: work,
    env: { ...process.env, GIT_SSH_COMMAND: ssh },
    encoding: 'utf8',
  });
  expect(pushed.status).toBe(1);
  expect(pushed.stderr).toContain('remote: GDO2014 the push was not accepted: a tree breaks the tree policy.');
});

it('A repository without the gate takes nothing through the door', () => {
  const bare = join(folder, 'bare.git');
  execFileSync('git', ['clone', '-q', '--bare', target.path, bare]);
  rmSync(join(bare, 'hooks'), { recursive: true, force: true });
  const served = spawnSync(process.execPath, [program, 'node', 'receive', bare], { input: '', encoding: 'utf8', env: { PATH: process.env['PATH'] } });
  expect(served).toMatchObject({ status: 3, stderr: expect.stringContaining('GDO5020') });
  openRepository(bare).close();
});

it('T31: the forced command serves two wishes and nothing else', () => {
  expect(askedService("git-receive-pack '/srv/ledger.git'")).toBe('receive-pack');
  expect(askedService("git upload-pack '/srv/ledger.git'")).toBe('upload-pack');
  for (const wish of [
    '',
    'sh',
    "git-upload-archive '/srv'",
    "git-receive-pack '/x'; sh",
    "git-receive-pack '/x' --help",
    "git-receive-pack '/it'\\''s'",
    'git-receive-pack /x',
    "git-receive-pack '/x'\nsh",
  ])
    expect(askedService(wish), wish).toBeUndefined();
});

it('An answer that arrives in any pieces is passed on whole, with one sentence in front of a report that refuses', () => {
  const refused = Buffer.concat([
    packet(`${'1'.repeat(40)} refs/heads/main\n`),
    packet('\u0002fatal: pack exceeds maximum allowed size\n'),
    packet('\u0001001bunpack index-pack died0000'),
    Buffer.from('0000'),
  ]);
  const accepted = Buffer.concat([packet('\u0001000eunpack ok\n0019ok refs/heads/main\n0000'), Buffer.from('0000')]);
  for (const size of [1, 3, 7, 1000]) {
    const parts: Buffer[] = [];
    const report = codedReport((bytes) => parts.push(Buffer.from(bytes)));
    for (let at = 0; at < refused.length; at += size) report.take(refused.subarray(at, at + size));
    report.end();
    const said = packet('\u0002GDO4011 the push was not accepted: the pack is over the budgets of a push.\n');
    const whole = Buffer.concat(parts);
    expect(whole.includes(said)).toBe(true);
    expect(whole.length).toBe(refused.length + said.length);
    const same: Buffer[] = [];
    const silent = codedReport((bytes) => same.push(Buffer.from(bytes)));
    for (let at = 0; at < accepted.length; at += size) silent.take(accepted.subarray(at, at + size));
    silent.end();
    expect(Buffer.concat(same)).toEqual(accepted);
    expect(silent.isCoded()).toBe(false);
  }
});

it('Each way in which git refuses by itself has a code', () => {
  expect(meaningOf('fatal: pack exceeds maximum allowed size (64.00 MiB)')).toContain('GDO4011');
  expect(meaningOf('error: index-pack died of signal 24')).toContain('GDO4011');
  expect(meaningOf(`error: object ${'1'.repeat(40)}: hasDotgit: contains '.git'`)).toContain('GDO2014');
  expect(meaningOf('ng refs/x missing necessary objects')).toContain('GDO1022');
  expect(meaningOf('ng refs/x funny refname')).toContain('GDO1030');
  expect(meaningOf('ng refs/x failed to update ref')).toContain('GDO1043');
  expect(meaningOf('fatal: protocol error')).toContain('GDO1010');
});
