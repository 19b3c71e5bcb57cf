// One pair of the differential run: a charter and a stream by chance, made while both judges play it; and how a difference is made small.
import { unsupported } from '../../../engine/index.ts';
import type { Charter } from '../../../engine/index.ts';
import { checkBylaws, compileBylaws } from '../../../compiler/index.ts';
import { parseBylaws } from '../../../language/index.ts';
import { amendments, plainAmendments } from './amended.ts';
import { charterText, people } from './charters.ts';
import { firstContent } from './merge-lines.ts';
import type { Dice } from './dice.ts';
import { diceOf } from './dice.ts';
import { hintsOf } from './hints.ts';
import type { Difference, Played, Table, Watch } from './run.ts';
import { finish, forkTable, play, playEvent, tableFor } from './run.ts';
import { situationsIn } from './situations.ts';
import type { Answer, Founding, Signed } from './stream.ts';
import { nextEvent } from './streams.ts';

/** The first day of every generated organization: the last of a month, so that months are shorter than they look. */
const firstMs = Date.UTC(2027, 0, 31, 10);

/** The compiled form of a text; undefined where it does not compile, or says what the engine cannot run yet. */
function compiledOf(text: string): { readonly charter: Charter; readonly hash: string } | undefined {
  const { file, diagnostics } = parseBylaws({ path: 'rules.gdo', text });
  const compiled = file === undefined ? undefined : compileBylaws([file]);
  if ([...diagnostics, ...(compiled?.diagnostics ?? [])].some(({ severity }) => severity === 'error')) return undefined;
  if (compiled?.charter === undefined || compiled.hash === undefined || unsupported(compiled.charter).length > 0) return undefined;
  return { charter: compiled.charter, hash: compiled.hash };
}

function amendedBy(place: number, text: string): ReturnType<typeof compiledOf> {
  const next = amendments[place]?.(text);
  return next === undefined || next === text ? undefined : compiledOf(next);
}

/** The organization a text founds, with the bylaws that a proposal in it may bring. */
export function foundingOf(text: string, breadth: Breadth = 'plain'): Founding | undefined {
  const compiled = compiledOf(text);
  if (compiled === undefined) return undefined;
  const { charter, hash } = compiled;
  const known = new Map<number, ReturnType<typeof compiledOf>>();
  const amendment = (place: number): ReturnType<typeof compiledOf> => {
    const next = known.has(place) ? known.get(place) : amendedBy(place, text);
    known.set(place, next);
    return next;
  };
  const holders = charter.roles.map((role) => [role.name, role.firstHeldBy] as const);
  return {
    charter,
    bylawsHash: hash,
    people,
    holders,
    startMs: firstMs,
    content: charter.areas.length === 0 ? [] : firstContent,
    amendments: breadth === 'wide' ? amendments.length : plainAmendments,
    amendment,
  };
}

/** The errors `gdo check` finds in a text: a smaller text may not have others, or it would show something else. */
function errorsOf(text: string): readonly string[] {
  const { file } = parseBylaws({ path: 'rules.gdo', text });
  return file === undefined ? [] : checkBylaws(compileBylaws([file])).flatMap(({ code, severity }) => (severity === 'error' ? [code] : []));
}

/** A text and the organization it founds. */
export interface Founded {
  readonly text: string;
  readonly founding: Founding;
}

/** Which charters are made up: those of the first million pairs, or wider ones, of which each has something beside. */
export type Breadth = 'plain' | 'wide';

/** The first text from a place on that founds an organization. */
export function foundedText(seed: number, index: number, breadth: Breadth = 'plain'): Founded {
  for (let refused = 0; ; refused += 1) {
    const text = charterText(diceOf(seed, index, refused), breadth === 'wide' ? diceOf(seed, index, refused, 1) : undefined);
    const founding = foundingOf(text, breadth);
    if (founding !== undefined) return { text, founding };
  }
}

/** A table in the middle of a stream, with all that was signed before: other streams begin like it and go another way from here. */
export interface Fork {
  readonly table: Table;
  readonly stream: readonly Signed[];
}

/** How a stream is made up: from a fork or from the founding, how many events more, and after how many of them a fork is kept. */
export interface Making {
  readonly from: Fork | Founding;
  readonly events: number;
  readonly watch: Watch;
  readonly forkAfter?: number;
}

/** A stream that was made up, and how it went. `answers` are those of the events that were played, not of the ones before the fork. */
export type Made = Played & { readonly stream: readonly Signed[]; readonly fork: Fork | undefined; readonly met: ReadonlySet<string> };

