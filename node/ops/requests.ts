// What the node answers over HTTP, on TCP and on its local socket: whether it lives and is ready, its figures, how organizations stand, hints, and git.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { openCases } from '../../engine/index.ts';
import { gitRequest } from '../receive/http-door.ts';
import { text, type Caller } from './answers.ts';
import { answerGit, type GitPorts } from './git-requests.ts';
import type { Metrics } from './metrics.ts';
import type { Organization } from './organization.ts';

/** What the requests are answered from. */
export interface RequestPorts extends GitPorts {
  readonly organizations: readonly Organization[];
  readonly metrics: Metrics;
  readonly hinted: (organization: Organization) => void;
  readonly isStopping: () => boolean;
  /** Serve git on TCP. */
  readonly git: boolean;
}

/** A hint is a few words; what it says is not believed, so most of it is not read. */
const hintBytesMax = 1_024;

/** Answers one request. Never rejects for what a peer does. */
export async function answerRequest(ports: RequestPorts, caller: Caller, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [path, query] = splitOnce(request.url ?? '', '?');
  const method = request.method ?? '';
  const isRead = method === 'GET' || method === 'HEAD';
  if (path === '/healthz' && isRead) return text(response, 200, 'ok\n');
  if (path === '/readyz' && isRead) return ready(ports, response);
  if (path === '/metrics' && isRead) return text(response, 200, ports.metrics.text(), 'text/plain; version=0.0.4; charset=utf-8');
  const [, area, name, rest = ''] = /^\/(git|v1)\/([a-z0-9-]{1,40})(\/[A-Za-z0-9/._-]{0,200})?$/.exec(path) ?? [];
  const organization = ports.organizations.find((one) => one.name === name);
  if (area === 'v1' && organization !== undefined) {
    if (rest === '/status' && isRead) return status(organization, response);
    if (rest === '/hint' && method === 'POST') return hint(ports, organization, request, response);
  }
  const asked = area === 'git' && (ports.git || caller.place === 'local') ? gitRequest(method, rest, query) : undefined;
  if (organization !== undefined && asked !== undefined) {
    if (ports.isStopping() || !organization.isOpen) {
      request.resume();
      return text(response, 503, 'GDO4002 This node is starting or stopping.\n', undefined, { 'retry-after': '5' });
    }
    return answerGit(ports, { caller, organization, asked }, request, response);
  }
  request.resume();
  text(response, 404, 'There is nothing at this address.\n');
}

function json(response: ServerResponse, code: number, value: unknown): void {
  text(response, code, `${JSON.stringify(value)}\n`, 'application/json');
}

function ready(ports: RequestPorts, response: ServerResponse): void {
  const organizations = ports.organizations.map((one) => ({ name: one.name, ready: one.notReady() === undefined, fault: one.notReady() ?? null }));
  const isReady = !ports.isStopping() && organizations.every((one) => one.ready);
  json(response, isReady ? 200 : 503, { schema: 'gdo-ready/1', ready: isReady, stopping: ports.isStopping(), organizations });
}

function status(organization: Organization, response: ServerResponse): void {
  const { view } = organization;
  if (view === undefined) return json(response, 503, { schema: 'gdo-node-status/1', name: organization.name, org: organization.configuration.genesis });
  const { height, id, timeMs, statement } = view.tip;
  json(response, 200, {
    schema: 'gdo-node-status/1',
    name: organization.name,
    org: view.org,
    checkpoint: { height, id, timeMs, state: statement.state, events: statement.events },
    main: view.mainCommit,
    bylaws: view.bylawsHash,
    pending: view.pending.length,
    open: openCases(view.state).length,
    fault: organization.notReady() ?? null,
  });
}

async function hint(ports: RequestPorts, organization: Organization, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (Number(request.headers['content-length'] ?? 0) > hintBytesMax) {
    request.resume();
    return text(response, 413, 'A hint is shorter.\n');
  }
  request.resume();
  ports.hinted(organization);
  text(response, 202, '');
}

function splitOnce(whole: string, mark: string): readonly [string, string] {
  const at = whole.indexOf(mark);
  return at < 0 ? [whole, ''] : [whole.slice(0, at), whole.slice(at + 1)];
}
