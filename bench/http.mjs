// Times pushing to and cloning from a node beside plain git over HTTP, in one run: the same repository, the same git as the client, once behind `gdo node run` and
// once behind the smallest server that hands requests to `git http-backend`. A benchmark, never a test. `--rounds N` sets how often (15).
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { createServer } from 'node:http';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = fileURLToPath(import.meta.url);
const root = fileURLToPath(new URL('..', import.meta.url));
const words = process.argv.slice(2);
if (words.includes('--help')) {
  console.log('node bench/http.mjs [--rounds N]');
  process.exit(0);
}
const rounds = words.includes('--rounds') ? Number(words[words.indexOf('--rounds') + 1]) : 15;
const environment = { PATH: process.env.PATH, HOME: '/nonexistent', GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' };

/** Plain git over HTTP: nothing is limited, checked or judged. */
function servePlain(repository) {
  const server = createServer((request, response) => {
    const url = new URL(request.url, 'http://x');
    const child = spawn('git', ['-c', 'http.receivepack=true', 'http-backend'], {
      env: {
        ...environment,
        GIT_PROJECT_ROOT: repository,
        GIT_HTTP_EXPORT_ALL: '1',
        PATH_INFO: url.pathname.replace('/git/bench', ''),
        QUERY_STRING: url.search.slice(1),
        REQUEST_METHOD: request.method,
        CONTENT_TYPE: request.headers['content-type'] ?? '',
        ...(request.headers['content-encoding'] === undefined ? {} : { HTTP_CONTENT_ENCODING: request.headers['content-encoding'] }),
        ...(request.headers['git-protocol'] === undefined ? {} : { GIT_PROTOCOL: request.headers['git-protocol'] }),
      },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    request.pipe(child.stdin);
    let head = Buffer.alloc(0);
    child.stdout.on('data', function take(part) {
      head = Buffer.concat([head, part]);
      const end = head.indexOf('\r\n\r\n');
      if (end < 0) return;
      child.stdout.off('data', take);
      for (const line of head.subarray(0, end).toString('latin1').split('\r\n')) response.setHeader(...line.split(': '));
      response.write(head.subarray(end + 4));
      child.stdout.pipe(response);
    });
  });
  server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ port: server.address().port })));
}

async function compare() {
  const folder = fs.mkdtempSync(join(tmpdir(), 'gdo-http-'));
  const gdo = await import(pathToFileURL(join(root, 'dist/node.js')).href);
  const { encodeCanonical } = await import(pathToFileURL(join(root, 'dist/engine.js')).href);
  const seedOf = (name) => createHash('sha256').update(`gdo bench key ${name}`).digest();
  const [ada, ben] = ['ada', 'ben'].map((name) => gdo.seedSigner(seedOf(name)));
  const ours = join(folder, 'data/bench/ledger.git');
  const org = await found(gdo, encodeCanonical, ours, { ada, ben });
  const plain = join(folder, 'plain.git');
  fs.cpSync(ours, plain, { recursive: true });
  gdo.createKey(join(folder, 'key'), { seed: seedOf('ada'), comment: 'ada' });
  const organizations = [{ name: 'bench', genesis: org, role: 'keeper' }];
  fs.writeFileSync(join(folder, 'gdo-node.json'), JSON.stringify({ v: 1, data: 'data', organizations, http: { listen: '127.0.0.1:0' }, log: 'error' }));
  const node = await started([join(root, 'dist/gdo.js'), 'node', 'run', '--config', join(folder, 'gdo-node.json')]);
  const other = await started([here, '--plain', plain]);
  const places = [
    { name: 'gdo node', server: node, url: `http://127.0.0.1:${node.port}/git/bench` },
    { name: 'plain git', server: other, url: `http://127.0.0.1:${other.port}/git/bench` },
  ];
  console.log(
    `Node ${process.versions.node}, ${execFileSync('git', ['--version']).toString().trim()}, ${cpus().length} cores; median of ${rounds} rounds, in turns`,
  );
  console.log('                                        wall ms        ratio    server CPU ms  ratio    goal 1.2');
  for (const [what, round] of [
    ['clone of 40 MB', cloneRound(folder)],
    ['push of one record', pushRound(gdo, folder, ours, ben)],
  ]) {
    const samples = places.map(() => []);
    for (let index = 0; index < rounds; index += 1)
      for (const [at, place] of index % 2 === 0 ? [...places.entries()] : [...places.entries()].toReversed()) {
        const act = await round(place, index);
        const [cpu, from] = [cpuOf(place.server), performance.now()];
        act();
        samples[at].push({ wall: performance.now() - from, cpu: cpuOf(place.server) - cpu });
      }
    const [own, peer] = samples.map((rows) => ({ wall: median(rows.map((row) => row.wall)), cpu: median(rows.map((row) => row.cpu)) }));
    const ratio = own.wall / peer.wall;
    console.log(
      `${what.padEnd(24)} ${own.wall.toFixed(0).padStart(8)} / ${peer.wall.toFixed(0).padEnd(8)} ${ratio.toFixed(2).padStart(8)} ${own.cpu.toFixed(0).padStart(9)} / ${peer.cpu.toFixed(0).padEnd(6)} ${(own.cpu / peer.cpu).toFixed(2).padStart(5)}    ${ratio <= 1.2 ? 'met' : 'MISSED'}`,
    );
  }
  for (const { server } of places) server.child.kill('SIGKILL');
  fs.rmSync(folder, { recursive: true, force: true });
}

