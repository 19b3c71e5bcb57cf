// The door over HTTP: git's own `http-backend` for the three requests of the smart protocol, with a gdo code for what git itself refuses. Nothing else of a
// repository is served: no file by its name, no older protocol.
import type { Readable, Writable } from 'node:stream';
import { codedReport } from './report.ts';
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
  inside: Pick<ServerRun, 'judge' | 'signal'>,
): Promise<ServerEnd & { readonly isAnswered: boolean }> {
  const { act, service } = request;
  const gitDirectory = servedDirectory(path, service);
  const report = codedReport(answer.write);
  const isReport = act === 'call' && service === 'receive-pack';
  const write = isReport ? report.take : (part: Buffer): void => answer.write(part);
  let head: Buffer | undefined = Buffer.alloc(0);
  let isAnswered = false;
  const output = (part: Buffer): void => {
    if (head === undefined) return write(part);
    head = Buffer.concat([head, part]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0 && head.length <= headBytesMax) return;
    const { status, headers } = readHead(head.subarray(0, Math.max(end, 0)).toString('latin1'));
    const rest = head.subarray(end + 4);
    head = undefined;
    isAnswered = true;
    answer.head(status, headers);
    if (rest.length > 0) write(rest);
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
  if (isReport) report.end();
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
