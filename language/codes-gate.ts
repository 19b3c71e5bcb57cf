// Data: refusals of the merge gate and of rights, GDO2xxx. One row per code, kept equal to node.md section 11 by a test;
// no logic, and entered only through codes.ts. One line per row whatever its length: the formatter leaves this file alone.
import type { RefusalRow } from './code-row.ts';

/** The rows in order of code. Source: node.md section 11. */
export const gateCodes: readonly RefusalRow[] = [
  ['GDO2001', 'path-not-governed', 'error', 'path in no governed area, or the change is on no accepted case', 1],
  ['GDO2002', 'process-does-not-govern-area', 'error', 'the case\'s process does not govern every area touched', 1],
  ['GDO2003', 'main-ahead-of-accepted-line', 'error', 'main is ahead of the accepted line (a host without the gate, or a bypass)', 1],
  ['GDO2004', 'forbidden-or-protected', 'error', 'a `forbid` rule or a `protect` of the bylaws in force is broken', 1],
  ['GDO2005', 'not-accepted', 'error', 'the process has not accepted: quorum or threshold not reached, or another outcome', 1],
  ['GDO2006', 'still-open', 'info', 'the process is still open', 4],
  ['GDO2010', 'stale-change', 'error', 'stale: an `old` value no longer equals main, or the merged tree breaks the tree policy', 1],
  ['GDO2011', 'tree-differs-from-change-set', 'error', 'proposal tree differs from its change set', 1],
  ['GDO2012', 'rejoin-conflict', 'error', 'rejoin of a fork: both sides changed a path or the bylaws', 1],
  ['GDO2013', 'bylaws-do-not-compile', 'error', 'proposed bylaws fail the engine\'s schema, or `gdo-check` attests that they do not compile to this IR, have errors, or lock the organization out', 1],
  ['GDO2014', 'tree-policy', 'error', 'tree policy (name, mode, depth, size)', 1],
  ['GDO2015', 'ref-only-the-node-moves', 'error', 'push names a ref that only the node may move', 1],
  ['GDO2020', 'dapp-must-run-again', 'info', 'a dapp must run again: what it read has changed', 4],
  ['GDO2030', 'dapp-rejects', 'error', 'dapp says reject', 1],
  ['GDO2031', 'endorsers-disagree', 'info', 'endorsers disagree: dapp quarantined', 4],
  ['GDO2032', 'no-verdict-in-time', 'error', 'no verdict before the merge\'s deadline: stale', 1],
  ['GDO2033', 'endorsement-rule-too-small', 'error', 'endorsement rule is not more than half', 3],
  ['GDO2201', 'unknown-thing', 'error', 'a right refuses: unknown thing', 1],
  ['GDO2202', 'unknown-credential', 'error', 'a right refuses: unknown credential', 1],
  ['GDO2203', 'credential-disabled', 'error', 'a right refuses: credential disabled', 1],
  ['GDO2204', 'locked', 'error', 'a right refuses: locked', 1],
  ['GDO2205', 'suspended', 'error', 'a right refuses: suspended', 1],
  ['GDO2206', 'denied', 'error', 'a right refuses: denied', 1],
  ['GDO2207', 'lapsed', 'error', 'a right refuses: lapsed', 1],
  ['GDO2208', 'no-role', 'error', 'a right refuses: no role', 1],
  ['GDO2209', 'condition', 'error', 'a right refuses: condition', 1],
  ['GDO2210', 'outside-hours', 'error', 'a right refuses: outside hours', 1],
  ['GDO2211', 'limit-reached', 'error', 'a right refuses: limit reached', 1],
  ['GDO2212', 'too-long-offline', 'error', 'too-long-offline', 3],
];
