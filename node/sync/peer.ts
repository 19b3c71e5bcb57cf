// Another node as this one reaches it: its address with the only ssh command that is ever run for it, and the hints that make it fetch earlier.
import { WorldError } from '../cli/command.ts';
import { shellWord } from '../git/shell-word.ts';
import type { Remote } from '../git/transport.ts';
import { isSsh, type PeerConfiguration } from '../ops/configuration.ts';

/** A hint is worth no waiting. */
const hintMs = 5_000;

/** How git reaches a peer. @param agent - the socket of a running ssh-agent */
export function remoteOf(peer: PeerConfiguration, agent: string | undefined): Remote {
  if (!isSsh(peer.address) || peer.hostKeys === undefined || peer.identity === undefined) return { address: peer.address };
  const options = [
    'BatchMode=yes',
    `UserKnownHostsFile="${peer.hostKeys}"`,
    'GlobalKnownHostsFile=/dev/null',
    'StrictHostKeyChecking=yes',
    'IdentitiesOnly=yes',
    'ConnectTimeout=15',
    'ServerAliveInterval=15',
    'ForwardAgent=no',
    'ClearAllForwardings=yes',
  ];
  const words = ['ssh', '-F', '/dev/null', ...options.flatMap((option) => ['-o', option]), '-i', peer.identity];
  return { address: peer.address, sshCommand: words.map(shellWord).join(' '), ...(agent === undefined ? {} : { sshAgent: agent }) };
}

/** Where a peer takes hints: beside the repository that a node serves over HTTP; undefined for any other address. */
export function hintAddress(peer: PeerConfiguration): string | undefined {
  const [, base, name] = /^(https?:\/\/[^/]+)\/git\/([a-z0-9-]+)\/?$/.exec(peer.address) ?? [];
  return base === undefined || name === undefined ? undefined : `${base}/v1/${name}/hint`;
}

/** Tells a peer that something is new. It is free to ignore it. @throws WorldError GDO4002 where it did not take the hint */
export async function sendHint(address: string, hint: { readonly org: string; readonly height: number }): Promise<void> {
  try {
    const answer = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(hint),
      redirect: 'error',
      signal: AbortSignal.timeout(hintMs),
    });
    await answer.body?.cancel();
    if (!answer.ok) throw new WorldError('GDO4002', `The node at ${address} did not take a hint: ${answer.status}`, 'it will find what is new by itself');
  } catch (error) {
    if (error instanceof WorldError || !(error instanceof Error)) throw error;
    throw new WorldError('GDO4002', `The node at ${address} did not take a hint: ${error.message}`, 'it will find what is new by itself', error);
  }
}
