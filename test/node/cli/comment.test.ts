// The comment on a pull request: one of ours, edited in place, written from a report that is a stranger's, for the pull request that the event names.
import { createServer, type ServerResponse } from 'node:http';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { framed } from '../../../compiler/index.ts';
import { hostingSite } from './hosting-site.ts';
import type { HostingSite } from './hosting-site.ts';
import { makeBench } from './virtual-world.ts';
import type { Bench, Outcome } from './virtual-world.ts';

let site: HostingSite;
beforeEach(async () => {
  site = await hostingSite();
});
afterEach(() => site.close());

const sound = framed('');
const broken = sound.replace('quorum at least 2/3 of keepers voting', 'quorum at least 70 keepers voting');

/** A folder with what the job that saw the pull request left behind. */
async function reported(text: string, event: object = { pull_request: { number: 7 } }): Promise<Bench> {
  const bench = makeBench({ 'a/a.gdo': sound, 'b/a.gdo': text, 'event.json': JSON.stringify(event) });
  await bench.run('check', 'b', '--format', 'concise json=report.json');
  bench.write('changes.json', (await bench.run('diff', 'a..b', '--format', 'json')).stdout);
  return bench;
}

function post(bench: Bench, change: Readonly<Record<string, string>> = {}): Promise<Outcome> {
  const env = {
    GITHUB_API_URL: site.address,
    GITHUB_REPOSITORY: 'maple/bylaws',
    GITHUB_TOKEN: 'secret',
    GITHUB_EVENT_PATH: `${bench.directory}/event.json`,
    ...change,
  };
  return bench.runWith({ env }, 'comment', '--report', 'report.json', '--changes', 'changes.json', '--post');
}

