// How points come about: by acts of an office, by cases, by effects. Which of it is a fault is for the rules.
import type { CharterPoints, CharterProcess } from '../../engine/index.ts';
import { effectsOf, outcomesOf } from './effects.ts';
import { quickestWay } from './group-reach.ts';
import type { Model } from './rule.ts';

/** One way to points. `process` and `outcome` are absent where an act alone gives them; `to` is a role or a person of the case. */
export interface Award {
  readonly points: CharterPoints;
  readonly thing: object;
  readonly to: string;
  readonly process?: CharterProcess;
  readonly outcome?: string;
}

/** Every way to points, in source order. Pure. Source: language.md S64, docs/decisions/0056 */
export function awardsOf(model: Model): readonly Award[] {
  const { points, processes, actions } = model.charter;
  const earned = points.flatMap((one) =>
    one.earned.flatMap((line): readonly Award[] => {
      const to = line.by.kind === 'count' ? undefined : line.by.role;
      const [name, stage] = line.for;
      if (to === undefined) return [];
      if (actions.some((action) => action.name === name)) return [{ points: one, thing: line.by, to }];
      const process = processes.find((candidate) => candidate.name === name);
      return process === undefined ? [] : [{ points: one, thing: line.by, to, process, ...(stage === undefined ? {} : { outcome: stage }) }];
    }),
  );
  const given = processes.flatMap((process) =>
    effectsOf(process).flatMap(({ outcome, effect }): readonly Award[] => {
      const one = effect.kind === 'award' ? points.find((candidate) => candidate.name === effect.points) : undefined;
      return one === undefined || effect.kind !== 'award' ? [] : [{ points: one, thing: effect, to: effect.to, process, outcome: outcome.name }];
    }),
  );
  return [...earned, ...given];
}

/** True where one person alone brings a case to the outcome that gives the points. Pure. */
export function oneBringsAbout(model: Model, award: Award): boolean {
  const { process } = award;
  if (process === undefined) return true;
  const names = outcomesOf(process).map((outcome) => outcome.name);
  if (award.outcome !== undefined && !names.includes(award.outcome)) return false;
  return (
    quickestWay(model.charter, process, { people: 1, silent: false }, (outcome) =>
      award.outcome === undefined ? outcome.accepts : outcome.name === award.outcome,
    ) !== undefined
  );
}

/** True where something bounds what one person gets in a time. Pure. */
export function isBounded(award: Award): boolean {
  return [...award.points.limits, ...(award.process?.limits ?? [])].some((limit) => limit.per.some((per) => per.kind === 'window'));
}

/** Points that open a right, with a process of two keepers in which these lines give them; for samples. Pure. */
export function pointsSample(points: readonly string[], process: readonly string[]): string {
  return `points merit plural merits
${points.map((line) => `  ${line}\n`).join('')}  decay 10% every 30 days rounded down
end

process praise
${process.map((line) => `  ${line}\n`).join('')}end

right enter
  covers "doors/front"
  held by keepers who have at least 3 merits
  offline for at most 7 days
end
`;
}
