// Which kind a word of a text is of, without cutting the word out of the text. It knows words, no rules.
import type { Kind } from './tokens.ts';
import { keyword, reservedWords, softWords, Word } from './tokens.ts';

/** Slots of the table: a power of two, several times the number of keywords, so that few share one. */
const slotsCount = 2048;

interface Slot {
  readonly word: string;
  readonly kind: Kind;
}

let slots: readonly (Slot | undefined)[] | undefined;

/** Returns the end of the word that starts at an offset, where a letter stands. Pure. */
export function wordEnd(text: string, start: number): number {
  let end = start + 1;
  for (let code = text.charCodeAt(end); isInWord(code) || (code === 45 && isInWord(text.charCodeAt(end + 1))); code = text.charCodeAt(end)) end += 1;
  return end;
}

/** Returns the kind of the word between two offsets: its keyword, or a name. Pure. */
export function wordKind(text: string, start: number, end: number): Kind {
  slots ??= slotsOfKeywords();
  for (let index = slotOf(text, start, end); ; index = (index + 1) % slotsCount) {
    const slot = slots[index];
    if (slot === undefined) return Word;
    if (slot.word.length === end - start && text.startsWith(slot.word, start)) return slot.kind;
  }
}

function slotsOfKeywords(): readonly (Slot | undefined)[] {
  const table: (Slot | undefined)[] = Array.from({ length: slotsCount }, () => undefined);
  for (const word of [...reservedWords, ...softWords]) {
    let index = slotOf(word, 0, word.length);
    while (table[index] !== undefined) index = (index + 1) % slotsCount;
    table[index] = { word, kind: keyword(word) };
  }
  return table;
}

/** Where to look first: made of the length and four letters, which tell most keywords apart. */
function slotOf(text: string, start: number, end: number): number {
  const first = text.charCodeAt(start) * 131 + text.charCodeAt((start + end) >> 1);
  return (first * 17 + text.charCodeAt(end - 1) * 7 + text.charCodeAt(start + ((end - start) >> 2)) + (end - start) * 61) & (slotsCount - 1);
}

/** Letters and digits. */
function isInWord(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57);
}
