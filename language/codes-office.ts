// Data: findings about offices and duties, GDO600-GDO699. One row per code, kept equal to check.md section 2 by a test;
// no logic, and entered only through codes.ts. One line per row whatever its length: the formatter leaves this file alone.
import type { FindingRow } from './code-row.ts';

/** The rows in order of code. Source: check.md section 2. */
export const officeCodes: readonly FindingRow[] = [
  ['GDO601', 'below-minimum-unruled', 'warning', 'a minimum and no `while short only`', 'Node TSC "at least four"', '', 'add it'],
  ['GDO602', 'no-succession', 'warning', 'an office held by one, no `succeeded by`, or a collaborator kept by one person', 'rfcbot README; event-stream 2018', '', '`succeeded by`'],
  ['GDO603', 'one-person-transfer', 'warning', 'one person can hand on an office, key or publishing right', 'event-stream; koa-router', '', 'second approval'],
  ['GDO604', 'conflicted-recusal', 'warning', 'the decider may be the person concerned', 'tc39 CoC #9; Debian 2014', '', 'another body'],
  ['GDO605', 'no-removal-path', 'warning', 'holders cannot be removed; or a person outside all rules', 'NixOS 2024; tob #82', '', 'add discharge'],
  ['GDO606', 'cap-contradicts-seats', 'warning', 'a cap below one seat, or more seats than affiliations allow', 'Node TSC 1/4 of 4-7', '', 'adjust'],
  ['GDO607', 'no-way-to-join', 'warning', 'no `gained through`, not `anyone`', 'CommunityRule form', '', 'add'],
  ['GDO608', 'no-way-to-leave', 'warning', 'no `resignation`', 'CommunityRule form', '', 'add'],
  ['GDO609', 'vacancy-unhandled', 'warning', 'fixed seats, no `vacancy filled`', 'Node TSC charter', '', 'add'],
  ['GDO610', 'duty-without-consequence', 'warning', 'no `otherwise`', 'own', '', 'add'],
  ['GDO611', 'ownerless-duty', 'error', 'the role may be empty and has no successor', 'own', '', '`succeeded by`'],
  ['GDO612', 'stagger-mismatch', 'warning', 'first holders, or the term, not divisible into the groups', 'own', '', 'adjust'],
  ['GDO613', 'cap-without-remedy', 'info', 'a cap and no `otherwise`: a change of employer breaks it and nothing follows (S114)', 'Rust council: lot; Kubernetes: all leave', '', '`otherwise one by lot leaves`'],
  ['GDO614', 'office-outlives-seat', 'warning', 'an office `open to` a body and no `lost with` it', 'own', '', '`lost with director`'],
  ['GDO615', 'first-holders-misfit', 'error', 'more first holders than seats, or one person named twice among them', 'own', '`held by 3 people`, four names', 'name three'],
  ['GDO616', 'vacant-without-seats', 'error', '`elects the vacant R`, `any R is vacant` or `vacancies count as` where the role has no number of seats (S109, S130, S131)', 'own', '`elects the vacant board` of a board `held by anyone`', '`held by 5 people`'],
];
