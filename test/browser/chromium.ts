// A page in a headless Chromium, for tests: a web server that gives it the page, passes `/git/` on to a node as an operator's proxy does, and takes its answer.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Whether a Chromium is installed. Where none is, the tests say so and pass over it. */
export const hasChromium: boolean = (() => {
  try {
    execFileSync('chromium', ['--version'], { stdio: 'ignore' });
    return true;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    process.stderr.write('No chromium is installed: what runs in a browser is not tried.\n');
    return false;
  }
})();

/** Longest life of a page. */
const pageMs = 240_000;
const answerBytesMax = 4 * 1024 * 1024;

/** What a script in the page is given. */
export interface PageScript {
  /** Its name in this folder. */
  readonly script: string;
  /** Files that stand in for others in its bundle, as the path ends. */
  readonly standIns?: Readonly<Record<string, string>>;
  /** What it finds at `/given/` and its name. */
  readonly given?: unknown;
}

/** A page: scripts that run beside each other, the node behind `/git/`, and what is served beside it, by path. */
export interface Page {
  readonly scripts: readonly PageScript[];
  readonly node?: string;
  readonly files?: Readonly<Record<string, Uint8Array | ((request: IncomingMessage, response: ServerResponse) => void)>>;
}

/** Bundles a script as the build bundles `gdo/browser`. */
async function bundled({ script, standIns = {} }: PageScript): Promise<string> {
  // The build says how: pages are bundled as the door is.
  const { forBrowsers } = await import(`${root}build-browser.mjs`);
  const { plugins, ...options } = forBrowsers;
  const made = await build({
    ...options,
    absWorkingDir: root,
    entryPoints: [`test/browser/${script}`],
    minifySyntax: false,
    minifyWhitespace: false,
    write: false,
    plugins: [
      {
        name: 'stand-ins of a test',
        setup({ onResolve }) {
          onResolve({ filter: /./ }, ({ path, importer }) => {
            const file = importer.includes('/test/') ? Object.entries(standIns).find(([end]) => path === end || path.endsWith(`/${end}`))?.[1] : undefined;
            return file === undefined ? undefined : { path: `${root}test/browser/${file}` };
          });
        },
      },
      ...plugins,
    ],
  });
  return made.outputFiles?.[0]?.text ?? '';
}

/** Opens a page and waits until each of its scripts has answered with `fetch('/answer/' + its name, { method: 'POST', body })`. @returns answers by name */
export async function openPage(page: Page): Promise<ReadonlyMap<string, unknown>> {
  const files = new Map(Object.entries(page.files ?? {}));
  const answers = new Map<string, unknown>();
  for (const one of page.scripts) {
    files.set(`/${one.script}.js`, Buffer.from(await bundled(one)));
    files.set(`/given/${one.script}`, Buffer.from(JSON.stringify(one.given ?? null)));
  }
  const tags = page.scripts.map(({ script }) => `<script type="module" src="/${script}.js"></script>`);
  files.set('/', Buffer.from(`<!doctype html><meta charset="utf-8">${tags.join('')}`));
  let finish: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => (finish = resolve));
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0] ?? '/';
    const file = files.get(path);
    if (path.startsWith('/answer/'))
      void bodyOf(request).then((body) => {
        response.end();
        answers.set(path.slice('/answer/'.length), JSON.parse(body));
        if (answers.size === page.scripts.length) finish();
      });
    else if (path.startsWith('/git/') && page.node !== undefined) passOn(page.node, request, response);
    else if (typeof file === 'function') file(request, response);
    else if (file === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': path.endsWith('.js') ? 'text/javascript' : 'text/html' }).end(file);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // What listens on a network has an address of this form.
  const { port } = server.address() as AddressInfo;
  const close = startChromium(`http://127.0.0.1:${port}/`);
  const timer = setTimeout(finish, pageMs);
  try {
    await finished;
    return answers;
  } finally {
    clearTimeout(timer);
    await close();
    server.closeAllConnections();
    server.close();
  }
}

function startChromium(address: string): () => Promise<void> {
  const profile = mkdtempSync(join(tmpdir(), 'gdo-chromium-'));
  const quiet = [
    '--disable-gpu',
    '--disable-dev-shm-usage',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
  ];
  const words = ['--headless', '--no-sandbox', ...quiet, `--user-data-dir=${profile}`, address];
  // A group of its own: the browser is many processes, and all of them end with the page.
  const child = spawn('chromium', words, { stdio: 'ignore', detached: true });
  const closed = once(child, 'close');
  return async () => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
    await closed;
    rmSync(profile, { recursive: true, force: true, maxRetries: 20 });
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request) {
    text += String(part);
    if (text.length > answerBytesMax) throw new Error('a page answers too much');
  }
  return text;
}

function passOn(node: string, request: IncomingMessage, response: ServerResponse): void {
  const further = ask(`${node}${request.url ?? ''}`, { method: request.method, headers: { ...request.headers, host: new URL(node).host } }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  further.on('error', () => response.writeHead(502).end());
  request.pipe(further);
}
