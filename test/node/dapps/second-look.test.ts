// R76: copies of a dapp that behave alike cannot be told apart, and one that answers wrongly is seen when somebody runs a past check again. Real keys, ledger and containers.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync, cpSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { undecided } from '../../../engine/index.ts';
import { endorseOpen } from '../../../node/gate/steward.ts';
import type { Endorse } from '../../../node/gate/steward.ts';
import { openRepository } from '../../../node/git/repository.ts';
import { openKey, seedSigner } from '../../../node/ledger/keys.ts';
import { openLedger } from '../../../node/ledger/replay.ts';
import type { LedgerView } from '../../../node/ledger/view.ts';
import { prepareTrial } from '../../../node/cli/dapp-runner.ts';
import { shareOf } from '../../../node/cli/dapp-recheck.ts';
import { differingAnswers, drawChecks, pastChecks, requestThen } from '../../../node/dapps/second-look.ts';
import type { PastCheck } from '../../../node/dapps/second-look.ts';
import { ownPlatform, readsOf, tryDapp } from '../../../node/dapps/trial.ts';
import { people, shedBylaws } from '../cli/decide/bylaws.ts';
import { accept, foundHouse, propose, removeHouses } from '../cli/decide/house.ts';
import type { House } from '../cli/decide/house.ts';
import { engineForTests, importFolder } from './image.ts';

