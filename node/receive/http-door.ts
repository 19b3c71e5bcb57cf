// The door over HTTP: lists of refs and fetches, by git's own `http-backend`. Nothing else of a repository is served: no file by its name, no older protocol.
// Pushes are node/receive/http-push.ts's.
import { PassThrough, Readable, type Writable } from 'node:stream';
import { WorldError } from '../cli/command.ts';
import { runServer, servedDirectory, type ServerEnd, type ServerRun, type Service } from './serving.ts';

/** A request of git. `list`: which refs are there; `call`: the conversation itself. */
export interface GitRequest {
  readonly act: 'list' | 'call';
  readonly service: Service;
}

/** What a request carries besides its body; a header is undefined where it is absent. */
export interface GitBody {
  readonly input: Readable;
  readonly bytesCount: number;
  readonly encoding: string | undefined;
  /** Git's own header that asks for version 2 of its protocol. */
  readonly protocol: string | undefined;
}

/** Where the answer goes: first its head, once, then its bytes. */
export interface GitAnswer {
  readonly head: (status: number, headers: Readonly<Record<string, string>>) => void;
  readonly write: (part: Uint8Array) => void;
  /** What the bytes go through: git waits while it is full. */
  readonly sink: Writable;
}

/** A head of git's answer is a few lines. */
const headBytesMax = 16_384;

/** Reads what git asks for. @param rest - the address after the repository's name, such as `/info/refs` @returns undefined for anything else */
export function gitRequest(method: string, rest: string, query: string): GitRequest | undefined {
  const service = (name: string | undefined): Service | undefined => (name === 'receive-pack' || name === 'upload-pack' ? name : undefined);
  const listed = service(/^service=git-([a-z-]{1,20})$/.exec(query)?.[1]);
  if (method === 'GET' && rest === '/info/refs' && listed !== undefined) return { act: 'list', service: listed };
  const called = service(/^\/git-([a-z-]{1,20})$/.exec(rest)?.[1]);
  return method === 'POST' && query === '' && called !== undefined ? { act: 'call', service: called } : undefined;
}

/**
 * Answers one request. @returns how git ended; an answer without a head was not given
 * @throws WorldError GDO5020 as `servedDirectory`, GDO5024 where git cannot be started
 */
export async function serveHttp(
  path: string,
  request: GitRequest,
  body: GitBody,
  answer: GitAnswer,
  inside: Pick<ServerRun, 'signal'>,
): Promise<ServerEnd & { readonly isAnswered: boolean }> {
  const { act, service } = request;
  const gitDirectory = servedDirectory(path, service);
  let head: Buffer | undefined = Buffer.alloc(0);
  let isAnswered = false;
  const output = (part: Buffer): void => {
    if (head === undefined) return answer.write(part);
    head = Buffer.concat([head, part]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0 && head.length <= headBytesMax) return;
    const { status, headers } = readHead(head.subarray(0, Math.max(end, 0)).toString('latin1'));
    const rest = head.subarray(end + 4);
    head = undefined;
    isAnswered = true;
    answer.head(status, headers);
    if (rest.length > 0) answer.write(rest);
  };
  const environment: Record<string, string> = {
    GIT_PROJECT_ROOT: gitDirectory,
    GIT_HTTP_EXPORT_ALL: '1',
    PATH_INFO: act === 'list' ? '/info/refs' : `/git-${service}`,
    REQUEST_METHOD: act === 'list' ? 'GET' : 'POST',
    QUERY_STRING: act === 'list' ? `service=git-${service}` : '',
    CONTENT_TYPE: act === 'list' ? '' : `application/x-git-${service}-request`,
    CONTENT_LENGTH: String(body.bytesCount),
  };
  if (body.encoding === 'gzip' || body.encoding === 'x-gzip') environment['HTTP_CONTENT_ENCODING'] = body.encoding;
  if (body.protocol !== undefined && /^version=[0-9]$/.test(body.protocol)) environment['GIT_PROTOCOL'] = body.protocol;
  const end = await runServer({ gitDirectory, service, words: ['http-backend'], environment, input: body.input, output, sink: answer.sink, ...inside });
  return { ...end, isAnswered };
}

/** Reads the head of an answer of CGI: lines of names and values, of which one may be the status. */
function readHead(text: string): { readonly status: number; readonly headers: Readonly<Record<string, string>> } {
  const pairs = text.split('\r\n').flatMap((line) => {
    const [, name, value] = /^([A-Za-z-]{1,40}): (.{0,1000})$/.exec(line) ?? [];
    return name === undefined || value === undefined ? [] : [[name.toLowerCase(), value] as const];
  });
  const status = Number(/^[0-9]{3}/.exec(pairs.find(([name]) => name === 'status')?.[1] ?? '')?.[0] ?? 200);
  return { status, headers: Object.fromEntries(pairs.filter(([name]) => name !== 'status')) };
}

/** A list of refs as one answer. */
export interface RefList {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
}

/**
 * Lists what a repository has for somebody who fetches, as git's protocol has it; for a push it is push-list.ts's. @param protocol - as `GitBody`
 * @throws WorldError as `serveHttp`, and GDO5024 where git does not answer
 */
export async function listForFetch(path: string, protocol: string | undefined, signal: AbortSignal): Promise<RefList> {
  const parts: Uint8Array[] = [];
  let [status, headers]: [number, Readonly<Record<string, string>>] = [200, {}];
  const sink = new PassThrough();
  const answer: GitAnswer = {
    head: (given, lines) => {
      [status, headers] = [given, lines];
    },
    write: (part) => void parts.push(part),
    sink,
  };
  const end = await serveHttp(
    path,
    { act: 'list', service: 'upload-pack' },
    { input: Readable.from([]), bytesCount: 0, encoding: undefined, protocol },
    answer,
    { signal },
  );
  if (!end.isAnswered) throw new WorldError('GDO5024', 'Git did not list the refs', 'run `gdo node doctor`');
  return { status, headers, bytes: Buffer.concat(parts) };
}
