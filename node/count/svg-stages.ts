// Draws the stages of a count from left to right: a bar for each candidate's votes, the quota, who is elected or excluded, and bands for votes that move.
import type { CountStage, StageAction } from '../../engine/index.ts';
import { type Drawing, label, widthOf } from './svg-frame.ts';

const rowHeight = 40;
const barRoom = 96;
const barHeight = 12;
const bandRoom = 104;
const namesRoom = 240;
const top = 64;

/** Votes as a number for drawing only: a bar is no result. */
function lengthOf(votes: string): number {
  const [numerator, denominator] = votes.split('/');
  if (denominator === undefined) return Number(votes);
  const shift = Math.max(0, denominator.length - 12);
  return Number(BigInt(numerator ?? '0') / 10n ** BigInt(shift)) / Number(BigInt(denominator) / 10n ** BigInt(shift));
}

/** Exact fractions are long: a picture shows four decimals of them and says so by its sign. */
function shortVotes(votes: string): string {
  if (votes.includes('/')) return `≈${lengthOf(votes).toFixed(4)}`;
  return votes;
}

const actionWords: Readonly<Record<StageAction['kind'], string>> = {
  elected: '✓ elected',
  'elected-remaining': '✓ elected, remains',
  excluded: '✗ excluded',
  'defeated-remaining': 'remains, not elected',
};

/** `cell` is the room of a bar and its words, `column` that and the room of bands. `settled`: in which stage a candidate was elected or excluded. */
interface Layout {
  readonly rows: ReadonlyMap<string | undefined, number>;
  readonly settled: ReadonlyMap<string, { readonly stage: number; readonly isElected: boolean }>;
  readonly names: number;
  readonly cell: number;
  readonly column: number;
  readonly scale: number;
}

function yOf(layout: Layout, id: string | undefined): number {
  return top + (layout.rows.get(id) ?? 0) * rowHeight;
}

function barsOf(stage: CountStage, index: number, layout: Layout): string[] {
  const x = layout.names + index * layout.column;
  const body = [label(x, 20, stage.title, { strong: true, room: layout.column - 8 })];
  if (stage.quota !== undefined) {
    body.push(label(x, 38, `quota ${shortVotes(stage.quota)}`, { room: layout.column - 8 }));
    const at = Math.round(lengthOf(stage.quota) * layout.scale);
    const bottom = top + stage.votes.length * rowHeight - 10;
    if (at <= barRoom) body.push(`<line x1="${x + at}" x2="${x + at}" y1="${top - 6}" y2="${bottom}" stroke="#333333" stroke-dasharray="3 3"/>`);
  }
  for (const [id, votes] of stage.votes) {
    const y = yOf(layout, id);
    const action = stage.actions.find((each) => each.option === id);
    const before = layout.settled.get(id);
    const isPast = before !== undefined && before.stage < index;
    // Who was excluded has nothing any more; a row of zeros would only hide who has something.
    if (isPast && !before.isElected && lengthOf(votes) === 0) continue;
    const fill = isPast
      ? before.isElected
        ? '#a9cfa9'
        : '#9db7d5'
      : action === undefined
        ? '#9db7d5'
        : action.kind.startsWith('elected')
          ? '#5a9a5a'
          : '#c07a7a';
    body.push(`<rect x="${x}" y="${y + 2}" width="${Math.round(lengthOf(votes) * layout.scale)}" height="${barHeight}" fill="${fill}"/>`);
    const words = [shortVotes(votes), action === undefined ? '' : actionWords[action.kind]].filter((word) => word !== '').join(' ');
    body.push(label(x, y + 28, words, { room: layout.cell, strong: action !== undefined }));
  }
  for (const [, votes] of stage.idle.slice(0, 1))
    if (lengthOf(votes) > 0) body.push(label(x, yOf(layout, undefined) + 12, shortVotes(votes), { room: layout.cell }));
  return body;
}

