// Decides a stage of a past case by other bylaws: the same rosters, ballots and acts, counted by the other text. It says nothing about people who would
// have acted otherwise, and where the other text asks for rosters that nobody froze it says so instead of guessing.
import type { Charter } from './bylaws.ts';
import { jsonOf, readCase, writeCase } from './case.ts';
import { invariant } from './invariant.ts';
import type { Redecided, StageOpening } from './redecide.ts';
import { redecide } from './redecide.ts';
import { readFrozen, rolesRead } from './roster.ts';
import type { State } from './state.ts';
import { writeEntry } from './state.ts';

/** The name under which the other bylaws stand in a state that is thrown away. */
const other = 'retally';

/** What the other rules say of a stage, or why they cannot be asked. */
export type Retallied = { readonly kind: 'decided'; readonly redecided: Redecided } | { readonly kind: 'undecided'; readonly reason: string };

/**
 * Decides one opening of a stage by other bylaws. Pure. Source: check.md section 4
 * @param at - the opening as it was left
 */
export function retally(state: State, id: string, at: StageOpening, charter: Charter): Retallied {
  const record = readCase(state, id);
  if (record === undefined) return { kind: 'undecided', reason: 'there is no such case' };
  const process = charter.processes.find((one) => one.name === record.process);
  const stage = process?.stages.find((one) => one.name === at.stage);
  if (process === undefined) return { kind: 'undecided', reason: `there is no process \`${record.process}\` any more` };
  if (stage === undefined || stage.kind === 'outcome') return { kind: 'undecided', reason: `there is no stage \`${at.stage}\` any more` };
  const frozen = readFrozen(state, id, at.entry).roles.map(([role]) => role);
  const missing = rolesRead(charter, stage).find((role) => !frozen.includes(role));
  if (missing !== undefined) return { kind: 'undecided', reason: `nobody recorded who held \`${missing}\`` };
  const rejudged = writeCase(writeEntry(state, `bylaws/${other}`, { charter: jsonOf(charter) }), { ...record, bylaws: other });
  const redecided = redecide(rejudged, id, at);
  invariant(redecided !== undefined, 'the case has bylaws with such a stage');
  return { kind: 'decided', redecided };
}
