// The configuration of a node, `gdo-node.json` (node.md section 8): a strict schema, every fault at once, no secrets. It opens nothing and checks no file.
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { flagField, listField, numberField, objectField, textField, wordField, type Field, type FieldFault, type FieldSchema } from './fields.ts';

/** A longer configuration is none. */
const configurationBytesMax = 1_048_576;

/** Another copy of a ledger. */
export interface PeerConfiguration {
  readonly name: string;
  readonly address: string;
  /** Push everything to it after own writes: a git host that decides nothing. */
  readonly mirror: boolean;
  /** For ssh: the file with the other machine's host keys, and the key to log in with. */
  readonly hostKeys: string | undefined;
  readonly identity: string | undefined;
}

/** What the node does by itself about contents (node.md section 6). */
export interface ContentsConfiguration {
  /** Which are taken from peers: all that they have, the images that the bylaws name, or none; then contents are left alone altogether. */
  readonly keep: 'all' | 'images' | 'none';
  /** Contents that lie here have so many bytes at most: beyond, those go that other copies have. Undefined: none goes. */
  readonly bytesMost: number | undefined;
  /** Fetched, and read to find damage, at most so much in one turn. */
  readonly bytesPerTurn: number;
  /** A turn comes this often. */
  readonly seconds: number;
  /** A content goes only where so many others have it. */
  readonly copies: number;
}

/** One organization that the node serves. */
export interface OrganizationConfiguration {
  /** Its name in addresses, logs and metrics. */
  readonly name: string;
  /** Id of its genesis, 64 hex digits. */
  readonly genesis: string;
  /** A checkpoint that somebody trusted has named: a newcomer takes no ledger without it. */
  readonly checkpoint: { readonly height: number; readonly id: string } | undefined;
  /** Absolute path of the bare repository. */
  readonly repository: string;
  /** A witness closes epochs with `key`; any other node keeps, checks and passes on. */
  readonly role: 'witness' | 'keeper';
  /** The node's signing key: a private key file, or the `.pub` of one that an ssh-agent holds. */
  readonly key: string | undefined;
  readonly peers: readonly PeerConfiguration[];
  readonly contents: ContentsConfiguration;
}

/** What one peer may use (node.md section 7), and how much the node does at once. */
export interface NodeLimits {
  readonly connectionsPerPeer: number;
  readonly bytesPerMinute: number;
  readonly objectsPerMinute: number;
  readonly checkingSecondsPerMinute: number;
  readonly batchesPerDeviceMinute: number;
  readonly proposalsPerDevice: number;
  readonly pushesAtOnce: number;
  readonly fetchesAtOnce: number;
}

/** A whole configuration; every path is absolute. */
export interface NodeConfiguration {
  /** Absolute path of the file itself. */
  readonly file: string;
  readonly data: string;
  readonly socket: string;
  readonly organizations: readonly OrganizationConfiguration[];
  readonly http: HttpConfiguration | undefined;
  /** Socket of the container engine, or none: then programs that check a merge do not run here. */
  readonly containers: string | undefined;
  readonly limits: NodeLimits;
  readonly pullSeconds: number;
  /** A witness closes the next epoch no earlier than this after the last one; the organization's own interval where undefined. */
  readonly closeMilliseconds: number | undefined;
  readonly log: LogLevel;
}

/** The listener, where there is one. */
export interface HttpConfiguration {
  readonly host: string;
  readonly port: number;
  /** Serve git at `/git/NAME`. */
  readonly git: boolean;
  /** A proxy of the operator's own stands in front and says in `X-Forwarded-For` who asks. */
  readonly behindProxy: boolean;
}

/** How much is logged; each level includes the ones before it. */
export type LogLevel = 'error' | 'warning' | 'info' | 'debug';

/** The outcome of reading a configuration. */
export type ReadConfiguration =
  | { readonly kind: 'ok'; readonly configuration: NodeConfiguration }
  | { readonly kind: 'refused'; readonly faults: readonly FieldFault[] };

