// One suite for the templates of dapps in every language: the same verdict bytes for the same input, as programs and in the images they build themselves.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openImageArchive } from '../../../node/chunks/image-archive.ts';
import { dappFiles, dappLanguages } from '../../../node/cli/dapp-init.ts';
import { runCheck } from '../../../node/dapps/check.ts';
import { checkInput } from '../../../node/dapps/input.ts';
import { decodeManifest } from '../../../node/dapps/manifest.ts';
import { classifyRun } from '../../../node/dapps/result.ts';
import type { RunObservation } from '../../../node/dapps/result.ts';
import { engineForTests } from './image.ts';

const found = await engineForTests();
const languages = [...dappLanguages.keys()];
let folder = '';
const place = (path: string): string => join(folder, path);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gdo-templates-'));
  for (const language of languages)
    for (const [path, text] of dappFiles(`fee-${language}`, language)) {
      mkdirSync(dirname(place(path)), { recursive: true });
      writeFileSync(place(path), text);
    }
  execFileSync('cc', ['-std=gnu11', '-Wall', '-Wextra', '-Werror', '-o', place('fee-c'), place('dapps/fee-c/fee-c.c')]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** How each program is started on this machine. */
const started: Readonly<Record<string, (path: (ending: string) => string) => readonly [string, ...string[]]>> = {
  sh: (path) => ['sh', path('sh')],
  python: (path) => ['/usr/bin/python3', '-I', '-S', path('py')],
  c: () => [place('fee-c')],
  perl: (path) => ['/usr/bin/perl', path('pl')],
  node: (path) => [process.execPath, path('mjs')],
};

function inputOf(files: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  const hash = '7'.repeat(64);
  return checkInput({
    org: '1'.repeat(64),
    case: '3'.repeat(64),
    candidate: '4'.repeat(64),
    timeMs: 1_795_248_000_000,
    seed: '5'.repeat(64),
    change: Object.keys(files).map((path) => ({ path, old: 'absent', new: `100644:${hash}` })),
    state: [['role/member/ana', { from: 1 }]],
    files: Object.entries(files).map(([path, text]) => ({ path, entry: `100644:${hash}`, bytes: Buffer.from(text) })),
  });
}

function runHere(language: string, input: Uint8Array): RunObservation {
  const [program, ...words] = started[language]?.((ending) => place(`dapps/fee-${language}/fee-${language}.${ending}`)) ?? [''];
  const ended = spawnSync(program, words, { input, env: { PATH: process.env['PATH'], LC_ALL: 'C', HOME: '/tmp' } });
  if (ended.error !== undefined) throw ended.error;
  return {
    timedOut: false,
    outputExceeded: false,
    oomKilled: false,
    stdout: ended.stdout,
    stderr: ended.stderr.toString('utf8'),
    ...(ended.status === null ? {} : { exitCode: ended.status }),
  };
}

/** Inputs that programs in different languages like to see differently. */
const trees: readonly (readonly [name: string, files: Readonly<Record<string, string | Uint8Array>>, verdict: string])[] = [
  ['nothing', {}, 'accept 0'],
  ['what is no fee', { 'notes/a': 'x', z: '\n\n' }, 'accept 0'],
  ['fees at the limit', { 'fees/a': '5000\n', 'fees/b': '0\n', 'fees/c': '00005\n', other: '9' }, 'accept 3'],
  ['a fee over it', { 'fees/a': '5001\n', 'fees/b': '12\n' }, 'reject 1'],
  ['no numbers', { 'fees/a': '', 'fees/b': '\n', 'fees/c': '12', 'fees/d': '12\n\n', 'fees/e': ' 12\n', 'fees/f': '-1\n', 'fees/g': '1e3\n' }, 'reject 0'],
  ['bytes', { 'fees/a': Uint8Array.of(0x31, 0x00, 0x32), 'fees/b': Uint8Array.of(0xff, 0x0a), 'fees/c': '1\r\n', 'fees/d': '١\n' }, 'reject 0'],
  ['long numbers', { 'fees/a': '123456789\n', 'fees/b': '1234567890\n', 'fees/c': `${'9'.repeat(400)}\n` }, 'reject 0'],
  ['names', { 'fees/ä ö]': '1\n', "fees/$(id)'[x": '6000\n', 'fees/,files:[': '7\n', 'fees/{}': 'x' }, 'reject 2'],
  ['many', Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`fees/${at + 10}`, '9999\n'])), 'reject 0'],
];

