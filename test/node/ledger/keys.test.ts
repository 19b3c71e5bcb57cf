// Keys are ordinary OpenSSH keys: ours are read by ssh-keygen and ssh-keygen's by us.
import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { checkKey, deviceOf, readArmour, signedData, verifyPortable, verifyWith } from '../../../engine/index.ts';
import { createKey, fingerprint, nativeEquation, openKey, readPublicKey, type Signer } from '../../../node/ledger/keys.ts';
import { removeFolder, temporaryFolder } from './small-ledger.ts';

const folder = temporaryFolder();
afterAll(() => removeFolder(folder));
const message = Buffer.from('message');

function run(words: readonly string[], environment: Readonly<Record<string, string>> = {}): string {
  const [program = '', ...rest] = words;
  return execFileSync(program, rest, { encoding: 'utf8', env: { PATH: process.env['PATH'], ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
}

async function isGood(signer: Signer): Promise<boolean> {
  const read = readArmour(await signer.sign('git', message));
  if (read.kind === 'refused') return false;
  const { key, signature } = read.signature;
  const signed = { key, message: signedData('git', message), signature };
  return deviceOf(key) === signer.device && verifyWith(nativeEquation, checkKey(key), signed).kind === 'ok' && verifyPortable(signed).kind === 'ok';
}

it('A new key is private, ssh-keygen reads it, and it has the fingerprint that ssh-keygen prints', async () => {
  const path = join(folder, 'new', 'id');
  const created = createKey(path, { seed: Buffer.alloc(32, 7), comment: 'ada@door' });
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(run(['ssh-keygen', '-y', '-f', path]).trim()).toBe(readFileSync(`${path}.pub`, 'utf8').trim());
  expect(run(['ssh-keygen', '-l', '-f', path])).toContain(fingerprint(created.publicKey));
  expect(openKey(path).device).toBe(created.device);
  expect(await isGood(openKey(path))).toBe(true);
  expect(() => createKey(path, { seed: Buffer.alloc(32, 8), comment: '' })).toThrow('could not be written');
  chmodSync(path, 0o644);
  expect(() => openKey(path)).toThrow('Other people can read');
});

it('A key that ssh-keygen made signs natively, and one with another algorithm is refused with advice', async () => {
  const path = join(folder, 'stock');
  run(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', 'ben', '-f', path]);
  expect(await isGood(openKey(path))).toBe(true);
  expect(deviceOf(readPublicKey(`${path}.pub`))).toBe(openKey(path).device);
  const rsa = join(folder, 'rsa');
  run(['ssh-keygen', '-q', '-t', 'rsa', '-b', '2048', '-N', '', '-f', rsa]);
  expect(() => openKey(rsa)).toThrow('not an ed25519 key');
  expect(() => openKey(`${rsa}.pub`)).toThrow('it is of the kind ssh-rsa, and gdo signs with ssh-ed25519');
  expect(() => openKey(join(folder, 'nothing'))).toThrow('no readable key');
});

it('GDO5021: the public half of a hardware key is told by its kind, and not that others may read it', () => {
  const path = join(folder, 'hardware.pub');
  const parts = ['sk-ssh-ed25519@openssh.com', '\x01'.repeat(32), 'ssh:'].map((part) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(part.length);
    return Buffer.concat([length, Buffer.from(part, 'latin1')]);
  });
  writeFileSync(path, `sk-ssh-ed25519@openssh.com ${Buffer.concat(parts).toString('base64')} ana\n`, { mode: 0o644 });
  for (const open of [openKey, readPublicKey])
    expect(() => open(path)).toThrow(expect.objectContaining({ code: 'GDO5021', message: expect.stringContaining('of the kind sk-ssh-ed25519@openssh.com') }));
});

it('A key with a passphrase signs through the ssh-agent', async () => {
  const path = join(folder, 'locked');
  run(['ssh-keygen', '-q', '-t', 'ed25519', '-N', 'secret words', '-f', path]);
  const socket = join(folder, 'agent');
  const agent = /SSH_AGENT_PID=(\d+)/.exec(run(['ssh-agent', '-s', '-a', socket]))?.[1] ?? '';
  try {
    const askpass = join(folder, 'askpass');
    run(['/bin/sh', '-c', `printf '#!/bin/sh\\necho secret words\\n' > '${askpass}' && chmod 700 '${askpass}'`]);
    run(['ssh-add', '-q', path], { SSH_AUTH_SOCK: socket, SSH_ASKPASS: askpass, SSH_ASKPASS_REQUIRE: 'force', DISPLAY: ':0' });
    const environment = { PATH: process.env['PATH'], SSH_AUTH_SOCK: socket };
    expect(await isGood(openKey(`${path}.pub`, environment))).toBe(true);
    expect(await isGood(openKey(path, environment))).toBe(true);
  } finally {
    process.kill(Number(agent));
  }
  await expect(openKey(`${path}.pub`, { PATH: process.env['PATH'] }).sign('git', message)).rejects.toMatchObject({ code: 'GDO5021' });
});
