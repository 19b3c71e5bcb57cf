// A web server in front of bare repositories: git's own `http-backend`, as an operator puts it behind a proxy. It judges nothing.
import { spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** A running server. */
export interface HttpDoor {
  /** Without a slash at its end. */
  readonly address: string;
  readonly close: () => Promise<void>;
}

/** Serves every repository below `folder` to whoever asks on this machine. */
export async function openHttpDoor(folder: string): Promise<HttpDoor> {
  const server = createServer((request, response) => void serve(folder, request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // What listens on a network has an address of this form.
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function serve(folder: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
  const child = spawn('git', ['http-backend'], {
    env: {
      PATH: process.env['PATH'],
      GIT_PROJECT_ROOT: folder,
      GIT_HTTP_EXPORT_ALL: '1',
      REMOTE_USER: 'member',
      PATH_INFO: pathname,
      QUERY_STRING: search.slice(1),
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
      HTTP_GIT_PROTOCOL: request.headers['git-protocol']?.toString() ?? '',
      HOME: '/nonexistent',
      GIT_CONFIG_NOSYSTEM: '1',
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.on('error', () => request.resume());
  request.pipe(child.stdin);
  const parts: Buffer[] = [];
  for await (const part of child.stdout) parts.push(Buffer.from(part));
  const whole = Buffer.concat(parts);
  const end = whole.indexOf('\r\n\r\n');
  const headers = whole
    .subarray(0, end)
    .toString('latin1')
    .split('\r\n')
    .map((line) => line.split(/: (.*)/));
  const status = headers.find(([name]) => name === 'Status')?.[1];
  response.writeHead(
    Number(status?.slice(0, 3) ?? 200),
    headers.flatMap(([name = '', value = '']) => (name === 'Status' ? [] : [name, value])),
  );
  response.end(whole.subarray(end + 4));
}
