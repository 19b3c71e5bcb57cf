// Times the ledger in git beside git's own tools and isomorphic-git, in one run: appending, reading, taking in, growth. A benchmark, never a test: it fails on no
// machine. `--events N` sets the size of the first parts (10,000), `--grown N` that of the large ledger (100,000); a word runs only that part. `--keep FOLDER` grows the
// large ledger there and goes on from what an earlier run left.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL, fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const words = process.argv.slice(2);
if (words.includes('--help')) {
  console.log('node bench/ledger.mjs [--events N] [--grown N] [--keep FOLDER] [--cpu] [append] [read] [take] [growth]');
  process.exit(0);
}
const numberOf = (flag, otherwise) => (words.includes(flag) ? Number(words[words.indexOf(flag) + 1]) : otherwise);
const parts = ['append', 'read', 'take', 'growth'];
const wanted = (part) => !words.some((word) => parts.includes(word)) || words.includes(part);
const folder = fs.mkdtempSync(join(tmpdir(), 'gdo-bench-'));

/** The modules of gdo that are timed, some of them behind its door. */
async function gdoModules() {
  const outfile = join(root, 'dist/measure', `ledger-bench-${process.pid % 8}.mjs`);
  const contents = `
    export * from './node/index.ts';
    export { readAhead } from './node/ledger/batch-objects.ts';
    export { encodeCanonical, readBatchCommit, splitLines } from './engine/index.ts';`;
  await build({ stdin: { contents, resolveDir: root }, outfile, bundle: true, format: 'esm', platform: 'node', packages: 'external', logLevel: 'warning' });
  return import(pathToFileURL(outfile).href);
}

const gdo = await gdoModules();
const startMs = 1_795_251_600_000;
const signerOf = (name) => gdo.seedSigner(createHash('sha256').update(`gdo bench key ${name}`).digest());
const [ada, ben] = [signerOf('ada'), signerOf('ben')];
const door = { kind: 'fact', body: { data: { door: 'front' }, type: 'door.opened' } };
const charter = Object.fromEntries(
  [
    'areas',
    'attributes',
    'roles',
    'actions',
    'measures',
    'points',
    'certificates',
    'delegations',
    'accounts',
    'dapps',
    'collaborators',
    'processes',
    'rights',
    'duties',
    'protections',
    'properties',
  ].map((name) => [name, []]),
);

/** A founded ledger: ada is the steward, ben writes. */
async function found(path) {
  const repository = await gdo.initRepository(path, 'bare');
  const tree = execFileSync('git', ['mktree'], { cwd: path, input: '' }).toString().trim();
  const identity = { ...process.env, GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@b', GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@b' };
  const main = execFileSync('git', ['commit-tree', '-m', 'Begin', tree], { cwd: path, env: identity }).toString().trim();
  await repository.updateRefs([{ ref: 'refs/heads/main', old: undefined, next: main }]);
  let draft = await gdo.draftGenesis(repository, {
    name: 'Bench',
    nonce: '7'.repeat(64),
    timeMs: startMs,
    bylaws: gdo.encodeCanonical({ ...charter, organization: { name: 'Bench' }, v: 1 }),
    members: [
      ['ada', [ada.publicKey]],
      ['ben', [ben.publicKey]],
    ],
    roles: [],
    witnesses: [ada.device],
    mainCommit: main,
  });
  for (const signer of [ada, ben]) draft = await gdo.signGenesis(draft, signer);
  await gdo.foundLedger(repository, draft);
  return openAgain(path);
}

async function openAgain(path) {
  const repository = gdo.openRepository(path);
  const view = await gdo.openLedger(repository);
  return { path, repository, view, votes: gdo.voteStore(gdo.votesPath(repository)), nowMs: view.tip.timeMs };
}

/** How many events ben has signed. */
function eventsOf({ view }) {
  const head = view.heads.get(ben.device)?.batch;
  return head === undefined ? 0 : head.seq + head.count - 1;
}

const batches = (count, each, clockMs) => Array.from({ length: count }, () => ({ events: Array.from({ length: each }, () => door), clockMs }));

