// Data: states of the node and its network, GDO4xxx. One row per code, kept equal to node.md section 11 by a test;
// no logic, and entered only through codes.ts. One line per row whatever its length: the formatter leaves this file alone.
import type { RefusalRow } from './code-row.ts';

/** The rows in order of code. Source: node.md section 11. */
export const networkCodes: readonly RefusalRow[] = [
  ['GDO4001', 'peer-over-quota', 'warning', 'peer over its quota'],
  ['GDO4002', 'peer-unreachable', 'warning', 'peer unreachable'],
  ['GDO4003', 'recorded-not-received', 'warning', 'recorded here, not yet received'],
  ['GDO4004', 'stream-unreachable', 'warning', 'stream (NATS) unreachable: checkpoints wait'],
  ['GDO4010', 'engine-number-unknown', 'error', 'engine number unknown to this version', 3],
  ['GDO4011', 'inflate-budget-exceeded', 'error', 'pack or object over the inflate budgets', 1],
  ['GDO4012', 'root-differs-after-upgrade', 'error', 'own root differs from the checkpoint\'s after an upgrade', 3],
  ['GDO4013', 'witness-restored-from-backup', 'error', 'witness restored from a backup: does not vote yet (section 8)', 3],
  ['GDO4014', 'dropped-from-this-copy', 'error', 'what was recorded before a checkpoint was dropped from this copy; another one may hold it', 3],
  ['GDO4020', 'clock-not-synchronised', 'error', 'clock not synchronised, behind the last checkpoint, or more than 2 x `heartbeatMs` after it and not confirmed', 3],
  ['GDO4021', 'disk-nearly-full', 'error', 'disk nearly full: warns at 20 % free, stops receiving at 5 %', 3],
  ['GDO4022', 'key-unusable', 'error', 'key unusable, or file modes too open', 3],
  ['GDO4023', 'tool-too-old', 'error', 'git, Node or container runtime older than required', 3],
  ['GDO4030', 'content-not-whole', 'error', 'chunks of a content are missing or damaged in this copy, or its manifest is false', 3],
  ['GDO4031', 'too-few-copies', 'error', 'fewer other copies have a content than are wanted', 1],
  ['GDO4032', 'not-sealed-to-this-key', 'error', 'a sealed file is not sealed to this key', 1],
  ['GDO4033', 'sealed-file-false', 'error', 'a sealed file was changed, or is not what its commitment says', 1],
  ['GDO4034', 'sealed-file-not-here', 'error', 'this copy has no bytes of a sealed file: they were erased, or never brought', 3],
];
