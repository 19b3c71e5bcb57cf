// Large content beside bup, restic, borg and FastCDC, in one run: bytes stored, new bytes of a second version, speed of a second put, memory of a 4 GB file. A benchmark,
// never a test: it fails on no machine, and says what it left out because a peer is missing (bup, restic, borgbackup, debootstrap and time are packages of Debian).
// Run `node build.mjs` first. `--roots DIR` keeps the root file systems between runs, `--bytes` is the size of the file of `memory`; a word of `stored`, `versions`, `speed`, `memory` runs only that part.
import { spawn, spawnSync } from 'node:child_process';
import { hash } from 'node:crypto';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const words = process.argv.slice(2);
if (words.includes('--help')) {
  console.log('node bench/chunks.mjs [--roots DIR] [--bytes COUNT] [stored] [versions] [speed] [memory]');
  process.exit(0);
}
/** The parts, and what each is run with. */
const needed = {
  stored: ['bup', 'restic', 'borg', 'debootstrap', 'python3'],
  versions: ['borg', 'debootstrap', 'python3'],
  speed: ['bup', 'restic', 'borg', 'debootstrap', '/usr/bin/time'],
  memory: ['openssl'],
};
const isThere = (tool) => spawnSync(tool, [tool === 'openssl' || tool === 'restic' ? 'version' : '--version']).error === undefined;
const valueOf = (flag, otherwise) => (words.includes(flag) ? words[words.indexOf(flag) + 1] : otherwise);
const wanted = Object.keys(needed).filter((part) => !words.some((word) => needed[word] !== undefined) || words.includes(part));
const work = fs.mkdtempSync(join(tmpdir(), 'gdo-bench-chunks-'));
const roots = valueOf('--roots', join(work, 'roots'));
const program = fileURLToPath(new URL('../bin/gdo.cjs', import.meta.url));
const releases = ['bullseye', 'bookworm', 'trixie'];
const megabytes = (count) => (count / 1e6).toFixed(1);

function run(file, args, options = {}) {
  const { status, stderr, stdout } = spawnSync(file, args, { encoding: 'utf8', maxBuffer: 2 ** 28, ...options });
  if (status !== 0) throw new Error(`${file} ${args.join(' ')}: ${stderr}`);
  return stdout;
}

/** Wall and processor seconds, and the most memory, of one call. */
function timed(file, args, options = {}) {
  const format = '%e %U %S %M';
  const { status, stderr } = spawnSync('/usr/bin/time', ['-f', format, file, ...args], { encoding: 'utf8', maxBuffer: 2 ** 28, ...options });
  if (status !== 0) throw new Error(`${file} ${args.join(' ')}: ${stderr}`);
  const [wall, user, system, kilobytes] = stderr.trim().split('\n').at(-1).split(' ').map(Number);
  return { wall, cpu: user + system, megabytes: kilobytes / 1024 };
}

const sizeOf = (folder) =>
  fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .reduce((sum, one) => sum + (one.isFile() ? fs.statSync(join(one.parentPath ?? one.path, one.name)).size : 0), 0);

/** Minimal Debian root file systems as tar archives, each in the order of names. */
function rootTar(release) {
  fs.mkdirSync(roots, { recursive: true });
  const tar = join(roots, `${release}.tar`);
  if (fs.existsSync(tar)) return tar;
  const tree = join(roots, release);
  run('debootstrap', ['--variant=minbase', release, tree]);
  run('sh', ['-c', `rm -rf ${tree}/var/cache/apt/archives/*.deb`]);
  run('tar', ['--sort=name', '--numeric-owner', '-cf', `${tar}.draft`, '-C', tree, '.']);
  fs.renameSync(`${tar}.draft`, tar);
  fs.rmSync(tree, { recursive: true });
  return tar;
}

/** Successive versions of one archive: in each 5 % of the files have one to three places edited, chosen by a seed, and a later time. */
const editor = `
import io, random, sys, tarfile
r, share = random.Random(int(sys.argv[3])), float(sys.argv[4])
with tarfile.open(sys.argv[1]) as a, tarfile.open(sys.argv[2], 'w', format=tarfile.GNU_FORMAT) as b:
    for m in a:
        d = bytearray(a.extractfile(m).read()) if m.isreg() else None
        if d and r.random() < share:
            for _ in range(r.randint(1, 3)):
                p, n, k = r.randrange(len(d) + 1), r.randint(1, 200), r.randrange(3)
                if k == 0: d[p:p] = r.randbytes(n)
                elif k == 1: d[p:p + n] = r.randbytes(n)
                else: del d[p:p + n]
            m.size, m.mtime = len(d), m.mtime + 86400
        b.addfile(m, None if d is None else io.BytesIO(bytes(d)))
`;

