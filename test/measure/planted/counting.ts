// Rules of counting as plain numbers, and whole electorates of people who each say one thing: what an analysis says of tables is held against this. It
// shares no code with the compiler or the engine.
import type { Pick } from '../mutants.ts';

/** A share with its strictness: `more than 1/2 of votes cast`. `least` false: an upper bound. */
export interface ShareTest {
  readonly choice: string;
  readonly least: boolean;
  readonly strict: boolean;
  readonly top: number;
  readonly below: number;
  readonly base: 'cast' | 'ballots' | 'all';
}

/** A vote of one body. `quorum` in fifths of it, 0 for none. */
export interface CountRule {
  readonly choices: readonly string[];
  readonly quorum: number;
  readonly strictQuorum: boolean;
  readonly tests: readonly ShareTest[];
}

/** What everybody says; `away` for those who do not vote. */
export type Electorate = readonly string[];

/** Every electorate of so many people in which each says one of some things, up to the order of the people. */
export function electorates(size: number, kinds: readonly string[]): readonly Electorate[] {
  const [kind, ...others] = kinds;
  if (kind === undefined) return size === 0 ? [[]] : [];
  return Array.from({ length: size + 1 }, (_, count) => count).flatMap((count) =>
    electorates(size - count, others).map((rest) => [...Array.from({ length: count }, () => kind), ...rest]),
  );
}

const count = (people: Electorate, said: string): number => people.filter((one) => one === said).length;

/** Whether enough people took part. */
export function isQuorate(rule: CountRule, people: Electorate): boolean {
  const ballots = people.length - count(people, 'away');
  if (rule.quorum === 0) return true;
  return rule.strictQuorum ? ballots * 5 > rule.quorum * people.length : ballots * 5 >= rule.quorum * people.length;
}

/** Whether all tests hold; with no ballot nothing does (S33). */
export function testsHold(rule: CountRule, people: Electorate): boolean {
  const ballots = people.length - count(people, 'away');
  if (ballots === 0) return false;
  return rule.tests.every((test) => {
    const whole = test.base === 'all' ? people.length : test.base === 'ballots' ? ballots : ballots - count(people, 'abstain');
    if (whole === 0) return false;
    const difference = count(people, test.choice) * test.below - test.top * whole;
    if (test.least) return test.strict ? difference > 0 : difference >= 0;
    return test.strict ? difference < 0 : difference <= 0;
  });
}

/** Whether a vote passes. */
export function passes(rule: CountRule, people: Electorate): boolean {
  return isQuorate(rule, people) && testsHold(rule, people);
}

/** The same electorate with one of those who stay away saying something; undefined where nobody stays away. */
export function joined(people: Electorate, said: string): Electorate | undefined {
  const at = people.indexOf('away');
  return at < 0 ? undefined : people.toSpliced(at, 1, said);
}

const bases = { cast: 'votes cast', ballots: 'votes and abstentions' };

/** The lines of a vote of a role between its opening and its results. */
export function voteLines(rule: CountRule, roles: string, choices: 'written' | 'usual' = 'usual'): readonly string[] {
  const tests = rule.tests.map((test) => {
    const word = test.least ? (test.strict ? 'more than' : 'at least') : test.strict ? 'fewer than' : 'at most';
    return `${word} ${test.top}/${test.below} of ${test.base === 'all' ? `all ${roles}` : bases[test.base]} are ${test.choice}`;
  });
  return [
    ...(choices === 'written' ? [`choices ${rule.choices.join(', ')}`] : []),
    ...(rule.quorum === 0 ? [] : [`quorum ${rule.strictQuorum ? 'more than' : 'at least'} ${rule.quorum}/5 of ${roles} voting`]),
    `passes when ${tests.join(' and ')}`,
  ];
}

/** A share below one whole, with the base and strictness left to chance. */
export function someShare(pick: Pick, choice: string, least = true): ShareTest {
  const below = 3 + pick(4);
  const top = 1 + pick(below - 1);
  const base = (['cast', 'ballots', 'all'] as const)[pick(3)] ?? 'cast';
  // Half as an inclusive bound is a fault of its own (GDO032), which would hide every other.
  return { choice, least, strict: pick(2) === 0 || top * 2 === below, top, below, base };
}
