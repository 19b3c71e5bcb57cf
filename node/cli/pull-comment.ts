// Writes one comment on a pull request and edits it in place, through the interface of the hosting site. Which pull request it is comes from the event that
// started the job and never from a report; a comment is ours where a program wrote it and it begins with our marker.
import { readFileSync, statSync } from 'node:fs';
import { answerBytes } from '../git/answer-bytes.ts';
import { UsageError, WorldError } from './command.ts';
import { commentMarker } from './comment-text.ts';
import type { World } from './world.ts';

/** Where the site is and who asks. */
interface Site {
  readonly api: string;
  readonly repository: string;
  readonly token: string;
}

/** Pages of a hundred that are looked at: a pull request with more comments gets a second one of ours. */
const pagesMax = 20;
const answerMs = 30_000;
const eventBytesMax = 4 * 1024 * 1024;
const answerBytesMax = 16 * 1024 * 1024;

function environment(world: World, name: string): string {
  const value = world.env[name];
  if (value === undefined || value === '')
    throw new UsageError('GDO5002', `The variable ${name} is not set`, 'posting works inside a job of the hosting site; without --post the text is printed');
  return value;
}

function siteOf(world: World): Site {
  const repository = environment(world, 'GITHUB_REPOSITORY');
  const api = world.env['GITHUB_API_URL'] ?? 'https://api.github.com';
  if (!/^(?!\.)[\w.-]+\/(?!\.)[\w.-]+$/.test(repository))
    throw new UsageError('GDO5003', 'GITHUB_REPOSITORY is not OWNER/NAME', 'it is set by the hosting site');
  if (!api.startsWith('https://') && !/^http:\/\/(?:127\.0\.0\.1|localhost)[:/]/.test(api))
    throw new UsageError('GDO5003', 'GITHUB_API_URL is not an https address', 'it is set by the hosting site');
  return { api: api.replace(/\/$/, ''), repository, token: environment(world, 'GITHUB_TOKEN') };
}

async function ask(site: Site, method: string, path: string, body?: object): Promise<unknown> {
  try {
    const answer = await fetch(`${site.api}/repos/${site.repository}${path}`, {
      method,
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${site.token}`,
        'user-agent': 'gdo',
        'x-github-api-version': '2022-11-28',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      redirect: 'error',
      signal: AbortSignal.timeout(answerMs),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const bytes = answer.body === null ? new Uint8Array(0) : await answerBytes(answer.body, answerBytesMax);
    if (!answer.ok)
      throw new WorldError('GDO5023', `The hosting site refuses: ${method} ${path} gives ${answer.status}`, 'the job needs: permissions: pull-requests: write');
    if (bytes === undefined)
      throw new WorldError('GDO5023', `The hosting site sends more than ${answerBytesMax} bytes`, 'see whether GITHUB_API_URL is its address');
    const document: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    return document;
  } catch (error) {
    if (error instanceof WorldError) throw error;
    if (error instanceof SyntaxError)
      throw new WorldError('GDO5023', 'The hosting site answers something else than JSON', 'see whether GITHUB_API_URL is its address', error);
    throw new WorldError('GDO5023', 'The hosting site does not answer', 'try again later', error);
  }
}

function field(value: unknown, ...names: readonly string[]): unknown {
  let found = value;
  for (const name of names) found = typeof found === 'object' && found !== null ? Object.entries(found).find(([key]) => key === name)?.[1] : undefined;
  return found;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The commit that the event of this job is about; undefined where it names none. @throws UsageError */
export function eventCommit(world: World): string | undefined {
  const event = eventOf(world);
  const found = field(event, 'pull_request', 'head', 'sha') ?? field(event, 'workflow_run', 'head_sha');
  return typeof found === 'string' && /^[0-9a-f]{40,64}$/.test(found) ? found : undefined;
}

function eventOf(world: World): unknown {
  const path = environment(world, 'GITHUB_EVENT_PATH');
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size === 0 || size > eventBytesMax)
    throw new UsageError('GDO5003', 'The event of this job cannot be read', 'GITHUB_EVENT_PATH is set by the hosting site');
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** The pull request of the event that started this job. A run for a fork names none, and then it is the open one with the very commit that ran. */
async function pullNumber(site: Site, world: World): Promise<number> {
  const event = eventOf(world);
  const own = field(event, 'pull_request', 'number') ?? field(listOf(field(event, 'workflow_run', 'pull_requests'))[0], 'number');
  if (typeof own === 'number' && Number.isSafeInteger(own)) return own;
  const [owner, branch, sha] = [
    field(event, 'workflow_run', 'head_repository', 'owner', 'login'),
    field(event, 'workflow_run', 'head_branch'),
    field(event, 'workflow_run', 'head_sha'),
  ];
  if (typeof owner === 'string' && typeof branch === 'string' && typeof sha === 'string') {
    const pulls = await ask(site, 'GET', `/pulls?state=open&head=${encodeURIComponent(`${owner}:${branch}`)}&per_page=100`);
    const number = field(
      listOf(pulls).find((pull) => field(pull, 'head', 'sha') === sha),
      'number',
    );
    if (typeof number === 'number' && Number.isSafeInteger(number)) return number;
  }
  throw new WorldError('GDO5023', 'No open pull request belongs to this job', 'it may have got another commit meanwhile: the job for that one comments');
}

async function ownComment(site: Site, pull: number): Promise<{ readonly id: number; readonly body: string } | undefined> {
  for (let page = 1; page <= pagesMax; page += 1) {
    const comments = listOf(await ask(site, 'GET', `/issues/${pull}/comments?per_page=100&page=${page}`));
    for (const comment of comments) {
      const [id, body] = [field(comment, 'id'), field(comment, 'body')];
      // People can write our marker, too; what they wrote is theirs.
      const isOurs = field(comment, 'user', 'type') === 'Bot' && typeof body === 'string' && body.startsWith(commentMarker);
      if (isOurs && typeof id === 'number') return { id, body };
    }
    if (comments.length < 100) return undefined;
  }
  return undefined;
}

/** The stage a comment is about, as its marker says: a new stage gets a new comment. */
function stageOf(body: string): string {
  return /^<!-- gdo:comment v1 (?:.*stage=)?(\S+) -->/.exec(body)?.[1] ?? '';
}

/** Writes the comment, or edits ours where it is about the same stage; a text that is there already is left alone. @returns what was done */
export async function postComment(text: string, world: World): Promise<'written' | 'edited' | 'unchanged'> {
  const site = siteOf(world);
  const pull = await pullNumber(site, world);
  const own = await ownComment(site, pull);
  if (own?.body === text) return 'unchanged';
  if (own === undefined || (stageOf(own.body) !== stageOf(text) && stageOf(own.body) !== 'check')) {
    await ask(site, 'POST', `/issues/${pull}/comments`, { body: text });
    return 'written';
  }
  await ask(site, 'PATCH', `/issues/comments/${own.id}`, { body: text });
  return 'edited';
}