const name = textField({ pattern: /^[a-z0-9][a-z0-9-]{0,39}$/, what: 'small letters, digits and `-`, 40 at most', otherwise: 'name' });
const hex = textField({ pattern: /^[0-9a-f]{64}$/, what: '64 hexadecimal digits', otherwise: '0'.repeat(64) });
// A control character or a `-` in front would mean something else to a program that is given the text.
const path = textField({ pattern: /^[^-\p{Cc}][^\p{Cc}]*$/u, what: 'a path', otherwise: '.' });
const address = textField({
  pattern:
    /^(\/[^\p{Cc}]*|file:\/\/\/[^\p{Cc}]*|(ssh|https?):\/\/[A-Za-z0-9[][^\s\p{Cc}]*|[A-Za-z0-9._]+@[A-Za-z0-9][A-Za-z0-9.-]*:[^\s\p{Cc}:-][^\s\p{Cc}]*)$/u,
  what: 'an absolute path, file:///, ssh://, https://, http:// or user@host:path',
  otherwise: '/',
});
const listen = textField({
  pattern: /^([A-Za-z0-9.-]{1,253}|\[[0-9a-fA-F:.]{2,45}\]):[0-9]{1,5}$/,
  what: 'host:port, such as 127.0.0.1:8417',
  otherwise: '127.0.0.1:0',
});

const peer: Field<PeerConfiguration> = objectField((members) => ({
  name: members.must('name', 'how logs and metrics call it', name),
  address: members.must('address', 'the repository there, as git writes it', address),
  mirror: members.may('mirror', 'push everything to it after own writes: a git host that decides nothing', flagField, false),
  hostKeys: members.may('hostKeys', 'ssh: the file with the host keys of the other machine (known_hosts)', path, undefined),
  identity: members.may('identity', 'ssh: the key that this node logs in with', path, undefined),
}));

const contents: Field<ContentsConfiguration> = objectField((members) => ({
  keep: members.may(
    'keep',
    'which contents are taken from peers: all, the images that the bylaws name, or none; with none the node leaves contents alone',
    wordField(['all', 'images', 'none']),
    'all' as const,
  ),
  bytesMost: members.may(
    'bytesMost',
    'contents here have so many bytes at most: beyond, those go that others have; none goes where absent',
    numberField(0, Number.MAX_SAFE_INTEGER),
    undefined,
  ),
  bytesPerTurn: members.may('bytesPerTurn', 'fetched, and read to find damage, at most so much in one turn', numberField(65_536, 2 ** 40), 64 * 1024 * 1024),
  seconds: members.may('seconds', 'a turn comes this often', numberField(1, 86_400), 600),
  copies: members.may('copies', 'a content goes only where so many others have it', numberField(1, 64), 1),
}));

const organization = objectField((members) => ({
  name: members.must('name', 'in addresses, logs and metrics', name),
  genesis: members.must('genesis', 'id of the organization, `org` of `gdo status --json`', hex),
  checkpoint: members.may(
    'checkpoint',
    'a recent checkpoint that somebody trusted has named; without it a node without a ledger takes none from its peers',
    objectField((inner) => ({
      height: inner.must('height', 'its height', numberField(0, Number.MAX_SAFE_INTEGER)),
      id: inner.must('id', 'its id', hex),
    })),
    undefined,
  ),
  repository: members.may('repository', 'the bare repository; <data>/<name>/ledger.git where absent', path, undefined),
  role: members.may('role', 'a witness closes epochs; a keeper keeps, checks and passes on', wordField(['keeper', 'witness']), 'keeper' as const),
  key: members.may('key', 'signing key: a private key file, or the .pub of one that an ssh-agent holds', path, undefined),
  peers: members.may('peers', 'other copies of the ledger', listField(peer, { least: 0, most: 64, key: (one) => one.name }), []),
  contents: members.may('contents', 'what the node does by itself about large contents', contents, contents.otherwise),
}));

const limits: Field<NodeLimits> = objectField((members) => ({
  connectionsPerPeer: members.may('connectionsPerPeer', 'open requests of one address; several people may share it', numberField(1, 10_000), 32),
  bytesPerMinute: members.may('bytesPerMinute', 'bytes that one peer may push', numberField(1_024, 2 ** 40), 64 * 1024 * 1024),
  objectsPerMinute: members.may('objectsPerMinute', 'git objects that one peer may push', numberField(16, 1_000_000_000), 200_000),
  checkingSecondsPerMinute: members.may('checkingSecondsPerMinute', 'seconds that checking the pushes of one peer may take', numberField(1, 60_000), 30),
  batchesPerDeviceMinute: members.may('batchesPerDeviceMinute', 'batches of one signing key', numberField(1, 1_000_000), 600),
  proposalsPerDevice: members.may('proposalsPerDevice', 'proposals of one signing key whose case is not closed', numberField(1, 10_000), 16),
  pushesAtOnce: members.may('pushesAtOnce', 'pushes that are checked at one time', numberField(1, 256), 2),
  fetchesAtOnce: members.may('fetchesAtOnce', 'fetches that are served at one time', numberField(1, 1_024), 8),
}));

const http = objectField((members) => ({
  listen: members.must('listen', 'host and port', listen),
  git: members.may('git', 'serve git at /git/NAME', flagField, true),
  behindProxy: members.may('behindProxy', 'a proxy of your own stands in front and says in X-Forwarded-For who asks', flagField, false),
}));

const node = objectField((members) => ({
  v: members.must('v', 'version of this form', numberField(1, 1)),
  data: members.must('data', 'folder of the node, absolute or relative to this file', path),
  socket: members.may('socket', 'the local socket; <data>/node.sock where absent', path, undefined),
  organizations: members.must('organizations', 'what this node serves', listField(organization, { least: 1, most: 64, key: (one) => one.name })),
  http: members.may('http', 'a listener on TCP; without it only the local socket is open', http, undefined),
  containers: members.may('containers', 'socket of the container engine; without it no program is run', path, undefined),
  limits: members.may('limits', 'what one peer may use', limits, limits.otherwise),
  pullSeconds: members.may('pullSeconds', 'every peer is asked this often', numberField(1, 86_400), 60),
  closeMilliseconds: members.may(
    'closeMilliseconds',
    "a witness closes no epoch earlier than this after the last one; the organization's own interval where absent",
    numberField(0, 3_600_000),
    undefined,
  ),
  log: members.may('log', 'how much is logged', wordField(['info', 'error', 'warning', 'debug']), 'info' as const),
}));

/** The JSON Schema of a configuration; `docs/node.schema.json` is this text. */
export const configurationSchema: FieldSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'gdo-node.json',
  description: 'Configuration of `gdo node run`. No secrets: keys are files of their own.',
  ...node.schema,
};

