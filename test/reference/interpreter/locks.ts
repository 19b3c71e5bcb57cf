// S137: a grant that leaves a rule unsatisfiable is refused, unless that rule is under `while short only` or was unsatisfiable before (decision 0060).
import type {
  CharterActor,
  CharterBound,
  CharterComparison,
  CharterMeeting,
  CharterProcess,
  CharterQuorum,
  CharterStage,
  CharterTest,
  CharterVote,
} from '../../../engine/index.ts';
import { meetsBound, meetsQuantity, sharesOf } from './bounds.ts';
import { holders, seatsOf } from './rosters.ts';
import type { Roll } from './world.ts';

/** Some number of people up to `most` meets it; trying every number is slow and plain. */
function canBe(most: number, holds: (count: bigint) => boolean): boolean {
  return Array.from({ length: most + 1 }, (_, count) => BigInt(count)).some(holds);
}

function known(roll: Roll, name: string): boolean {
  return roll.charter.roles.some((role) => role.name === name);
}

interface Body {
  readonly roll: Roll;
  readonly vote: CharterVote;
  readonly voters: readonly string[];
}

function excepted({ roll, vote }: Pick<Body, 'roll' | 'vote'>): readonly string[] {
  return vote.voters.except.flatMap((name) => (known(roll, name) ? holders(roll, name) : []));
}

function boundCan(body: Body, comparison: CharterComparison, bound: CharterBound, most = body.voters.length): boolean {
  const { roll, vote, voters } = body;
  const isUpper = comparison === 'at-most' || comparison === 'fewer-than';
  // Decision 0167: what nobody can vote in has no quorum, whatever its roster is a part of.
  if (!isUpper && most === 0) return false;
  // What only a case knows, it may know as one likes.
  if (sharesOf(bound).some(({ role }) => role !== 'electorate' && role !== 'seats' && !known(roll, role))) return true;
  return canBe(most, (count) =>
    meetsBound(count, comparison, bound, (share) => {
      if (share.role === 'electorate') return BigInt(voters.length);
      if (share.role === 'seats') return BigInt(vote.voters.roles.reduce((sum, role) => sum + seatsOf(roll, role), 0));
      const root = share.kind === 'part' && share.squareRoot !== undefined;
      return BigInt(holders(roll, share.role).filter((person) => root || !excepted(body).includes(person)).length);
    }),
  );
}

/** S130: what the empty seats of the voters' roles say, all of them or those of one role. */
function emptySaying({ roll, vote }: Body, choices: readonly string[], role = 'electorate'): number {
  if (!choices.some((choice) => choice === vote.vacanciesCountAs)) return 0;
  const bodies = vote.voters.roles.filter((name) => role === 'electorate' || role === 'weight' || role === name);
  return bodies.reduce((sum, name) => sum + Math.max(0, seatsOf(roll, name) - holders(roll, name).length), 0);
}

function testCan(body: Body, test: CharterTest): boolean {
  const { roll, voters } = body;
  // S9: a role is counted without those in `except`.
  const counted = (role: string): readonly string[] => (known(roll, role) ? holders(roll, role).filter((person) => !excepted(body).includes(person)) : voters);
  const among = (role: string): readonly string[] => counted(role).filter((person) => voters.includes(person));
  switch (test.kind) {
    case 'share-of-base': {
      // Of weight, and of shares of what will be cast, nothing is known before there is a case.
      if (test.base === 'weight-cast' || (test.base !== 'all' && test.amount.kind === 'share')) return true;
      const role = test.role ?? 'electorate';
      if (test.base === 'all' && role !== 'electorate' && role !== 'seats' && !known(roll, role)) return true;
      const seats = body.vote.voters.roles.reduce((sum, name) => sum + seatsOf(roll, name), 0);
      const size = role === 'electorate' ? voters.length : role === 'seats' ? seats : counted(role).length;
      if (size === 0 && test.amount.kind === 'share') return false;
      const empty = emptySaying(body, test.choices);
      // A ballot with several marks says several of them.
      const marks = Math.min(test.choices.length, body.vote.marks ?? (body.vote.counted === undefined ? 1 : test.choices.length));
      return canBe(voters.length * Math.max(1, marks), (count) => meetsQuantity(count + BigInt(empty), test.comparison, test.amount, BigInt(size)));
    }
    case 'people-say': {
      if (test.role !== 'electorate' && !known(roll, test.role)) return true;
      const size = BigInt(counted(test.role).length);
      if (size === 0n && test.amount.kind === 'share') return false;
      const empty = BigInt(emptySaying(body, test.choices, test.role));
      return canBe(among(test.role).length, (count) => meetsQuantity(count + empty, test.comparison, test.amount, size));
    }
    case 'all-say': {
      const people = counted(test.role);
      return people.length > 0 && people.every((person) => voters.includes(person));
    }
    case 'turnout':
      return boundCan(body, test.comparison, test.bound);
    case 'lead': {
      const ahead = BigInt(emptySaying(body, [test.of]) - emptySaying(body, [test.over]) - voters.length);
      // Of weights nothing is known before there is a case.
      return (
        body.vote.voters.weightedBy !== undefined ||
        canBe(2 * voters.length, (count) => meetsQuantity(ahead + count, test.comparison, { kind: 'count', value: test.value }, 0n))
      );
    }
    case 'none-say':
      return emptySaying(body, test.choices, test.role) === 0;
  }
}

