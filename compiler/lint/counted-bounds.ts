// Every place of a process where people are counted against a bound, in one list. What is wrong with a bound is for the rules.
import type {
  CharterAct,
  CharterActor,
  CharterBound,
  CharterComparison,
  CharterProcess,
  CharterShare,
  CharterStage,
  CharterTest,
  CharterVote,
} from '../../engine/index.ts';
import { votesOf } from './stage-graph.ts';

/** One count: what must be reached, where it stands, and what hangs on it. `thing` is the part of the Charter whose place is shown. */
export interface CountedBound {
  readonly use: 'start' | 'act' | 'objection' | 'quorum' | 'test' | 'other';
  readonly comparison: CharterComparison;
  readonly shares: readonly CharterShare[];
  readonly thing: object;
  readonly vote?: CharterVote;
}

/** All counts of a process, starts first, then stages in source order. Pure. */
export function countedBounds(process: CharterProcess): readonly CountedBound[] {
  const starts = process.starts.flatMap((start) => (start.kind === 'by' ? actorBounds(start.actor, 'start', start) : []));
  const recusals = process.recusals.flatMap((recusal) => actorBounds(recusal.decidedBy, 'other', recusal));
  return [...starts, ...recusals, ...process.stages.flatMap(stageBounds), ...votesOf(process).flatMap(({ vote }) => voteBounds(vote))];
}

/** The shares of a bound. Pure. */
export function sharesOf(bound: CharterBound): readonly CharterShare[] {
  return bound.kind === 'whole' || bound.kind === 'part' ? [bound] : [bound.left, bound.right];
}

function actorBounds(actor: CharterActor, use: CountedBound['use'], thing: object): readonly CountedBound[] {
  return actor.kind === 'count' ? [{ use, comparison: actor.comparison, shares: sharesOf(actor.bound), thing }] : [];
}

function actBounds(acts: readonly CharterAct[], use: CountedBound['use']): readonly CountedBound[] {
  return acts.flatMap((act) => actorBounds(act.actor, use, act));
}

function stageBounds(stage: CharterStage): readonly CountedBound[] {
  switch (stage.kind) {
    case 'step':
      return [
        ...stage.concerns.flatMap((concern) => [concern.by, ...concern.resolvedBy].flatMap((actor) => actorBounds(actor, 'other', stage))),
        ...stage.nominations.flatMap((line) => (line.support === undefined ? [] : actorBounds(line.support.by, 'act', line))),
        ...(stage.options === undefined ? [] : actorBounds(stage.options.by, 'act', stage.options)),
        ...(stage.options?.support === undefined ? [] : actorBounds(stage.options.support.by, 'act', stage.options)),
        ...stage.holds.flatMap((hold) => actBounds(hold.acts, 'objection')),
        ...stage.transitions.flatMap((transition) => {
          if (transition.kind === 'when') return actBounds(transition.acts, 'act');
          if (transition.kind === 'unless') return actBounds(transition.acts, 'objection');
          return transition.kind === 'after' && transition.without?.kind === 'act' ? actBounds([transition.without.act], 'objection') : [];
        }),
      ];
    case 'meeting':
      return [...stage.quorums, ...(stage.secondCall?.quorum === undefined ? [] : [stage.secondCall.quorum])].map((quorum) => ({
        use: 'quorum',
        comparison: quorum.comparison,
        shares: sharesOf(quorum.bound),
        thing: quorum,
      }));
    case 'draw':
      return stage.seed === undefined ? [] : actorBounds(stage.seed.committedBy, 'act', stage);
    case 'vote':
    case 'joint':
    case 'outcome':
      return [];
  }
}

function voteBounds(vote: CharterVote): readonly CountedBound[] {
  const quorums = [...vote.quorums, ...(vote.secondCall?.quorum === undefined ? [] : [vote.secondCall.quorum])];
  return [
    ...quorums.map((quorum): CountedBound => ({ use: 'quorum', comparison: quorum.comparison, shares: sharesOf(quorum.bound), thing: quorum, vote })),
    ...vote.passes.flatMap((line) => line.tests.flatMap((test) => testBounds(test, vote))),
    ...vote.beatsOthers.map((line): CountedBound => ({ use: 'test', comparison: line.comparison, shares: [line.share], thing: vote, vote })),
    ...(vote.tie ?? []).flatMap((rule) => (rule.kind === 'decided' ? actorBounds(rule.by, 'other', rule) : [])),
    ...vote.recusals.flatMap((recusal) => actorBounds(recusal.decidedBy, 'other', recusal)),
  ];
}

function testBounds(test: CharterTest, vote: CharterVote): readonly CountedBound[] {
  const counted = (comparison: CharterComparison, shares: readonly CharterShare[]): readonly CountedBound[] => [
    { use: 'test', comparison, shares, thing: test, vote },
  ];
  switch (test.kind) {
    case 'share-of-base':
      return test.base === 'all' && test.role !== undefined ? counted(test.comparison, [{ kind: 'part', role: test.role, amount: test.amount }]) : [];
    case 'people-say':
      return counted(test.comparison, [{ kind: 'part', role: test.role, amount: test.amount }]);
    case 'all-say':
      return counted('at-least', [{ kind: 'whole', role: test.role }]);
    case 'turnout':
      return counted(test.comparison, sharesOf(test.bound));
    case 'none-say':
    case 'lead':
      return [];
  }
}
