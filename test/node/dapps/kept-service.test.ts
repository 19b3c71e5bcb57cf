// Services on a real engine: they answer line by line in the same profile, are started again when they end or fall silent, and leave nothing behind.
import Docker from 'dockerode';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../engine/index.ts';
import type { ContainerEngine } from '../../../node/dapps/containers.ts';
import { ownOwner } from '../../../node/dapps/containers.ts';
import type { DappManifest } from '../../../node/dapps/manifest.ts';
import { dappLabel, ownerLabel } from '../../../node/dapps/profile.ts';
import type { Service, ServiceAnswer } from '../../../node/dapps/kept-service.ts';
import { startService } from '../../../node/dapps/kept-service.ts';
import { engineForTests, importBusyboxImage } from './image.ts';

const found = await engineForTests();

/** A door: it lets in who the state names, says how often it was asked since it began, and does what the name tells it. */
const door = String.raw`
asked=0
while read -r line; do
  case $line in
    '{"state":'*) state=$line; continue ;;
  esac
  id=\${line#*\"ask\":}; id=\${id%%,*}; id=\${id%%\}*}
  who=\${line#*\"who\":\"}; who=\${who%%\"*}
  asked=$((asked + 1))
  case $who in
    silent) continue ;;
    dead) exit 0 ;;
    hungry) ( x=xxxxxxxxxxxxxxxx; while true; do x=$x$x; done ) 2>/dev/null; who=ana ;;
    starved) ( x=xxxxxxxxxxxxxxxx; while true; do x=$x$x; done ) 2>/dev/null & ;;
    liar) ( x=xxxxxxxxxxxxxxxx; while true; do x=$x$x; done ) 2>/dev/null; echo '{"fact":{"type":"door.opened"}}' ;;
    noisy) echo 'this is no line of JSON'; echo 'seen' >&2 ;;
    netted) wget -T 1 -q -O - http://169.254.169.254/ >/dev/null 2>&1 && who=ana ;;
    fact) echo '{"fact":{"type":"door.opened"}}' ;;
  esac
  case $state in
    *"role/member/$who\""*) echo "{\"answer\":$id,\"asked\":$asked,\"open\":true}" ;;
    *) echo "{\"answer\":$id,\"asked\":$asked,\"open\":false}" ;;
  esac
done`.replaceAll('\\$', '$');

const manifest: DappManifest = {
  name: 'door',
  role: 'service',
  command: ['/bin/sh', '-c', door],
  output: 'verdict',
  reads: ['/role/member/*'],
  timeoutMs: 60_000,
  memoryBytes: 33_554_432,
  outputBytesMax: 65_536,
  determinism: 'deterministic',
  images: [],
};

