// Short facts about a Charter for people who read no findings. Only what was computed is said; the rest is called not decided.
import { analysesOf } from './analysis/analyses.ts';
import type { Analyses } from './analysis/analyses.ts';
import { amidOthers, atLeastText, peopleMax, unopposed } from './analysis/coalition.ts';
import type { Coalition } from './analysis/coalition.ts';
import { endsOfTerms } from './analysis/end-of-terms.ts';
import { withHolders } from './analysis/holders.ts';
import { smallestTogether } from './analysis/together.ts';
import type { Charter, CharterProcess } from '../engine/index.ts';
import { amendingProcesses } from './lint/group-reach.ts';
import { votesOf } from './lint/stage-graph.ts';
import { peopleText } from './number-words.ts';

/**
 * Facts in plain sentences, one a line: who can change the bylaws, with how many people and how fast, and whether it can get stuck.
 * Groups are counted with today's first holders, different people in
 * different offices where they are named so; rolls nobody is named for are said to be unknown. Pure. Source: check.md section 1.
 * @param analyses - those of this Charter, where a check has asked them already
 */
export function facts(charter: Charter, analyses: Analyses = analysesOf(charter)): readonly string[] {
  return [`Who can change the bylaws?  ${whoAmends(charter)}`, `Can it get stuck?  ${canGetStuck(charter, analyses)}`];
}

function whoAmends(charter: Charter): string {
  const processes = amendingProcesses(charter);
  if (processes.length === 0) return 'nobody';
  const best = fewest(processes.map((process) => smallestTogether(charter, process, 'today', amidOthers)));
  const lazy = fewest(processes.map((process) => smallestTogether(charter, process, 'today', unopposed)));
  const sentences = [
    ...(best === undefined ? [] : [`at least ${people(best.people)}, ${atLeastText(best.way.minutes)} (\`${best.process.name}\`)`]),
    ...(lazy !== undefined && lazy.people < (best?.people ?? peopleMax + 1)
      ? [`${people(lazy.people)} if nobody objects, ${atLeastText(lazy.way.minutes)} (\`${lazy.process.name}\`)`]
      : []),
  ];
  const unknown = rollsWithoutNames(charter, processes);
  const note = [
    ...(unknown.length === 0 ? [] : [`; counted as if 100 people were ${unknown.map((name) => `\`${name}\``).join(' and ')}`]),
    ...(processes.some(isWeighted) ? ['; counted as if everybody weighed the same'] : []),
  ].join('');
  if (sentences.length > 0) return `${sentences.join('; or ')}${note}`;
  const later = onceMore(charter, processes);
  return later === undefined
    ? `not decided for ${processes.map((process) => `\`${process.name}\``).join(', ')}`
    : `nobody today: ${people(later.people)}, more than there are, ${atLeastText(later.way.minutes)} (\`${later.process.name}\`)`;
}

/** The smallest group once all rolls without an upper number have grown. */
function onceMore(charter: Charter, processes: readonly CharterProcess[]): Coalition | undefined {
  const rolls = charter.roles.filter((role) => role.held === undefined && role.firstHeldBy.length > 0);
  const grown = rolls.reduce((then, role) => withHolders(then, role.name, peopleMax), charter);
  return fewest(processes.map((process) => smallestTogether(grown, process, 'ever', unopposed)));
}

function fewest(groups: readonly (Coalition | undefined)[]): Coalition | undefined {
  return groups.reduce((left, right) => ((right?.people ?? peopleMax + 1) < (left?.people ?? peopleMax + 1) ? right : left), undefined);
}

/** The body that locks with the most people left decides the answer. */
function canGetStuck(charter: Charter, analyses: Analyses): string {
  const rows = analyses.lockOuts();
  if (amendingProcesses(charter).length === 0) return 'not decided: no process changes the bylaws';
  const [together] = endsOfTerms(charter);
  if (together !== undefined) return `yes: when the terms of ${together.map(({ name }) => `\`${name}\``).join(' and ')} end, all on one day`;
  if (rows.length === 0) return 'not decided: the text does not say how many people there are';
  const worst = rows.reduce((left, right) => (right.lockedAt > left.lockedAt ? right : left));
  const name = `\`${worst.role.name}\``;
  if (worst.lockedAt < 0) return `no: whoever leaves one of its bodies, others can fill it or change the bylaws`;
  if (worst.lockedAt === 0) return `only when nobody holds ${name} any more`;
  return `not while ${worst.lockedAt + 1} people hold ${name}; with ${worst.lockedAt} nobody can fill the seats or change the bylaws`;
}

function isWeighted(process: CharterProcess): boolean {
  return votesOf(process).some(({ vote }) => vote.voters.weightedBy !== undefined);
}

function rollsWithoutNames(charter: Charter, processes: readonly CharterProcess[]): readonly string[] {
  const voters = processes.flatMap((process) => votesOf(process).flatMap(({ vote }) => vote.voters.roles));
  return charter.roles.flatMap((role) => (voters.includes(role.name) && role.held === undefined && role.firstHeldBy.length === 0 ? [role.name] : []));
}

function people(count: number): string {
  return count === 1 ? peopleText(count) : `${peopleText(count)} together`;
}
