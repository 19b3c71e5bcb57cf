// Short facts about a Charter for people who read no findings. Only what was computed is said; the rest is called not analysed.
import type { Charter, CharterProcess } from '../engine/index.ts';
import { amendingProcesses, quickestWay } from './lint/group-reach.ts';
import type { Way } from './lint/group-reach.ts';

/** The largest group that is tried. */
const peopleMax = 200;

/**
 * Facts in plain sentences, one a line: who can change the bylaws, with how many people and how fast, and whether it can get stuck.
 * Groups are counted with today's first holders; rolls nobody is named for are said to be unknown. Pure. Source: check.md section 1.
 */
export function facts(charter: Charter): readonly string[] {
  return [`Who can change the bylaws?  ${whoAmends(charter)}`, 'Can it get stuck?  not analysed by this version'];
}

function whoAmends(charter: Charter): string {
  const processes = amendingProcesses(charter);
  if (processes.length === 0) return 'nobody';
  const ways = processes.map((process) => ({ process, alone: leastPeople(charter, process, false), silent: leastPeople(charter, process, true) }));
  const best = ways.reduce((left, right) => ((right.alone?.people ?? peopleMax + 1) < (left.alone?.people ?? peopleMax + 1) ? right : left));
  const lazy = ways.reduce((left, right) => ((right.silent?.people ?? peopleMax + 1) < (left.silent?.people ?? peopleMax + 1) ? right : left));
  const sentences = [
    ...(best.alone === undefined ? [] : [`at least ${people(best.alone.people)}, ${time(best.alone.way)} (\`${best.process.name}\`)`]),
    ...(lazy.silent !== undefined && lazy.silent.people < (best.alone?.people ?? peopleMax + 1)
      ? [`${people(lazy.silent.people)} if nobody objects, ${time(lazy.silent.way)} (\`${lazy.process.name}\`)`]
      : []),
  ];
  const unknown = rollsWithoutNames(charter, processes);
  const note = unknown.length === 0 ? '' : `; counted as if 100 people were ${unknown.map((name) => `\`${name}\``).join(' and ')}`;
  return sentences.length === 0 ? `not computed for ${processes.map((process) => `\`${process.name}\``).join(', ')}` : `${sentences.join('; or ')}${note}`;
}

function leastPeople(charter: Charter, process: CharterProcess, silent: boolean): { readonly people: number; readonly way: Way } | undefined {
  for (let size = 1; size <= peopleMax; size += 1) {
    const way = quickestWay(charter, process, { people: size, silent });
    if (way !== undefined) return { people: size, way };
  }
  return undefined;
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

function time(way: Way): string {
  if (way.minutes === 0) return 'at once';
  const days = Math.floor(way.minutes / 1440);
  if (days === 0) return `in ${way.minutes} minutes or more`;
  return `in ${days === 1 ? '1 day' : `${days} days`} or more`;
}
