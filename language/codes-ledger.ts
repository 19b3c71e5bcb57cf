// Data: refusals of the ledger and its signatures, GDO1xxx. One row per code, kept equal to ledger.md section 13 by a test;
// no logic, and entered only through codes.ts. One line per row whatever its length: the formatter leaves this file alone.
import type { RefusalRow } from './code-row.ts';

/** The rows in order of code. Source: ledger.md section 13. */
export const ledgerCodes: readonly RefusalRow[] = [
  ['GDO1001', 'not-canonical-bytes', 'error', 'not canonical bytes'],
  ['GDO1002', 'unknown-or-missing-field', 'error', 'unknown or missing field'],
  ['GDO1003', 'limit-exceeded-in-ledger', 'error', 'limit exceeded'],
  ['GDO1010', 'commit-grammar', 'error', 'commit grammar'],
  ['GDO1011', 'signature-structure', 'error', 'signature structure or armour'],
  ['GDO1012', 'signature-refused', 'error', 'signature refused by the rule'],
  ['GDO1013', 'key-refused', 'error', 'key refused (order, encoding)'],
  ['GDO1014', 'wrong-organization-or-namespace', 'error', 'wrong organization or namespace'],
  ['GDO1015', 'actor-is-not-the-keys-owner', 'error', 'actor is not the key\'s owner'],
  ['GDO1020', 'merkle-root-differs', 'error', 'Merkle root differs'],
  ['GDO1021', 'sequence-gap', 'error', 'sequence gap'],
  ['GDO1022', 'parent-missing-or-unequal', 'error', 'parent missing (parked) or unequal'],
  ['GDO1023', 'unknown-base', 'error', 'unknown base'],
  ['GDO1030', 'ref-refused', 'error', 'ref name or rewrite refused (main and checkpoint: GDO2015)'],
  ['GDO1040', 'no-authority-at-this-point', 'error', 'no authority at this point'],
  ['GDO1041', 'concurrent-with-a-removal', 'error', 'concurrent with a removal'],
  ['GDO1042', 'key-revoked-or-frozen', 'error', 'key revoked or frozen'],
  ['GDO1043', 'equivocation', 'error', 'equivocation (F0: second branch refused, sign anew)'],
  ['GDO1050', 'stage-not-open', 'error', 'stage not open for this base'],
  ['GDO1051', 'late', 'error', 'late'],
  ['GDO1052', 'wrong-case-stage-or-choice', 'error', 'wrong case, stage or choice'],
  ['GDO1053', 'stale-amendment', 'error', 'stale amendment (a stale change is GDO2010)'],
  ['GDO1054', 'slot-taken-or-escrow-insufficient', 'error', 'slot taken / insufficient escrow'],
  ['GDO1055', 'recorded-offset-not-declared', 'info', 'recorded offset not declared (flag)'],
  ['GDO1056', 'decided-again-differently', 'info', 'decided again, a use of a right gives another reason (flag)'],
  ['GDO1057', 'not-a-voter', 'error', 'not a voter, or excepted from this vote'],
  ['GDO1060', 'no-quorum-of-receipts-yet', 'error', 'no quorum of receipts yet'],
  ['GDO1061', 'waits-for-the-next-epoch', 'error', 'waits for the next epoch'],
  ['GDO1070', 'checkpoint-differs-from-own-fold', 'error', 'checkpoint differs from own fold'],
  ['GDO1071', 'conflicting-final-checkpoints', 'error', 'conflicting final checkpoints (stop, call a human)'],
  ['GDO1072', 'checkpoint-too-old', 'error', 'checkpoint older than the maximum age'],
  ['GDO1073', 'quorum-out-of-reach-at-this-height', 'error', 'votes at this height can no longer reach the quorum'],
];
