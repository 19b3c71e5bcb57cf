// Commands that look: status, log, verify and audit, in words and as JSON; and what they say about a broken or missing ledger.
import { chmodSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventId } from '../../../../engine/index.ts';
import { firstFiles, people, shedBylaws } from './bylaws.ts';
import { accept, foundHouse, propose, removeHouses, round } from './house.ts';
import type { House, Outcome } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await foundHouse({ people, bylaws: shedBylaws(), files: firstFiles });
  accept(await propose(house, 'bo', { process: 'note', title: 'Bread', files: { 'notes/list.md': 'Bread\n' } }));
  accept(await propose(house, 'cy', { process: 'change', title: 'Quieter nights', files: { 'rules/noise.md': 'Hush.\n' } }));
  await round(house, people);
  for (const number of numbersOf(accept(await house.gdo('ana', 'ana', 'status', '--json')))) accept(await house.gdo('ana', 'ana', 'act', number, 'endorse'));
  await round(house, people);
  accept(await house.gdo('cy', 'cy', 'start', 'admission', '--candidate', 'cy', '--title', 'Cy again'));
  await round(house, people);
});
afterAll(removeHouses);

function numbersOf({ stdout }: Outcome): readonly string[] {
  return [...stdout.matchAll(/"number":(\d+)/g)].map(([, number]) => number ?? '');
}