/**
 * Reads a configuration. @param file - its absolute path: other paths are relative to its folder
 * @returns all faults, in the order of the document's form, or the configuration with absolute paths and defaults
 */
export function readConfiguration(text: string, file: string): ReadConfiguration {
  if (text.length > configurationBytesMax) return { kind: 'refused', faults: [{ at: '', reason: `has more than ${configurationBytesMax} characters` }] };
  const parsed = parsedJson(text);
  if (parsed.kind === 'refused') return { kind: 'refused', faults: [{ at: '', reason: `is no JSON: ${parsed.reason}` }] };
  const faults: FieldFault[] = [];
  const read = node.read(parsed.value, '', faults);
  const folder = dirname(file);
  const at = (place: string): string => resolve(folder, place);
  const data = at(read.data);
  const organizations = read.organizations.map((one, index): OrganizationConfiguration => {
    if (one.role === 'witness' && one.key === undefined) faults.push({ at: `organizations[${index}].key`, reason: 'is missing: a witness signs' });
    return {
      ...one,
      repository: one.repository === undefined ? join(data, one.name, 'ledger.git') : at(one.repository),
      key: one.key === undefined ? undefined : at(one.key),
      peers: one.peers.map((peerRead, peerIndex) => {
        const place = `organizations[${index}].peers[${peerIndex}]`;
        if (isSsh(peerRead.address) && (peerRead.hostKeys === undefined || peerRead.identity === undefined))
          faults.push({ at: place, reason: 'needs `hostKeys` and `identity`, because its address is one of ssh' });
        return { ...peerRead, hostKeys: peerRead.hostKeys && at(peerRead.hostKeys), identity: peerRead.identity && at(peerRead.identity) };
      }),
    };
  });
  for (const [index, { genesis, repository }] of organizations.entries())
    if (organizations.findIndex((one) => one.genesis === genesis || one.repository === repository) < index)
      faults.push({ at: `organizations[${index}]`, reason: 'is another entry of the same organization or repository' });
  if (faults.length > 0) return { kind: 'refused', faults };
  return {
    kind: 'ok',
    configuration: {
      file,
      data,
      socket: read.socket === undefined ? join(data, 'node.sock') : at(read.socket),
      organizations,
      http: read.http === undefined ? undefined : { ...hostAndPort(read.http.listen), git: read.http.git, behindProxy: read.http.behindProxy },
      containers: read.containers === undefined ? undefined : at(read.containers),
      limits: read.limits,
      pullSeconds: read.pullSeconds,
      closeMilliseconds: read.closeMilliseconds,
      log: read.log,
    },
  };
}

/** Whether git reaches an address over ssh. */
export function isSsh(text: string): boolean {
  return text.startsWith('ssh://') || (!isAbsolute(text) && !/^[a-z]+:\/\//.test(text));
}

function hostAndPort(text: string): { readonly host: string; readonly port: number } {
  const colon = text.lastIndexOf(':');
  return { host: text.slice(0, colon).replace(/^\[(.*)\]$/, '$1'), port: Number(text.slice(colon + 1)) };
}

function parsedJson(text: string): { readonly kind: 'ok'; readonly value: unknown } | { readonly kind: 'refused'; readonly reason: string } {
  try {
    return { kind: 'ok', value: JSON.parse(text) };
  } catch (error) {
    if (error instanceof SyntaxError) return { kind: 'refused', reason: error.message.split('\n')[0] ?? '' };
    throw error;
  }
}
