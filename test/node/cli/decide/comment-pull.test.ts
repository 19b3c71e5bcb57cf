// The comment on a pull request from the ledger: the case that proposes the very commit of the event, in a clone as a job of the hosting site has it.
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { hostingSite } from '../hosting-site.ts';
import type { HostingSite } from '../hosting-site.ts';
import { firstFiles, people, shedBylaws } from './bylaws.ts';
import { accept, foundHouse, propose, removeHouses, round } from './house.ts';
import type { House, Outcome } from './house.ts';

let house: House;
let site: HostingSite;

beforeAll(async () => {
  site = await hostingSite();
  house = await foundHouse({ people, bylaws: shedBylaws(), files: firstFiles });
  accept(await propose(house, 'bo', { process: 'note', title: 'Bread', files: { 'notes/bread.md': 'Bread\n' } }));
  await round(house, people);
  house.git('ana', '.', 'clone', '-q', 'hub.git', 'job');
});
afterAll(async () => {
  await site.close();
  removeHouses();
});

/** A job of the second workflow, in a clone of main that has fetched the ledger as the action does. */
async function job(commit: string): Promise<Outcome> {
  house.git('ana', 'job', 'fetch', '--quiet', '--no-tags', 'origin', '+refs/gdo/*:refs/gdo/*');
  house.write('job', 'event.json', JSON.stringify({ workflow_run: { head_sha: commit, pull_requests: [{ number: 7 }] } }));
  house.write('job', 'report.json', JSON.stringify({ schema: 'gdo-check/1', findings: [] }));
  const env = {
    PATH: process.env['PATH'],
    GITHUB_API_URL: site.address,
    GITHUB_REPOSITORY: 'maple/bylaws',
    GITHUB_TOKEN: 'secret',
    GITHUB_EVENT_PATH: join(house.folder, 'job/event.json'),
  };
  return house.gdoWith({ env }, 'ana', 'job', 'comment', '--pull', '--report', 'report.json', '--post');
}

it('says how the case stands, and is edited in place when somebody has acted', async () => {
  const commit = house.git('bo', 'bo', 'rev-parse', 'bread').trim();
  expect(await job(commit)).toMatchObject({ exit: 0, stdout: 'The comment is written.\n' });
  expect(site.comments[0]?.body).toMatch(/^<!-- gdo:comment v1 case=1 bylaws=sha256:[0-9a-f]{16} stage=review -->\n### ⏳ Open: review: 1 thing missing/);
  expect(await job(commit)).toMatchObject({ stdout: 'The comment is unchanged.\n' });
  accept(await house.gdo('ana', 'ana', 'act', '1', 'endorse'));
  await round(house, people);
  expect(await job(commit)).toMatchObject({ exit: 0 });
  expect(site.comments.at(-1)?.body).toContain('### ✅ Adopted');
  expect(site.offences).toEqual([]);
});

it('is the report for a commit that no case proposes', async () => {
  expect(await job('0'.repeat(40))).toMatchObject({ exit: 0 });
  expect(site.comments.at(-1)?.body).toMatch(/^<!-- gdo:comment v1 check -->/);
  expect(site.offences).toEqual([]);
});