it('gdo status says what waits for me, what is open and what was decided, and once signed a case waits for others', async () => {
  const mine = (await house.gdo('bo', 'bo', 'status')).stdout;
  // Several people at one machine: the key says who asks.
  expect((await house.gdo('ana', 'bo', 'status', '--key', '../people/bo/id_ed25519')).stdout).toBe(mine);
  expect(mine).toMatch(/^Shed {3}bylaws [0-9a-f]{8}… \(in force since 21 Nov 2026\) {3}you are bo: member\n\nWaiting for you\n/);
  expect(mine).toMatch(/\n {2}#\d {2}Quieter nights +change \/ ballot +0 of 3 voted +closes Mon 23 Nov 2026, 09:\d\d UTC \(in \d+ hours\) +gdo vote \d\n/);
  expect(mine).toMatch(/\n {2}#3 {2}Cy again +admission \/ sponsors +0 of 2 endorse +due .* gdo act 3 endorse\n/);
  expect(mine).toMatch(/\nDecided this week\n {2}#\d {2}Bread {2}kept, merged on 21 Nov 2026\n/);
  const other = house.copy();
  accept(await other.gdo('bo', 'bo', 'act', '3', 'endorse'));
  const after = (await other.gdo('bo', 'bo', 'status')).stdout;
  expect(after).toMatch(/\nOpen\n {2}#3 {2}Cy again/);
  expect(after).toContain('Sync   1 record here is in no checkpoint yet. It counts only if a witness receives it before the close.');
});

it('gdo status --mine says what waits for me and nothing else', async () => {
  const whole = (await house.gdo('bo', 'bo', 'status')).stdout;
  const mine = (await house.gdo('bo', 'bo', 'status', '--mine')).stdout;
  expect(mine).toContain('Waiting for you\n');
  expect([mine, whole].map((text) => /\nDecided this week\n/.test(text))).toEqual([false, true]);
  const asData: unknown = JSON.parse((await house.gdo('bo', 'bo', 'status', '--mine', '--json')).stdout);
  expect(asData).toMatchObject({ open: [{ title: 'Quieter nights' }, { title: 'Cy again' }], decided: [] });
  const other = house.copy();
  accept(await other.gdo('bo', 'bo', 'act', '3', 'endorse'));
  expect(JSON.parse((await other.gdo('bo', 'bo', 'status', '--mine', '--json')).stdout)).toMatchObject({ open: [{ title: 'Quieter nights' }], decided: [] });
});

it('gdo start keeps a longer explanation, and refuses what it cannot ask for (GDO5003)', async () => {
  const own = house.copy();
  accept(await own.gdo('bo', 'bo', 'start', 'admission', '--candidate', 'bo', '--title', 'Bo again', '--text', 'I was away for a year.'));
  expect((await own.gdo('bo', 'bo', 'log', '--json')).stdout).toContain('"text":"I was away for a year."');
  const words = ['start', 'admission', '--candidate', 'cy', '--title', 'Cy once more'];
  for (const [more, said] of [
    [['--in-flight', 'restrat'], 'is not one of keep, restart, abort'],
    [['--decision', '77'], '77'],
    [['--renews', 'two\nlines'], 'What is renewed'],
  ] as const)
    expect(await own.gdo('cy', 'cy', ...words, ...more), more.join(' ')).toMatchObject({ exit: 2, stderr: expect.stringContaining(said) });
});

it('One case is open with exit 4, adopted with exit 0, and shows its way so far and who may act', async () => {
  const number = numberOf(await house.gdo('bo', 'bo', 'status', '--json'), 'Quieter nights');
  const open = await house.gdo('bo', 'bo', 'status', number);
  expect(open.exit).toBe(4);
  expect(open.stdout).toMatch(/so far +Sat 21 Nov 2026, 09:\d\d UTC {2}review -> ballot\n/);
  expect(open.stdout).toMatch(/may vote +ana, bo, cy\n/);
  const merged = numberOf(await house.gdo('bo', 'bo', 'status', '--json'), 'Bread');
  expect(await house.gdo('bo', 'bo', 'status', `#${merged}`)).toMatchObject({ exit: 0, stdout: expect.stringContaining('kept (merged)') });
});

function numberOf({ stdout }: Outcome, title: string): string {
  return new RegExp(`"number":(\\d+),"title":"${title}"`).exec(stdout)?.[1] ?? '';
}

it('gdo check takes the day of the last checkpoint for today', async () => {
  const own = house.copy();
  own.write('bo', 'bylaws/late.gdo', 'gdo 1\n\nprotect admission\n  changed through amendment\n  lapses on 2026-11-01\nend\n');
  const { stdout } = await own.gdo('bo', 'bo', 'check');
  expect(stdout).toContain('GDO509');
  own.write('bo', 'bylaws/late.gdo', 'gdo 1\n\nprotect admission\n  changed through amendment\n  lapses on 2026-12-24\nend\n');
  expect((await own.gdo('bo', 'bo', 'check')).stdout).not.toMatch(/GDO509|lapsed/);
});

it('gdo log lists every event with its signer, by person and by day', async () => {
  const all = (await house.gdo('bo', 'bo', 'log')).stdout.trim().split('\n');
  expect(all).toHaveLength(5);
  expect((await house.gdo('bo', 'bo', 'log', '--person', 'ana')).stdout.trim().split('\n')).toHaveLength(2);
  expect(await house.gdo('bo', 'bo', 'log', '--since', '2026-11-22')).toMatchObject({ exit: 0, stdout: 'No events.\n' });
  expect(await house.gdo('bo', 'bo', 'log', '--since', 'yesterday')).toMatchObject({ exit: 2, stderr: expect.stringContaining('GDO5003') });
  const raw = (await house.gdo('bo', 'bo', 'log', '--raw')).stdout.trim().split('\n');
  const document = JSON.parse((await house.gdo('bo', 'bo', 'log', '--json')).stdout);
  expect(document).toMatchObject({ schema: 'gdo-log/1', from: 0 });
  // The lines are the ones that were signed: their hashes are the ids.
  expect(raw.map((line) => eventId(Buffer.from(line)))).toEqual(document.events.map((row: { readonly event: string }) => row.event));
  for (const [index, line] of all.entries()) {
    const { actor, checkpoint, key, verdict } = document.events[index];
    expect(line.split(/ {2,}/)).toEqual([
      checkpoint === undefined ? '-' : String(checkpoint),
      expect.stringMatching(/UTC$|^not received yet$/),
      actor,
      `${key.slice(0, 15)}…`,
      expect.any(String),
      verdict === undefined ? 'in no checkpoint yet' : expect.stringContaining(verdict.code ?? 'ok'),
    ]);
  }
  // In the order of the ledger, on a clone as on the node.
  const heights: readonly number[] = document.events.map((row: { readonly checkpoint?: number }) => row.checkpoint ?? Infinity);
  expect(heights).toEqual([...heights].toSorted((left, right) => left - right));
  const onNode = JSON.parse((await house.gdo('ana', 'hub.git', 'log', '--json')).stdout);
  expect(onNode).toEqual(document);
});

it('gdo verify decides a commit of main, a case and everything again', async () => {
  expect(await house.gdo('bo', 'bo', 'verify', 'main')).toMatchObject({
    exit: 0,
    stdout: expect.stringMatching(/main = merge [0-9a-f]{7} of #\d .*ACCEPTED .*exit 0/),
  });
  expect(await house.gdo('bo', 'bo', 'verify', 'main~1')).toMatchObject({ exit: 0, stdout: expect.stringContaining('was founded') });
  expect(await house.gdo('bo', 'bo', 'verify', 'quieter-nights')).toMatchObject({ exit: 2 });
  expect(await house.gdo('cy', 'cy', 'verify', 'quieter-nights')).toMatchObject({ exit: 4, stdout: expect.stringContaining('OPEN') });
  expect(await house.gdo('bo', 'bo', 'verify', '3', '--trace')).toMatchObject({
    exit: 4,
    stdout: expect.stringMatching(/\n {4}\d+ {2}.* UTC {2}cy {2}SHA256:\S{8}… {2}starts admission as #3.* {2}ok\n$/),
  });
  const traced = JSON.parse((await house.gdo('bo', 'bo', 'verify', '--all', '--trace', '--json')).stdout);
  const log = JSON.parse((await house.gdo('bo', 'bo', 'log', '--json')).stdout);
  expect(traced.trace.flatMap((step: { readonly events: readonly unknown[] }) => step.events)).toEqual(
    log.events.filter((row: { readonly checkpoint?: number }) => row.checkpoint !== undefined),
  );
  const text = (await house.gdo('bo', 'bo', 'verify', '--all', '--trace')).stdout;
  expect(text.match(/^ {2}checkpoint \d+ .* state [0-9a-f]{4}/gm)).toHaveLength(traced.trace.length);
  // An audit shows the same trace, computed from the founding.
  const audited = await house.gdo('bo', 'bo', 'audit', '--trace');
  expect(audited).toMatchObject({ exit: 0, stdout: expect.stringContaining(text.slice(text.indexOf('  checkpoint 0'), text.indexOf('✓'))) });
  expect(JSON.parse((await house.gdo('bo', 'bo', 'audit', '--trace', '--json')).stdout)).toMatchObject({ sound: true, trace: traced.trace });
  expect(await house.gdo('bo', 'bo', 'verify', '--all')).toMatchObject({ exit: 0, stdout: expect.stringContaining('were decided again and agree') });
  expect(await house.gdo('bo', 'bo', 'verify')).toMatchObject({ exit: 2 });
});

it('Every command that looks answers --json with one document', async () => {
  for (const words of [['status'], ['status', '1'], ['verify', '1'], ['verify', 'main'], ['verify', '--all'], ['audit'], ['merge', '1', '--dry-run']]) {
    const { stdout } = await house.gdo('ana', 'hub.git', ...words, '--json');
    expect([words, JSON.parse(stdout)]).toEqual([words, expect.objectContaining({ schema: expect.stringMatching(/^gdo-[a-z]+\/1$/) })]);
  }
});

it('One changed byte in any of ten objects is found by gdo audit, which names the object', async () => {
  const broken = house.copy();
  const objects = broken.git('ana', 'hub.git', 'rev-list', '--objects', '--no-object-names', '--all').trim().split('\n');
  const loose = objects.filter((id) => exists(objectPath(broken, id)));
  // Every tenth part gives one object: commits, trees and blobs of logs, checkpoints, the genesis and main.
  const chosen = Array.from({ length: 10 }, (_, index) => loose[Math.floor((index * loose.length) / 10)] ?? '');
  expect(new Set(chosen).size).toBe(10);
  for (const id of chosen) {
    const audit = await auditWithFlip(broken, objectPath(broken, id));
    expect([id, audit.exit, audit.stdout]).toEqual([id, 1, expect.stringContaining(id)]);
    expect(audit.stdout + audit.stderr).not.toMatch(/\n +at /);
  }
  expect((await broken.gdo('cy', 'hub.git', 'audit')).exit).toBe(0);
});

it('One changed byte in a pack that members pushed is found too', async () => {
  const broken = house.copy();
  const folder = broken.place('hub.git', 'objects', 'pack');
  const packs = readdirSync(folder).filter((name) => name.endsWith('.pack'));
  expect(packs.length).toBeGreaterThan(2);
  for (const pack of packs) {
    const audit = await auditWithFlip(broken, join(folder, pack));
    expect([pack, audit.exit, audit.stdout]).toEqual([pack, 1, expect.stringMatching(/object {2}[0-9a-f]{40}/)]);
  }
});

/** Audits while one bit in the middle of a file is flipped. */
async function auditWithFlip(of: House, path: string): Promise<Outcome> {
  const whole = readFileSync(path);
  const changed = Buffer.from(whole);
  const at = Math.floor(changed.length / 2);
  changed[at] = (changed[at] ?? 0) ^ 1;
  chmodSync(path, 0o644);
  writeFileSync(path, changed);
  const audit = await of.gdo('cy', 'hub.git', 'audit');
  writeFileSync(path, whole);
  return audit;
}

function objectPath(of: House, id: string): string {
  return of.place('hub.git', 'objects', id.slice(0, 2), id.slice(2));
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

const looking = [['status'], ['log'], ['verify', '--all'], ['audit'], ['sync', '--offline'], ['vote', '1', 'yes'], ['merge', '1'], ['start', 'note']] as const;

it('Outside a repository and without a ledger every command says GDO5020 or GDO5012 and exits 3', async () => {
  const empty = house.copy();
  empty.git('bo', '.', 'init', '-q', 'bare-of-rules');
  for (const words of looking) {
    const outside = await empty.gdo('bo', 'people', ...words);
    expect([words, outside.exit, outside.stderr]).toEqual([words, 3, expect.stringContaining('GDO5020')]);
    const none = await empty.gdo('bo', 'bare-of-rules', ...words);
    expect([words, none.exit, none.stderr]).toEqual([words, 3, expect.stringContaining('GDO5020')]);
  }
});

it('A broken repository is exit 3 with a code and never a stack, however it is broken', async () => {
  const breaks: readonly ((repository: string) => void)[] = [
    (repository) => rmSync(join(repository, 'HEAD')),
    (repository) => rmSync(join(repository, 'objects'), { recursive: true }),
    (repository) => {
      for (const name of readdirSync(join(repository, 'objects'))
        .filter((one) => one.length === 2)
        .slice(0, 60))
        rmSync(join(repository, 'objects', name), { recursive: true });
    },
    (repository) => writeFileSync(join(repository, 'config'), 'not a configuration ['),
  ];
  for (const [index, breakIt] of breaks.entries()) {
    const broken = house.copy();
    breakIt(broken.place('hub.git'));
    for (const words of looking) {
      const outcome = await broken.gdo('ana', 'hub.git', ...words);
      const text = outcome.stdout + outcome.stderr;
      // An audit that can read the refs names the first missing object, which is its job (1).
      const exits = words[0] === 'audit' ? [1, 3] : [3];
      expect([index, words, exits.includes(outcome.exit), text]).toEqual([index, words, true, expect.stringMatching(/GDO(?!5090)\d{4}/)]);
      expect(text).not.toMatch(/\n +at /);
    }
  }
});
