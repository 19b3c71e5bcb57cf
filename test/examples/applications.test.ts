// Every application of examples/: bylaws without a finding, scenarios that play, a dapp that is declared as it is run and answers in a container.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { execFileSync } from 'node:child_process';
import { basename, join, parse } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkBylaws, compileBylaws, runScenarios } from '../../compiler/index.ts';
import { parseBylaws, printBylaws } from '../../language/index.ts';
import { standardModule } from '../../node/cli/modules.ts';
import { openImageArchive } from '../../node/chunks/image-archive.ts';
import { runCheck } from '../../node/dapps/check.ts';
import { checkInput } from '../../node/dapps/input.ts';
import { decodeManifest } from '../../node/dapps/manifest.ts';
import type { DappManifest } from '../../node/dapps/manifest.ts';
import { engineForTests } from '../node/dapps/image.ts';
import { applications, caseOf, examples, judge, needing, readExample } from './application.ts';

const itPython = needing('python3');
const found = await engineForTests();

/** The programs of an application: `[name, path below examples/]`. */
function programs(name: string): readonly (readonly [dapp: string, path: string])[] {
  return readdirSync(join(examples, name, 'dapps'))
    .filter((file) => !file.endsWith('.json'))
    .map((file) => [parse(file).name, `${name}/dapps/${file}`]);
}

/** Builds an image of programs; in the engine, or as an archive. @returns its hash */
function build(programsOf: readonly string[], archive = ''): string {
  return execFileSync('sh', [join(examples, 'image.sh'), ...programsOf], { encoding: 'utf8', env: { ...process.env, ARCHIVE: archive } }).trim();
}

function manifestOf(path: string): DappManifest {
  const decoded = decodeManifest(Buffer.from(readExample(path.replace(/\.[a-z]+$/, '.json'))));
  if (decoded.kind === 'refused') throw new Error(`${path}: ${decoded.reason}`);
  return decoded.manifest;
}

describe.each(applications)('examples/%s', (name) => {
  const files = ['README.gdo.md', 'tests.gdo'].map((path) => parseBylaws({ path, text: readExample(`${name}/${path}`) }).file);
  const compiled = compileBylaws(files, standardModule);

  it('has bylaws with nothing to fix, written in canonical form', () => {
    const open = [...compiled.diagnostics, ...checkBylaws(compiled)].filter((one) => one.severity !== 'info');
    expect(open.map((one) => `${one.code} ${one.message}`)).toEqual([]);
    for (const file of files) expect(printBylaws(file)).toBe(readExample(`${name}/${file.path}`));
  });

  it('plays five scenarios and more, all as expected', () => {
    if (compiled.charter === undefined) throw new Error('it does not compile');
    const results = runScenarios(files, compiled.charter, standardModule);
    expect(results.length).toBeGreaterThanOrEqual(5);
    expect(results.flatMap((one) => (one.failure === undefined ? [] : [`${one.title}: ${one.failure.message}`]))).toEqual([]);
  });

  it('declares each of its programs as a dapp that checks an area', () => {
    const declared = (compiled.charter?.dapps ?? []).map((dapp) => dapp.name).toSorted();
    expect(declared).toEqual(programs(name).map(([dapp]) => dapp));
    for (const [dapp, path] of programs(name)) {
      const manifest = manifestOf(path);
      expect([manifest.name, manifest.command.at(-1)]).toEqual([dapp, `/dapp/${basename(path)}`]);
    }
  });

  itPython('has programs that answer an empty tree, and files of nonsense, with a verdict and never with a crash', () => {
    for (const [, path] of programs(name)) {
      const folder = manifestOf(path).reads?.[0]?.replace('/**', '') ?? '';
      const nonsense = {
        [`${folder}/a.csv`]: 'a,b\n"\n',
        [`${folder}/b.json`]: '[1e999]',
        [`${folder}/c.ics`]: 'BEGIN:VEVENT',
        [`${folder}/d.journal`]: '\u0000',
        [`${folder}/0001.md`]: '# 1. \n\n\n\n',
      };
      const binary = Object.fromEntries(Object.keys(nonsense).map((file) => [file, Uint8Array.of(0xff, 0xfe, 0x00)]));
      expect(judge(path, {})).toBeTypeOf(judge(path, {}) === 'accept' ? 'string' : 'object');
      for (const tree of [nonsense, binary]) expect(judge(path, tree)).not.toEqual([]);
    }
  });
});

describe.skipIf('missing' in found)(`the dapps in containers${'missing' in found ? ` (skipped: ${found.missing})` : ''}`, () => {
  it('answer what they answer as programs, twice alike', { timeout: 600_000 }, async () => {
    if ('missing' in found) return;
    const all = applications.flatMap((name) => programs(name));
    const files = all.map(([, path]) => join(examples, path));
    const image = build(files);
    expect(new Set(all.map(([, path]) => parse(path).ext))).toEqual(new Set(['.py', '.mjs']));
    const answers = await Promise.all(
      all.map(async ([dapp, path]) => {
        const answer = await runCheck(found.engine, image, manifestOf(path), checkInput(caseOf({})));
        return [dapp, answer.kind === 'none' ? answer.code : answer.kind];
      }),
    );
    expect(answers).toEqual(all.map(([dapp, path]) => [dapp, judge(path, {}) === 'accept' ? 'accept' : 'reject']));
  });

  it('of a program are the same image at every time, in the engine and as an archive for the ledger', { timeout: 600_000 }, () => {
    const program = join(examples, 'accounting/dapps/accounting.py');
    const image = build([program]);
    expect(image).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(execFileSync('docker', ['image', 'inspect', '--format', '{{.Id}}', image], { encoding: 'utf8' }).trim()).toBe(image);
    const folder = mkdtempSync(join(tmpdir(), 'gdo-archive-'));
    try {
      const archive = join(folder, 'books.tar');
      expect(build([program], archive)).toBe(image);
      const opened = openImageArchive(archive);
      opened.close();
      expect(opened.images.map(({ config }) => `sha256:${config.digest}`)).toEqual([image]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
