// A hosting site for tests: a real server that answers the operations gdo uses and holds every request against GitHub's published description of them.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';

/** A comment as the site keeps it. */
export interface SiteComment {
  readonly id: number;
  body: string;
  readonly user: { readonly type: 'Bot' | 'User' };
}

/** A running site. `requests` are operation ids in the order received; `offences` are requests that the description does not allow. */
export interface HostingSite {
  readonly address: string;
  readonly comments: SiteComment[];
  readonly pulls: { readonly number: number; readonly head: { readonly sha: string } }[];
  readonly requests: string[];
  readonly offences: string[];
  readonly close: () => Promise<void>;
}

interface Schema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

interface Operation {
  readonly path: string;
  readonly method: string;
  readonly operation: string;
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly required: boolean; readonly schema: Schema }[];
  readonly body?: Schema;
}

const operations: readonly Operation[] = JSON.parse(readFileSync(new URL('../../vectors/github/operations.json', import.meta.url), 'utf8')).operations;

function fits(schema: Schema, value: unknown): boolean {
  if (schema.enum !== undefined && !schema.enum.includes(String(value))) return false;
  switch (schema.type) {
    case 'integer':
      return Number.isSafeInteger(typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value);
    case 'string':
      return typeof value === 'string';
    case 'object': {
      if (typeof value !== 'object' || value === null) return false;
      const fields = new Map<string, unknown>(Object.entries(value));
      const isWhole = (schema.required ?? []).every((name) => fields.has(name));
      return isWhole && [...fields].every(([name, field]) => schema.properties?.[name] !== undefined && fits(schema.properties[name], field));
    }
    default:
      return true;
  }
}

function operationOf(method: string, path: string): { readonly operation: Operation; readonly places: Readonly<Record<string, string>> } | undefined {
  for (const operation of operations) {
    const names = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
    const found = new RegExp(`^${operation.path.replaceAll(/\{\w+\}/g, '([^/]+)')}$`).exec(path);
    if (found !== null && operation.method === method.toLowerCase())
      return { operation, places: Object.fromEntries(names.map((name, at) => [name, found[at + 1] ?? ''])) };
  }
  return undefined;
}

/** What the description does not allow about a request; empty where it allows all. */
function offencesOf(request: IncomingMessage, body: string): readonly string[] {
  const url = new URL(request.url ?? '', 'http://localhost');
  const known = operationOf(request.method ?? '', url.pathname);
  if (known === undefined) return [`${request.method} ${url.pathname} is no operation`];
  const { operation, places } = known;
  const given = new Map<string, string>([...Object.entries(places), ...url.searchParams]);
  const parameters = operation.parameters.filter(({ name, required, schema }) => (given.has(name) ? !fits(schema, given.get(name)) : required));
  const unknown = [...given.keys()].filter((name) => !operation.parameters.some((one) => one.name === name));
  const isBodyRight = operation.body === undefined ? body === '' : fits(operation.body, JSON.parse(body));
  return [
    ...parameters.map(({ name }) => `${operation.operation}: ${name}`),
    ...unknown.map((name) => `${operation.operation}: unknown ${name}`),
    ...(isBodyRight ? [] : [`${operation.operation}: body`]),
    ...(request.headers.authorization === 'Bearer secret' ? [] : [`${operation.operation}: who asks`]),
    ...(request.headers['user-agent'] === undefined ? [`${operation.operation}: user-agent`] : []),
  ];
}

/** Starts a site on a free port of this machine. */
export async function hostingSite(): Promise<HostingSite> {
  const comments: SiteComment[] = [];
  const pulls: HostingSite['pulls'] = [];
  const [requests, offences]: [string[], string[]] = [[], []];
  const answer = (request: IncomingMessage, body: string): unknown => {
    const url = new URL(request.url ?? '', 'http://localhost');
    const operation = operationOf(request.method ?? '', url.pathname);
    requests.push(operation?.operation.operation ?? 'unknown');
    const page = Number(url.searchParams.get('page') ?? '1');
    switch (operation?.operation.operation) {
      case 'pulls/list':
        return pulls;
      case 'issues/list-comments':
        return comments.slice((page - 1) * 100, page * 100);
      case 'issues/create-comment':
        comments.push({ id: comments.length + 1, body: String(JSON.parse(body).body), user: { type: 'Bot' } });
        return comments.at(-1);
      case 'issues/update-comment': {
        const own = comments.find((comment) => comment.id === Number(operation.places['comment_id']));
        if (own !== undefined) own.body = String(JSON.parse(body).body);
        return own;
      }
      default:
        return undefined;
    }
  };
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts).toString('utf8');
      const wrong = offencesOf(request, body);
      offences.push(...wrong);
      const found = wrong.length > 0 ? undefined : answer(request, body);
      response.writeHead(found === undefined ? 422 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(found ?? { message: wrong }));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { address: `http://127.0.0.1:${port}`, comments, pulls, requests, offences, close };
}
