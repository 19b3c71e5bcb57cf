// R38: the door of a small computer, in a container as small. The whole size is `npm run small -- door`.
import { describe, expect, it } from 'vitest';
import { ensureInstallable } from '../node/cli/decide/built.ts';
import { engineForTests } from '../node/dapps/image.ts';
import { doorOnSmallComputer } from './door.ts';

const found = await engineForTests();

describe.skipIf('missing' in found)('a small computer', () => {
  it('with one processor, 256 MB of memory, 200 MB of disk and no network answers at a door as is decided outside (R38)', async () => {
    ensureInstallable();
    const { said, reasons, differences } = await doorOnSmallComputer({ members: 40, swipes: 200, disk: 'memory' });
    expect(differences).toEqual([]);
    expect([...reasons.keys()].toSorted()).toEqual(['allowed', 'credential-disabled', 'limit-reached', 'locked', 'unknown-credential', 'unknown-thing']);
    expect(said).toMatchObject({ networkSockets: 0, exit: 0 });
    expect(said.answers.filter((answer) => answer.includes('"checkpoint":1'))).toHaveLength(100);
  });
});