function versions(release, count) {
  const made = [join(roots, `${release}-1.tar`)];
  const make = (from, to, seed, share) => fs.existsSync(to) || run('python3', ['-c', editor, from, to, String(seed), String(share)]);
  make(rootTar(release), made[0], 0, 0);
  for (let version = 2; version <= count; version += 1) {
    made.push(join(roots, `${release}-${version}.tar`));
    make(made[version - 2], made[version - 1], version, 0.05);
  }
  return made;
}

/** Each tool with a store of its own: how a file goes in, and how large the store is. */
function tools(name) {
  const at = (tool) => join(work, `${name}-${tool}`);
  const environment = {
    ...process.env,
    BUP_DIR: at('bup'),
    RESTIC_PASSWORD: 'x',
    BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK: 'yes',
    BORG_RELOCATED_REPO_ACCESS_IS_OK: 'yes',
    HOME: work,
  };
  const options = { env: environment };
  run('git', ['init', '-q', at('gdo')]);
  run('bup', ['init'], options);
  run('restic', ['init', '-q', '-r', at('restic')], options);
  run('borg', ['init', '-e', 'none', at('borg')], options);
  let number = 0;
  return {
    gdo: { put: (file) => timed(process.execPath, [program, 'store', 'put', file], { cwd: at('gdo') }), size: () => sizeOf(join(at('gdo'), '.git/objects')) },
    bup: {
      put: (file) => timed('sh', ['-c', `bup split -q -n x < ${file}`], options),
      size: () => sizeOf(join(at('bup'), 'objects')),
      noop: (file) => timed('sh', ['-c', `bup split -q --noop < ${file}`], options),
    },
    restic: { put: (file) => timed('restic', ['backup', '-q', '--force', '-r', at('restic'), file], options), size: () => sizeOf(at('restic')) },
    borg: {
      put: (file) => timed('borg', ['create', '--files-cache', 'disabled', '--compression', 'zlib,1', `${at('borg')}::${(number += 1)}`, file], options),
      size: () => sizeOf(at('borg')),
    },
  };
}

function stored() {
  console.log(`\nStored, MB: three Debian root file systems (${releases.join(', ')}), then three versions of bookworm, 5 % of the files edited each time`);
  const files = [...releases.map(rootTar), ...versions('bookworm', 3)];
  console.log(`put in: ${megabytes(files.reduce((sum, file) => sum + fs.statSync(file).size, 0))}`);
  const found = {};
  for (const [name, tool] of Object.entries(tools('stored'))) {
    for (const file of files.slice(0, 3)) tool.put(file);
    const three = tool.size();
    for (const file of files.slice(3)) tool.put(file);
    found[name] = [three, tool.size()];
    console.log(
      `${name.padEnd(8)} ${megabytes(found[name][0]).padStart(8)} ${megabytes(found[name][1]).padStart(8)}   gdo/${name} ${(found.gdo[0] / found[name][0]).toFixed(3)} ${(found.gdo[1] / found[name][1]).toFixed(3)}`,
    );
  }
}

/** New bytes of a second file by FastCDC, and its mean chunk. */
async function fastcdc(first, second, average) {
  const { compute_chunks } = await import('@dstanesc/wasm-chunking-fastcdc-node');
  const known = new Set();
  let [count, fresh] = [0, 0];
  const cut = (bytes) => {
    const ends = compute_chunks(bytes, 2_048, average, 65_536);
    count = ends.length - 1;
    fresh = 0;
    for (let index = 0; index < count; index += 1) {
      const chunk = bytes.subarray(ends[index], ends[index + 1]);
      const name = hash('sha256', chunk);
      if (!known.has(name)) fresh += chunk.length;
      known.add(name);
    }
  };
  const bytes = fs.readFileSync(first);
  cut(bytes);
  const mean = bytes.length / count;
  cut(fs.readFileSync(second));
  return { fresh, mean };
}

