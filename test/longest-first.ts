// The order in which test files start: the longest first, so that no worker plays one of two minutes at the end while the other has nothing to do.
// A clean machine has no record of an earlier run, and the size of a file says little. No test relies on the order.
import { relative } from 'node:path';
import { BaseSequencer } from 'vitest/node';
import type { TestSpecification } from 'vitest/node';

/** Files of more than ten seconds, about the longest first; where one is misplaced, the run only takes longer. */
const longest: readonly string[] = [
  'test/node/story.test.ts',
  'test/node/cli/decide/dapp.test.ts',
  'test/measure/bad-input.test.ts',
  'test/node/git/portable.test.ts',
  'test/node/cli/decide/sealed-files.test.ts',
  'test/node/outage.test.ts',
  'test/package.test.ts',
  'test/node/ledger/crashes.test.ts',
  'test/node/cli/decide/change.test.ts',
  'test/node/ops/three-nodes.test.ts',
  'test/node/receive/hostile.test.ts',
  'test/node/dapps/second-look.test.ts',
  'test/node/cli/decide/door.test.ts',
  'test/node/ledger/pruning.test.ts',
  'test/node/chunks/rounds.test.ts',
  'test/node/chunks/killed-turns.test.ts',
  'test/node/ops/contents.test.ts',
  'test/node/dapps/rebuild.test.ts',
  'test/node/cli/decide/clones.test.ts',
  'test/node/cli/decide/fork.test.ts',
  'test/node/ops/node.test.ts',
  'test/node/dapps/attacks.test.ts',
  'test/node/cli/decide/look.test.ts',
  'test/node/cli/decide/prove.test.ts',
  'test/browser/browser.test.ts',
  'test/node/chunks/prune.test.ts',
  'test/examples/charters.test.ts',
  'test/node/chunks/store.test.ts',
  'test/node/ledger/snapshot.test.ts',
  'test/independent/verify.test.ts',
  'test/node/receive/disk.test.ts',
  'test/examples/collaborators.test.ts',
  'test/tidy.test.ts',
  'test/lint-plants.test.ts',
];

const root = new URL('..', import.meta.url).pathname;

/** Starts the longest files first, then all others as vitest orders them. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const ordered = await super.sort(files);
    const place = ({ moduleId }: TestSpecification): number => {
      const found = longest.indexOf(relative(root, moduleId));
      return found === -1 ? longest.length : found;
    };
    return ordered.toSorted((left, right) => place(left) - place(right));
  }
}
