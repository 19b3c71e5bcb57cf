// The package that people install: built twice it is the same bytes, it holds what it needs and nothing else, it runs alone, and its bill of materials is complete.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'gdo-package-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Packed {
  readonly archive: string;
  readonly digest: string;
}

/** Copies the sources as a fresh clone has them, builds, and packs. */
function packIn(place: string, environment: Readonly<Record<string, string>>, umask: number): Packed {
  const old = process.umask(umask);
  try {
    for (const name of execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: root, encoding: 'utf8' }).split('\0')) {
      // What is packed comes from these; tests and benches are as large again.
      if (name === '' || /^(test|bench|docs\/[^/]+|examples|editors)\//.test(name) || !existsSync(join(root, name))) continue;
      mkdirSync(dirname(join(place, name)), { recursive: true });
      writeFileSync(join(place, name), readFileSync(join(root, name)));
    }
    symlinkSync(join(root, 'node_modules'), join(place, 'node_modules'));
    const env = { PATH: process.env['PATH'] ?? '', ...environment };
    execFileSync(process.execPath, ['build.mjs'], { cwd: place, env, stdio: ['ignore', 'ignore', 'inherit'] });
    const words = ['pack', '--json', '--ignore-scripts', '--pack-destination', place];
    execFileSync('npm', words, { cwd: place, env, stdio: ['ignore', 'ignore', 'pipe'] });
  } finally {
    process.umask(old);
  }
  const archive = join(place, 'gdo-0.1.0.tgz');
  return { archive, digest: createHash('sha512').update(readFileSync(archive)).digest('hex') };
}

let first: Packed;
let unpacked: string;
beforeAll(() => {
  const place = join(folder, 'here');
  first = packIn(place, { HOME: join(folder, 'ada'), USER: 'ada', TZ: 'Pacific/Auckland', LANG: 'C' }, 0o022);
  unpacked = join(folder, 'unpacked');
  mkdirSync(unpacked);
  execFileSync('tar', ['-xzf', first.archive, '-C', unpacked]);
});

const inside = (): readonly string[] => execFileSync('tar', ['-tzf', first.archive], { encoding: 'utf8' }).split('\n').filter(Boolean);

it('T39: two packs from other folders, time zones and users are the same bytes', () => {
  const second = packIn(
    join(folder, 'there', 'in a deeper folder'),
    { HOME: join(folder, 'ben'), USER: 'ben', TZ: 'America/St_Johns', LANG: 'tr_TR.UTF-8' },
    0o002,
  );
  expect(second.digest).toBe(first.digest);
});

it('The package holds the program, the libraries, its licence and how to report a hole, and no test, source, measure or path of the machine', () => {
  const names = inside();
  for (const name of [
    'package.json',
    'README.md',
    'LICENSE',
    'CHANGELOG.md',
    'SECURITY.md',
    'THREAT_MODEL.md',
    'bin/gdo.cjs',
    'dist/launch.cjs',
    'dist/program.cjs',
    'dist/node.js',
  ])
    expect(names).toContain(`package/${name}`);
  const strange = names.filter(
    (name) =>
      !/^package\/(package\.json|[A-Z_]+(\.md)?|bin\/gdo\.cjs|docs\/[a-z.-]+\.(md|json)|stdlib\/.+\.gdo|templates\/[a-z]+\/(dapp|image)\.[a-z]+|dist\/([a-z]+\.c?js|(chunks|lib)\/[^/]+\.c?js|types\/.+\.d\.ts))$/.test(
        name,
      ),
  );
  expect(strange).toEqual([]);
  expect(names.filter((name) => /story|measure|\.test\.|tsbuildinfo/.test(name))).toEqual([]);
  const program = readFileSync(join(unpacked, 'package', 'dist', 'program.cjs'), 'latin1');
  expect(program).not.toContain(folder);
  expect(program).not.toContain(root);
});

it('Every page that the program or README.md sends people to lies in the package', () => {
  const names = inside();
  const texts = names.filter((name) => /\/(dist\/.+js|README\.md|docs\/.+\.md)$/.test(name)).map((name) => readFileSync(join(unpacked, name), 'latin1'));
  const pages = new Set(texts.flatMap((text) => [...text.matchAll(/\bdocs\/[a-z-]+\.md\b/g)].map(([page]) => `package/${page}`)));
  expect(pages.size).toBeGreaterThan(5);
  expect([...pages].filter((page) => !names.includes(page))).toEqual([]);
});

it('The unpacked package runs without anything beside it: the command, and each library', () => {
  const alone = join(folder, 'alone');
  cpSync(join(unpacked, 'package'), alone, { recursive: true });
  const work = join(folder, 'work');
  mkdirSync(work);
  writeFileSync(join(work, 'a.gdo'), 'gdo 1\n\nrole keeper\n  held by anyon\nend\n');
  const env = { PATH: process.env['PATH'] ?? '', HOME: work };
  const gdo = (...words: readonly string[]): ReturnType<typeof spawnSync> =>
    spawnSync(process.execPath, [join(alone, 'bin', 'gdo.cjs'), ...words], { cwd: work, env, encoding: 'utf8' });
  expect(gdo('--version')).toMatchObject({ status: 0, stdout: 'gdo 0.1.0\n' });
  expect(gdo('check', 'a.gdo')).toMatchObject({ status: 1, stdout: expect.stringContaining('GDO001') });
  expect(gdo('explain', 'GDO301')).toMatchObject({ status: 0 });
  for (const name of ['language', 'compiler', 'engine', 'node']) {
    const script = `import * as all from ${JSON.stringify(join(alone, 'dist', `${name}.js`))}; process.exit(Object.keys(all).length > 5 ? 0 : 1);`;
    expect(spawnSync(process.execPath, ['--input-type=module', '-e', script], { cwd: work, env }).status, name).toBe(0);
  }
});

it('`npm run sbom` lists every runtime dependency at its version, and no tool of development', () => {
  const text = execFileSync('npm', ['run', '-s', 'sbom'], { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  const bill: { readonly bomFormat: string; readonly components: readonly { readonly name: string; readonly version: string; readonly licenses?: unknown }[] } =
    JSON.parse(text);
  const manifest: { readonly dependencies: Readonly<Record<string, string>>; readonly devDependencies: Readonly<Record<string, string>> } = JSON.parse(
    readFileSync(`${root}package.json`, 'utf8'),
  );
  expect(bill.bomFormat).toBe('CycloneDX');
  const listed = bill.components.map(({ name, version }) => `${name} ${version}`);
  expect(Object.entries(manifest.dependencies).filter(([name, version]) => !listed.includes(`${name} ${version}`))).toEqual([]);
  expect(listed.length).toBeGreaterThan(Object.keys(manifest.dependencies).length);
  expect(['vitest', 'oxlint', 'typescript'].filter((name) => bill.components.some((one) => one.name === name))).toEqual([]);
});
