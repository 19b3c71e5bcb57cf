// A real ssh server of this machine's OpenSSH for tests: its own port, host key and account file, whose only line runs `gdo node receive`.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { program } from './running.ts';

/** Where Debian and others keep it. */
const places = ['/usr/sbin/sshd', '/usr/bin/sshd', '/usr/local/sbin/sshd'];

/** Absolute path of the server, or undefined where it is not installed. */
export const sshServerPath: string | undefined = places.find((place) => existsSync(place));

/** A server that runs. */
export interface SshServer {
  /** An address for git; the path in it is not looked at. */
  readonly address: string;
  readonly hostKeys: string;
  readonly identity: string;
  readonly stop: () => void;
}

/** A port that nobody listens on now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** Starts a server that serves one repository. @throws Error where it does not come up */
export async function startSshServer(folder: string, repository: string): Promise<SshServer> {
  if (sshServerPath === undefined) throw new Error('no ssh server is installed');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const [hostKey, identity, accounts, hostKeys] = ['host', 'login', 'accounts', 'known'].map((name) => join(folder, name));
  if (hostKey === undefined || identity === undefined || accounts === undefined || hostKeys === undefined) throw new Error('unreachable');
  for (const path of [hostKey, identity]) if (!existsSync(path)) execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path]);
  const line = readFileSync(`${identity}.pub`, 'utf8').trim();
  writeFileSync(accounts, `command="'${process.execPath}' '${program}' node receive '${repository}'",restrict ${line}\n`);
  chmodSync(accounts, 0o600);
  const port = await freePort();
  writeFileSync(hostKeys, `[127.0.0.1]:${port} ${readFileSync(`${hostKey}.pub`, 'utf8').trim()}\n`);
  // Where it runs as root, Debian's server wants this folder for its unprivileged half.
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true });
  const options = [
    `ListenAddress=127.0.0.1`,
    `Port=${port}`,
    `HostKey=${hostKey}`,
    `AuthorizedKeysFile=${accounts}`,
    'PidFile=none',
    'StrictModes=no',
    'UsePAM=no',
    'PasswordAuthentication=no',
    'KbdInteractiveAuthentication=no',
    'PermitRootLogin=prohibit-password',
    'MaxStartups=100',
  ];
  const child = spawn(sshServerPath, ['-D', '-e', '-f', '/dev/null', ...options.flatMap((option) => ['-o', option])], { stdio: ['ignore', 'ignore', 'pipe'] });
  await listeningOf(child);
  return { address: `ssh://${userInfo().username}@127.0.0.1:${port}/ledger.git`, hostKeys, identity, stop: () => void child.kill('SIGTERM') };
}

function listeningOf(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.on('data', (part: Buffer) => {
      said += part.toString('utf8');
      if (said.includes('Server listening')) resolve();
    });
    child.on('error', reject);
    child.on('close', () => reject(new Error(`the ssh server ended: ${said}`)));
  });
}
