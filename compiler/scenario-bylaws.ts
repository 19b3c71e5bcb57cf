// New bylaws that a line of a scenario proposes: those in force with one value changed, `with proposal.ballot.open set to 23 hours`. It judges nothing.
import type { Charter, CharterBound, CharterDuration, CharterShare, CharterStage, CharterTest, CharterValue, Quantity } from '../engine/index.ts';
import { fullPath } from '../engine/index.ts';
import { emitCharter } from './emit.ts';

/** One value and where it stands. */
export interface Setting {
  readonly path: readonly string[];
  readonly value: CharterValue;
}

/** New bylaws as an event carries them. */
export interface NewBylaws {
  readonly hash: string;
  readonly charter: Charter;
}

interface Values {
  readonly duration?: CharterDuration;
  readonly quantity?: Quantity;
}

function valuesOf(value: CharterValue): Values {
  if (value.kind === 'duration') return { duration: value.duration };
  return value.kind === 'quantity' ? { quantity: value.quantity } : {};
}

function shareWith(share: CharterShare, amount: Quantity): CharterShare {
  return share.kind === 'part' ? { ...share, amount } : share;
}

function boundWith(bound: CharterBound, amount: Quantity): CharterBound {
  if (bound.kind === 'whole' || bound.kind === 'part') return shareWith(bound, amount);
  return { ...bound, left: shareWith(bound.left, amount), right: shareWith(bound.right, amount) };
}

function testWith(test: CharterTest, amount: Quantity): CharterTest {
  if ('amount' in test) return { ...test, amount };
  return test.kind === 'turnout' ? { ...test, bound: boundWith(test.bound, amount) } : test;
}

/** A stage with the value of one of its clauses; undefined where that clause does not stand there, or has no such value. */
function stageWith(stage: CharterStage, clause: readonly string[], { duration, quantity }: Values): CharterStage | undefined {
  const [first, ...rest] = clause;
  if (stage.kind === 'joint') {
    const votes = stage.votes.map((vote) =>
      vote.name === first ? stageWith(vote, rest, { ...(duration && { duration }), ...(quantity && { quantity }) }) : vote,
    );
    const changed = votes.flatMap((vote) => (vote?.kind === 'vote' ? [vote] : []));
    return changed.length === stage.votes.length && stage.votes.some((vote) => vote.name === first) ? { ...stage, votes: changed } : undefined;
  }
  if (stage.kind !== 'vote' && stage.kind !== 'meeting') return undefined;
  if (first === 'open' && duration !== undefined) return { ...stage, open: duration };
  if (first === 'quorum' && quantity !== undefined && stage.quorums.length > 0)
    return { ...stage, quorums: stage.quorums.map((quorum) => ({ ...quorum, bound: boundWith(quorum.bound, quantity) })) };
  if (first === 'passes' && quantity !== undefined && stage.kind === 'vote' && stage.passes.length > 0)
    return { ...stage, passes: stage.passes.map((row) => ({ ...row, tests: row.tests.map((test) => testWith(test, quantity)) })) };
  return undefined;
}

/** The bylaws with one value changed; undefined where nothing that has such a value stands at the path. Pure. */
export function bylawsWith(charter: Charter, { path, value }: Setting): NewBylaws | undefined {
  const [head = '', ...rest] = fullPath(charter, path);
  const values = valuesOf(value);
  const { duration } = values;
  const role = charter.roles.find((one) => one.name === head);
  if (role?.term !== undefined && rest[0] === 'term' && duration !== undefined) {
    const changed = { ...role, term: { ...role.term, duration } };
    return emitted({ ...charter, roles: charter.roles.map((one) => (one === role ? changed : one)) });
  }
  const process = charter.processes.find((one) => one.name === head);
  const [name, ...clause] = rest;
  const stage = process?.stages.find((one) => one.name === name);
  const changed = stage === undefined ? undefined : stageWith(stage, clause, values);
  if (process === undefined || changed === undefined) return undefined;
  const amended = { ...process, stages: process.stages.map((one) => (one === stage ? changed : one)) };
  return emitted({ ...charter, processes: charter.processes.map((one) => (one === process ? amended : one)) });
}

function emitted(charter: Charter): NewBylaws {
  return { hash: emitCharter(charter).hash, charter };
}