/** Bands from where votes were to where they are in the next stage, with how many. */
function bandsOf(stage: CountStage, index: number, layout: Layout): string[] {
  const from = layout.names + index * layout.column + layout.cell + 2;
  const to = layout.names + (index + 1) * layout.column - 4;
  const bends = (to - from) / 2;
  const arrived = new Map<string | undefined, number>();
  return stage.transfers.flatMap((move) => {
    const [y, next] = [yOf(layout, move.from) + 8, yOf(layout, move.to) + 8];
    const thick = Math.max(1, Math.min(14, lengthOf(move.votes) * layout.scale));
    const order = arrived.get(move.to) ?? 0;
    arrived.set(move.to, order + 1);
    return [
      `<path d="M${from} ${y} C${from + bends} ${y} ${to - bends} ${next} ${to} ${next}" fill="none" stroke="#c9a227" stroke-opacity="0.45" stroke-width="${thick.toFixed(1)}"/>`,
      label(to - 2, next - 4 + 11 * order, `+${shortVotes(move.votes)}`, { anchor: 'end', room: bandRoom - 8, color: '#7a5c00' }),
    ];
  });
}

/** Where votes move a little from everybody (Meek): how much each has more in the next stage, without saying from whom. */
function gainsOf(stage: CountStage, next: CountStage | undefined, index: number, layout: Layout): string[] {
  if (stage.keep === undefined || next === undefined) return [];
  const before = new Map(stage.votes);
  const x = layout.names + (index + 1) * layout.column - 6;
  return next.votes.flatMap(([id, votes]) => {
    const gain = lengthOf(votes) - lengthOf(before.get(id) ?? '0');
    return gain < 0.000_05 ? [] : [label(x, yOf(layout, id) + 12, `+≈${gain.toFixed(4)}`, { anchor: 'end', room: bandRoom - 8, color: '#7a5c00' })];
  });
}

/** The stages of a count as one drawing. Pure. */
export function stagesDrawing(stages: readonly CountStage[], nameOf: (id: string) => string): Drawing {
  const ids = [...new Set(stages.flatMap((stage) => stage.votes.map(([id]) => id)))];
  const idle = stages.some((stage) => stage.idle.length > 0);
  const rows = new Map<string | undefined, number>([...ids.map((id, row) => [id, row] as const), [undefined, ids.length]]);
  const most = Math.max(1, ...stages.flatMap((stage) => stage.votes.map(([, votes]) => lengthOf(votes))));
  const texts = stages.flatMap((stage) =>
    stage.votes.map(([id, votes]) => {
      const action = stage.actions.find((each) => each.option === id);
      return action === undefined ? shortVotes(votes) : `${shortVotes(votes)} ${actionWords[action.kind]}`;
    }),
  );
  const cell = Math.max(barRoom, Math.min(260, Math.max(0, ...texts.map((text) => Math.ceil(1.08 * widthOf(text))))));
  const hasMoves = stages.some((stage) => stage.transfers.length > 0 || stage.keep !== undefined);
  const column = cell + (hasMoves ? bandRoom : 24);
  const names = Math.min(namesRoom, Math.max(80, ...ids.map((id) => widthOf(nameOf(id))))) + 20;
  const settled = new Map(
    stages.flatMap((stage, index) => stage.actions.map((action) => [action.option, { stage: index, isElected: action.kind.startsWith('elected') }] as const)),
  );
  const layout: Layout = { rows, settled, names, cell, column, scale: barRoom / most };
  const body = [
    ...stages.slice(0, -1).flatMap((stage, index) => [...bandsOf(stage, index, layout), ...gainsOf(stage, stages[index + 1], index, layout)]),
    ...ids.map((id) => label(8, yOf(layout, id) + 12, nameOf(id), { room: names - 16 })),
    ...(idle ? [label(8, yOf(layout, undefined) + 12, 'supports nobody', { color: '#666666' })] : []),
    ...stages.flatMap((stage, index) => barsOf(stage, index, layout)),
  ];
  return { width: names + stages.length * column + 8, height: top + (ids.length + (idle ? 1 : 0)) * rowHeight + 8, body };
}
