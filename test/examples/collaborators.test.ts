// examples/collaborators: a program is admitted by a kit without a vote, an oracle reports and an agent acts, each started, stopped and started again.
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { runCheck } from '../../node/dapps/check.ts';
import { checkInput } from '../../node/dapps/input.ts';
import { decodeManifest } from '../../node/dapps/manifest.ts';
import { engineForTests, importFolder } from '../node/dapps/image.ts';
import { accept, foundHouse, removeHouses, round } from '../node/cli/decide/house.ts';
import type { House } from '../node/cli/decide/house.ts';

const found = await engineForTests();
const example = fileURLToPath(new URL('../../examples/collaborators/', import.meta.url));
const people: readonly string[] = ['ana', 'bo', 'robot'];
const manifest = `${JSON.stringify({ command: ['/bin/sh', '/dapp/kit.sh'], name: 'kit', output: 'exit', reads: ['programs/**'], v: 1 })}\n`;

afterAll(removeHouses);

/** Busybox with the kit in it. */
function kitImage(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gdo-kit-'));
  try {
    for (const name of ['bin', 'dapp', 'tmp', 'proc', 'dev', 'sys', 'etc']) mkdirSync(join(folder, name));
    cpSync('/bin/busybox', join(folder, 'bin/busybox'));
    for (const name of ['sh', 'cat', 'head', 'tail', 'tr', 'wc']) symlinkSync('busybox', join(folder, 'bin', name));
    cpSync(`${example}kit.sh`, join(folder, 'dapp/kit.sh'));
    return importFolder(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Running {
  readonly said: () => string;
  readonly waitFor: (text: string) => Promise<void>;
  /** Asks it to end. @returns its exit code */
  readonly end: () => Promise<number | null>;
}

/** Starts a program of the example as a process of its own. */
function start(house: House, program: string, ...words: readonly string[]): Running {
  const child = spawn(process.execPath, [`${example}${program}`, house.place('robot'), house.place('people', 'robot', 'id_ed25519'), ...words], {
    env: { PATH: process.env['PATH'], HOME: house.place('people', 'robot') },
  });
  let text = '';
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (text += String(bytes)));
  return {
    said: () => text,
    waitFor: async (wanted) => {
      // Loops of a second each: so many are a failure on any machine.
      for (let looks = 0; !text.includes(wanted); looks += 1) {
        if (child.exitCode !== null || looks > 600) throw new Error(`${program} did not say "${wanted}":\n${text}`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    end: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

/** The kit's word about a program. */
async function kitSays(image: string, program: string): Promise<string> {
  if ('missing' in found) return found.missing;
  const decoded = decodeManifest(Buffer.from(manifest));
  if (decoded.kind === 'refused') return decoded.reason;
  const entry = `100644:${'7'.repeat(64)}`;
  const files = [{ path: 'programs/robot.sh', entry, bytes: Buffer.from(program) }];
  const hashes = { org: '1'.repeat(64), case: '2'.repeat(64), candidate: '3'.repeat(64), seed: '4'.repeat(64) };
  const input = checkInput({ ...hashes, timeMs: 0, change: [{ path: 'programs/robot.sh', old: 'absent', new: entry }], state: [], files });
  const answer = await runCheck(found.engine, image, { ...decoded.manifest, timeoutMs: 3_000 }, input);
  return answer.kind === 'none' ? answer.code : answer.kind;
}

describe.skipIf('missing' in found)(`examples/collaborators${'missing' in found ? ` (skipped: ${found.missing})` : ''}`, () => {
  it('has a kit that takes programs that answer right, and no other', async () => {
    const image = kitImage();
    expect(await kitSays(image, 'while read -r n; do echo $((n * 2)); done\n')).toBe('accept');
    expect(await kitSays(image, 'while read -r n; do echo $((n + n + 1)); done\n')).toBe('reject');
    expect(await kitSays(image, 'exit 0\n')).toBe('reject');
    expect(await kitSays(image, 'while :; do :; done\n')).toBe('GDO3002');
  });

  it('lets a program in by a kit and without a vote, and what it reports and acts on is done once over restarts', async () => {
    const bylaws = readFileSync(`${example}admission.gdo`, 'utf8').replace(/sha256:0{64}/, kitImage());
    const house = await foundHouse({ people, bylaws, files: { 'dapps/kit.json': manifest } });
    const trial = async (title: string, program: string): Promise<void> => {
      house.git('robot', 'robot', 'switch', '-q', '-C', title, 'main');
      house.write('robot', 'programs/robot.sh', program);
      house.git('robot', 'robot', 'add', '.');
      house.git('robot', 'robot', 'commit', '-q', '-m', title);
      accept(await house.gdo('robot', 'robot', 'start', 'trial', '--candidate', 'robot', '--title', title));
      house.git('robot', 'robot', 'switch', '-q', 'main');
      await round(house, people);
      house.wait(2);
      await round(house, people);
    };
    await trial('right', 'while read -r n; do echo $((n * 2)); done\n');
    expect(await house.gdo('bo', 'bo', 'verify', '1')).toMatchObject({ exit: 0 });
    expect(house.git('bo', 'hub.git', 'show', 'main:programs/robot.sh')).toContain('n * 2');

    const meter = house.place('meter');
    writeFileSync(meter, '2027-03-01 417\n');
    const oracle = start(house, 'oracle.mjs', meter);
    await oracle.waitFor('reported 2027-03-01');
    writeFileSync(meter, '2027-03-02 431\n');
    await oracle.waitFor('reported 2027-03-02');
    expect(await oracle.end()).toBe(0);
    const again = start(house, 'oracle.mjs', meter);
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect(await again.end()).toBe(0);
    expect(again.said()).toBe('');

    const told: string[] = [];
    const service = createServer((request, response) => {
      told.push(String(request.headers['idempotency-key']));
      response.end('noted');
    });
    await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
    const bound = service.address();
    const url = `http://127.0.0.1:${typeof bound === 'object' && bound !== null ? bound.port : 0}/`;
    try {
      const agent = start(house, 'agent.mjs', house.place('journal'), url);
      await agent.waitFor('failed 0');
      expect(await agent.end()).toBe(0);
      const before = told.length;
      const second = start(house, 'agent.mjs', house.place('journal'), url);
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      expect(await second.end()).toBe(0);
      // It was decided, and it was merged.
      expect(before).toBe(2);
      expect([told.length, new Set(told).size]).toEqual([before, before]);
    } finally {
      service.close();
    }
    await round(house, people);
    const facts = (await house.gdo('ana', 'hub.git', 'log', '--json')).stdout;
    expect(facts.split('meter.read').length - 1).toBe(2);
    expect(await house.gdo('ana', 'hub.git', 'audit')).toMatchObject({ exit: 0 });
  });
});
