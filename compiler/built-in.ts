// The words that need no declaration (S70): people, rosters, verbs, results, losses, counts, reasons, methods. Declared names are name-table.ts's.
import { rightReasons } from '../engine/index.ts';

/** People and groups of a case that can act, be excepted or be counted. Source: language.md S70, S108. */
export const builtInPeople: readonly string[] = ['person', 'author', 'starters', 'raiser', 'candidate', 'subject', 'winners', 'electorate'];

/** What a share may be taken of besides roles and people. Source: language.md S9, S30, S135. */
export const builtInRosters: readonly string[] = [...builtInPeople, 'weight', 'seats'];

/** Verbs that need no `action`. Source: language.md S70. */
export const builtInVerbs: readonly string[] = [
  'endorse',
  'object',
  'approve',
  'withdraw',
  'accept',
  'appeal',
  'return',
  'raise',
  'resolve',
  'declare',
  'report',
  'call',
  'attend',
  'recuse',
  'vote',
  'start',
  'adopt',
  'lock',
  'release',
  'nominate',
  'add',
  'edit',
];

/** Choices of a vote that lists none. Source: language.md S28. */
export const defaultChoices: readonly string[] = ['yes', 'no', 'abstain'];

/** Results a vote can have besides the names after `passes as`. Source: language.md S70. */
export const voteResults: readonly string[] = ['passed', 'failed', 'tied', 'inquorate', 'elected', 'won', 'uncontested', 'empty'];

/** Results of a meeting. Source: language.md S46. */
export const meetingResults: readonly string[] = ['quorate', 'inquorate'];

/** Results of a draw. Source: language.md S47. */
export const drawResults: readonly string[] = ['drawn'];

/** What a limit can count besides roles and money; the first form is the one the Charter holds. Source: language.md S70. */
export const limitCounts: readonly (readonly [plural: string, singular: string])[] = [
  ['cases', 'case'],
  ['starters', 'starter'],
  ['supporters', 'supporter'],
  ['terms', 'term'],
  ['uses', 'use'],
  ['winners', 'winner'],
  ['weight', 'weight'],
];

/** What a limit can be counted for besides attributes and roles. Source: language.md sections 6.2, 6.4, 6.8, 6.9. */
export const limitPer: readonly string[] = ['author', 'candidate', 'delegate', 'person', 'raiser', 'recipient', 'starters', 'subject'];

/** What the ledger itself records about people. Source: language.md S112. */
export const measureCounts: readonly string[] = ['accepted-merges', 'accepted-cases', 'ballots', 'attendances'];

/** Reasons a right can refuse for, in the order of S93: those that the engine gives. */
export const refusalReasons: readonly string[] = rightReasons;

/** Counting methods. Source: language.md S43. */
export const countingMethods: readonly string[] = [
  'plurality',
  'approval',
  'score',
  'irv',
  'stv-scottish',
  'stv-exact',
  'schulze',
  'ranked-pairs',
  'borda',
  'condorcet',
  'condorcet-schulze',
];

/** What a recused person can be counted as. Source: language.md S42. */
export const recusalCounts: readonly string[] = ['absent', 'abstain'];

/** Outcomes every process has without declaring them. Source: language.md S25. */
export const implicitOutcomes: readonly string[] = ['accepted', 'refused'];

/** Words that end a path and name a clause of a vote or meeting. Source: language.md section 4, `path`. */
export const settingsOfStages: readonly string[] = ['open', 'quorum', 'passes'];

/** Words that end a path and name a clause of a role. Source: language.md section 4, `path`. */
export const settingsOfRoles: readonly string[] = ['term', 'held'];