/** S46: those who may be present at the meetings of a process; undefined: anybody. */
function attending(roll: Roll, process: CharterProcess): readonly string[] | undefined {
  const roles = process.stages.flatMap((stage) => (stage.kind === 'meeting' ? [stage.attended?.role] : []));
  return roles.some((role) => role === undefined || !known(roll, role)) ? undefined : [...new Set(roles.flatMap((role = '') => holders(roll, role)))];
}

function meetingCan(roll: Roll, meeting: CharterMeeting, present: readonly string[] | undefined): boolean {
  const can = ({ comparison, bound }: CharterQuorum): boolean => {
    const isUpper = comparison === 'at-most' || comparison === 'fewer-than';
    if (present === undefined) return true;
    if (!isUpper && present.length === 0) return false;
    if (sharesOf(bound).some(({ role }) => !known(roll, role))) return true;
    return canBe(present.length, (count) => meetsBound(count, comparison, bound, ({ role }) => BigInt(holders(roll, role).length)));
  };
  const { quorums, secondCall } = meeting;
  return quorums.every(can) || (secondCall !== undefined && (secondCall.quorum === undefined || can(secondCall.quorum)));
}

function voteCan(roll: Roll, vote: CharterVote, present: readonly string[] | undefined): boolean {
  if (vote.voters.roles.some((role) => !known(roll, role))) return true;
  const out = excepted({ roll, vote });
  const voters = [...new Set(vote.voters.roles.flatMap((role) => holders(roll, role)))].filter((person) => !out.includes(person));
  const body: Body = { roll, vote, voters };
  const { secondCall } = vote;
  const quorumCan = ({ comparison, bound, counted }: CharterQuorum): boolean => {
    if (counted !== 'present') return boundCan(body, comparison, bound);
    return present === undefined || boundCan(body, comparison, bound, present.length);
  };
  const first = vote.quorums.every(quorumCan);
  const second = secondCall !== undefined && (secondCall.quorum === undefined || quorumCan(secondCall.quorum));
  return (first || second) && (vote.passes.length === 0 || vote.passes.some(({ tests }) => tests.every((test) => testCan(body, test))));
}

function actorCan(roll: Roll, actor: CharterActor): boolean {
  if (actor.kind !== 'count') return true;
  const shares = sharesOf(actor.bound);
  if (shares.some(({ role }) => !known(roll, role))) return true;
  const most = new Set(shares.flatMap(({ role }) => holders(roll, role))).size;
  const isUpper = actor.comparison === 'at-most' || actor.comparison === 'fewer-than';
  // An event needs somebody's act, unless it is that few act.
  return canBe(most, (count) => (isUpper || count > 0n) && meetsBound(count, actor.comparison, actor.bound, ({ role }) => BigInt(holders(roll, role).length)));
}

function rulesOf(
  roll: Roll,
  process: CharterProcess,
  stage: CharterStage,
): readonly { readonly name: string; readonly can: boolean; readonly part: unknown }[] {
  if (stage.kind === 'vote') return [{ name: stage.name, can: voteCan(roll, stage, attending(roll, process)), part: stage }];
  if (stage.kind === 'joint') return stage.votes.map((vote) => ({ name: vote.name, can: voteCan(roll, vote, attending(roll, process)), part: vote }));
  if (stage.kind === 'meeting') return [{ name: stage.name, can: meetingCan(roll, stage, attending(roll, process)), part: stage }];
  if (stage.kind !== 'step') return [];
  return stage.transitions.flatMap((line, place) => {
    // Decision 0137: the k-th line that leads there, wherever it stands.
    const nth = stage.transitions.slice(0, place).filter((one) => one.kind === 'when' && one.target === line.target).length;
    return line.kind === 'when'
      ? [{ name: `${stage.name} to ${line.target} ${nth}`, can: line.acts.every(({ actor }) => actorCan(roll, actor)), part: line }]
      : [];
  });
}

function speaksOf(part: unknown, name: string): boolean {
  if (part === name) return true;
  return typeof part === 'object' && part !== null && Object.values(part).some((inner) => speaksOf(inner, name));
}

/** The rules that nobody could meet as the roles are held. */
export function lockedRules(roll: Roll): readonly string[] {
  const short = roll.charter.roles.filter(({ whileShort }) => whileShort !== undefined);
  return roll.charter.processes.flatMap((process) =>
    process.stages.flatMap((stage) =>
      rulesOf(roll, process, stage)
        .filter(({ can, part }) => !can && !short.some(({ name }) => speaksOf(part, name)))
        .map(({ name }) => `${process.name} ${name}`),
    ),
  );
}