async function newBytes() {
  console.log('\nNew bytes of a second version, uncompressed, MB: bookworm with 5 % of its files edited');
  const [first, second] = versions('bookworm', 2);
  const repository = join(work, 'versions');
  run('git', ['init', '-q', repository]);
  const put = (file) => JSON.parse(run(process.execPath, [program, 'store', 'put', '--json', file], { cwd: repository }));
  const whole = put(first);
  const mean = Math.round(whole.size / whole.chunks);
  const { newBytes: bytes, chunks } = put(second);
  // Names of chunks in trees and manifest are written anew for each version: 160 bytes a chunk, beside which the chunks themselves are counted.
  const own = chunksNew(repository, put(first).sha256, put(second).sha256);
  console.log(`gdo      ${megabytes(own).padStart(8)}   mean chunk ${mean}; with trees and manifest of ${chunks} chunks ${megabytes(bytes)}`);
  const environment = { ...process.env, BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK: 'yes', HOME: work };
  const borg = (parameters) => {
    const at = join(work, `borg-${parameters.replaceAll(',', '-')}`);
    run('borg', ['init', '-e', 'none', at], { env: environment });
    const create = (name, file) =>
      JSON.parse(run('borg', ['create', '--json', '--compression', 'none', '--chunker-params', parameters, `${at}::${name}`, file], { env: environment }));
    create('1', first);
    return create('2', second).archive.stats.deduplicated_size;
  };
  // Borg's own mean is its least length and two to the power of its mask.
  for (const parameters of ['buzhash,11,16,13,4095', 'buzhash,19,23,21,4095']) {
    const size = borg(parameters);
    console.log(`borg     ${megabytes(size).padStart(8)}   ${parameters}; gdo/borg ${(own / size).toFixed(3)}`);
  }
  for (const average of [4_096, 6_144, 8_192]) {
    const { fresh, mean: length } = await fastcdc(first, second, average);
    console.log(`FastCDC  ${megabytes(fresh).padStart(8)}   mean chunk ${length.toFixed(0)}; gdo/FastCDC ${(own / fresh).toFixed(3)}`);
  }
}

/** Bytes of chunks that the second content has and the first has not. */
function chunksNew(repository, first, second) {
  const lines = (content) =>
    run('git', ['-C', repository, 'show', `refs/gdo/blob/${content}:manifest`])
      .trim()
      .split('\n')
      .slice(1);
  const known = new Set(lines(first));
  return [...new Set(lines(second))].filter((line) => !known.has(line)).reduce((sum, line) => sum + Number(line.split(' ')[1]), 0);
}

/** One root file system, and all three in one file, where the start of a process weighs less; and all three in another order, which no tool has seen as one file. */
function speed() {
  const three = join(roots, 'three.tar');
  if (!fs.existsSync(three)) {
    run('sh', ['-c', `cat ${releases.map(rootTar).join(' ')} > ${three}.draft`]);
    fs.renameSync(`${three}.draft`, three);
  }
  speedOf(rootTar('bookworm'), 'speed');
  speedOf(three, 'speed-three');
  speedOf(three, 'speed-turned', ['trixie', 'bookworm', 'bullseye'].map(rootTar));
}

/**
 * Each in turn, so that what else the machine does meets all of them, and each finds the file in memory; the least wall time, and the least time of a processor.
 * @param turned - files whose bytes are timed one behind the other, as a file of its own each round: its chunks are there already, and it is not
 */
function speedOf(file, stores, turned) {
  const rounds = 5;
  const size = fs.statSync(file).size / 1e6;
  const what =
    turned === undefined
      ? 'that are there already, as this very file'
      : 'of which the chunks are there already, and the file is not: its parts in another order';
  console.log(`\nCut, hash and look up ${size.toFixed(0)} MB ${what}; MB/s, whole commands in turn, start included, best of ${rounds}`);
  const all = tools(stores);
  for (const tool of Object.values(all)) tool.put(file);
  const again = turned === undefined ? file : join(work, 'turned.tar');
  const runs = {
    'gdo store put': () => all.gdo.put(again),
    'bup split --noop': () => all.bup.noop(again),
    'restic backup --force': () => all.restic.put(again),
    'borg create': () => all.borg.put(again),
  };
  const best = Object.fromEntries(Object.keys(runs).map((name) => [name, { wall: Infinity, cpu: Infinity, megabytes: 0 }]));
  for (let round = 0; round < rounds; round += 1) {
    // Another length each round, so that what was put in one round is no help in the next.
    if (turned !== undefined) run('sh', ['-c', `{ cat ${turned.join(' ')}; head -c ${1 + round} /dev/zero; } > ${again}`]);
    for (const [name, act] of Object.entries(runs)) {
      // Borg tells the system to forget the file that it has read: whoever came next would read the disk, and only that one.
      run('sh', ['-c', `cat ${again} > /dev/null`]);
      const { wall, cpu, megabytes: memoryMost } = act();
      const one = best[name];
      best[name] = { wall: Math.min(one.wall, wall), cpu: Math.min(one.cpu, cpu), megabytes: Math.max(one.megabytes, memoryMost) };
    }
  }
  const own = best['gdo store put'];
  const cells = (values) => values.map((value) => String(value).padStart(10)).join('');
  console.log(`${''.padEnd(24)}${cells(['wall', 'cpu', 'gdo wall', 'gdo cpu', 'memory'])}`);
  for (const [name, time] of Object.entries(best)) {
    const ratios = name === 'gdo store put' ? ['', ''] : [`${(time.wall / own.wall).toFixed(2)}x`, `${(time.cpu / own.cpu).toFixed(2)}x`];
    console.log(name.padEnd(24) + cells([(size / time.wall).toFixed(0), (size / time.cpu).toFixed(0), ...ratios, `${time.megabytes.toFixed(0)} MB`]));
  }
}

