// R52: full nodes of a small computer, in a container as small. How fast they are is measured by `npm run small -- nodes`.
import { describe, expect, it } from 'vitest';
import { ensureInstallable } from '../node/cli/decide/built.ts';
import { engineForTests } from '../node/dapps/image.ts';
import { nodesOnSmallComputer } from './nodes.ts';

const found = await engineForTests();

describe.skipIf('missing' in found)('full nodes', () => {
  it('with one processor and 512 MB for both take in what is signed, and check it from the founding, to one state (R52)', async () => {
    ensureInstallable();
    const { said, events, state } = await nodesOnSmallComputer(60);
    expect([said.witness.exit, said.keeper.exit, events]).toEqual([0, 0, 60]);
    expect(said.keeper).toMatchObject({ id: said.witness.id, state: said.witness.state });
    expect(said.keeper.state).toBe(state);
  });
});
