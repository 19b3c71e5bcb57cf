// Data: findings about power, GDO400-GDO499. One row per code, kept equal to check.md section 2 by a test;
// no logic, and entered only through codes.ts. One line per row whatever its length: the formatter leaves this file alone.
import type { FindingRow } from './code-row.ts';

/** The rows in order of code. Source: check.md section 2. */
export const powerCodes: readonly FindingRow[] = [
  ['GDO401', 'lone-amendment', 'error', 'one person can change the bylaws', 'OWNERS self-approval', '', 'add endorsers; monarchy: `allow lone-amendment because …`'],
  ['GDO402', 'lock-out', 'error', 'a reachable state from which nobody can ever amend, admit or appoint', 'RSTUF-cli #496; Aragon keep-dao-safe', '', 'relative quorum, `while short only`'],
  ['GDO403', 'last-holder-can-go', 'error', 'the last holder of an amending, admitting or appointing power may be removed or leave', 'Aragon keep-dao-safe; tob #82', '', '`succeeded by`'],
  ['GDO404', 'own-removal-consent', 'error', 'the subject is in a set whose consent is needed', 'radicle-link #317', '', '`except the subject`'],
  ['GDO405', 'self-appointment', 'error', 'a holder alone renews or multiplies the role', 'own', '', 'other voters'],
  ['GDO406', 'quorum-of-one', 'warning', 'one person decides at the smallest legal size', 'InternalGov #93', '', 'minimum'],
  ['GDO407', 'takeover', 'error', 'k allies take the amending power in m motions; an error if k is below 1/3 of the body; a warning otherwise', 'Build Finance; own probe: 4 of 9 seats, 6 admissions', '', 'harder admission'],
  ['GDO408', 'disjoint-quorums', 'error', 'two disjoint groups can both decide on separate branches', 'Kubernetes charter 6/12; Radicle Diverging; gittuf fork note', '', '`more than 1/2 of all`, or `offline waits`'],
  ['GDO409', 'amender-weaker', 'error', 'changing a rule is easier than using it, or bylaws are exempt from ordinary rules', 'Gerrit refs/meta/config example; Zuul config projects', '', 'strengthen'],
  ['GDO410', 'two-step-bypass', 'error', 'weaken the amender, then amend', 'Suber, Nomic; Celo PR #268', '', '`protect` the amender'],
  ['GDO411', 'amendment-decides-open-cases', 'warning', '`in flight` allows `abort` for recall, dispute or amendment', 'CVE-2022-31198; RigoBlock #200; threshold #196; TheDAO #214', '', '`in flight keep`'],
  ['GDO412', 'unbounded-parameter', 'warning', 'a protected stage\'s duration, quorum or delay has no `bounds`', 'Bravo constants; OZ #6644; Autonolas minDelay 0', '', '`bounds …`'],
  ['GDO413', 'silently-eternal', 'error', 'no process can change a declaration and it is not `never changed`', 'decent-app #384', '', 'declare it'],
  ['GDO414', 'eternal-has-amender', 'error', '`never changed` and `changed through` both reach it', 'Suber', '', 'keep one'],
  ['GDO415', 'unending-emergency', 'error', 'provisional or time-less special power without ratification, end, or reaching the bylaws', 'Beanstalk; tob #82; NixOS 2025', '', '`until ratified through … within`'],
  ['GDO416', 'single-veto', 'warning', 'one person can stop or cancel everything after support closed', 'mx-sdk-rs #67; OZ docs #6094; dao-contracts #780', '', '2 people, window'],
  ['GDO417', 'one-body-does-all', 'warning', 'same body proposes, decides, executes and sets the delay', 'fei #55; OZ #3722; Gravita #323', '', 'separate'],
  ['GDO418', 'approver-is-author', 'warning', 'author counts among the approvers', 'OWNERS implicit self-approve', '', '`2 other councillors`'],
  ['GDO419', 'property-violated', 'error', 'a `forbid` or `always` fails, a `possible` is impossible', 'Quint', '', 'see witness'],
  ['GDO420', 'property-undecided', 'warning', 'bound reached', '-', '', 'narrow it'],
  ['GDO421', 'capture-by-newcomers', 'warning', 'people admitted within one vote\'s length can outvote the rest', 'Build Finance', '', '`joined at least`'],
  ['GDO422', 'renewable-emergency', 'warning', 'the same people can start the emergency again before it was ratified', 'Beanstalk; NixOS 2025', '', '`limit 1 cases per author per 30 days`'],
  ['GDO423', 'closed-program-list', 'warning', 'a fixed program has a say and no process admits another under the same rule', 'own', '', 'a role held by programs'],
  ['GDO424', 'suspension-at-will', 'warning', 'one person can suspend another by starting a case (`while open`), or the subject\'s suspension changes who decides the case', 'makerspace Gütersloh charter §5: the membership rests until the assembly decides', '', '`started by 2 safety-officers`, `limit`'],
  ['GDO425', 'right-nobody-can-use', 'error', 'no legal holder passes `held by`, `denied to`, `who` and the schedule together', 'MakeIt Labs doorbot: the shipped restricted schedule admitted the opposite group, and nobody noticed', '', 'fix the clause'],
  ['GDO426', 'lock-without-release', 'error', 'a reachable state in which nobody may release a lock', 'MakeIt Labs authbackend: machine lock-outs', '', 'a role with a minimum, `succeeded by`'],
  ['GDO427', 'safety-lock-by-everyone', 'info', 'any holder of an open role can lock a thing for all', 'own; usually meant', '', 'know it'],
  ['GDO428', 'hold-at-will', 'warning', 'one person can hold a decision or a process, or do so again and again (S120)', 'Debian 4.2(2): a hold needs twice the sponsors', '', 'a number of sponsors, `not within`'],
  ['GDO429', 'remedy-empties-role', 'warning', 'the remedy of a cap can take a body below its minimum, or away', 'Kubernetes steering: three of seven leave at once', '', '`one by lot leaves`'],
];
