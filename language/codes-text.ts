// Data: findings in the text of bylaws, GDO001-GDO099. One row per code, kept equal to check.md section 2 by a test;
// no logic, and entered only through codes.ts. One line per row whatever its length: the formatter leaves this file alone.
import type { FindingRow } from './code-row.ts';

/** The rows in order of code. Source: check.md section 2. */
export const textCodes: readonly FindingRow[] = [
  ['GDO001', 'syntax-error', 'error', 'a line the grammar does not know; names what may stand there', 'own', '`quorom at least 5`', '`quorum at least 5`'],
  ['GDO002', 'unclosed-block', 'error', 'missing `end`; points at the opening word', 'own', '`vote ballot …`', '`… end`'],
  ['GDO003', 'reserved-word-as-name', 'error', 'a stage called `vote`', '16 errors of a first draft came from one reserved word', '`step vote`', '`step ballot`'],
  ['GDO004', 'limit-exceeded', 'error', 'S76-S78', 'own', '300 KiB file', 'split it'],
  ['GDO005', 'hidden-character', 'error', 'bidirectional or control characters (a warning: strings not in NFC)', 'Trojan Source', 'U+202E in a name', 'delete it'],
  ['GDO006', 'bad-literal', 'error', '`3/0`, `2027-02-30`, 400 %', 'own', '`3/0`', '`3/4`'],
  ['GDO007', 'end-label-mismatch', 'error', '`end of X` closes Y', 'own', '`end of vote1`', '`end of ballot`'],
  ['GDO008', 'fence-splits-block', 'error', 'a block spans two literate fences', 'own', '', 'one fence per block'],
  ['GDO009', 'unknown-version', 'error', '`gdo 2` in a tool that knows 1', 'own', '`gdo 2`', '`gdo 1`'],
  ['GDO010', 'repeated-clause', 'error', 'a clause twice in a block that is not a list (S138)', 'own probe: two `open for`, silently the last one', '', 'delete one'],
  ['GDO030', 'secret-ballot-unsupported', 'error', 'the words `secret ballot`, with the reason', 'ledger is public', '', 'delete the clause'],
  ['GDO031', 'missing-base', 'error', 'a share of nothing', 'w3c/process #838, #933; tob #80; GrantShares #38', '`at least 2/3 are yes`', '`at least 2/3 of votes cast are yes`'],
  ['GDO032', 'tie-rule-missing', 'error', 'a tie can decide and no `tie` clause (S124)', 'Debian #727708 (4:4); PEP 13 amended 2025; VoteKit #266', '`counted by irv`', 'add `tie lot`'],
  ['GDO033', 'parameter-outside-module', 'error', '`$x` in a bylaw', 'own', '`$period`', '`14 days`'],
  ['GDO034', 'vague-word', 'error', 'majority, supermajority, most, unanimous', 'own', '`a majority`', '`more than 1/2 of votes cast are yes`'],
  ['GDO035', 'not-yet-run', 'error', 'a construct this version of the engine cannot run yet', 'own: docs/decisions/0012', '', 'leave the clause out, or wait for the version that runs it'],
];
