// Data: wrong usage and configuration of the command line, GDO5xxx. One row per code, kept equal to cli.md section 11 by a test;
// no logic, and entered only through codes.ts. One line per row whatever its length: the formatter leaves this file alone.
import type { RefusalRow } from './code-row.ts';

/** The rows in order of code. Source: cli.md section 11. */
export const commandCodes: readonly RefusalRow[] = [
  ['GDO5001', 'unknown-command-or-flag', 'error', 'unknown command or flag; suggests', 2],
  ['GDO5002', 'missing-or-contradicting-arguments', 'error', 'missing or contradicting arguments', 2],
  ['GDO5003', 'value-out-of-range', 'error', 'value out of range, or not a date, duration, person or case', 2],
  ['GDO5004', 'question-without-terminal', 'error', 'a question needs an answer and there is no terminal: names the flag', 2],
  ['GDO5010', 'configuration-key-or-type', 'error', '`gdo.toml` or `gdo-node.json`: unknown key or wrong type', 2],
  ['GDO5011', 'configuration-lowers-error', 'error', 'configuration tries to lower an error or to run code', 2],
  ['GDO5012', 'no-bylaws-found', 'error', 'no bylaws found here or above', 2],
  ['GDO5013', 'folder-not-empty', 'error', 'folder is not empty (`init` without `--force`)', 2],
  ['GDO5014', 'path-leads-outside', 'error', 'path leads outside `-C`', 2],
  ['GDO5020', 'no-ledger-here', 'error', 'no ledger here, or not this organization\'s', 3],
  ['GDO5021', 'no-usable-key', 'error', 'no usable key for this person', 3],
  ['GDO5022', 'file-unreadable', 'error', 'file unreadable, or not UTF-8', 3],
  ['GDO5023', 'node-not-reachable', 'error', 'node not reachable through its socket', 3],
  ['GDO5024', 'tool-missing', 'error', 'git or container runtime missing', 3],
  ['GDO5030', 'generated-documents-differ', 'error', 'generated documents differ (`docs --check`)', 1],
  ['GDO5090', 'fault-of-gdo', 'error', 'a fault of gdo itself; details in the named file', 3],
];
