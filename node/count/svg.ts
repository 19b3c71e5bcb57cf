// Draws a count: its stages with what moved, and its pairs; for a count that has neither, its sums. It computes no result.
import type { CountRecord } from '../../engine/index.ts';
import { framed } from './svg-frame.ts';
import { matrixDrawings } from './svg-matrix.ts';
import { stagesDrawing } from './svg-stages.ts';

/** Draws a count as one SVG document. Pure. @returns undefined where there is nothing to draw, because nothing was counted */
export function countSvg(record: CountRecord, nameOf: (id: string) => string): string | undefined {
  const pairs = record.pairwise === undefined ? [] : matrixDrawings(record.pairwise, nameOf);
  if (record.stages.length > 0) return framed('Votes by stage', [stagesDrawing(record.stages, nameOf), ...pairs]);
  if (pairs.length > 0) return framed('Ballots that prefer one option to another', pairs);
  if (record.points === undefined) return undefined;
  const winners = record.outcome.kind === 'elected' ? record.outcome.winners : [];
  const actions = winners.map((option) => ({ kind: 'elected' as const, option }));
  return framed('Sums', [stagesDrawing([{ title: 'sums', votes: record.points, idle: [], actions, transfers: [] }], nameOf)]);
}
