// Data: findings about names and types, GDO100-GDO199. One row per code, kept equal to check.md section 2 by a test;
// no logic, and entered only through codes.ts. One line per row whatever its length: the formatter leaves this file alone.
import type { FindingRow } from './code-row.ts';

/** The rows in order of code. Source: check.md section 2. */
export const nameCodes: readonly FindingRow[] = [
  ['GDO101', 'unknown-name', 'error', 'a role, measure, certificate, area … that is not defined; suggests (S71)', 'own', '`any counselor`', '`any councillor`'],
  ['GDO102', 'unknown-stage', 'error', '`go to` nowhere', 'own', '`go to balot`', '`go to ballot`'],
  ['GDO103', 'duplicate-name', 'error', 'two declarations, one name; two stages', 'own', '', 'rename'],
  ['GDO104', 'plural-clash', 'error', 'plural equals another name', 'own', '`plural staff` twice', 'distinct'],
  ['GDO105', 'unknown-verb', 'error', 'verb neither built in nor an `action`', 'letter swaps parse in verb position', '`endrose`', '`endorse`'],
  ['GDO106', 'wrong-kind', 'error', 'a process where a role is needed, etc.', 'own', '`voters amendment`', '`voters councillors`'],
  ['GDO107', 'equal-patterns', 'error', 'two areas with the same pattern', 'Radicle canonical refs order', 'two `"src/**"`', 'one'],
  ['GDO108', 'unit-mismatch', 'error', 'weight compared with people, EUR with points', 'Empty Set Dollar proposal 4 (percentages 150 times too high)', '`10% of weight … 5 members`', 'one unit'],
  ['GDO109', 'eligible-not-acted', 'error', 'people allowed to approve counted as approving', 'gittuf #1315', '', ''],
  ['GDO110', 'keys-counted', 'error', 'devices counted as people', 'gittuf GAP-5', '', ''],
  ['GDO111', 'bad-pin', 'error', 'import or image without digest, or the wrong one', 'Tornado Cash 2023 redeploy', '`image "x:latest"`', '`image "sha256:…"`'],
  ['GDO112', 'parameter-out-of-bounds', 'error', '`set seats to 90` with `to 25`', 'Compound Bravo MIN/MAX', '`90`', '`9`'],
  ['GDO113', 'unused-declaration', 'warning', 'nothing refers to it', 'Cedar, Catala', '', 'delete'],
  ['GDO114', 'present-without-meeting', 'error', '`present` with no meeting before on every path', 'own', '`members present`', 'add `meeting`'],
  ['GDO115', 'unknown-choice', 'error', 'a test on a choice nobody can cast', 'own', '`are yeah`', '`are yes`'],
  ['GDO116', 'circular-definition', 'error', 'a role\'s electorate depends on itself with no first holders', 'Suber\'s Nomic paradoxes', '', 'add `first held by`'],
  ['GDO117', 'unreported-fact', 'error', '`lost through X of D` and no collaborator reports both `X` and `no X` (S102)', 'makerspace Gütersloh charter §4: six unpaid dues end a membership, and nobody is named to say so', '', 'add `reports "arrears", "no arrears"`'],
  ['GDO118', 'unknown-reason', 'error', '`refusal` for a word outside the closed list of S93', 'doorbot: two spellings of no, "denied" and "false"', '`refusal late`', '`refusal outside-hours`'],
  ['GDO119', 'uncounted-measure', 'error', 'a measure counts what the ledger does not record, and no `reported by` (S112)', 'Python PEP 13 and Kubernetes rolls come from outside counts', '', '`reported by forge`'],
  ['GDO120', 'one-of-several', 'warning', '`the ROLE` acts and the role may have several holders (S108)', 'own', '', '`any chair`'],
  ['GDO121', 'unknown-result', 'error', '`when X` or `extends … when X` and no `passes as X` (S125)', 'own', '', '`passes as blocked when …`'],
];
