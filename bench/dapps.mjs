// Times dapps through gdo's runner beside bare dockerode, in one run and in turns: a cold run, and one question to a container that is kept. A benchmark, never
// a test. It needs a container engine and a static busybox. `--rounds N` sets how often (20), `--questions N` how many a round asks (2000).
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import Docker from 'dockerode';

const root = fileURLToPath(new URL('..', import.meta.url));
const words = process.argv.slice(2);
if (words.includes('--help')) {
  console.log('node bench/dapps.mjs [--rounds N] [--questions N]');
  process.exit(0);
}
const numberOf = (flag, otherwise) => (words.includes(flag) ? Number(words[words.indexOf(flag) + 1]) : otherwise);
const rounds = numberOf('--rounds', 20);
const questions = numberOf('--questions', 2_000);
const gdo = await import(pathToFileURL(join(root, 'dist/node.js')).href);
const docker = new Docker(process.env.DOCKER_HOST === undefined ? {} : { socketPath: process.env.DOCKER_HOST.replace('unix://', '') });

/** Busybox as an image. */
function busyboxImage() {
  const folder = mkdtempSync(join(tmpdir(), 'gdo-bench-'));
  for (const name of ['bin', 'tmp', 'proc', 'dev', 'sys', 'etc']) mkdirSync(join(folder, name));
  cpSync('/bin/busybox', join(folder, 'bin/busybox'));
  for (const name of ['sh', 'cat', 'true']) symlinkSync('busybox', join(folder, 'bin', name));
  const archive = execFileSync('tar', ['-C', folder, '-c', '.'], { maxBuffer: 2 ** 28 });
  rmSync(folder, { recursive: true });
  return execFileSync('docker', ['import', '-'], { input: archive, encoding: 'utf8' }).trim();
}

const image = busyboxImage();
const connected = await gdo.connectContainers(process.env.DOCKER_HOST);
if (connected.kind === 'absent') throw new Error(connected.reason);
const { engine } = connected;
// Answers each line with its number and how many it has answered: the least a service can do.
const echo =
  'n=0; while read -r line; do case $line in "{\\"state\\""*) continue;; esac; n=$((n+1)); id=${line#*\\"ask\\":}; id=${id%%[,\\}]*}; echo "{\\"answer\\":$id,\\"n\\":$n}"; done';
const optionsOf = (command, role) =>
  gdo.createOptions({ image, command, memoryBytes: 33_554_432, nanoCpus: 500_000_000, hostname: 'gdo', swappiness: engine.swappiness, role, owner: 'bench:1' });
const check = optionsOf(['/bin/sh', '-c', 'cat >/dev/null; echo done'], 'check');
const input = Buffer.from('{}\n');

/** What anybody would write with dockerode: the same container, from nothing to its output and away. */
async function coldBare() {
  const container = await docker.createContainer(check);
  const stream = await container.attach({ stream: true, stdin: true, stdout: true, stderr: true, hijack: true });
  const chunks = [];
  stream.on('data', (chunk) => chunks.push(chunk));
  const ended = new Promise((resolve) => stream.on('end', resolve));
  await container.start();
  stream.end(input);
  await container.wait();
  await ended;
  await container.remove();
  return Buffer.concat(chunks).length;
}

async function coldOurs() {
  const seen = await engine.run(check, input, { timeoutMs: 60_000, outputBytesMax: 65_536 });
  if (seen.exitCode !== 0) throw new Error(JSON.stringify(seen));
}

/** One container, attached by hand: a line in, a line out. */
async function attachedBare() {
  const container = await docker.createContainer(optionsOf(['/bin/sh', '-c', echo], 'service'));
  const stream = await container.attach({ stream: true, stdin: true, stdout: true, stderr: true, hijack: true });
  let waiting;
  stream.on('data', (chunk) => waiting?.(chunk));
  await container.start();
  let last = 0;
  return {
    ask: () =>
      new Promise((resolve) => {
        waiting = resolve;
        last += 1;
        stream.write(`{"ask":${last},"who":"ana"}\n`);
      }),
    close: () => container.remove({ force: true }),
  };
}

async function keptOurs() {
  const manifest = {
    name: 'bench',
    role: 'service',
    command: ['/bin/sh', '-c', echo],
    output: 'verdict',
    reads: undefined,
    timeoutMs: 60_000,
    memoryBytes: 33_554_432,
    outputBytesMax: 65_536,
    determinism: 'deterministic',
    images: [],
  };
  const started = await gdo.startService(engine, {
    image,
    manifest,
    answerWithinMs: 30_000,
    state: () => [],
    fact: () => {},
    note: (text) => console.error(text),
  });
  if (started.kind === 'none') throw new Error(started.reason);
  return started.service;
}

const median = (values) => values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)];
const timed = async (run) => {
  const from = process.hrtime.bigint();
  await run();
  return Number(process.hrtime.bigint() - from) / 1e6;
};

const cold = { bare: [], ours: [] };
for (let round = 0; round < rounds; round += 1) {
  // Now one first, now the other.
  const order = round % 2 === 0 ? ['bare', 'ours'] : ['ours', 'bare'];
  for (const who of order) cold[who].push(await timed(who === 'bare' ? coldBare : coldOurs));
}
const bare = await attachedBare();
const service = await keptOurs();
const kept = { bare: [], ours: [] };
const answers = [];
for (let round = 0; round < rounds; round += 1) {
  kept.bare.push(
    (await timed(async () => {
      for (let at = 0; at < questions / rounds; at += 1) await bare.ask();
    })) /
      (questions / rounds),
  );
  kept.ours.push(
    (await timed(async () => {
      for (let at = 0; at < questions / rounds; at += 1) answers.push(JSON.stringify(await service.ask({ who: 'ana' })));
    })) /
      (questions / rounds),
  );
}
await bare.close();
await service.close();
// The audit: the same questions again, to a container that has seen nothing.
const fresh = await keptOurs();
let agrees = 0;
for (const answer of answers) if (JSON.stringify(await fresh.ask({ who: 'ana' })) === answer) agrees += 1;
await fresh.close();

const row = (name, ...cells) => console.log([name.padEnd(40), ...cells.map((cell) => String(cell).padStart(12))].join(' '));
row('', 'bare', 'gdo', 'ratio');
row(`a cold run, ms (${rounds} each)`, median(cold.bare).toFixed(1), median(cold.ours).toFixed(1), (median(cold.ours) / median(cold.bare)).toFixed(3));
row(
  `a question to a kept one, ms (${answers.length} each)`,
  median(kept.bare).toFixed(3),
  median(kept.ours).toFixed(3),
  (median(kept.ours) / median(kept.bare)).toFixed(2),
);
row('a container for each event, times slower', '', '', (median(cold.ours) / median(kept.ours)).toFixed(0));
row('answers of a fresh container that agree', '', '', `${agrees}/${answers.length}`);
