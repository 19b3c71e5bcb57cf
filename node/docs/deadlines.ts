// Every time limit of a Charter in one table: terms, steps, votes, payments, duties. It computes no instants: those belong to cases.
import { diagramOf, durationText, spoken } from '../../compiler/index.ts';
import type { Charter, CharterProcess, CharterStage } from '../../engine/index.ts';

type Row = readonly [matter: string, howLong: string, then: string];

/** Rows of matter, duration or date, and what happens then, in the order of the Charter. Pure. */
export function deadlines(charter: Charter): readonly Row[] {
  return [
    ...charter.roles.flatMap((role): readonly Row[] => [
      ...(role.term === undefined ? [] : [[`Term of ${spoken(role.name)}`, durationText(role.term.duration), 'the term ends'] as const]),
      ...(role.vacancy === undefined
        ? []
        : [[`Empty seat of ${spoken(role.name)}`, durationText(role.vacancy.within), `filled by then through ${spoken(role.vacancy.process)}`] as const]),
      ...role.lost.flatMap((loss): readonly Row[] =>
        loss.kind === 'inactivity' ? [[`${capital(spoken(role.name))} without activity`, durationText(loss.duration), 'the role is lost']] : [],
      ),
    ]),
    ...charter.processes.flatMap((process) => [...startRows(process), ...process.stages.flatMap((stage) => stageRows(charter, process, stage))]),
    ...charter.certificates.flatMap((row): readonly Row[] =>
      row.lasts === undefined ? [] : [[`Certificate ${spoken(row.name)}`, durationText(row.lasts), 'it runs out']],
    ),
    ...charter.rights.flatMap((right): readonly Row[] =>
      right.offline === undefined ? [] : [[`${right.title ?? spoken(right.name)}: a device without news`, durationText(right.offline), 'it refuses everybody']],
    ),
    ...charter.duties.flatMap((duty): readonly Row[] => {
      const title = duty.title ?? spoken(duty.name);
      return [
        ...(duty.within === undefined
          ? []
          : [[title, `${durationText(duty.within.duration)} after ${duty.within.of.map(spoken).join(', ')}`, 'it is due'] as const]),
        ...(duty.every === undefined ? [] : [[title, `every ${durationText(duty.every.duration)} from ${duty.every.from}`, 'it is due'] as const]),
      ];
    }),
  ];
}

function startRows(process: CharterProcess): readonly Row[] {
  return process.starts.flatMap((start): readonly Row[] =>
    start.kind === 'every' ? [[titleOf(process), `every ${durationText(start.duration)} from ${start.from}`, 'a case starts by itself']] : [],
  );
}

function stageRows(charter: Charter, process: CharterProcess, stage: CharterStage): readonly Row[] {
  const matter = `${titleOf(process)}: ${spoken(stage.name)}`;
  const goal = (target: string): string => spoken(target);
  switch (stage.kind) {
    case 'vote':
      return [[matter, durationText(stage.open), 'the vote closes']];
    case 'joint':
      return stage.votes.map((vote) => [`${matter}, ${spoken(vote.name)}`, durationText(vote.open), 'the vote closes']);
    case 'meeting':
      return [
        ...(stage.notice === undefined ? [] : [[matter, durationText(stage.notice), 'earliest day of the meeting after the call'] as const]),
        [matter, durationText(stage.open), 'the meeting ends'],
      ];
    case 'step': {
      // The picture already has the words of every arrow, in the same order as the rules.
      const labels = diagramOf(charter, process).arrows.filter((arrow) => arrow.from === stage.name);
      const rows = stage.transitions.flatMap((rule, index): readonly Row[] =>
        rule.kind === 'after' || rule.kind === 'unless'
          ? [[matter, labels[index]?.label ?? durationText(rule.kind === 'after' ? rule.duration : rule.within), `goes to ${goal(rule.target)}`]]
          : [],
      );
      return stage.lastsAtLeast === undefined
        ? rows
        : [[matter, `at least ${durationText(stage.lastsAtLeast.duration)}`, 'nothing is decided earlier'], ...rows];
    }
    default:
      return [];
  }
}

function titleOf(process: CharterProcess): string {
  return process.title ?? capital(spoken(process.name));
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