describe('the comment from a report', () => {
  it('is written once and then edited in place, and left alone where it says the same', async () => {
    const bench = await reported(broken);
    expect(await post(bench)).toMatchObject({ exit: 0, stdout: 'The comment is written.\n' });
    expect(await post(bench)).toMatchObject({ stdout: 'The comment is unchanged.\n' });
    await bench.run('check', 'a', '--format', 'concise json=report.json');
    expect(await post(bench)).toMatchObject({ stdout: 'The comment is edited.\n' });
    expect(site.comments).toHaveLength(1);
    expect(site.comments[0]?.body).toMatch(/^<!-- gdo:comment v1 check -->\n### /);
    expect(site.offences).toEqual([]);
  });

  it.each([
    ['a page instead of data', (response: ServerResponse) => response.end('<html>Sign in</html>'), 'answers something else than JSON'],
    [
      'data without end',
      (response: ServerResponse) => {
        const more = (): void => {
          while (!response.destroyed && response.write(Buffer.alloc(1_048_576, ' ')));
        };
        response.on('drain', more);
        more();
      },
      'sends more than 16777216 bytes',
    ],
  ] as const)('says what is wrong with a site that sends %s (GDO5023)', async (_what, answer, said) => {
    const bench = await reported(broken);
    const server = createServer((request, response) => {
      request.resume();
      answer(response);
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    try {
      const bound = server.address();
      const address = `http://127.0.0.1:${typeof bound === 'object' && bound !== null ? bound.port : 0}`;
      expect(await post(bench, { GITHUB_API_URL: address })).toMatchObject({ exit: 3, stderr: expect.stringMatching(new RegExp(`GDO5023[^]*${said}`)) });
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  it('leaves what people wrote alone, also with our marker, and finds its own behind a hundred others', async () => {
    const bench = await reported(broken);
    for (let id = 1; id <= 120; id += 1) site.comments.push({ id, body: '<!-- gdo:comment v1 check -->\nmine', user: { type: 'User' } });
    await post(bench);
    expect(site.comments.filter(({ user }) => user.type === 'Bot')).toHaveLength(1);
    expect(await post(bench)).toMatchObject({ stdout: 'The comment is unchanged.\n' });
    expect(site.comments.slice(0, 120).every(({ body }) => body.endsWith('mine'))).toBe(true);
    expect(site.offences).toEqual([]);
  });

  it('is about the pull request of the event; for a fork about the open one with the very commit that ran', async () => {
    const run = { head_branch: 'topic', head_sha: 'abc', pull_requests: [], head_repository: { owner: { login: 'guest' } } };
    const bench = await reported(broken, { workflow_run: run });
    site.pulls.push({ number: 8, head: { sha: 'old' } });
    expect(await post(bench)).toMatchObject({ exit: 3, stderr: expect.stringContaining('GDO5023') });
    site.pulls.push({ number: 9, head: { sha: 'abc' } });
    expect(await post(bench)).toMatchObject({ exit: 0 });
    expect(site.requests).toEqual(['pulls/list', 'pulls/list', 'issues/list-comments', 'issues/create-comment']);
    expect(site.offences).toEqual([]);
  });

  it('refuses a report that is none of ours, and sends nothing', async () => {
    const bench = await reported(broken);
    const good = readFileSync(`${bench.directory}/report.json`, 'utf8');
    const findings = JSON.parse(good).findings;
    const changed = (change: object): string => JSON.stringify({ ...JSON.parse(good), ...change });
    for (const bad of [
      'no json',
      '[]',
      '{}',
      changed({ schema: 'gdo-check/2' }),
      changed({ findings: [{ ...findings[0], code: 'GDO1; @everyone' }] }),
      changed({ findings: [{ ...findings[0], severity: 'fatal' }] }),
      changed({ findings: 3 }),
      ' '.repeat(5 * 1024 * 1024),
    ]) {
      bench.write('report.json', bad);
      expect((await post(bench)).exit, bad.slice(0, 60)).toBe(2);
    }
    expect(site.requests).toEqual([]);
  });

  it('escapes what a stranger wrote into a report: no mention, no link, no tag, no second marker', async () => {
    const bench = await reported(broken);
    const document = JSON.parse(readFileSync(`${bench.directory}/report.json`, 'utf8'));
    document.findings[0].message = '@everyone <img src=x> [click](https://example.org) --> </details> **bold** #1 http://example.org';
    bench.write('report.json', JSON.stringify(document));
    await post(bench);
    const [{ body } = { body: '' }] = site.comments;
    expect(body).not.toMatch(/@everyone|[^\\](?:<img|\]\(|#1)|https?:\/\//);
    expect(body.match(/-->/g)).toHaveLength(1);
  });

  it('needs a token and a repository, and asks no address that is not safe', async () => {
    const bench = await reported(broken);
    expect(await post(bench, { GITHUB_TOKEN: '' })).toMatchObject({ exit: 2, stderr: expect.stringContaining('GITHUB_TOKEN') });
    expect(await post(bench, { GITHUB_REPOSITORY: '../x' })).toMatchObject({ exit: 2 });
    expect(await post(bench, { GITHUB_API_URL: 'http://example.org' })).toMatchObject({ exit: 2 });
    expect(await post(bench, { GITHUB_TOKEN: 'wrong' })).toMatchObject({ exit: 3, stderr: expect.stringContaining('GDO5023') });
    expect((await bench.run('comment')).exit).toBe(2);
  });

  it('says what the change does to the rules', async () => {
    const bench = await reported(sound.replace('at least 3/4 of votes cast are yes', 'at least 2/3 of votes cast are yes'));
    const { stdout } = await bench.run('comment', '--report', 'report.json', '--changes', 'changes.json');
    expect(stdout).toMatch(
      /^- ⚠️ \*\*Easier:\*\* amendment\.ballot\.passes: “It passes when at least three quarters .*” → “It passes when at least two thirds .*”$/m,
    );
  });
});

describe('action.yml and the hooks', () => {
  const action = readFileSync('action.yml', 'utf8');

  it('is composite, installs nothing, and puts no input into a line of a shell', () => {
    expect(action).toMatch(/using: composite/);
    expect(action).not.toMatch(/npm|npx|curl|wget|uses:/);
    const scripts = [...action.matchAll(/run: (?:\|\n((?: {8}.*\n)+)|(.*)\n)/g)].map(([, block, line]) => block ?? line ?? '');
    expect(scripts).toHaveLength(3);
    for (const script of scripts) expect(script).not.toContain('${{');
  });

  it('shows workflows of which the one that sees the pull request has no secrets, and the other never checks it out', () => {
    const [seeing = '', writing = '', reading = ''] = [...readFileSync('docs/pull-requests.md', 'utf8').matchAll(/```yaml\n([^`]*)```/g)].map(
      ([, text]) => text ?? '',
    );
    expect(seeing).toMatch(/on: pull_request\n/);
    expect(seeing).not.toMatch(/pull_request_target|write|token:|secrets/);
    expect(writing).toContain('workflow_run');
    expect(writing).not.toContain('checkout');
    // With a ledger main is checked out, which is the repository's own; no revision of the pull request is named.
    expect(reading).toContain('actions/checkout');
    expect(reading).not.toMatch(/ref:|head_sha|head_branch|head\.|repository:/);
  });
});
