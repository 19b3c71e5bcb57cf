// Broken bylaws from a seed: case k of seed s is the same text on every machine, so that a fault found once can be made again. It judges nothing.
import { reservedWords, softWords } from '../../language/index.ts';

/** Whole numbers from a seed, each below the bound given; a 32-bit mixing generator, which is plenty for choosing places. */
export type Pick = (bound: number) => number;

/** A generator of its own for each case, so that cases can be made alone and in any order. */
export function pickFrom(seed: number, index: number): Pick {
  let state = (Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b)) >>> 0;
  return (bound) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}

/** Longest text made; a little over the limit of a file, so that the limit is met now and then. */
const lengthMax = 270_000;

/** What hurts readers of text: hidden and half characters, line ends, names of the runtime, numbers at their bounds, fences, brackets, deep blocks. */
const hostile: readonly string[] = [
  '\u0000',
  '\ud800',
  '\udc00',
  '\ufeff',
  '\u202e',
  '\u2066',
  '\u200b',
  '\u0085',
  '\u2028',
  '\r',
  '\r\n',
  '\t',
  '\u{1f680}',
  'e\u0301',
  '"',
  '"\n',
  "'",
  '\\',
  '\\"',
  '`',
  '```gdo\n',
  '```\n',
  '<!-- gdo:says amendment -->',
  '<!-- /gdo:says -->',
  '--',
  '-- \u202e\n',
  '$',
  '$x',
  '$constructor',
  'constructor',
  '__proto__',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  'then',
  'NaN',
  'Infinity',
  'undefined',
  'null',
  '0',
  '1/0',
  '0/1',
  '1/1000001',
  '-1',
  '1e9',
  '9007199254740992',
  '99999999999999999999999999999999999999',
  '0.0000001%',
  '100%',
  '101%',
  '24:01',
  '2026-02-30',
  '9999-12-31T23:59Z',
  '10000-01-01',
  '0 days',
  '100 years',
  '1201 months',
  'a.b.c.d.e.f',
  ', , ,',
  '...',
  'end end end',
  'end of end',
  'gdo 1',
  'gdo 2',
  'process p step s step s step s',
  'of of of',
  'the the the',
  'all but all but',
  'the larger of the larger of 1/2 of a and 1/2 of b and',
  'x'.repeat(65),
  'x-'.repeat(40),
  `"${'y'.repeat(513)}"`,
];

const keywords: readonly string[] = [...reservedWords, ...softWords];
const tokenPattern = /"[^"\n]*"|[A-Za-z0-9$%:/.-]+|[^\sA-Za-z0-9]/g;

/** Makes case `index` of a seed from texts that are sound: pieces of one or two of them, broken one to eight times. Pure. */
export function mutant(sources: readonly string[], seed: number, index: number): { readonly path: string; readonly text: string } {
  const pick = pickFrom(seed, index);
  const one = <T>(from: readonly T[], otherwise: T): T => from[pick(from.length)] ?? otherwise;
  let text = piece(one(sources, ''), pick);
  const rounds = 1 + pick(8);
  for (let round = 0; round < rounds; round += 1) text = broken(text, sources, pick).slice(0, lengthMax);
  return { path: text.includes('```') || pick(20) === 0 ? 'a.gdo.md' : 'a.gdo', text };
}

/** A whole text now and then; else its first line and a run of its declarations, since short texts break in more places per second. */
function piece(source: string, pick: Pick): string {
  if (pick(12) === 0) return source;
  const blocks = source.split(/\n\n+/);
  const start = pick(blocks.length);
  return `gdo 1\n\n${blocks.slice(start, start + 1 + pick(4)).join('\n\n')}\n`;
}

function broken(text: string, sources: readonly string[], pick: Pick): string {
  const one = <T>(from: readonly T[], otherwise: T): T => from[pick(from.length)] ?? otherwise;
  const at = pick(text.length + 1);
  switch (pick(12)) {
    case 0:
      return text.slice(0, at) + String.fromCharCode(pick(pick(3) === 0 ? 65_536 : 128)) + text.slice(at + pick(2));
    case 1:
      return text.slice(0, at) + text.slice(at + 1 + pick(6));
    case 2:
      return text.slice(0, at) + one(hostile, '') + text.slice(at);
    case 3:
    case 4:
      return onTokens(text, pick, (tokens, index) => (tokens[index] = one(keywords, '')));
    case 5:
      return onTokens(text, pick, (tokens, index) => tokens.splice(index, 1));
    case 6:
      return onTokens(text, pick, (tokens, index) => (tokens[index] = tokens[pick(tokens.length)] ?? ''));
    case 7:
      return onTokens(text, pick, (tokens, index) => tokens.splice(index, 0, one(pick(2) === 0 ? hostile : keywords, '')));
    case 8:
      return onLines(text, pick, (lines, index) => lines.splice(index, 1));
    case 9:
      return onLines(text, pick, (lines, index) => lines.splice(index, 0, lines[pick(lines.length)] ?? ''));
    case 10: {
      const other = piece(one(sources, ''), pick);
      return text.slice(0, at) + other.slice(pick(other.length + 1));
    }
    default: {
      const slice = text.slice(at, at + 1 + pick(40));
      return text.slice(0, at) + slice.repeat(pick(40) === 0 ? 2_000 : 1 + pick(8)) + text.slice(at);
    }
  }
}

function onTokens(text: string, pick: Pick, change: (tokens: string[], index: number) => unknown): string {
  const found = [...text.matchAll(tokenPattern)];
  if (found.length === 0) return text;
  const index = pick(found.length);
  const tokens = found.map(([token]) => token);
  const before = tokens.length;
  change(tokens, index);
  // Only the neighbourhood is written anew: what stands between the tokens of the rest stays as it was.
  const place = found[index];
  if (place === undefined) return text;
  const middle = tokens.length < before ? '' : tokens.slice(index, index + 1 + tokens.length - before).join(' ');
  return text.slice(0, place.index) + middle + text.slice(place.index + place[0].length);
}

function onLines(text: string, pick: Pick, change: (lines: string[], index: number) => unknown): string {
  const lines = text.split('\n');
  change(lines, pick(lines.length));
  return lines.join('\n');
}
