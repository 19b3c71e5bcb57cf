// gdo in a browser, as an application uses it: a real page in a headless Chromium, a real node behind a proxy. Without a Chromium what needs one is passed over, aloud.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeSetBetween } from '../../node/gate/change-set.ts';
import { initRepository } from '../../node/git/repository.ts';
import { pushRefs } from '../../node/git/transport.ts';
import { appendEvents, logRef } from '../../node/ledger/append.ts';
import { openLedger } from '../../node/ledger/replay.ts';
import { fetchLedger } from '../../node/sync/fetch-ledger.ts';
import { changeBylaws } from '../node/ledger/change-bylaws.ts';
import { ensureInstallable } from '../node/cli/decide/built.ts';
import { commitFiles, foundSmall, removeFolder, signerOf, temporaryFolder, testSeed, type SmallLedger } from '../node/ledger/small-ledger.ts';
import { program, runningNode, writeTestKey, type RunningNode } from '../nodes/running.ts';
import { bombs, serveBomb } from '../node/git/bombs.ts';
import { hasChromium, openPage } from './chromium.ts';

const built = fileURLToPath(new URL('../../dist/browser.js', import.meta.url));
const folder = temporaryFolder();
afterAll(() => removeFolder(folder));

describe('The bundle for browsers', () => {
  beforeAll(ensureInstallable);

  it('asks for no module of Node and for no other file', async () => {
    const { metafile } = await build({ entryPoints: [built], bundle: true, platform: 'neutral', format: 'esm', write: false, metafile: true });
    expect(Object.values(metafile.inputs).flatMap((one) => one.imports)).toEqual([]);
    expect(Object.values(metafile.outputs).flatMap((one) => one.imports)).toEqual([]);
    expect(readFileSync(built, 'utf8')).not.toMatch(/["']node:[a-z_/]+["']/);
  });
});

describe.skipIf(!hasChromium)('In a browser', () => {
  let answers: ReadonlyMap<string, unknown>;
  let proposed: Proposed;

  beforeAll(async () => {
    ensureInstallable();
    proposed = await withProposal();
    const { ledger, node, zero } = proposed;
    answers = await openPage({
      scripts: [
        {
          script: 'contract-page.ts',
          standIns: {
            vitest: 'page-vitest.ts',
            'contract.ts': 'page-kinds.ts',
            'node:fs': 'page-files.ts',
            'node:os': 'page-system.ts',
            'node:child_process': 'page-system.ts',
          },
        },
        { script: 'bomb-page.ts', given: bombs.map((_, index) => `/bomb/${index}`) },
        { script: 'member-page.ts', given: { genesis: ledger.view.org, zero, seed: [...testSeed('cyd')] } },
      ],
      node: node.address,
      files: Object.assign({}, ...bombs.map((bomb, index) => serveBomb(`/bomb/${index}`, bomb.pack()))),
    });
  });
  afterAll(() => proposed?.node.end('SIGKILL'));

  it('a repository keeps the contract of all repositories', () => {
    const ends = answers.get('contract-page.ts');
    if (!Array.isArray(ends)) throw new Error('the page did not answer');
    expect(ends.filter((end) => end.fault !== undefined)).toEqual([]);
    const told = readFileSync(fileURLToPath(new URL('../node/git/contract.test.ts', import.meta.url)), 'utf8').match(/^ {2}it(\.each)?\(/gm) ?? [];
    expect(ends.length).toBeGreaterThanOrEqual(told.length);
  });

  it('T28: what is fetched ends in a code and does not unpack beyond its bounds', () => {
    const ends = Object(answers.get('bomb-page.ts'));
    expect(bombs.map(({ name }, index) => [name, ends[index]])).toEqual(bombs.map(({ name, code }) => [name, code]));
  });

  it('a member opens the ledger of a node, checks it, approves a change, and hands over what was signed while no node was heard', async () => {
    const { ledger, node } = proposed;
    expect(await node.end('SIGTERM')).toBe(0);
    const view = await openLedger(ledger.repository);
    const { carried, ...seen } = Object(answers.get('member-page.ts'));
    expect(seen).toMatchObject({
      org: view.org,
      member: 'cyd',
      processes: 2,
      deaf: 'unreachable',
      approved: 'node',
      verdicts: ['ok', 'ok'],
      main: view.mainCommit,
      merges: 1,
      key: 'cyd',
      stranger: 'GDO5021',
      otherOrganization: 'GDO5020',
      otherLine: 'GDO1070',
      nobody: 'GDO4002',
    });
    const same = view.checkpoints.find((one) => one.id === seen.tip);
    expect(same?.statement.state).toBe(seen.state);
    // What was signed while nobody listened is in the file, which git and gdo take in as any other.
    const file = join(folder, 'carried.bundle');
    writeFileSync(file, Buffer.from(carried, 'base64'));
    const clone = join(folder, 'carried');
    execFileSync(process.execPath, [program, 'bundle', file, '--into', clone], { cwd: folder });
    const taken = await openLedger(await initRepository(clone, 'clone'));
    expect(taken.pending.map((one) => one.batch.actor)).toEqual(['cyd']);
  });
});

interface Proposed {
  readonly ledger: SmallLedger;
  readonly node: RunningNode;
  readonly zero: string;
}

/** A node at which ben has proposed a change that cyd may approve. */
async function withProposal(): Promise<Proposed> {
  const files = [['rules/one.md', 'One\n']] as const;
  const ledger = await foundSmall(join(folder, 'node', 'data', 'maple', 'ledger.git'), {
    people: ['ada', 'ben', 'cyd'],
    charter: changeBylaws(),
    roles: [['member', ['ada', 'ben', 'cyd']]],
    files,
    foundedMs: Date.now() - 60_000,
  });
  writeTestKey(join(folder, 'ada'), 'ada');
  const organization = { name: 'maple', genesis: ledger.view.org, role: 'witness', key: join(folder, 'ada') };
  const node = await runningNode(join(folder, 'node'), { organizations: [organization] });
  const remote = { address: `${node.address}/git/maple` };
  const clone = await initRepository(join(folder, 'ben'), 'clone');
  const { view } = await fetchLedger({ repository: clone, remote, from: 'origin' });
  const head = await commitFiles(clone, [['rules/one.md', 'Two\n']], view.mainCommit);
  const change = await changeSetBetween(clone, view.mainCommit, head);
  if (change.kind !== 'ok') throw new Error(change.kind);
  const signer = signerOf(ledger, 'ben');
  const proposal = `refs/gdo/proposal/${signer.device}/two`;
  await clone.updateRefs([{ ref: proposal, old: undefined, next: head }]);
  const body = { process: 'change', bylaws: view.bylawsHash, title: 'Say it better', change: change.change.id, head };
  await appendEvents(view, signer, { events: [{ kind: 'propose', body }], attachments: [change.bytes], clockMs: Date.now() });
  const log = logRef(signer.device);
  const pushed = await pushRefs(clone, remote, [`${proposal}:${proposal}`, `${log}:${log}`]);
  if (!pushed.refs.every((ref) => ref.accepted)) throw new Error(pushed.messages.join(' '));
  for (let turn = 0; turn < 100; turn += 1) {
    const seen = await fetchLedger({ repository: clone, remote, from: 'origin' });
    if (seen.view.pending.length === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  clone.close();
  return { ledger, node, zero: view.checkpoints[0]?.id ?? '' };
}
