// What scenarios have seen of the bylaws: the stages their cases stood in and the ways their cases took out of them. It plays nothing.
import type { Charter, CharterProcess } from '../engine/index.ts';
import { diagramOf } from './sentences-diagram.ts';
import type { CaseMove, WayOut } from './scenario-turns.ts';
import { waysOf, waysTaken } from './scenario-turns.ts';
import type { ScenarioResult } from './scenario.ts';

/** How often cases of a process stood in each stage, and left it each way, over all scenarios. All in source order. */
export interface ProcessCoverage {
  readonly process: string;
  readonly stages: readonly { readonly stage: string; readonly times: number }[];
  readonly ways: readonly (Omit<WayOut, 'process'> & { readonly times: number })[];
}

/** Counts stages and ways of every process. A case that stands in a stage at the end of its scenario counts there, too. Pure. Source: docs/decisions/0031 */
export function coverageOf(charter: Charter, results: readonly ScenarioResult[]): readonly ProcessCoverage[] {
  const moves = results.flatMap((result) => result.moves);
  const opened = results.flatMap((result) => result.opened);
  const ways = waysOf(charter);
  return charter.processes.map((process) => {
    const own = ways.filter((way) => way.process === process.name);
    const taken = moves.filter((move) => move.process === process.name).flatMap((move) => placesTaken(charter, own, move));
    const stages = diagramOf(charter, process).stages.map(({ name }) => ({ stage: name, times: timesIn(process, name, opened, moves) }));
    return {
      process: process.name,
      stages,
      ways: own.map(({ from, to, rule }, index) => ({ from, to, rule, times: taken.filter((place) => place === index).length })),
    };
  });
}

function placesTaken(charter: Charter, own: readonly WayOut[], move: CaseMove): readonly number[] {
  const first = own.findIndex((way) => way.from === move.from);
  return first < 0 ? [] : waysTaken(charter, move).map(({ index }) => first + index);
}

/** A stage counts when a case opens it, an outcome when a case moves to it. */
function timesIn(process: CharterProcess, stage: string, opened: ScenarioResult['opened'], moves: readonly CaseMove[]): number {
  const reached = moves.filter((move) => move.process === process.name && move.to === stage && move.ends).length;
  return reached + opened.filter((one) => one.process === process.name && one.stage === stage).length;
}

/** What no scenario covers, one sentence each: stages that no case stood in, and ways not taken out of stages that some case did stand in. Pure. */
export function uncovered(coverage: readonly ProcessCoverage[]): readonly string[] {
  return coverage.flatMap(({ process, stages, ways }) => {
    if (stages.every((stage) => stage.times === 0)) return [`\`${process}\` as a whole`];
    const seen = new Set(stages.flatMap((stage) => (stage.times > 0 ? [stage.stage] : [])));
    return stages.flatMap(({ stage }) => {
      const out = ways.flatMap((way) =>
        way.from === stage && way.times === 0 && seen.has(stage) ? [`\`${process}\`, from \`${stage}\` to \`${way.to}\`: ${way.rule}`] : [],
      );
      // Where a way to the stage is listed as not taken, the stage itself goes without saying.
      const said = ways.some((way) => way.to === stage && seen.has(way.from));
      return seen.has(stage) || said ? out : [`\`${process}\`, the stage \`${stage}\``];
    });
  });
}
