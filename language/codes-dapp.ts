// Data: failures of dapps, GDO3xxx. One row per code, kept equal to node.md section 11 by a test;
// no logic, and entered only through codes.ts. One line per row whatever its length: the formatter leaves this file alone.
import type { RefusalRow } from './code-row.ts';

/** The rows in order of code. Source: node.md section 11. */
export const dappCodes: readonly RefusalRow[] = [
  ['GDO3001', 'container-start-error', 'error', 'container API or start error, image not on this machine', 3],
  ['GDO3002', 'killed-by-timer', 'error', 'killed by our timer', 3],
  ['GDO3003', 'output-limit-exceeded', 'error', 'output limit exceeded', 3],
  ['GDO3004', 'out-of-memory', 'error', 'out of memory', 3],
  ['GDO3005', 'ended-by-signal', 'error', 'exit >= 126 or ended by a signal', 3],
  ['GDO3006', 'output-not-as-declared', 'error', 'exit or stdout not as declared', 3],
  ['GDO3007', 'two-runs-differ', 'error', 'two runs differ', 3],
  ['GDO3010', 'protection-missing', 'error', 'daemon lacks a protection the profile needs', 3],
  ['GDO3011', 'image-chunks-missing', 'error', 'image chunks missing (n of m)', 3],
  ['GDO3012', 'image-digest-differs', 'error', 'image digest differs, or the archive breaks the tar rules', 3],
  ['GDO3013', 'dapp-entry-refused', 'error', 'the entry of a dapp is not of its form, or is about another image', 3],
  ['GDO3014', 'source-differs', 'error', 'the source that the entry of a dapp names is not what lies there', 3],
  ['GDO3015', 'rebuild-differs', 'error', 'building a dapp again came to another image than its entry names', 1],
  ['GDO3016', 'second-look-differs', 'error', 'a past check, run again, gave another answer than an endorser signed', 1],
];
