// A process as a picture in data: its stages and what leads from one to another, in few words. Drawing is node/docs's. Pure.
import type { Charter, CharterJoint, CharterProcess, CharterResults, CharterStage, CharterTransition } from '../engine/index.ts';
import { unreachable } from '../engine/index.ts';
import { actingWords, actsWords, clockWords } from './sentences-clauses.ts';
import { durationText, spoken } from './sentences-words.ts';

/** One stage of a picture. `accepts` only for outcomes. Texts are not escaped. */
export interface DiagramStage {
  readonly name: string;
  readonly kind: CharterStage['kind'];
  readonly label: string;
  readonly note: string;
  readonly accepts?: boolean;
}

/** One arrow: names of stages and the words beside it. */
export interface DiagramArrow {
  readonly from: string;
  readonly to: string;
  readonly label: string;
}

/** The picture of a process. The first stage is the start; arrows are in source order (S17). */
export interface Diagram {
  readonly process: string;
  readonly title: string;
  readonly stages: readonly DiagramStage[];
  readonly arrows: readonly DiagramArrow[];
}

/** The picture of a process. Implicit outcomes that no stage writes out are added where an arrow needs them. Pure. */
export function diagramOf(charter: Charter, process: CharterProcess): Diagram {
  const arrows = process.stages.flatMap((stage) => arrowsOf(charter, stage));
  const written = process.stages.map((stage) => stageOf(stage));
  const missing = [...new Set(arrows.map((arrow) => arrow.to))].filter((name) => !written.some((stage) => stage.name === name)).sort();
  const implied = missing.map((name): DiagramStage => ({ name, kind: 'outcome', label: spoken(name), note: '', accepts: name === 'accepted' }));
  return { process: process.name, title: process.title ?? spoken(process.name), stages: [...written, ...implied], arrows };
}

function stageOf(stage: CharterStage): DiagramStage {
  const label = spoken(stage.name);
  switch (stage.kind) {
    case 'vote':
      return { name: stage.name, kind: stage.kind, label, note: `vote, ${durationText(stage.open)}` };
    case 'meeting':
      return { name: stage.name, kind: stage.kind, label, note: `meeting, ${durationText(stage.open)}` };
    case 'joint':
      return { name: stage.name, kind: stage.kind, label, note: stage.votes.map((vote) => `vote ${spoken(vote.name)}, ${durationText(vote.open)}`).join('; ') };
    case 'step':
      return {
        name: stage.name,
        kind: stage.kind,
        label,
        note: stage.lastsAtLeast === undefined ? '' : `at least ${durationText(stage.lastsAtLeast.duration)}`,
      };
    case 'draw':
      return { name: stage.name, kind: stage.kind, label, note: 'draw by lot' };
    case 'outcome':
      return { name: stage.name, kind: stage.kind, label, note: '', accepts: stage.accepts };
    default:
      return unreachable(stage);
  }
}

function arrowsOf(charter: Charter, stage: CharterStage): readonly DiagramArrow[] {
  switch (stage.kind) {
    case 'step':
      return stage.transitions.map((rule) => ({ from: stage.name, to: rule.target, label: ruleLabel(charter, rule) }));
    case 'vote':
    case 'meeting':
    case 'draw':
      return resultArrows(stage.name, stage);
    case 'joint':
      return jointArrows(stage);
    case 'outcome':
      return [];
    default:
      return unreachable(stage);
  }
}

function resultArrows(from: string, stage: CharterResults): readonly DiagramArrow[] {
  const named = stage.results.map((row) => ({ from, to: row.target, label: spoken(row.result) }));
  return stage.otherwise === undefined ? named : [...named, { from, to: stage.otherwise, label: 'otherwise' }];
}

function jointArrows(stage: CharterJoint): readonly DiagramArrow[] {
  const { passes } = stage;
  return [
    ...(passes === undefined ? [] : [{ from: stage.name, to: passes.target, label: passes.which === 'all' ? 'all pass' : 'any passes' }]),
    ...(stage.otherwise === undefined ? [] : [{ from: stage.name, to: stage.otherwise, label: 'otherwise' }]),
  ];
}

function ruleLabel(charter: Charter, rule: CharterTransition): string {
  switch (rule.kind) {
    case 'when': {
      const within = rule.within === undefined ? '' : ` within ${durationText(rule.within)}`;
      return `${actsWords(charter, rule.acts)}${within}${rule.withoutConcerns === undefined ? '' : ', no concern open'}`;
    }
    case 'unless':
      return `unless ${actsWords(charter, rule.acts)} within ${durationText(rule.within)}`;
    case 'otherwise':
      return 'otherwise';
    case 'after': {
      const duration = durationText(rule.duration);
      if (rule.without === undefined) return clockWords(duration, rule.since);
      if (rule.without.kind === 'act') return `after ${duration} without ${actingWords(charter, rule.without.act)}`;
      return rule.inARow === undefined ? `${clockWords(duration, rule.since)}, no concern open` : `after ${duration} in a row without an open concern`;
    }
    default:
      return unreachable(rule);
  }
}
