// The configuration of a node: what operators write, and what they are told about every slip in it.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { openConfiguration } from '../../../node/ops/configuration-file.ts';
import { configurationSchema, readConfiguration } from '../../../node/ops/configuration.ts';
import { removeFolder, temporaryFolder } from '../ledger/small-ledger.ts';

const id = 'ab'.repeat(32);
const whole = {
  v: 1,
  data: 'data',
  organizations: [
    {
      name: 'maple',
      genesis: id,
      checkpoint: { height: 7, id },
      role: 'witness',
      key: 'keys/steward',
      peers: [
        { name: 'office', address: 'https://office.example.org/git/maple' },
        { name: 'door', address: 'gdo@door.example.org:/srv/maple.git', hostKeys: 'keys/known_hosts', identity: 'keys/login' },
        { name: 'host', address: 'ssh://git@git.example.org/maple.git', mirror: true, hostKeys: '/etc/hosts-keys', identity: '/etc/login' },
      ],
    },
    { name: 'oak', genesis: 'cd'.repeat(32), repository: '/srv/oak.git' },
  ],
  http: { listen: '[::1]:8417', behindProxy: true },
  containers: '/var/run/docker.sock',
  limits: { connectionsPerPeer: 8 },
};

/** The faults of a document, one line each. */
function faultsOf(document: unknown): readonly string[] {
  const read = readConfiguration(typeof document === 'string' ? document : JSON.stringify(document), '/etc/gdo/gdo-node.json');
  return read.kind === 'ok' ? [] : read.faults.map(({ at, reason }) => `${at} ${reason}`);
}

it('GDO5010: a whole configuration is read, with absolute paths and defaults', () => {
  const read = readConfiguration(JSON.stringify(whole), '/etc/gdo/gdo-node.json');
  expect(read).toMatchObject({
    kind: 'ok',
    configuration: {
      data: '/etc/gdo/data',
      socket: '/etc/gdo/data/node.sock',
      http: { host: '::1', port: 8417, git: true, behindProxy: true },
      limits: { connectionsPerPeer: 8, batchesPerDeviceMinute: 600 },
      pullSeconds: 60,
      log: 'info',
      organizations: [
        {
          name: 'maple',
          repository: '/etc/gdo/data/maple/ledger.git',
          key: '/etc/gdo/keys/steward',
          peers: [{ mirror: false }, { identity: '/etc/gdo/keys/login' }, { mirror: true, hostKeys: '/etc/hosts-keys' }],
        },
        {
          name: 'oak',
          repository: '/srv/oak.git',
          role: 'keeper',
          key: undefined,
          peers: [],
          contents: { keep: 'all', bytesMost: undefined, bytesPerTurn: 67_108_864, seconds: 600, copies: 1 },
        },
      ],
    },
  });
});

it('GDO5010: every slip is named at its place, all of them at once', () => {
  const [maple, oak] = whole.organizations;
  expect(
    faultsOf({
      ...whole,
      v: 2,
      secret: 'x',
      organizations: [
        { ...maple, role: 'boss', checkpoint: { height: -1, id: 'x' }, contents: { keep: 'some', bytesPerTurn: 1 } },
        { ...oak, role: 'witness', genesis: id },
      ],
      http: { listen: '8417' },
      limits: { connectionsPerPeer: '4', bytesPerMinute: 1.5 },
    }),
  ).toEqual([
    'secret is no known key here; known are v, data, socket, organizations, http, containers, limits, pullSeconds, closeMilliseconds, log',
    'v must be a whole number from 1 to 1',
    'organizations[0].checkpoint.height must be a whole number from 0 to 9007199254740991',
    'organizations[0].checkpoint.id must be 64 hexadecimal digits',
    'organizations[0].role must be one of "keeper", "witness"',
    'organizations[0].contents.keep must be one of "all", "images", "none"',
    'organizations[0].contents.bytesPerTurn must be a whole number from 65536 to 1099511627776',
    'http.listen must be host:port, such as 127.0.0.1:8417',
    'limits.connectionsPerPeer must be a whole number from 1 to 10000',
    'limits.bytesPerMinute must be a whole number from 1024 to 1099511627776',
    'organizations[1].key is missing: a witness signs',
    'organizations[1] is another entry of the same organization or repository',
  ]);
  expect(faultsOf('{"v": 1,')).toEqual([expect.stringMatching(/^ is no JSON: /)]);
  expect(faultsOf('[]')).toEqual([' must be an object']);
  expect(faultsOf({ v: 1, data: 'd' })).toEqual(['organizations is missing']);
  expect(faultsOf({ ...whole, organizations: [oak, oak] })).toContain('organizations[1] names oak a second time');
  expect(faultsOf(`{"v":1,"data":"d","organizations":[],"__proto__":{"x":1}}`).join('\n')).toMatch(/__proto__ is no known key/);
});

it('GDO5010: a file that is missing or wrong ends in one error that says everything', () => {
  const folder = temporaryFolder();
  const file = join(folder, 'gdo-node.json');
  expect(() => openConfiguration(file)).toThrow(/There is no configuration/);
  writeFileSync(file, '{"v": 1, "data": "\\u0007", "extra\\u202e": 1}');
  expect(() => openConfiguration(file)).toThrow(
    expect.objectContaining({
      code: 'GDO5010',
      help: expect.stringMatching(/extra<U\+202E> is no known key.*\ndata must be a path\norganizations is missing\n/),
    }),
  );
  writeFileSync(file, JSON.stringify({ ...whole, data: folder }));
  expect(openConfiguration(file)).toMatchObject({ file, data: folder });
  removeFolder(folder);
});

it('T31: an address or a path that a program could take for an option or a command is refused', () => {
  const [maple] = whole.organizations;
  for (const address of [
    'ext::sh -c touch',
    '-oProxyCommand=x',
    'ssh://-oProxyCommand=x/y',
    'git@-x:y',
    'git@host:-x',
    'relative/path',
    'http://a b',
    'file://host/x',
    'git://x/y',
    '',
  ])
    expect(faultsOf({ ...whole, organizations: [{ ...maple, peers: [{ name: 'p', address }] }] }), address).toEqual([
      'organizations[0].peers[0].address must be an absolute path, file:///, ssh://, https://, http:// or user@host:path',
    ]);
  expect(faultsOf({ ...whole, organizations: [{ ...maple, key: '-k' }] })).toEqual(['organizations[0].key must be a path']);
  expect(faultsOf({ ...whole, organizations: [{ ...maple, peers: [{ name: 'p', address: 'git@host.example:x' }] }] })).toEqual([
    'organizations[0].peers[0] needs `hostKeys` and `identity`, because its address is one of ssh',
  ]);
});

it('The published schema is the one that the reader is made of', () => {
  const file = fileURLToPath(new URL('../../../docs/node.schema.json', import.meta.url));
  const now = JSON.parse(JSON.stringify(configurationSchema));
  const kept = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  // What did not change keeps the line breaks that the formatter gave it.
  if (process.env['GDO_GOLDEN'] === '1' && JSON.stringify(kept) !== JSON.stringify(now)) writeFileSync(file, `${JSON.stringify(now, null, 2)}\n`);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(now);
});
