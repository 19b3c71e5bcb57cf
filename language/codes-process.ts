// Data: findings about the structure of processes, GDO200-GDO299. One row per code, kept equal to check.md section 2 by a test;
// no logic, and entered only through codes.ts. One line per row whatever its length: the formatter leaves this file alone.
import type { FindingRow } from './code-row.ts';

/** The rows in order of code. Source: check.md section 2. */
export const processCodes: readonly FindingRow[] = [
  ['GDO201', 'unreachable-stage', 'error', 'no `go to` reaches it', 'own', '', 'add `go to interview`'],
  ['GDO202', 'dead-end', 'error', 'a stage no transition leaves', 'own', '', 'add `otherwise go to refused`'],
  ['GDO203', 'missing-otherwise', 'error', 'a vote or joint with an unhandled result', 'own', '', 'add `otherwise`'],
  ['GDO204', 'no-deadline', 'error', 'a stage that can stay open for ever', 'w3c/process #933', '', 'add `after 30 days go to refused`'],
  ['GDO205', 'loop-without-progress', 'warning', 'a cycle in which no person has to act and no count falls', 'own', '', 'add a bound on re-entry'],
  ['GDO206', 'shadowed-transition', 'warning', 'an earlier clause always fires first', 'Cedar shadowing; Catala Z3', '`when 1 …` before `when 2 …`', 'reverse'],
  ['GDO207', 'conflicting-thresholds', 'error', 'two processes decide the same area and kind with different strength, unmarked', 'tob #80: 2/3 of cast vs 2/3 of all', '', 'keep one, or `allow`'],
  ['GDO208', 'uncovered-path', 'warning', 'a tracked file in no area (cannot be merged)', 'gittuf default allow', '', 'add `area`'],
  ['GDO209', 'governs-nothing', 'warning', 'pattern matches no file and no process governs it', 'stale OWNERS', '', 'fix the pattern'],
  ['GDO210', 'rules-read-from-change', 'error', 'a dapp in the bylaws area checks itself', 'codeowners-plus #74; gittuf CVE-2026-128036', '', 'split the area'],
  ['GDO211', 'mutable-reference', 'error', 'an effect names a tag, URL or branch', 'Tornado Cash', '', 'digest'],
  ['GDO212', 'undeclared-dapp', 'error', 'an area checked by an image not in the ledger', 'own', '', 'add the image'],
  ['GDO213', 'edit-unanswered', 'info', 'no `on edit`: content is frozen at the start', 'habitat RFC #1327', '', '`on edit restart`'],
  ['GDO214', 'case-id-squatting', 'error', 'another person can occupy or cancel an id', 'CVE-2023-34234; optimism-governor #6', '', ''],
  ['GDO215', 'gain-path-without-grant', 'error', '`gained through P` but P never grants it (or grants unlisted)', 'own, three samples had it', '', 'add `grant role to the candidate`'],
  ['GDO216', 'conflict-unanswered', 'warning', 'offline decision, no `on conflict`', 'Radicle rad-id-conflict', '', '`on conflict refuse`'],
  ['GDO217', 'nondeterministic-report', 'warning', 'a process waits for a collaborator with no timeout', 'own', '', 'add `after`'],
  ['GDO218', 'no-amendment-process', 'error', 'no process governs the bylaws\' own path', 'decent-app #384', '', 'add `governs bylaws`'],
  ['GDO219', 'decision-without-effect', 'warning', 'an outcome neither accepts, refuses nor acts', 'own', '', 'add an effect'],
  ['GDO220', 'nobody-nominates', 'error', '`choices the candidates` or `the options` and a path on which no step takes them (S121)', 'own, four samples had it', '', '`nominations of members`'],
  ['GDO221', 'merges-nothing', 'info', '`accept the merge` in a process without `governs` (S136)', 'own, ten samples had it', '', 'delete the line'],
  ['GDO222', 'no-decision-to-hold', 'error', '`hold the decision` or `reverse the decision` in a process not started `within D of` one (S120)', 'own', '', '`within 21 days of change.accepted`'],
  ['GDO223', 'end-before-minimum', 'error', 'a plain `after` shorter than `lasts at least` (S116)', 'Debian A.1: minimum and maximum of the discussion', '', '`after 21 days`'],
  ['GDO224', 'since-unvisited', 'error', '`since STAGE` on a path that never entered it (S117)', 'own', '', '`since the start`'],
  ['GDO225', 'support-lost', 'warning', 'a later step asks for the same verb without `since`: support given before is void', 'own; approvals given before a late objection', '', '`since the start`'],
  ['GDO226', 'same-matter-evaded', 'info', 'a cool-down in a process without subject: other paths escape it (S122)', 'Arch Linux bylaws: three months after a rejection', '', 'know it'],
  ['GDO227', 'effect-on-nobody', 'error', 'an effect for `the electorate` or `the person`, for the winners where no vote is about people, or for people of a case in a duty by the calendar (S108)', 'own', '`grant chair to the electorate`', '`grant chair to the winners`'],
];
