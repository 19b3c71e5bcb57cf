// Short facts about a Charter for people who read no findings. Only what was computed is said; the rest is called not decided.
import { analysesOf } from './analysis/analyses.ts';
import type { Analyses } from './analysis/analyses.ts';
import { atLeastText, peopleMax, smallestGroup, unopposed } from './analysis/coalition.ts';
import type { Coalition } from './analysis/coalition.ts';
import type { Charter, CharterProcess } from '../engine/index.ts';
import { amendingProcesses } from './lint/group-reach.ts';

/**
 * Facts in plain sentences, one a line: who can change the bylaws, with how many people and how fast, and whether it can get stuck.
 * Groups are counted with today's first holders; rolls nobody is named for are said to be unknown. Pure. Source: check.md section 1.
 * @param analyses - those of this Charter, where a check has asked them already
 */
export function facts(charter: Charter, analyses: Analyses = analysesOf(charter)): readonly string[] {
  return [`Who can change the bylaws?  ${whoAmends(charter)}`, `Can it get stuck?  ${canGetStuck(charter, analyses)}`];
}

function whoAmends(charter: Charter): string {
  const processes = amendingProcesses(charter);
  if (processes.length === 0) return 'nobody';
  const best = fewest(processes.map((process) => smallestGroup(charter, process)));
  const lazy = fewest(processes.map((process) => smallestGroup(charter, process, undefined, unopposed)));
  const sentences = [
    ...(best === undefined ? [] : [`at least ${people(best.people)}, ${atLeastText(best.way.minutes)} (\`${best.process.name}\`)`]),
    ...(lazy !== undefined && lazy.people < (best?.people ?? peopleMax + 1)
      ? [`${people(lazy.people)} if nobody objects, ${atLeastText(lazy.way.minutes)} (\`${lazy.process.name}\`)`]
      : []),
  ];
  const unknown = rollsWithoutNames(charter, processes);
  const note = unknown.length === 0 ? '' : `; counted as if 100 people were ${unknown.map((name) => `\`${name}\``).join(' and ')}`;
  return sentences.length === 0 ? `not decided for ${processes.map((process) => `\`${process.name}\``).join(', ')}` : `${sentences.join('; or ')}${note}`;
}

function fewest(groups: readonly (Coalition | undefined)[]): Coalition | undefined {
  return groups.reduce((left, right) => ((right?.people ?? peopleMax + 1) < (left?.people ?? peopleMax + 1) ? right : left), undefined);
}

/** The body that locks with the most people left decides the answer. */
function canGetStuck(charter: Charter, analyses: Analyses): string {
  const rows = analyses.lockOuts();
  if (amendingProcesses(charter).length === 0) return 'not decided: no process changes the bylaws';
  if (rows.length === 0) return 'not decided: the text does not say how many people there are';
  const worst = rows.reduce((left, right) => (right.lockedAt > left.lockedAt ? right : left));
  const name = `\`${worst.role.name}\``;
  if (worst.lockedAt < 0) return `no: whoever leaves one of its bodies, others can fill it or change the bylaws`;
  if (worst.lockedAt === 0) return `only when nobody holds ${name} any more`;
  return `not while ${worst.lockedAt + 1} people hold ${name}; with ${worst.lockedAt} nobody can fill the seats or change the bylaws`;
}

function rollsWithoutNames(charter: Charter, processes: readonly CharterProcess[]): readonly string[] {
  const voters = processes.flatMap((process) =>
    process.stages.flatMap((stage) =>
      stage.kind === 'vote' ? stage.voters.roles : stage.kind === 'joint' ? stage.votes.flatMap((vote) => vote.voters.roles) : [],
    ),
  );
  return charter.roles.flatMap((role) => (voters.includes(role.name) && role.held === undefined && role.firstHeldBy.length === 0 ? [role.name] : []));
}

function people(count: number): string {
  return count === 1 ? '1 person' : `${count} people together`;
}
