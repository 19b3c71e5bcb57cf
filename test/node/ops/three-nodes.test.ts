// The story of a proposal across three real nodes over HTTP and ssh, with kill -9 in it. All of it: `npm run nodes`.
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { playAcross, steps, victim } from '../../nodes/proposal-story.ts';
import { sshServerPath } from '../../nodes/ssh-server.ts';
import { startThree, type ThreeNodes } from '../../nodes/three.ts';
import { ensureInstallable } from '../cli/decide/built.ts';
import { removeFolder, temporaryFolder } from '../ledger/small-ledger.ts';

const folder = temporaryFolder();
let nodes: ThreeNodes | undefined;

afterAll(async () => {
  await nodes?.stop();
  removeFolder(folder);
});

if (sshServerPath === undefined && process.env['GDO_NO_SKIP'] === '1') throw new Error('GDO_NO_SKIP=1 and no ssh server is installed (openssh-server)');

it.skipIf(sshServerPath === undefined)(
  `Q16, I17: a proposal is made, approved and merged across three nodes, each of which is killed twice, and all end equal${sshServerPath === undefined ? ' (needs openssh-server)' : ''}`,
  async () => {
    ensureInstallable();
    const started = await startThree(folder);
    nodes = started;
    const end = await playAcross(started, join(folder, 'members'), async (step) => void (await started.killAndStart(victim(step, 0))));
    expect(end.wrong).toEqual([]);
    expect(new Set(end.lines).size).toBe(1);
    expect(steps).toHaveLength(6);
    expect(await started.stop()).toEqual([0, 0, 0]);
    nodes = undefined;
  },
);
