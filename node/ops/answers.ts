// Short answers over HTTP, and who asked.
import type { ServerResponse } from 'node:http';

/** Where a request came from. `peer`: whom its limits count for. */
export interface Caller {
  readonly peer: string;
  readonly place: 'tcp' | 'local';
}

/** A short answer. What was not read of the request is dropped with the connection. */
export function text(
  response: ServerResponse,
  code: number,
  body: string,
  type = 'text/plain; charset=utf-8',
  headers: Readonly<Record<string, string>> = {},
): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(code, { 'content-type': type, 'content-length': Buffer.byteLength(body), 'x-content-type-options': 'nosniff', ...headers });
  response.end(body);
}