const found = await engineForTests();
const folder = mkdtempSync(join(tmpdir(), 'gdo-second-look-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterAll(removeHouses);

/** Bylaws in which bo alone runs the dapp, and its manifest. */
const bylawsFor = (image: string): string =>
  shedBylaws(
    `\nrole tester plural testers\n  held by 1 person\n  first held by "bo"\nend\n\ndapp fee image "${image}"\n  checks notes\n  endorsed by at least 2/3 of testers\nend\n`,
  );
const manifest = `${JSON.stringify({ command: ['/bin/sh', '/dapp/fee.sh'], name: 'fee', output: 'verdict', reads: ['notes/**'], v: 1 })}\n`;

/** The hub closes what is due, and some people fetch it. */
async function round(house: House, who: readonly string[]): Promise<void> {
  house.wait(1 / 60);
  accept(await house.gdo('ana', 'hub.git', 'sync'));
  house.wait(1 / 60);
  for (const person of who) accept(await house.gdo(person, person, 'sync'));
}

/** A house with one note proposed by cy for each text, endorsed by ana and not tested yet. */
async function proposed(image: string, notes: readonly (readonly [title: string, text: string])[]): Promise<House> {
  const house = await foundHouse({ people, bylaws: bylawsFor(image), files: { 'notes/list.md': 'Milk\n', 'dapps/fee.json': manifest } });
  for (const [title, text] of notes) accept(await propose(house, 'cy', { process: 'note', title, files: { [`notes/${title}.md`]: text } }));
  await round(house, ['ana']);
  for (const index of notes.keys()) accept(await house.gdo('ana', 'ana', 'act', String(index + 1), 'endorse'));
  await round(house, ['bo']);
  return house;
}

/** Lets bo's node answer for one case, by whatever runs there, and brings it to the hub. */
async function answerAsBo(house: House, number: number, runDapp: Endorse): Promise<void> {
  const repository = openRepository(house.place('bo'));
  try {
    const view = await openLedger(repository);
    const only = undecided(view.state).find((one) => one.number === number)?.id ?? '';
    const signer = openKey(house.place('people', 'bo', 'id_ed25519'));
    const { endorsed } = await endorseOpen({ view, signer, clockMs: 1_795_251_600_000, runDapp, only });
    expect(endorsed).toHaveLength(1);
  } finally {
    repository.close();
  }
  accept(await house.gdo('bo', 'bo', 'sync'));
  await round(house, ['bo', 'cy']);
}

async function withView<T>(house: House, where: string, act: (view: LedgerView) => Promise<T>): Promise<T> {
  const repository = openRepository(house.place(where));
  try {
    return await act(await openLedger(repository));
  } finally {
    repository.close();
  }
}

describe('a share of past checks', () => {
  const ids = Array.from({ length: 400 }, (_, index) => index.toString(16).padStart(64, '0'));
  const checks: readonly PastCheck[] = ids.map((id, index) => ({
    case: id,
    number: index + 1,
    dapp: 'fee',
    reads: id,
    patterns: undefined,
    answers: [],
    drawnBy: index < 390 ? ids[index % 7] : undefined,
  }));
  const signer = seedSigner(new Uint8Array(32).fill(7));
  const drawnBy = async (seed: number, share: string): Promise<readonly number[]> =>
    (await drawChecks(checks, { org: 'a'.repeat(64), signer: seed === 7 ? signer : seedSigner(new Uint8Array(32).fill(seed)), share: shareOf(share) })).map(
      ({ number }) => number,
    );

  it('is drawn by the key and the later checkpoint: the same for one key, another for another, none before that checkpoint is there', async () => {
    const first = await drawnBy(7, '1/10');
    expect(first).toEqual(await drawnBy(7, '1/10'));
    expect(first).not.toEqual(await drawnBy(8, '1/10'));
    expect(await drawnBy(7, '1')).toEqual(Array.from({ length: 390 }, (_, index) => index + 1));
    // Keys are fixed here, so are the lots: about a tenth, and about a half.
    const half = (await drawnBy(7, '1/2')).length;
    expect([first.length > 19, first.length < 60, half > 155, half < 235]).toEqual([true, true, true, true]);
  });

  it('is a fraction of one, written in whole numbers (GDO5003)', () => {
    expect([shareOf(undefined), shareOf('1'), shareOf('3/7')].map((one) => `${one.numerator}/${one.denominator}`)).toEqual(['1/10', '1/1', '3/7']);
    for (const wrong of ['0', '2', '3/2', '1/0', '10%', '0.1', '-1/2', '1/', '1/99999999', '']) expect(() => shareOf(wrong)).toThrow('is no share');
  });
});

it('R76: a past check is put together again as its endorser had it, and another answer about it is a difference', async () => {
  const house = await proposed(`sha256:${'a'.repeat(64)}`, [['bread', 'Bread\n']]);
  const seen: string[] = [];
  await answerAsBo(house, 1, (request) => {
    const trial = prepareTrial(request);
    if ('code' in trial) throw new Error(trial.reason);
    seen.push(readsOf(trial));
    const { image, manifestHash, manifest: declared } = trial;
    const said = { verdict: 'accept', output: '5'.repeat(64), reasons: [], manifest: manifestHash, image, platform: ownPlatform() } as const;
    return Promise.resolve(declared.reads === undefined ? said : { ...said, patterns: declared.reads });
  });
  // Main goes on: what was read is no longer what lies there.
  accept(await propose(house, 'cy', { process: 'note', title: 'Salt', files: { 'notes/list.md': 'Salt\n' } }));
  await round(house, ['cy']);
  await withView(house, 'cy', async (view) => {
    const [check, ...others] = pastChecks(view);
    expect([check?.number, check?.dapp, check?.answers.map(({ member, verdict }) => [member, verdict]), others]).toEqual([1, 'fee', [['bo', 'accept']], []]);
    expect(view.checkpoints.map(({ id }) => id)).toContain(check?.drawnBy);
    if (check === undefined) return;
    const again = await requestThen(view, check);
    const trial = typeof again === 'string' ? again : prepareTrial(again);
    if (typeof trial === 'string' || 'code' in trial) throw new Error('it cannot be put together');
    expect([readsOf(trial)]).toEqual(seen);
    expect(trial.files.map(({ path }) => path)).toContain('notes/bread.md');
    expect(differingAnswers(check, { kind: 'accept', output: '5'.repeat(64) })).toEqual([]);
    expect(differingAnswers(check, { kind: 'reject', output: '5'.repeat(64) })).toEqual(check.answers);
    expect(differingAnswers(check, { kind: 'accept', output: '6'.repeat(64) })).toEqual(check.answers);
    // What nobody can have read is not looked at as something else.
    expect(await requestThen(view, { ...check, reads: '7'.repeat(64) })).toMatch(/no state of its case/);
  });
  // Without an engine nothing is found and nothing is called the same.
  const dead = {
    env: {
      HOME: house.place('people', 'cy'),
      GDO_KEY: house.place('people', 'cy', 'id_ed25519'),
      PATH: process.env['PATH'],
      DOCKER_HOST: `unix://${house.place('none.sock')}`,
    },
  };
  expect(await house.gdoWith(dead, 'cy', 'cy', 'dapp', 'recheck', '--share', '1')).toMatchObject({
    exit: 3,
    stdout: expect.stringContaining('GDO3001 no second answer of fee on #1'),
  });
});

describe.skipIf('missing' in found)(`a copy of a dapp${'missing' in found ? ` (skipped: ${found.missing})` : ''}`, () => {
  /** An image with a program as its check. */
  function imageOf(program: string): string {
    const root = mkdtempSync(join(folder, 'image-'));
    for (const name of ['bin', 'dapp', 'tmp', 'proc', 'dev', 'sys', 'etc']) mkdirSync(join(root, name));
    cpSync('/bin/busybox', join(root, 'bin/busybox'));
    for (const name of ['sh', 'cat', 'grep']) symlinkSync('busybox', join(root, 'bin', name));
    writeFileSync(join(root, 'dapp/fee.sh'), program);
    return importFolder(root);
  }

  it('R76: is not told apart while it behaves alike, and is caught by its wrong answer when somebody looks again (GDO3016)', { timeout: 600_000 }, async () => {
    const accepts = `printf '{"v":1,"verdict":"accept"}\\n'`;
    const rejects = `printf '{"reasons":["poison"],"v":1,"verdict":"reject"}\\n'`;
    const honest = imageOf(`if grep -q Poison; then ${rejects}; else ${accepts}; fi\n`);
    const alike = imageOf(`case "$(cat)" in *Poison*) ${rejects} ;; *) ${accepts} ;; esac\n`);
    const wrong = imageOf(`cat >/dev/null\n${accepts}\n`);
    expect(new Set([honest, alike, wrong]).size).toBe(3);
    const house = await proposed(honest, [
      ['bread', 'Bread\n'],
      ['milk', 'Milk\n'],
      ['soup', 'Poison\n'],
    ]);
    // Each case is answered by another program; all of it is signed as the declared one.
    for (const [index, image] of [honest, alike, wrong].entries())
      await answerAsBo(house, index + 1, async (request) => {
        const trial = prepareTrial(request);
        if ('code' in trial || 'missing' in found) throw new Error('it can be tried');
        const answer = await tryDapp({ engine: found.engine, images: [] }, { ...trial, image });
        if (answer.kind === 'none') throw new Error(answer.reason);
        const said = {
          verdict: answer.kind,
          output: answer.output,
          reasons: answer.reasons,
          manifest: trial.manifestHash,
          image: trial.image,
          platform: ownPlatform(),
        };
        return trial.manifest.reads === undefined ? said : { ...said, patterns: trial.manifest.reads };
      });
    expect(house.git('cy', 'hub.git', 'ls-tree', '--name-only', 'main:notes')).toBe('bread.md\nlist.md\nmilk.md\nsoup.md\n');
    // The checkpoint that draws comes after the one that merged: the next one of a quiet organization is that of the next day.
    house.wait(24);
    await round(house, ['cy']);
    const caught = await house.gdo('cy', 'cy', 'dapp', 'recheck', '--share', '1', '--sign');
    expect(caught).toMatchObject({
      exit: 1,
      stdout: expect.stringMatching(
        /✓ fee on #1: [^]*✓ fee on #2: [^]*✗ GDO3016 fee on #3: it comes out as reject \(output [0-9a-f]{12}\) here\n +poison\n +bo signed accept \(output [0-9a-f]{12}\), event [^]*1 differs\.\n✓ You signed 1 finding/,
      ),
    });
    await round(house, ['ana']);
    // Everybody sees the finding; what was decided stays decided.
    expect((await house.gdo('ana', 'ana', 'log')).stdout).toMatch(/cy .*looked at fee on #3 again: reject, other than was signed +ok/);
    expect(await house.gdo('ana', 'ana', 'verify', '3')).toMatchObject({ exit: 0 });
    expect((await house.gdo('ana', 'ana', 'dapp', 'show', 'fee')).stdout).toMatch(/□ closed: [^]*✗ cy looked at fee on #3 again: reject/);
    const again = JSON.parse((await house.gdo('cy', 'cy', 'dapp', 'recheck', '--share', '1', '--sign', '--json')).stdout) as {
      looked: { code: string | null }[];
      signed: { count: number };
    };
    expect([again.looked.map(({ code }) => code), again.signed.count]).toEqual([[null, null, 'GDO3016'], 0]);
  });
});
