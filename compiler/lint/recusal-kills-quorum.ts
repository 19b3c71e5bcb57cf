// GDO319: so many of a body may be recused that nothing is decided (S42). Half of a body at most, so one person decides for two only.
import type { CharterProcess, CharterQuorum, CharterRecusal, CharterRole, CharterStep, CharterVote } from '../../engine/index.ts';
import { meetsBound } from '../../engine/index.ts';
import type { Diagnostic } from '../../language/index.ts';
import { finding } from '../finding.ts';
import { legalSizes } from './legal-sizes.ts';
import { placeIn } from './rule.ts';
import type { LintRule, Model } from './rule.ts';
import { voteSample } from './sample.ts';
import { votesOf } from './stage-graph.ts';

/** Bodies to this size are enumerated; larger ones are not judged. Source: check.md section 2. */
const enumeratedMax = 16;

/** The most people of a body of this size who are recused together: a cap on their group, else up to half. */
function recusedMost(role: CharterRole, recusal: CharterRecusal, size: number): number {
  const caps = role.limits.flatMap((limit) =>
    limit.amount.kind === 'count' && limit.per.some((per) => per.kind === 'each' && recusal.for.includes(per.name)) ? [limit.amount.value] : [],
  );
  return Math.min(Math.floor(size / 2), ...caps);
}

function isQuorate(quorum: CharterQuorum, people: number, roster: number): boolean {
  return meetsBound(
    () => BigInt(people),
    quorum.comparison,
    quorum.bound,
    () => BigInt(roster),
  );
}

interface Stopped {
  readonly size: number;
  readonly recused: number;
  readonly left: number;
}

function firstStop(role: CharterRole, vote: CharterVote, recusal: CharterRecusal): Stopped | undefined {
  for (const size of legalSizes(role)) {
    if (size > enumeratedMax || size < 2 || !vote.quorums.every((quorum) => isQuorate(quorum, size, size))) continue;
    for (let recused = 1; recused <= recusedMost(role, recusal, size); recused += 1) {
      const left = size - recused;
      const roster = recusal.countsAs === undefined ? left : size;
      const isUndecidable = vote.quorums.some((quorum) => !isQuorate(quorum, recusal.countsAs === 'abstain' ? size : left, roster));
      if (isUndecidable) return { size, recused, left };
    }
  }
  return undefined;
}

/** Verbs by which people carry a case on; a step that asks for none of them is left by time alone. */
const agreeing: readonly string[] = ['endorse', 'approve', 'accept', 'adopt'];

/** The first size at which so many may be recused that the others are too few for what a step asks of the same role. */
function firstStuck(step: CharterStep, role: CharterRole, recusal: CharterRecusal): Stopped | undefined {
  const counts = step.transitions.flatMap((line) =>
    line.kind !== 'when' ? [] : line.acts.flatMap((act) => (act.actor.kind === 'count' && agreeing.includes(act.verb) ? [act.actor] : [])),
  );
  const own = counts.filter(({ bound }) => (bound.kind === 'whole' || bound.kind === 'part') && bound.role === role.name);
  if (own.length === 0 || own.length < counts.length) return undefined;
  const isMet = (people: number, roster: number): boolean =>
    own.some(({ comparison, bound }) =>
      meetsBound(
        () => BigInt(people),
        comparison,
        bound,
        () => BigInt(roster),
      ),
    );
  for (const size of legalSizes(role)) {
    if (size > enumeratedMax || size < 2 || !isMet(size, size)) continue;
    for (let recused = 1; recused <= recusedMost(role, recusal, size); recused += 1) {
      const left = size - recused;
      if (!isMet(left, recusal.countsAs === undefined ? left : size)) return { size, recused, left };
    }
  }
  return undefined;
}

function stepFindings(model: Model, process: CharterProcess): readonly Diagnostic[] {
  return process.stages.flatMap((stage) =>
    stage.kind !== 'step'
      ? []
      : process.recusals.flatMap((recusal) => {
          const stop = model.charter.roles.flatMap((role) => firstStuck(stage, role, recusal) ?? [])[0];
          if (stop === undefined) return [];
          return [
            finding('GDO319', placeIn(model, recusal, process), {
              message: `With ${stop.recused} of ${stop.size} people recused, the others are too few for what \`${stage.name}\` asks of them`,
              label: recusal.countsAs === undefined ? 'leaves the roster' : `counts as ${recusal.countsAs}`,
              why: 'The more people a matter concerns, the less anybody can decide about it',
              help: 'let the recused leave the roster, or ask for a share of those who are left',
            }),
          ];
        }),
  );
}

/** The rule `recusal-kills-quorum`. */
export const recusalKillsQuorum: LintRule = {
  code: 'GDO319',
  name: 'recusal-kills-quorum',
  what: 'When few are recused, this vote can no longer be decided',
  why: 'The more people a matter concerns, the less anybody can decide about it',
  fix: 'Let the recused leave the roster: `recusal decided by any keeper leaves the roster`',
  bad: voteSample('recusal decided by 2 keepers counts as absent', 'quorum at least 2/3 of keepers voting', 'passes when more than 1/2 of votes cast are yes'),
  good: voteSample(
    'recusal decided by 2 keepers leaves the roster',
    'quorum at least 2/3 of keepers voting',
    'passes when more than 1/2 of votes cast are yes',
  ),
  check: (model) =>
    model.charter.processes.flatMap((process) => [
      ...stepFindings(model, process),
      ...votesOf(process).flatMap(({ vote }) => {
        const [name, ...others] = vote.voters.roles;
        const role = model.charter.roles.find((one) => one.name === name);
        if (role === undefined || others.length > 0 || vote.counted !== undefined) return [];
        return [...process.recusals, ...vote.recusals].flatMap((recusal) => {
          const stop = firstStop(role, vote, recusal);
          if (stop === undefined) return [];
          return [
            finding('GDO319', placeIn(model, recusal, vote), {
              message: `With ${stop.recused} of ${stop.size} people recused in \`${vote.name}\`, its quorum cannot be met`,
              label: recusal.countsAs === undefined ? 'leaves the roster' : `counts as ${recusal.countsAs}`,
              why: 'The more people a matter concerns, the less anybody can decide about it',
              help: 'let the recused leave the roster, or ask for a smaller quorum',
            }),
          ];
        });
      }),
    ]),
};