/** Plays a stream that is made up as it goes, following what is open. */
export function playByChance(dice: Dice, { from, events, watch, forkAfter }: Making): Made {
  const table = 'table' in from ? forkTable(from.table, watch) : tableFor(from, watch);
  const answers: Answer[] = [];
  const stream: Signed[] = 'table' in from ? [...from.stream] : [];
  let fork: Fork | undefined;
  for (let count = 0; count < events; count += 1) {
    if (count === forkAfter) fork = { table: forkTable(table, watch), stream: [...stream] };
    const signed = nextEvent(dice, table.founding, { ...hintsOf(table.reference.world, table.reference), nowMs: table.nowMs });
    stream.push(signed);
    const difference = playEvent(table, signed, answers);
    if (difference !== undefined) return { difference: first(table, stream, difference), answers, stream, fork, met: situationsIn(table.reference.world) };
  }
  return { difference: first(table, stream, finish(table)), answers, stream, fork, met: situationsIn(table.reference.world) };
}

/** What differs in the end began to differ somewhere: where states were not compared on the way, the stream is played again, event by event. */
function first({ watch, founding }: Table, stream: readonly Signed[], difference: Difference | undefined): Difference | undefined {
  if (difference === undefined || watch === 'each event') return difference;
  return play(founding, stream).difference ?? difference;
}

/** A small case of a difference. */
export interface Small {
  readonly text: string;
  readonly stream: readonly Signed[];
  readonly difference: Difference;
}

/** What a difference is about, without who and when: a smaller case may not show another one. */
function shapeOf({ kind, engine, reference }: Difference): string {
  const subjects = (said: string): readonly string[] =>
    said.split('\n').map((line) => (/^(ok|refused [^:]*)/.exec(line)?.[0] ?? line).replace(/\d+/g, '').split(' ').slice(0, 4).join(' '));
  const about = (said: string): string =>
    [...new Set(subjects(said).map((line) => people.reduce((text, one) => text.replaceAll(one, 'somebody'), line)))].sort().join(', ');
  return [kind, about(engine), about(reference)].join(' | ');
}

function differs(text: string, stream: readonly Signed[], shape?: string): Difference | undefined {
  const founding = foundingOf(text);
  const difference = founding === undefined ? undefined : play(founding, stream).difference;
  if (difference === undefined || difference.known !== undefined) return undefined;
  return shape === undefined || shapeOf(difference) === shape ? difference : undefined;
}

/** Leaves out events and lines as long as a difference about the same stays. */
export function shrink(text: string, stream: readonly Signed[]): Small | undefined {
  let small = { text, stream };
  let difference = differs(text, stream);
  if (difference === undefined) return undefined;
  const shape = shapeOf(difference);
  const errors = errorsOf(text);
  for (let again = true; again;) {
    again = false;
    for (const smaller of smallerCases(small)) {
      const still = differs(smaller.text, smaller.stream, shape);
      if (still === undefined || (smaller.text !== small.text && errorsOf(smaller.text).some((code) => !errors.includes(code)))) continue;
      small = smaller;
      difference = still;
      again = true;
      break;
    }
  }
  return { ...small, difference };
}

function* smallerCases({
  text,
  stream,
}: {
  readonly text: string;
  readonly stream: readonly Signed[];
}): Generator<{ text: string; stream: readonly Signed[] }> {
  for (let index = stream.length - 1; index >= 0; index -= 1) yield { text, stream: stream.toSpliced(index, 1) };
  const lines = text.split('\n');
  // Whole blocks first: from a line to the `end` that stands as deep as it.
  for (let index = 1; index < lines.length; index += 1) {
    const indent = /^ */.exec(lines[index] ?? '')?.[0] ?? '';
    const end = lines.findIndex((line, place) => place > index && line === `${indent}end`);
    if (/^ *(role|process|step|vote|joint|outcome|protect|dapp|duty) /.test(lines[index] ?? '') && end > 0)
      yield { text: lines.toSpliced(index, end - index + 1).join('\n'), stream };
  }
  for (let index = 1; index < lines.length; index += 1) yield { text: lines.toSpliced(index, 1).join('\n'), stream };
}

/** A small case as a person reads it. */
export function smallText({ text, stream, difference }: Small, startMs: number = firstMs): string {
  const events = stream.map(({ atMs, person, kind, case: subject, body, change, adopts, decision, saysMs }) => {
    const about = subject === undefined ? '' : ` case ${subject}`;
    const beside = [
      ...(change ?? []).map(({ path, old, new: fresh }) => ` ${path} ${old}>${fresh}`),
      ...(adopts === undefined ? [] : [` adopts ${adopts}`]),
      ...(decision === undefined ? [] : [` about the decision of ${decision}`]),
      ...(saysMs === undefined ? [] : [` at +${(saysMs - startMs) / 60_000} min`]),
    ];
    return `  +${(atMs - startMs) / 60_000} min ${person} ${kind}${about} ${JSON.stringify(body)}${beside.join('')}`;
  });
  const { kind, at, engine, reference } = difference;
  return [text.trimEnd(), 'stream:', ...events, `${kind} at +${(at - startMs) / 60_000} min`, `engine:    ${engine}`, `reference: ${reference}`].join('\n');
}
