// What a container may do and what its ending means, on a real engine: nothing that fails, hangs or floods is ever a yes.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { dappFiles } from '../../../node/cli/dapp-init.ts';
import type { CheckAnswer } from '../../../node/dapps/check.ts';
import { runCheck } from '../../../node/dapps/check.ts';
import type { ContainerEngine } from '../../../node/dapps/containers.ts';
import type { CheckRequest } from '../../../node/dapps/input.ts';
import { checkInput } from '../../../node/dapps/input.ts';
import type { DappManifest } from '../../../node/dapps/manifest.ts';
import { engineForTests, importBusyboxImage } from './image.ts';

const found = await engineForTests();

const request: CheckRequest = {
  org: '1'.repeat(64),
  case: '3'.repeat(64),
  candidate: '4'.repeat(64),
  timeMs: 1_795_248_000_000,
  seed: '5'.repeat(64),
  change: [{ path: 'doors/front', old: 'absent', new: `100644:${'7'.repeat(64)}` }],
  state: [],
  files: [{ path: 'doors/front', entry: `100644:${'7'.repeat(64)}`, bytes: new TextEncoder().encode('open\n') }],
};

describe.skipIf('missing' in found)('a dapp in a real container', () => {
  let image = '';
  let engine: ContainerEngine;
  beforeAll(() => {
    if ('missing' in found) return;
    engine = found.engine;
    image = importBusyboxImage();
  });

  const plain: DappManifest = {
    name: 'fee',
    role: 'check',
    command: ['/bin/true'],
    output: 'exit',
    reads: undefined,
    timeoutMs: 20_000,
    memoryBytes: 33_554_432,
    outputBytesMax: 65_536,
    determinism: 'deterministic',
    images: [],
  };
  const check = (script: string, changes: Partial<DappManifest> = {}): Promise<CheckAnswer> =>
    runCheck(engine, image, { ...plain, command: ['/bin/sh', '-c', script], ...changes }, checkInput(request));
  const outcome = (answer: CheckAnswer): string => (answer.kind === 'none' ? answer.code : answer.kind);

  it('accepts with exit 0 and rejects with exit 1', async () => {
    expect(outcome(await check('exit 0'))).toBe('accept');
    expect(outcome(await check('exit 1'))).toBe('reject');
  });

  it('reads the case and the changed files on standard input', async () => {
    expect(outcome(await check('cat >/tmp/in; case "$(cat /tmp/in)" in *doors/front*open*) exit 0;; *) exit 7;; esac'))).toBe('accept');
  });

  it('takes a printed verdict only when it is one canonical document and the exit status is 0', async () => {
    const verdict = { output: 'verdict' } as const;
    expect(await check(`echo '{"reasons":["fee is 3 EUR"],"v":1,"verdict":"reject"}'`, verdict)).toMatchObject({ kind: 'reject', reasons: ['fee is 3 EUR'] });
    expect(outcome(await check(`echo '{"v":1,"verdict":"accept"}'`, verdict))).toBe('accept');
    expect(outcome(await check(`echo '{"v":1,"verdict":"accept"}'; exit 1`, verdict))).toBe('GDO3006');
    expect(await check(`echo '{"score":-7,"v":1,"verdict":"accept"}'`, verdict)).toMatchObject({ kind: 'accept', score: -7 });
    expect(outcome(await check(`echo '{"score":"7","v":1,"verdict":"accept"}'`, verdict))).toBe('GDO3006');
    expect(outcome(await check(`echo '{"v":1, "verdict":"accept"}'`, verdict))).toBe('GDO3006');
    expect(outcome(await check(`echo '{"v":1,"verdict":"perhaps"}'`, verdict))).toBe('GDO3006');
    expect(await check('true', verdict)).toMatchObject({ kind: 'none', code: 'GDO3006', reason: 'The dapp printed nothing, and no verdict' });
  });

  it('gives no verdict when two runs on the same input differ: by a name, by chance, or by time (T19)', async () => {
    expect(outcome(await check('hostname'))).toBe('GDO3007');
    expect(outcome(await check('head -c 8 /dev/urandom'))).toBe('GDO3007');
    expect(outcome(await check('cat /proc/uptime'))).toBe('GDO3007');
  });

  it('gives no verdict when a program prints what it keeps in the order of a map (T19)', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gdo-order-'));
    try {
      for (const [path, text] of dappFiles('order', 'perl')) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      const program = join(folder, 'dapps/order/order.pl');
      // So many names are in the same order twice once in ten to the power of 157.
      writeFileSync(program, 'my %seen = map { $_ => 1 } 1 .. 100; print join(" ", keys %seen), "\\n";');
      const perl = execFileSync('sh', [join(folder, 'dapps/order/image.sh')], { encoding: 'utf8' }).trim();
      const answer = await runCheck(engine, perl, { ...plain, command: ['/usr/bin/perl', '/dapp/order.pl'] }, checkInput(request));
      expect(outcome(answer)).toBe('GDO3007');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('answers that an image that is not here cannot be run', async () => {
    expect(outcome(await runCheck(engine, `sha256:${'0'.repeat(64)}`, plain, checkInput(request)))).toBe('GDO3001');
  });
});