function median(values) {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)];
}

/** Processor time of a server and of everything it has waited for. */
function cpuOf({ child }) {
  const fields = fs
    .readFileSync(`/proc/${child.pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
    .map(Number);
  return (fields[11] + fields[12] + fields[13] + fields[14]) * 10;
}

function started(command) {
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve) => child.stdout.once('data', (part) => resolve({ child, port: JSON.parse(String(part)).port })));
}

async function found(gdo, encodeCanonical, path, { ada, ben }) {
  fs.mkdirSync(join(path, '..'), { recursive: true });
  const repository = await gdo.initRepository(path, 'bare');
  const git = (args, input) =>
    execFileSync('git', args, {
      cwd: path,
      env: { ...environment, GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@b', GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@b' },
      input,
    })
      .toString()
      .trim();
  // Bytes that do not compress: what a clone moves is what is there.
  const blobs = Array.from({ length: 400 }, (_, index) => {
    const parts = Array.from({ length: 3_200 }, (_, part) => createHash('sha256').update(`${index} ${part}`).digest());
    return `100644 blob ${git(['hash-object', '-w', '--stdin'], Buffer.concat(parts))}\tf${index}\n`;
  });
  const main = git(['commit-tree', '-m', 'Begin', git(['mktree'], blobs.join(''))], '');
  await repository.updateRefs([{ ref: 'refs/heads/main', old: undefined, next: main }]);
  const empty = [
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
  ];
  let draft = await gdo.draftGenesis(repository, {
    name: 'Bench',
    nonce: '7'.repeat(64),
    timeMs: Date.now() - 60_000,
    bylaws: encodeCanonical({ ...Object.fromEntries(empty.map((name) => [name, []])), organization: { name: 'Bench' }, v: 1 }),
    members: [
      ['ada', [ada.publicKey]],
      ['ben', [ben.publicKey]],
    ],
    roles: [],
    witnesses: [ada.device],
    mainCommit: main,
  });
  for (const signer of [ada, ben]) draft = await gdo.signGenesis(draft, signer);
  const { org } = await gdo.foundLedger(repository, draft);
  git(['repack', '-adq'], '');
  repository.close();
  return org;
}

function cloneRound(folder) {
  return async ({ url, name }, index) => {
    const target = join(folder, `clone-${name.slice(0, 3)}-${index}`);
    return () => {
      execFileSync('git', ['clone', '-q', '--mirror', url, target], { env: environment });
      fs.rmSync(target, { recursive: true, force: true });
    };
  };
}

/** One clone signs; both servers get the same record. */
function pushRound(gdo, folder, ours, ben) {
  const path = join(folder, 'member');
  execFileSync('git', ['clone', '-q', '--mirror', ours, path], { env: environment });
  let signedFor = -1;
  return async ({ url }, index) => {
    if (signedFor < index) {
      const repository = gdo.openRepository(path);
      await gdo.appendEvents(await gdo.openLedger(repository), ben, {
        events: [{ kind: 'fact', body: { data: { door: 'front' }, type: 'door.opened' } }],
        clockMs: Date.now(),
      });
      repository.close();
      signedFor = index;
    }
    const ref = gdo.logRef(ben.device);
    return () => execFileSync('git', ['push', '-q', url, `${ref}:${ref}`], { cwd: path, env: environment, stdio: ['ignore', 'ignore', 'pipe'] });
  };
}

if (words[0] === '--plain') servePlain(words[1]);
else await compare();