async function close(ledger) {
  ledger.nowMs += 60_000;
  const closed = await gdo.closeEpoch({ view: ledger.view, signer: ada, votes: ledger.votes, clockMs: ledger.nowMs });
  ledger.view = closed.view;
}

/** Adds events and closes epochs until all of them are final: at most 256 batches of a device fit into one. */
async function grow(ledger, events, each) {
  for (let left = Math.ceil(events / each); left > 0; left -= 250) {
    const appended = await gdo.appendBatches(ledger.view, ben, batches(Math.min(left, 250), each, ledger.nowMs + 1));
    ledger.view = appended.view;
    await close(ledger);
  }
}

/** Processor time of the processes that were waited for. */
function childSeconds() {
  const fields = fs
    .readFileSync('/proc/self/stat', 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
    .map(Number);
  return (fields[13] + fields[14]) / 100;
}

/** Time by the wall, or with `--cpu` of processors, this process and the ones it waited for: the fairer of the two on a machine that does other work. */
function nowSeconds() {
  if (!words.includes('--cpu')) return performance.now() / 1000;
  const { user, system } = fs.existsSync('/proc/self/stat') ? process.cpuUsage() : { user: 0, system: 0 };
  return (user + system) / 1e6 + childSeconds();
}

async function secondsOf(run) {
  const from = nowSeconds();
  await run();
  return nowSeconds() - from;
}

const print = (what, rate, ratio, goal) => {
  const met = ratio === undefined || goal === undefined ? '' : ratio >= goal ? 'met' : 'MISSED';
  console.log(`${what.padEnd(62)} ${rate.padStart(9)} ${(ratio?.toFixed(2) ?? '').padStart(7)}  ${(goal === undefined ? '' : `>= ${goal}`).padEnd(8)} ${met}`);
};
const rateText = (count, seconds) => (count / seconds).toFixed(0);

/** The bytes that each batch stores, so that the peers store as many: its events, who made its commit, and all of that commit from its signature on as their message. */
async function storedTexts(ledger) {
  const tip = await ledger.repository.resolve(gdo.logRef(ben.device));
  const texts = [];
  for await (const [id, ready] of gdo.readAhead(ledger.repository, await ledger.repository.walk([tip], []))) {
    const commit = Buffer.from((await ready.readObject(id)).bytes);
    const [, name, email] = /\nauthor (.+) <(.+)> /.exec(commit.toString('latin1'));
    const message = commit.subarray(commit.indexOf('gpgsig '));
    const tree = (await ready.readObject(gdo.readBatchCommit(commit).commit.tree)).bytes;
    texts.push({ line: Buffer.from((await ready.readObject(tree.subarray(tree.length - 20).toString('hex'))).bytes), message, name, email });
  }
  return texts;
}

/** The same events, one commit each, by git's fast-import: it reads a stream, signs nothing and checks nothing. */
async function fastImport(texts) {
  const path = join(folder, 'fast-import');
  execFileSync('git', ['init', '-q', '--bare', path]);
  const child = spawn('git', ['fast-import', '--quiet'], { cwd: path, stdio: ['pipe', 'ignore', 'inherit'] });
  const ended = new Promise((resolve) => child.on('close', resolve));
  return secondsOf(async () => {
    for (const [index, { line, message, name, email }] of texts.entries()) {
      const head = `commit refs/heads/log\ncommitter ${name} <${email}> ${1_795_251_600 + index} +0000\ndata ${message.length}\n`;
      const commit = Buffer.concat([Buffer.from(head), message, Buffer.from(`\nM 100644 inline batch.ndjson\ndata ${line.length}\n`), line, Buffer.from('\n')]);
      if (!child.stdin.write(commit)) await new Promise((resolve) => child.stdin.once('drain', resolve));
    }
    child.stdin.end();
    await ended;
  });
}

async function isomorphicGit() {
  const { default: git } = await import('isomorphic-git');
  const dir = join(folder, 'isomorphic');
  await git.init({ fs, dir, bare: true, gitdir: dir, defaultBranch: 'log' });
  return { git, dir };
}

/** The same by isomorphic-git's plumbing: blob, tree, commit and ref of each event, unsigned. */
async function isomorphicAppend({ git, dir }, texts) {
  const place = { fs, dir, gitdir: dir };
  let parent;
  return secondsOf(async () => {
    for (const [index, { line, message, name, email }] of texts.entries()) {
      const oid = await git.writeBlob({ ...place, blob: line });
      const tree = await git.writeTree({ ...place, tree: [{ mode: '100644', path: 'batch.ndjson', oid, type: 'blob' }] });
      const who = { name, email, timestamp: 1_795_251_600 + index, timezoneOffset: 0 };
      const commit = { message: message.toString(), tree, parent: parent === undefined ? [] : [parent], author: who, committer: who };
      parent = await git.writeCommit({ ...place, commit });
      await git.writeRef({ ...place, ref: 'refs/heads/log', value: parent, force: true });
    }
  });
}

async function isomorphicRead({ git, dir }, count) {
  const cache = {};
  return secondsOf(async () => {
    const log = await git.log({ fs, dir, gitdir: dir, ref: 'refs/heads/log', depth: count, cache });
    for (const { oid } of log) await git.readBlob({ fs, dir, gitdir: dir, oid, filepath: 'batch.ndjson', cache });
  });
}

/** `git log` and then `git cat-file --batch` of every commit's tree and events, read to the end. */
async function gitRead(path, ref) {
  return secondsOf(async () => {
    const log = spawnSync('git', ['log', '--format=%H', ref], { cwd: path, maxBuffer: 2 ** 30 })
      .stdout.toString()
      .trim()
      .split('\n');
    const child = spawn('git', ['cat-file', '--batch'], { cwd: path, stdio: ['pipe', 'pipe', 'inherit'] });
    let bytes = 0;
    child.stdout.on('data', (part) => (bytes += part.length));
    const ended = new Promise((resolve) => child.on('close', resolve));
    child.stdin.end(log.flatMap((id) => [id, `${id}^{tree}`, `${id}:batch.ndjson`]).join('\n') + '\n');
    await ended;
    if (bytes === 0) throw new Error('git read nothing');
  });
}

async function gdoRead(ledger, count) {
  const repository = gdo.openRepository(ledger.path);
  let lines = 0;
  const seconds = await secondsOf(async () => {
    const tip = await repository.resolve(gdo.logRef(ben.device));
    for await (const [id, ready] of gdo.readAhead(repository, await repository.walk([tip], []))) {
      const read = gdo.readBatchCommit((await ready.readObject(id)).bytes);
      const entries = (await ready.readObject(read.commit.tree)).bytes;
      const blob = await ready.readObject(entries.subarray(entries.length - 20).toString('hex'));
      lines += gdo.splitLines(blob.bytes).length;
    }
    const before = childSeconds();
    repository.close();
    // Git's own time is known once it has ended, which on a busy machine takes a while.
    for (let waits = 0; waits < 200 && childSeconds() === before; waits += 1) await new Promise((resolve) => setTimeout(resolve, 10));
  });
  if (lines !== count) throw new Error(`${lines} lines were read`);
  return seconds;
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

async function appendAndRead(count) {
  const ledger = await found(join(folder, 'append'));
  const own = await secondsOf(async () => {
    const appended = await gdo.appendBatches(ledger.view, ben, batches(count, 1, startMs + 1));
    ledger.view = appended.view;
  });
  const few = Math.min(count, 2_000);
  const texts = await storedTexts(ledger);
  const isomorphic = await isomorphicGit();
  const plumbing = await isomorphicAppend(isomorphic, texts.slice(0, few));
  if (wanted('append')) {
    // A node that runs has compiled long ago what it appends with.
    const other = await found(join(folder, 'append-again'));
    const later = await secondsOf(() => gdo.appendBatches(other.view, ben, batches(count, 1, startMs + 1)));
    print(`append ${count} events as signed commits`, rateText(count, own));
    print('  as many again in the same process', rateText(count, later));
    print(`  isomorphic-git's plumbing, ${few} unsigned`, rateText(few, plumbing), plumbing / few / (own / count), 5);
    const fast = await fastImport(texts);
    print('  git fast-import, unsigned', rateText(count, fast), fast / own, 0.5);
    print('  the next ones beside it', rateText(count, fast), fast / later, 0.5);
  }
  if (!wanted('read')) return;
  execFileSync('git', ['repack', '-adq'], { cwd: ledger.path });
  execFileSync('git', ['repack', '-adq'], { cwd: isomorphic.dir });
  const times = { own: [], git: [] };
  for (let round = 0; round < 5; round += 1) {
    times.own.push(await gdoRead(ledger, count));
    times.git.push(await gitRead(ledger.path, gdo.logRef(ben.device)));
  }
  print(`read ${count} batches: walk, objects, commits, lines`, rateText(count, median(times.own)));
  print('  git log and cat-file --batch', rateText(count, median(times.git)), median(times.git) / median(times.own), 0.5);
  const slow = await isomorphicRead(isomorphic, few);
  print(`  isomorphic-git, log and readBlob with a cache, ${few}`, rateText(few, slow), slow / few / (median(times.own) / count), 10);
}

/** What arrived is verified, folded and made final, with every fsync: on one processor, with 400 MB of heap. */
async function takeIn(count) {
  const ledger = await found(join(folder, 'take'));
  let seconds = 0;
  for (let left = count; left > 0; left -= 250) {
    await gdo.appendBatches(ledger.view, ben, batches(Math.min(left, 250), 1, ledger.nowMs + 1));
    seconds += await secondsOf(async () => {
      ledger.view = await gdo.openLedger(ledger.repository, ledger.view);
      await close(ledger);
    });
  }
  const rss = process.resourceUsage().maxRSS / 1024;
  print(`take in ${count} events of a batch each, ${rss.toFixed(0)} MB resident`, rateText(count, seconds), count / seconds / 150, 1);
}

/** The time to verify, fold and make final 100 new events on a ledger that holds so many: the median of five. */
async function hundredOn(ledger) {
  const times = [];
  for (let round = 0; round < 5; round += 1) {
    await gdo.appendBatches(ledger.view, ben, batches(100, 1, ledger.nowMs + 1));
    times.push(
      await secondsOf(async () => {
        ledger.view = await gdo.openLedger(ledger.repository, ledger.view);
        await close(ledger);
      }),
    );
  }
  return median(times);
}

async function growth(events) {
  const kept = words.includes('--keep') ? words[words.indexOf('--keep') + 1] : join(folder, 'large');
  const small = await found(join(folder, 'small'));
  const large = await (fs.existsSync(kept) ? openAgain(kept) : found(kept));
  await grow(small, 1_000, 1);
  await grow(large, Math.max(0, events - eventsOf(large)), events >= 100_000 ? 256 : 1);
  const few = await hundredOn(small);
  const many = await hundredOn(large);
  print('100 new events on a ledger of 1,000', rateText(100, few));
  print(`100 new events on a ledger of ${eventsOf(large) - 500}`, rateText(100, many), few / many, 0.5);
}

console.log('wall time, with the git processes that are started; ratio: gdo over the peer, or over what the row asks for');
print('', 'per second', undefined, undefined);
const events = numberOf('--events', 10_000);
if (wanted('append') || wanted('read')) await appendAndRead(events);
if (wanted('take') && !words.includes('take')) {
  const limited = [
    '-c',
    '0',
    process.execPath,
    '--max-old-space-size=400',
    fileURLToPath(import.meta.url),
    'take',
    '--events',
    String(Math.min(events, 2_000)),
  ];
  const { stdout } = spawnSync('taskset', limited, { encoding: 'utf8' });
  process.stdout.write(stdout.split('\n').slice(2).join('\n'));
} else if (wanted('take')) await takeIn(events);
if (wanted('growth')) await growth(numberOf('--grown', 100_000));
fs.rmSync(folder, { recursive: true, force: true });
process.exit(0);
