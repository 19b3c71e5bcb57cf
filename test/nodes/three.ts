// Three real nodes on one machine: ada's is the witness, ben's and cyd's keep. Ben's is reached over HTTP, cyd's over ssh; they ask each other both ways.
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import type { Remote } from '../../node/git/transport.ts';
import { remoteOf } from '../../node/sync/peer.ts';
import { changeBylaws } from '../node/ledger/change-bylaws.ts';
import { foundSmall, type SmallLedger } from '../node/ledger/small-ledger.ts';
import { runningNode, statusOf, writeTestKey, type RunningNode } from './running.ts';
import { freePort, startSshServer, type SshServer } from './ssh-server.ts';

/** The nodes by the people who run them. */
export const names = ['ada', 'ben', 'cyd'] as const;
export type NodeName = (typeof names)[number];

/** What the members' files are at the founding. */
export const firstFiles = [
  ['README.md', 'Hello\n'],
  ['rules/one.md', 'One\n'],
] as const;

/** Three nodes that run. */
export interface ThreeNodes {
  readonly ledger: SmallLedger;
  /** The repository of a node. */
  readonly path: (name: NodeName) => string;
  /** How a member reaches it. */
  readonly remote: (name: NodeName) => Remote;
  readonly status: (name: NodeName) => ReturnType<typeof statusOf>;
  /** kill -9, and a new start. @returns milliseconds until it listens again */
  readonly killAndStart: (name: NodeName) => Promise<number>;
  /** Ends all in order. @returns exit codes by name */
  readonly stop: () => Promise<readonly (number | string)[]>;
}

/** Founds an organization and starts its nodes in a folder. */
export async function startThree(folder: string): Promise<ThreeNodes> {
  const path = (name: NodeName): string => join(folder, name, 'data', 'maple', 'ledger.git');
  const ledger = await foundSmall(path('ada'), {
    people: names,
    charter: changeBylaws(),
    roles: [['member', names]],
    files: firstFiles,
    foundedMs: Date.now() - 5_000,
  });
  ledger.repository.close();
  for (const name of ['ben', 'cyd'] as const) cpSync(path('ada'), path(name), { recursive: true });
  writeTestKey(join(folder, 'ada', 'key'), 'ada');
  const ports = new Map<NodeName, number>();
  for (const name of names) ports.set(name, await freePort());
  const ssh = await startSshServer(join(folder, 'ssh'), path('cyd'));
  const configurations = configurationsOf(ledger, ports, ssh);
  const running = new Map<NodeName, RunningNode>();
  const start = async (name: NodeName): Promise<void> => {
    running.set(name, await runningNode(join(folder, name), configurations[name]));
  };
  const nodeOf = (name: NodeName): RunningNode => {
    const node = running.get(name);
    if (node === undefined) throw new Error(`the node of ${name} does not run`);
    return node;
  };
  for (const name of names) await start(name);
  return {
    ledger,
    path,
    remote: (name) => (name === 'cyd' ? remoteOf(sshPeer(ssh), undefined) : { address: `${nodeOf(name).address}/git/maple` }),
    status: (name) => statusOf(nodeOf(name), 'maple'),
    killAndStart: async (name) => {
      await nodeOf(name).end('SIGKILL');
      const startedMs = performance.now();
      await start(name);
      return performance.now() - startedMs;
    },
    stop: async () => {
      ssh.stop();
      return Promise.all(names.map((name) => nodeOf(name).end('SIGTERM')));
    },
  };
}

function sshPeer(ssh: SshServer): Parameters<typeof remoteOf>[0] {
  return { name: 'cyd', address: ssh.address, mirror: false, hostKeys: ssh.hostKeys, identity: ssh.identity };
}

/** Ada asks ben over HTTP and cyd over ssh; ben asks both; cyd asks ada over HTTP and ben. */
function configurationsOf(
  ledger: SmallLedger,
  ports: ReadonlyMap<NodeName, number>,
  ssh: SshServer,
): Readonly<Record<NodeName, Readonly<Record<string, unknown>>>> {
  const web = (name: NodeName): object => ({ name, address: `http://127.0.0.1:${ports.get(name) ?? 0}/git/maple` });
  const cyd = { name: 'cyd', address: ssh.address, hostKeys: ssh.hostKeys, identity: ssh.identity };
  const of = (name: NodeName, role: object, peers: readonly object[]): Readonly<Record<string, unknown>> => ({
    http: { listen: `127.0.0.1:${ports.get(name) ?? 0}` },
    // Cyd's node is behind ssh, where no hint reaches it; the others hear from hers.
    pullSeconds: name === 'cyd' ? 1 : 20,
    organizations: [{ name: 'maple', genesis: ledger.view.org, ...role, peers }],
  });
  return {
    ada: of('ada', { role: 'witness', key: 'key' }, [web('ben'), cyd]),
    ben: of('ben', {}, [web('ada'), cyd]),
    cyd: of('cyd', {}, [web('ada'), web('ben')]),
  };
}
