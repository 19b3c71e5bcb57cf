// Differences of processes: whole ones, their clauses, their stages, and the votes inside of joints.
import type { Charter, CharterProcess, CharterStage, CharterVote } from '../../engine/index.ts';
import { processClauseClass, stageClauseClass, voteClauseClass } from './clause-class.ts';
import { clausesBetween, pairs, sentencesMoved, withClause } from './clauses.ts';
import type { ProcessIn } from './compare-steps.ts';
import { acceptingGroup, reachClass } from './compare-steps.ts';
import type { ChangeClass } from './direction.ts';
import type { RuleChange } from './rule-changes.ts';

const nameOf = (one: { readonly name: string }): string => one.name;

/** The differences of processes, in the order of the old text, new processes last. Pure. */
export function processChanges(before: Charter, after: Charter): readonly RuleChange[] {
  return pairs(before.processes, after.processes, nameOf).flatMap(({ name, was, is }): readonly RuleChange[] => {
    if (was === undefined || is === undefined) return [{ kind: 'power', path: [name], ...sentencesMoved(name, before, after) }];
    const at: Place = { before, after, was, is };
    const clauses = clausesBetween(was, is).filter((key) => key !== 'stages' && key !== 'class');
    return [...clauses.map((key) => changeOf(at, withClause(was, is, key), [key], () => processClauseClass(key, was, is))), ...stageChanges(at)];
  });
}

/** Both Charters and the process in each of them. */
interface Place {
  readonly before: Charter;
  readonly after: Charter;
  readonly was: CharterProcess;
  readonly is: CharterProcess;
}

/** One difference, judged in the old bylaws with nothing changed but this. @param path - below the process */
function changeOf({ before, was }: Place, mixed: CharterProcess, path: readonly string[], kind: (after: ProcessIn) => ChangeClass): RuleChange {
  const hybrid = { ...before, processes: before.processes.map((one) => (one === was ? mixed : one)) };
  const [old, fresh] = [acceptingGroup({ charter: before, process: was }), acceptingGroup({ charter: hybrid, process: mixed })];
  return {
    kind: kind({ charter: hybrid, process: mixed }),
    path: [was.name, ...path],
    ...sentencesMoved(was.name, before, hybrid),
    ...(old === undefined || fresh === undefined || old.people === fresh.people ? {} : { people: { before: old.people, after: fresh.people } }),
  };
}

function withStage(process: CharterProcess, old: CharterStage, fresh: CharterStage): CharterProcess {
  return { ...process, stages: process.stages.map((stage) => (stage === old ? fresh : stage)) };
}

function stageChanges(at: Place): readonly RuleChange[] {
  const { before, was, is } = at;
  const matched = pairs(was.stages, is.stages, nameOf);
  const inside = matched.flatMap(({ was: old, is: fresh }): readonly RuleChange[] => {
    if (old === undefined || fresh === undefined || old.kind !== fresh.kind) return [];
    if (old.kind === 'vote' && fresh.kind === 'vote') return voteChanges(at, old, fresh, (vote) => withStage(was, old, vote));
    const votes =
      old.kind === 'joint' && fresh.kind === 'joint'
        ? pairs(old.votes, fresh.votes, nameOf).flatMap(({ was: left, is: right }) =>
            left === undefined || right === undefined
              ? []
              : voteChanges(at, left, right, (vote) => withStage(was, old, { ...old, votes: old.votes.map((one) => (one === left ? vote : one)) }), [old.name]),
          )
        : [];
    const isMoved = old.kind === 'joint' && fresh.kind === 'joint' && old.votes.map(nameOf).join() !== fresh.votes.map(nameOf).join();
    const clauses = clausesBetween(old, fresh).filter((key) => String(key) !== 'votes' || isMoved);
    return [
      ...votes,
      ...clauses.map((key) => {
        const mixed = withClause(old, fresh, key);
        return changeOf(at, withStage(was, old, mixed), [old.name, key], (hybrid) =>
          stageClauseClass(key, { charter: before, process: was, stage: old }, { ...hybrid, stage: fresh }),
        );
      }),
    ];
  });
  const isReshaped = matched.some(({ was: old, is: fresh }) => old?.kind !== fresh?.kind) || was.stages.map(nameOf).join() !== is.stages.map(nameOf).join();
  if (!isReshaped) return inside;
  // Stages that are new, gone or in another place cannot be judged one by one: the way through the process as a whole is.
  const mixed = { ...was, stages: is.stages };
  return [changeOf(at, mixed, ['stages'], (hybrid) => reachClass({ charter: before, process: was }, hybrid) ?? 'power'), ...inside];
}

function voteChanges(
  at: Place,
  old: CharterVote,
  fresh: CharterVote,
  put: (vote: CharterVote) => CharterProcess,
  path: readonly string[] = [],
): readonly RuleChange[] {
  const keys = clausesBetween(old, fresh);
  // A tie rule says what some counts of the tests mean: the two are one difference.
  const isOne = keys.includes('passes') && keys.includes('tie');
  return keys.flatMap((key) => {
    if (isOne && key === 'tie') return [];
    const own = withClause(old, fresh, key);
    const mixed = isOne && key === 'passes' ? withClause(own, fresh, 'tie') : own;
    return changeOf(at, put(mixed), [...path, old.name, key === 'quorums' ? 'quorum' : key], (hybrid) =>
      voteClauseClass(key, { charter: at.before, process: at.was, vote: old }, { ...hybrid, vote: mixed }),
    );
  });
}