/**
 * The most memory of a command and of the programs that it starts, looked at every 20 ms: what each keeps for itself (RssAnon), and pages of files that it has mapped (RssFile),
 * which the system takes back when it wants them. `peak`: the kernel's own most, of everything together.
 */
function watched(args, options) {
  const child = spawn(process.execPath, args, { ...options, stdio: ['ignore', 'ignore', 'inherit'] });
  const most = { node: { anon: 0, file: 0, peak: 0 }, git: { anon: 0, file: 0, peak: 0 } };
  const read = (path) => {
    try {
      return fs.readFileSync(path, 'utf8');
    } catch {
      // It has ended.
      return '';
    }
  };
  const look = (pid, one) => {
    const status = read(`/proc/${pid}/status`);
    const value = (name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0) / 1024;
    // A child is still a copy of the command until it has begun to be git.
    if (one === most.node || /^Name:\s+git/.test(status)) {
      one.anon = Math.max(one.anon, value('RssAnon'));
      one.file = Math.max(one.file, value('RssFile'));
      one.peak = Math.max(one.peak, value('VmHWM'));
    }
    for (const inner of read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean)) look(inner, most.git);
  };
  const timer = setInterval(() => look(child.pid, most.node), 20);
  const start = performance.now();
  return new Promise((resolve, reject) => {
    child.on('close', (code) => {
      clearInterval(timer);
      if (code === 0) resolve({ ...most, wall: (performance.now() - start) / 1_000 });
      else reject(new Error(`${args.join(' ')}: exit ${code}`));
    });
  });
}

/** So many bytes that nobody can compress, the same each time. */
function byChance(path, count, key) {
  const cipher = `openssl enc -aes-128-ctr -K ${key.padStart(32, '0')} -iv ${'0'.repeat(32)}`;
  run('sh', ['-c', `head -c ${count} /dev/zero | ${cipher} > ${path}`]);
}

async function memory() {
  const size = Number(valueOf('--bytes', 4e9));
  console.log(`\nMemory: ${size / 1e6} MB by chance in and out through a heap of 256 MB, and one byte before 64 MB; MB`);
  const repository = join(work, 'memory');
  run('git', ['init', '-q', repository]);
  const options = { cwd: repository, env: { ...process.env, NODE_OPTIONS: '--max-old-space-size=256' } };
  const small = join(work, 'small');
  byChance(small, 64e6, '7');
  run('sh', ['-c', `{ printf '!'; cat ${small}; } > ${small}-1`]);
  const put = (file) => JSON.parse(run(process.execPath, [program, 'store', 'put', '--json', file], options));
  const first = put(small);
  console.log(`one byte before 64 MB: ${chunksNew(repository, first.sha256, put(`${small}-1`).sha256)} bytes of new chunks`);
  const large = join(work, 'large');
  byChance(large, size, '9');
  const base = await watched([program, 'store', 'list'], options);
  const rows = { 'store list (the base)': base, put: await watched([program, 'store', 'put', large], options) };
  const { sha256 } = JSON.parse(run(process.execPath, [program, 'store', 'list', '--json'], options)).contents.find((one) => one.size === size);
  rows.get = await watched([program, 'store', 'get', sha256, '--out', `${large}-again`], options);
  run('cmp', [large, `${large}-again`]);
  const cells = (values) => values.map((value) => (typeof value === 'number' ? value.toFixed(0) : value).padStart(12)).join('');
  console.log(`${''.padEnd(24)}${cells(['MB/s', 'own', 'mapped', 'peak', 'above base', 'git own', 'git mapped', 'git peak'])}`);
  for (const [name, { wall, node, git }] of Object.entries(rows)) {
    const speedOf = name === 'put' || name === 'get' ? size / 1e6 / wall : '';
    console.log(name.padEnd(24) + cells([speedOf, node.anon, node.file, node.peak, node.peak - base.node.peak, git.anon, git.file, git.peak]));
  }
}

const versionOf = (tool) =>
  isThere(tool)
    ? run(tool, [tool === 'restic' ? 'version' : '--version'])
        .trim()
        .split(' compiled')[0]
    : `${tool} missing`;
const acts = { stored, versions: newBytes, speed, memory };
try {
  console.log(`Node ${process.version}, ${versionOf('git')}, bup ${versionOf('bup')}, ${versionOf('restic')}, ${versionOf('borg')}`);
  for (const part of wanted) {
    const absent = needed[part].filter((tool) => !isThere(tool));
    if (absent.length > 0) console.log(`\nLeft out: ${part}, for want of ${absent.join(', ')}`);
    else await acts[part]();
  }
} finally {
  fs.rmSync(work, { recursive: true, force: true });
}