describe('the templates of dapps', () => {
  it.each(trees)('say the same bytes in every language: %s', (_name, files, verdict) => {
    const outputs = languages.map((language) => {
      const observed = runHere(language, inputOf(files));
      const said = classifyRun(observed, 'verdict');
      return [
        language,
        said.kind === 'none' ? `${said.code} ${observed.stderr}` : `${said.kind} ${String(said.score)}`,
        Buffer.from(observed.stdout).toString(),
      ];
    });
    expect(outputs.map(([language, said]) => [language, said])).toEqual(languages.map((language) => [language, verdict]));
    expect(new Set(outputs.map(([, , bytes]) => bytes)).size).toBe(1);
  });

  it('give no verdict for an input that is cut off, which is never a yes', () => {
    const whole = inputOf({ 'fees/a': '12\n', 'fees/b': '13\n' });
    for (const cut of [whole.subarray(0, whole.length - 1), whole.subarray(0, whole.length - 4), new Uint8Array()])
      for (const language of languages) {
        const said = classifyRun(runHere(language, cut), 'verdict');
        expect([language, said.kind]).toEqual([language, 'none']);
      }
  });

  it('build images without an engine, with one hash at any hour', () => {
    const source = place('dapps/fee-c/fee-c.c');
    const built = [0, 1_000_000_000].map((seconds) => {
      utimesSync(source, seconds, seconds);
      const archive = place(`image-${seconds}.tar`);
      const said = execFileSync('sh', [place('dapps/fee-c/image.sh')], { encoding: 'utf8', env: { ...process.env, ARCHIVE: archive } }).trim();
      const opened = openImageArchive(archive);
      opened.close();
      expect(opened.images.map(({ config }) => `sha256:${config.digest}`)).toEqual([said]);
      return said;
    });
    expect(new Set(built).size).toBe(1);
    // The others end in the same lines.
    const end = (language: string): string => (dappFiles('fee', language).get('dapps/fee/image.sh') ?? '').replace(/^[^]*\n# One layer and/, '');
    expect(new Set(languages.map(end)).size).toBe(1);
  });

  it('have manifests that are read as written', () => {
    for (const language of languages) {
      const decoded = decodeManifest(Buffer.from(dappFiles('fee', language).get('dapps/fee.json') ?? ''));
      expect(decoded).toMatchObject({ kind: 'ok', manifest: { name: 'fee', role: 'check', output: 'verdict', reads: ['fees/**'] } });
    }
  });

  it.skipIf('missing' in found)(
    `give equal verdict bytes in the images they build${'missing' in found ? ` (skipped: ${found.missing})` : ''}`,
    { timeout: 240_000 },
    async () => {
      if ('missing' in found) return;
      const answers: (readonly [string, string])[] = [];
      for (const language of languages) {
        const image = execFileSync('sh', [place(`dapps/fee-${language}/image.sh`)], { encoding: 'utf8' }).trim();
        const decoded = decodeManifest(Buffer.from(dappFiles(`fee-${language}`, language).get(`dapps/fee-${language}.json`) ?? ''));
        if (decoded.kind === 'refused') throw new Error(decoded.reason);
        const answer = await runCheck(found.engine, image, decoded.manifest, inputOf({ 'fees/ä]': '5001\n', 'fees/b': '12\n' }));
        answers.push([language, answer.kind === 'none' ? `${answer.code} ${answer.reason} ${answer.stderr ?? ''}` : `${answer.kind} ${answer.output}`]);
      }
      expect(answers.map(([language]) => [language, answers[0]?.[1]])).toEqual(answers);
      expect(answers[0]?.[1]).toMatch(/^reject /);
    },
  );
});
