// T28, T29: a peer that never stops sending, over HTTP, where git keeps a whole list of refs in memory: what it costs is bounded, and it is told as what it is.
import { createServer, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { initRepository } from '../../../node/git/repository.ts';
import { fetchObjects, listRemote, pushRefs } from '../../../node/git/transport.ts';
import { packet } from '../../hostile/wire.ts';
import { git, removeFolder, temporaryFolder } from '../ledger/small-ledger.ts';

const folder = temporaryFolder();
afterAll(() => removeFolder(folder));

type Act = (...given: Parameters<typeof listRemote>) => Promise<unknown>;
type Row = readonly [what: string, answer: Answer, mebibytesMost: number, expected: object, act: Act];
let clones = 0;
const emptyCommit = (path: string): string =>
  git(path, '-c', 'user.name=a', '-c', 'user.email=a@x', 'commit-tree', '-m', 'x', git(path, 'hash-object', '-w', '-t', 'tree', '/dev/null').trim()).trim();

/** What a peer answers: the list of refs in the first version of the protocol, or in the second one, where it is asked for by itself. */
type Answer = 'endless bytes' | 'endless refs';

interface Peer {
  readonly address: string;
  readonly bytesCount: () => number;
  readonly close: () => Promise<void>;
}

async function endlessPeer(answer: Answer): Promise<Peer> {
  let bytesCount = 0;
  const send = async (response: ServerResponse, part: () => Buffer): Promise<void> => {
    let goOn = (): void => undefined;
    for (const event of ['drain', 'close']) response.on(event, () => goOn());
    while (!response.destroyed) {
      const bytes = part();
      bytesCount += bytes.length;
      if (response.write(bytes)) continue;
      await new Promise<void>((resolve) => {
        goOn = resolve;
      });
    }
  };
  const ids = Buffer.alloc(65_536, 'x');
  let count = 0;
  const refs = (): Buffer =>
    Buffer.concat(
      Array.from({ length: 500 }, () => {
        const digits = (count += 1).toString(16);
        return packet(`${digits.padStart(40, '0')} refs/gdo/log/${digits.padStart(64, '0')}\n`);
      }),
    );
  const server = createServer((request, response) => {
    request.resume();
    const service = request.url?.includes('receive-pack') === true ? 'receive-pack' : 'upload-pack';
    const kind = request.method === 'GET' ? 'advertisement' : 'result';
    response.writeHead(200, { 'content-type': `application/x-git-${service}-${kind}` });
    response.write(request.method === 'GET' ? Buffer.concat([packet(`# service=git-${service}\n`), Buffer.from('0000')]) : '');
    if (answer === 'endless bytes') void send(response, () => ids);
    else if (request.method === 'POST') void send(response, refs);
    else if (service === 'receive-pack') void send(response, refs);
    else response.end(Buffer.concat([...['version 2\n', 'agent=git/2\n', 'ls-refs\n', 'fetch\n', 'object-format=sha1\n'].map(packet), Buffer.from('0000')]));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // What listens on a network has an address of this form.
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}/maple`,
    bytesCount: () => bytesCount,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** What it came to: a value, or what was thrown. */
const outcomeOf = (act: Promise<unknown>): Promise<unknown> =>
  act.then(
    (value) => value,
    (error: unknown) => error,
  );
const left = { code: 'GDO4002', message: expect.stringContaining('sent more than is taken from a peer') };

it.each([
  ['refs are listed', 'endless bytes', 300, left, (clone, remote) => listRemote(clone, remote)],
  ['refs are listed', 'endless refs', 600, left, (clone, remote) => listRemote(clone, remote)],
  [
    'a ledger is fetched',
    'endless bytes',
    300,
    { kind: 'over' },
    (clone, remote) => fetchObjects(clone, remote, { refs: ['refs/gdo/genesis'], folder: join(clone.gitDirectory, 'objects'), alternates: [] }),
  ],
  ['something is pushed', 'endless bytes', 1_200, left, (clone, remote) => pushRefs(clone, remote, ['refs/heads/main:refs/heads/main'])],
] satisfies readonly Row[])(
  'T28, T29: where %s, a peer with %s costs no more than %d MiB',
  async (_what, answer, mebibytesMost, expected, act) => {
    const peer = await endlessPeer(answer);
    const clone = await initRepository(join(folder, `${(clones += 1)}.git`), 'bare');
    git(clone.gitDirectory, 'update-ref', 'refs/heads/main', emptyCommit(clone.gitDirectory));
    try {
      expect(await outcomeOf(act(clone, { address: peer.address }))).toMatchObject(expected);
    } finally {
      clone.close();
      await peer.close();
    }
    expect(peer.bytesCount() / 1024 / 1024).toBeLessThan(mebibytesMost);
  },
  120_000,
);
