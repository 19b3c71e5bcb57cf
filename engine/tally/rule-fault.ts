// Faults of a rule or a profile as a whole, found before any ballot is looked at. Single ballots are judged in intake.ts.
import type { CountCandidate, Profile } from './ballot.ts';
import { candidatesMax, scoreRangeMax } from './intake.ts';
import type { CountRule, SeatCap, TieChain, YesNoRule } from './rules.ts';

/** Methods that fill one seat; for several there are STV and the methods that order everybody. */
const oneSeat: readonly CountRule['method'][] = ['irv', 'two-round', 'condorcet', 'condorcet-default'];

function isCount(value: number, least: number): boolean {
  return Number.isSafeInteger(value) && value >= least;
}

function duplicateIn(names: readonly string[]): string | undefined {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) return name;
    seen.add(name);
  }
  return undefined;
}

function capFault(candidates: readonly CountCandidate[], caps: readonly SeatCap[]): string | undefined {
  for (const { attribute, seatsMax, sitting } of caps) {
    if (!isCount(seatsMax, 0)) return `the cap per ${attribute} is not 0 or more`;
    if (duplicateIn(sitting.map((entry) => entry.value)) !== undefined) return `one ${attribute} has two numbers of sitting members`;
    if (!sitting.every((entry) => isCount(entry.seats, 0))) return 'a number of sitting members is not a whole number';
  }
  for (const { id, groups } of candidates)
    if (duplicateIn((groups ?? []).map(([attribute]) => attribute)) !== undefined) return `\`${id}\` has two values of one attribute`;
  return undefined;
}

function motionFault(rule: YesNoRule, ids: readonly string[]): string | undefined {
  const named = [rule.yes, rule.no, ...rule.tests.flatMap((test) => (test.kind === 'lead' ? [] : [test.choice]))];
  if (new Set([rule.yes, rule.no, rule.abstain]).size < 3) return 'yes, no and abstain are not three options';
  const missing = named.find((id) => !ids.includes(id) && id !== rule.abstain);
  if (missing !== undefined) return `\`${missing}\` is not an option of the ballots`;
  if (rule.tests.length === 0) return 'a motion without a test would always pass';
  const bases = [
    ...rule.tests.flatMap((test) => (test.kind === 'share' ? [test.base] : [])),
    ...rule.quorums.flatMap((quorum) => (quorum.kind === 'share' ? ['all'] : [])),
  ];
  if (bases.includes('all') && (rule.roll === 'unknown' || rule.roll < 1n)) return 'the number of all who may vote is not stated';
  const needsPresent = bases.includes('those-present') || rule.quorums.some((quorum) => quorum.counted === 'present');
  if (needsPresent && rule.present === 'unknown') return 'the number of those present is not stated';
  return rule.seats === 1 && rule.cap === 'none' ? undefined : 'a motion has no seats';
}

/** Finds why nothing can be counted at all, as one sentence. Pure. */
export function faultOf(profile: Profile, rule: CountRule, tie: TieChain): string | undefined {
  const ids = profile.candidates.map((candidate) => candidate.id);
  if (ids.length === 0) return 'there is no candidate';
  if (ids.length > candidatesMax) return `there are more than ${candidatesMax} candidates`;
  const twice = duplicateIn(ids);
  if (twice !== undefined) return `two candidates have the id \`${twice}\``;
  if (!isCount(rule.seats, 1)) return 'the number of seats is not 1 or more';
  if (oneSeat.includes(rule.method) && rule.seats !== 1) return `${rule.method} fills one seat`;
  if ((rule.method === 'score' || rule.method === 'star') && (rule.to <= rule.from || rule.to - rule.from > scoreRangeMax))
    return 'the range of scores is empty or too wide';
  if (rule.method === 'approval' && rule.marksMax !== 'unlimited' && !isCount(rule.marksMax, 1)) return 'the limit of marks is not 1 or more';
  if (rule.method === 'condorcet-default' && !ids.includes(rule.against.option)) return `the default option \`${rule.against.option}\` is not a candidate`;
  const motion = rule.method === 'yes-no' ? motionFault(rule, ids) : undefined;
  if (motion !== undefined) return motion;
  for (const declared of tie) if (declared.kind === 'decided' && duplicateIn(declared.order) !== undefined) return 'a decided order names somebody twice';
  return rule.cap === 'none' ? undefined : capFault(profile.candidates, rule.cap);
}
