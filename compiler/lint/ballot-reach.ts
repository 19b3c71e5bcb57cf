// What a group can bring about in a vote with its ballots alone, on its first call and on its second (S101). It ranks no ballots: a counted vote goes to the
// group if its quorum does, and if it can bring a candidate onto the list.
import type { Charter, CharterBound, CharterComparison, CharterProcess, CharterSupport, CharterTest, CharterVote } from '../../engine/index.ts';
import { actorRoles } from '../emit-owners.ts';
import { isOther } from './acting.ts';
import { shortest } from './minutes.ts';
import { boundValue, holders, meets, peopleAs, peopleFor } from './people-count.ts';
import type { Group } from './people-count.ts';
import { excludedFrom } from './roster-size.ts';

/** Where a stage stands: votes leave people out by what their process is about. */
export interface Setting {
  readonly charter: Charter;
  readonly process: CharterProcess;
}

/** What is called a second time where its quorum fails (S101). */
export type Called = Pick<CharterVote, 'open' | 'quorums' | 'secondCall'>;

/** True where one of these parts is the second call of a stage. Pure. */
export function isCalledAgain({ secondCall }: Called, parts: readonly object[]): boolean {
  return secondCall !== undefined && parts.includes(secondCall);
}

/** A stage as it is at its second call: with the quorum that is written there, or none. Pure. */
export function atSecondCall<T extends Called>(stage: T): T {
  return { ...stage, quorums: stage.secondCall?.quorum === undefined ? [] : [stage.secondCall.quorum] };
}

/** How long a stage takes to come to its second call. Pure. */
export function untilSecondCall({ open, secondCall }: Called): number {
  return secondCall === undefined ? 0 : shortest(open) + shortest(secondCall.after);
}

/** The results a group can bring about with its ballots alone. Pure. */
export function passingResults({ charter, process }: Setting, vote: CharterVote, group: Group): readonly string[] {
  // Who is left out is no part of what a share is taken of, either (S9).
  const size = (role: string): number =>
    Math.max(0, holders(charter, role) - (vote.voters.roles.includes(role) ? excludedFrom(process, vote, role).surely : 0));
  const roster = vote.voters.roles.reduce((sum, role) => sum + size(role), 0);
  const people = Math.min(peopleAs(group, vote.voters.roles) + (group.carried ?? 0), roster);
  const seats = vote.voters.roles.reduce((sum, role) => sum + seatsOf(charter, role), 0);
  // The electorate is everybody who votes here, of whatever role, and everybody is taken to weigh the same.
  const measured = (role: string): number => (role === 'electorate' || role === 'weight' ? roster : role === 'seats' ? seats : size(role));
  const value = (bound: CharterBound): number => boundValue(charter, bound, measured);
  if (!vote.quorums.every((quorum) => meets(quorum.comparison, people, value(quorum.bound)))) return [];
  if (people < 1) return [];
  if (vote.counted !== undefined) return vote.choices.kind !== 'candidates' || mayNominate(charter, process, group) ? ['won', 'elected', 'passed'] : [];
  return vote.passes.flatMap((line) => (line.tests.every((test) => testMet(test, people, { size: measured, value })) ? [line.result] : []));
}

/** Whether a group can bring a candidate onto a list: without a step that takes them they are named at the start; else somebody has to support them (S121). */
function mayNominate(charter: Charter, process: CharterProcess, group: Group): boolean {
  const lines = process.stages.flatMap((stage) => (stage.kind === 'step' ? stage.nominations : []));
  const enough = ({ by }: CharterSupport): boolean => {
    const needed = peopleFor(charter, by, 1);
    return needed === undefined || needed + (isOther(by) ? 1 : 0) <= peopleAs(group, actorRoles(by));
  };
  return lines.length === 0 || lines.some(({ support }) => support === undefined || enough(support));
}

/** Seats are the upper head count, empty ones too (S9); where there is none, the people there are. */
function seatsOf(charter: Charter, name: string): number {
  const held = charter.roles.find((role) => role.name === name)?.held;
  return held?.most ?? Math.max(held?.least ?? 0, holders(charter, name));
}

/** What a vote counts against: the people of a role who may vote in it, and the value of a bound. */
interface Measures {
  readonly size: (role: string) => number;
  readonly value: (bound: CharterBound) => number;
}

function testMet(test: CharterTest, people: number, { size, value }: Measures): boolean {
  switch (test.kind) {
    case 'share-of-base': {
      const said = test.choices.includes('no') && !test.choices.includes('yes') ? 0 : carriesOn(test.comparison) ? people : 0;
      const base = test.base === 'all' ? size(test.role ?? 'electorate') : people;
      return meets(test.comparison, said, test.amount.kind === 'count' ? test.amount.value : (test.amount.numerator * base) / test.amount.denominator);
    }
    case 'people-say':
      return meets(
        test.comparison,
        carriesOn(test.comparison) ? people : 0,
        test.amount.kind === 'count' ? test.amount.value : (test.amount.numerator * size(test.role)) / test.amount.denominator,
      );
    case 'none-say':
      return true;
    case 'all-say':
      return people >= size(test.role);
    case 'turnout':
      return meets(test.comparison, people, value(test.bound));
    case 'lead':
      return meets(test.comparison, people, test.value);
  }
}

/** A lower bound is met by voting for it, an upper bound by not doing so. */
function carriesOn(comparison: CharterComparison): boolean {
  return comparison === 'at-least' || comparison === 'more-than' || comparison === 'exactly';
}
