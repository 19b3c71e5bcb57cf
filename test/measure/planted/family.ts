// What a family of generated charters is, and the pieces that several families are made of. Families are made from a seed, each charter with or without
// one fault; whether the fault is there is worked out by trying every electorate of a small body, every group of named people, or by playing the charter on
// the engine - never as the analysis does it.
import { framed } from '../../../compiler/index.ts';
import type { Pick } from '../mutants.ts';
import type { CountRule } from './counting.ts';
import { electorates, joined, passes, voteLines } from './counting.ts';

/** One charter. `has`: whether the fault is in it; `at`: the line that begins the block it is told at; `beside`: other errors that are truly there. */
export interface Planted {
  readonly text: string;
  readonly has: boolean;
  readonly at: string;
  readonly beside?: readonly string[];
  /** Codes that are false here however little they weigh: what is known to be so or not is not undecided. */
  readonly never?: readonly string[];
}

/** A kind of fault. `severity`: what the code weighs in the family, `error` where nothing is said. */
export interface Family {
  readonly name: string;
  readonly code: string;
  readonly severity?: 'warning' | 'info';
  readonly make: (pick: Pick) => Planted;
}

/** The frame's body: five to nine keepers, five today. */
export const sizes: readonly number[] = [5, 6, 7, 8, 9];

/** The choices of a vote that names none. */
export const usual: readonly string[] = ['yes', 'no', 'abstain'];

/** A process `policy` of one vote of all keepers with these lines, in the frame. */
export function policy(...lines: readonly string[]): string {
  return framed(
    `process policy\n  started by any keeper\n  vote ballot\n    voters keepers\n    open for 7 days\n${lines.map((line) => `    ${line}\n`).join('')}    when passed go to accepted\n    otherwise go to refused\n  end\nend\n`,
  );
}

/** A process that one vote of all keepers decides. */
export function ballotProcess(name: string, clauses: readonly string[], rule: CountRule, days: number, effect: string): string {
  const vote = ['voters keepers', `open for ${days} days`, ...voteLines(rule, 'keepers'), 'when passed go to done', 'otherwise go to refused'];
  const head = clauses.map((line) => `  ${line}\n`).join('');
  return `process ${name}\n${head}  vote ballot\n${vote.map((line) => `    ${line}\n`).join('')}  end\n  outcome done\n    ${effect}\n  end\nend\n`;
}

/** The lines by which a process changes the bylaws. */
export const governing: readonly string[] = ['governs bylaws', 'started by any keeper', 'on edit refuse'];

/** Whether some electorate of a legal size has a property. */
export function some(choices: readonly string[], has: (people: readonly string[]) => boolean, of: readonly number[] = sizes): boolean {
  return of.some((size) => electorates(size, [...choices, 'away']).some(has));
}

/** Whether a group of a body carries a vote while nobody else votes. */
export function carries(rule: CountRule, group: number, body: number): boolean {
  return passes(
    rule,
    Array.from({ length: body }, (_, person) => (person < group ? 'yes' : 'away')),
  );
}

/** Whether one yes more makes a vote fail that had passed. */
export function losesByYes(rule: CountRule): boolean {
  return some(rule.choices, (people) => {
    const more = joined(people, 'yes');
    return more !== undefined && passes(rule, people) && !passes(rule, more);
  });
}

/** A body of so many keepers, whose first people are p1, p2 and so on. */
export const keeperRole = (held: string, people: number): string =>
  `role keeper plural keepers
  held by ${held} people
  first held by ${Array.from({ length: people }, (_, index) => `"p${index + 1}"`).join(', ')}
  gained through keeping
  lost through removal or resignation or 2 years without activity
  vacancy filled through keeping within 60 days
  while short only keeping, removal, amendment
end
`;

/** Whether some electorate in which fewer people say yes than asked for passes. */
export function passesWithFewer(rule: CountRule, needed: number): boolean {
  return some(rule.choices, (people) => people.filter((one) => one === 'yes').length < needed && passes(rule, people));
}
