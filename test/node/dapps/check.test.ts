// What a container may do and what its ending means, on a real engine: nothing that fails, hangs or floods is ever a yes.
import { beforeAll, describe, expect, it } from 'vitest';
import type { CheckAnswer } from '../../../node/dapps/check.ts';
import { runCheck } from '../../../node/dapps/check.ts';
import type { ContainerEngine } from '../../../node/dapps/containers.ts';
import type { CheckRequest } from '../../../node/dapps/input.ts';
import type { DappManifest } from '../../../node/dapps/manifest.ts';
import { createOptions, profileDifferences } from '../../../node/dapps/profile.ts';
import { engineForTests, importBusyboxImage } from './image.ts';

const found = await engineForTests();

const request: CheckRequest = {
  org: '1'.repeat(64),
  case: '3'.repeat(64),
  candidate: '4'.repeat(64),
  timeMs: 1_795_248_000_000,
  seed: '5'.repeat(64),
  change: { id: '6'.repeat(64), entries: [{ path: 'doors/front', old: 'absent', new: `100644:${'7'.repeat(64)}` }] },
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

  const check = async (script: string, changes: Partial<DappManifest> = {}): Promise<CheckAnswer> => {
    const manifest: DappManifest = {
      name: 'fee',
      command: ['/bin/sh', '-c', script],
      output: 'exit',
      reads: [],
      timeoutMs: 20_000,
      memoryBytes: 33_554_432,
      outputBytesMax: 65_536,
      determinism: 'deterministic',
      ...changes,
    };
    return runCheck(engine, image, manifest, request);
  };
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
    expect(outcome(await check(`echo '{"v":1, "verdict":"accept"}'`, verdict))).toBe('GDO3006');
    expect(outcome(await check(`echo '{"v":1,"verdict":"perhaps"}'`, verdict))).toBe('GDO3006');
    expect(outcome(await check('true', verdict))).toBe('GDO3006');
  });

  it('gives no verdict when memory runs out, also when the dapp then says yes (S53)', async () => {
    const fill = 'x=$(head -c 64000000 /dev/zero | tr "\\\\0" x)';
    expect(outcome(await check(`${fill}; exit 0`))).toBe('GDO3004');
    expect(outcome(await check(`( ${fill} ) ; exit 0`))).toBe('GDO3004');
  });

  it('gives no verdict when the dapp hangs, ignores TERM, or floods its output (S53)', async () => {
    expect(outcome(await check('sleep 600', { timeoutMs: 1_500 }))).toBe('GDO3002');
    expect(outcome(await check('trap "" TERM; while :; do :; done', { timeoutMs: 1_500 }))).toBe('GDO3002');
    expect(outcome(await check('yes'))).toBe('GDO3003');
    expect(outcome(await check('yes >&2'))).toBe('GDO3003');
  });

  it('gives no verdict when the command is missing or dies by a signal', async () => {
    expect(outcome(await check('', { command: ['/bin/no-such-program'] }))).toBe('GDO3001');
    expect(outcome(await check("sh -c 'kill -9 $$'; exit $?"))).toBe('GDO3005');
  });

  it('gives no verdict when two runs on the same input differ', async () => {
    expect(outcome(await check('hostname'))).toBe('GDO3007');
    expect(outcome(await check('head -c 8 /dev/urandom'))).toBe('GDO3007');
  });

  it('has no network, no writable root and no more than 16 MiB of scratch', async () => {
    expect(outcome(await check('wget -T 2 -q -O - http://169.254.169.254/ && exit 0; exit 9'))).toBe('reject');
    expect(outcome(await check('echo x >/bin/x && exit 0; exit 9'))).toBe('reject');
    expect(outcome(await check('dd if=/dev/zero of=/tmp/big bs=1048576 count=20 2>/dev/null && exit 0; exit 9'))).toBe('reject');
  });

  it('answers that an image that is not here cannot be run', async () => {
    const manifest: DappManifest = {
      name: 'fee',
      command: ['/bin/true'],
      output: 'exit',
      reads: [],
      timeoutMs: 5_000,
      memoryBytes: 33_554_432,
      outputBytesMax: 1_024,
      determinism: 'deterministic',
    };
    expect(outcome(await runCheck(engine, `sha256:${'0'.repeat(64)}`, manifest, request))).toBe('GDO3001');
  });
});

describe('the hardened profile', () => {
  const options = createOptions({
    image: `sha256:${'a'.repeat(64)}`,
    command: ['/bin/true'],
    memoryBytes: 33_554_432,
    nanoCpus: 500_000_000,
    hostname: 'gdo',
    swappiness: 'zero',
  });

  it('finds every setting that a daemon widened', () => {
    const inspected = { Image: options.Image, Config: { ...options }, HostConfig: { ...options.HostConfig }, Mounts: [] };
    expect(profileDifferences(options, inspected)).toEqual([]);
    expect(profileDifferences(options, { ...inspected, HostConfig: { ...options.HostConfig, Privileged: true } })).toEqual(['HostConfig.Privileged']);
    expect(profileDifferences(options, { ...inspected, HostConfig: { ...options.HostConfig, NetworkMode: 'bridge' } })).toEqual(['HostConfig.NetworkMode']);
    expect(profileDifferences(options, { ...inspected, HostConfig: { ...options.HostConfig, Binds: ['/:/host'] } })).toEqual(['HostConfig.Binds']);
    expect(profileDifferences(options, { ...inspected, Mounts: [{ Source: '/' }] })).toEqual(['Mounts']);
    expect(profileDifferences(options, {})).toContain('HostConfig.CapDrop');
  });
});