describe.skipIf('missing' in found)('a service', () => {
  let image = '';
  let engine: ContainerEngine;
  const open: Service[] = [];
  beforeAll(() => {
    if ('missing' in found) return;
    engine = found.engine;
    image = importBusyboxImage();
  });
  afterEach(async () => {
    for (const service of open.splice(0)) await service.close();
    const left = await new Docker().listContainers({ all: true, filters: { label: [`${dappLabel}=service`, `${ownerLabel}=${ownOwner}`] } });
    expect(left).toEqual([]);
  });

  const start = async (answerWithinMs = 10_000): Promise<{ readonly service: Service; readonly facts: JsonObject[]; readonly notes: string[] }> => {
    const [facts, notes]: [JsonObject[], string[]] = [[], []];
    const state = (): readonly (readonly [string, JsonObject])[] => [['role/member/ana', { from: 1 }]];
    const started = await startService(engine, { image, manifest, answerWithinMs, state, fact: (fact) => facts.push(fact), note: (text) => notes.push(text) });
    if (started.kind === 'none') throw new Error(started.reason);
    open.push(started.service);
    return { service: started.service, facts, notes };
  };
  const shown = (answer: ServiceAnswer): unknown => (answer.kind === 'none' ? answer.code : answer.body);
  /** Asks until it is running again. */
  const askAgain = async (service: Service): Promise<unknown> => {
    for (let tries = 0; tries < 100; tries += 1) {
      const answer = await service.ask({ who: 'ana' });
      if (answer.kind === 'answer') return answer.body;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    return 'never';
  };

  it('answers from the state it was fed, keeps its own, reports facts, and passes over what is no answer', async () => {
    const { service, facts, notes } = await start();
    expect(shown(await service.ask({ who: 'ana' }))).toEqual({ asked: 1, open: true });
    expect(shown(await service.ask({ who: 'bo' }))).toEqual({ asked: 2, open: false });
    service.feed([['role/member/bo', { from: 2 }]]);
    expect(shown(await service.ask({ who: 'bo' }))).toEqual({ asked: 3, open: true });
    expect(shown(await service.ask({ who: 'fact' }))).toEqual({ asked: 4, open: false });
    expect(shown(await service.ask({ who: 'noisy' }))).toEqual({ asked: 5, open: false });
    expect(shown(await service.ask({ who: 'netted' }))).toEqual({ asked: 6, open: false });
    expect(facts).toEqual([{ type: 'door.opened' }]);
    expect(notes.join('')).toContain('seen');
    const many = await Promise.all(Array.from({ length: 64 }, () => service.ask({ who: 'ana' })));
    expect(many.map((answer) => (answer.kind === 'answer' ? answer.body['asked'] : answer.code))).toEqual(Array.from({ length: 64 }, (_, at) => at + 7));
  });

  it('is started again when it ends, and who was waiting gets no answer, never a yes', async () => {
    const { service } = await start();
    expect(shown(await service.ask({ who: 'dead' }))).toBe('GDO3005');
    expect(shown(await service.ask({ who: 'ana' }))).toBe('GDO3001');
    expect(await askAgain(service)).toEqual({ asked: 1, open: true });
  });

  it('that loses memory in the middle of a question gives no answer, and is started again (T21, GDO3004)', async () => {
    const { service, notes } = await start(30_000);
    for (let turn = 0; turn < 3; turn += 1) {
      expect(shown(await service.ask({ who: 'hungry' }))).toBe('GDO3004');
      expect(await askAgain(service)).toEqual({ asked: 1, open: true });
    }
    expect(notes.join('\n')).toContain('something in it was killed for want of memory');
  });

  it('that loses memory between questions answers none of those that come after, nor reports a fact (T21, GDO3004)', async () => {
    const { service, facts } = await start(30_000);
    await service.ask({ who: 'starved' });
    const codes = new Set<unknown>();
    for (let tries = 0; tries < 200 && !codes.has('GDO3004'); tries += 1) {
      codes.add(shown(await service.ask({ who: 'bo' })) === 'GDO3004' ? 'GDO3004' : 'before');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(codes).toContain('GDO3004');
    expect(await askAgain(service)).toEqual({ asked: 1, open: true });
    expect(shown(await service.ask({ who: 'liar' }))).toBe('GDO3004');
    expect(facts).toEqual([]);
  });

  it('is not touched by what another container loses', async () => {
    const [{ service }, other] = [await start(), await start(30_000)];
    expect(shown(await service.ask({ who: 'ana' }))).toEqual({ asked: 1, open: true });
    expect(shown(await other.service.ask({ who: 'hungry' }))).toBe('GDO3004');
    expect(shown(await service.ask({ who: 'ana' }))).toEqual({ asked: 2, open: true });
  });

  it('is killed after three questions without an answer and started again', async () => {
    const { service, notes } = await start(1_000);
    const silent = await Promise.all(['silent', 'silent', 'silent'].map((who) => service.ask({ who })));
    expect(silent.map(shown)).toEqual(['GDO3002', 'GDO3002', 'GDO3002']);
    expect(await askAgain(service)).toMatchObject({ open: true });
    expect(notes.join('\n')).toContain('gave no answer 3 times in a row');
  });

  it('is not a check, and a check is not a service', async () => {
    const request = { image, answerWithinMs: 1_000, state: () => [], fact: () => undefined, note: () => undefined };
    expect(await startService(engine, { ...request, manifest: { ...manifest, role: 'check' } })).toMatchObject({ kind: 'none', code: 'GDO3006' });
    expect(await startService(engine, { ...request, image: `sha256:${'0'.repeat(64)}`, manifest })).toMatchObject({ kind: 'none', code: 'GDO3001' });
    expect(await startService({ ...engine, lacks: ['limits of memory'] }, { ...request, manifest })).toMatchObject({ kind: 'none', code: 'GDO3010' });
  });
});
