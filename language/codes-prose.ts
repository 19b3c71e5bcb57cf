// Data: findings about prose and style, GDO900-GDO999. One row per code, kept equal to check.md section 2 by a test;
// no logic, and entered only through codes.ts. One line per row whatever its length: the formatter leaves this file alone.
import type { FindingRow } from './code-row.ts';

/** The rows in order of code. Source: check.md section 2. */
export const proseCodes: readonly FindingRow[] = [
  ['GDO901', 'sentence-without-rule', 'warning', 'a MUST, SHALL or MAY sentence with no linked block', 'Cosmos Constitution string is not enforced', '', 'link or reword'],
  ['GDO902', 'rule-without-sentence', 'info', 'a process no `gdo:says` region states', 'Catala', '', '`gdo fmt`'],
  ['GDO903', 'stale-restatement', 'error', 'a `gdo:says` region differs from the Charter', '-', '', '`gdo fmt`'],
  ['GDO904', 'not-formatted', 'info', 'differs from `gdo fmt`', 'gofmt', '', '`gdo fmt`'],
  ['GDO905', 'long-process', 'info', 'over 12 stages', 'own', '', 'split'],
  ['GDO906', 'unused-allow', 'warning', 'the rule would not fire', 'Regal', '', 'delete'],
  ['GDO907', 'expired-allow', 'error', 'past `until`', 'own', '', 'decide anew'],
  ['GDO908', 'scenario-failed', 'error', 'an `expect` fails', 'Catala clerk', '', 'see trace'],
  ['GDO909', 'unexercised-transition', 'info', 'no scenario takes it', 'Catala', '', 'add'],
];
