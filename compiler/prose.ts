// Sentences of a literate file that sound like rules, and the blocks of the same article that could be meant (check.md 3.7). It reads words, not meaning.
import type { BylawsFile, Span } from '../language/index.ts';
import { isLiterate, literate } from '../language/index.ts';
import { saidRegions } from './says.ts';

/** The words by which people bind each other, in capitals as BCP 14 wants them: a small letter is ordinary prose. English, German, French, Spanish. */
const binding = /(?<![\p{L}])(?:MUST|SHALL|MAY|REQUIRED|MUSS|MÜSSEN|DARF|DÜRFEN|SOLL|SOLLEN|DOIT|DOIVENT|PEUT|PEUVENT|DEBE|DEBEN|PUEDE|PUEDEN)(?![\p{L}])/u;

/** The same words anywhere, inside other words too. */
const anywhere = /MUST|SHALL|MAY|REQUIRED|MUSS|MÜSSEN|D[AÜ]RF|SOLL|DOI|PEU|DEBE|PUEDE/;

/** A sentence that binds, with the text of the blocks of its article and the names that `gdo:binds` gives there. */
export interface BindingSentence {
  readonly text: string;
  readonly span: Span;
  readonly blocks: string;
  readonly binds: readonly { readonly name: string; readonly span: Span }[];
}

const bindsMark = /<!-- gdo:binds ([^\s>]+) -->/g;

/** The sentences of a file that bind, in order; none in files that are rules alone. Restatements (S81) are the rules' own words and left out. Pure. */
export function bindingSentences(file: BylawsFile): readonly BindingSentence[] {
  // Most texts bind nobody in capitals, and looking for that is a hundred times as quick as taking the text apart.
  if (!isLiterate(file.path) || !anywhere.test(file.text)) return [];
  const { text } = file;
  const { fences, articles } = literate(text);
  const hidden: readonly Span[] = [...fencesWithMarks(text), ...saidRegions(text).map((region) => region.body)];
  const starts = [0, ...articles.map((article) => article.span.start), text.length];
  return starts.slice(0, -1).flatMap((start, place) => {
    const end = starts[place + 1] ?? text.length;
    const blocks = fences
      .filter(({ kind, span }) => kind === 'gdo' && start <= span.start && span.start < end)
      .map(({ span }) => text.slice(span.start, span.end));
    const binds = [...text.slice(start, end).matchAll(bindsMark)].map((found) => ({
      name: found[1] ?? '',
      span: { start: start + found.index, end: start + found.index + found[0].length },
    }));
    return sentencesBetween(text, start, end, hidden).flatMap(({ span, text: sentence }) =>
      binding.test(sentence) ? [{ text: sentence, span, blocks: blocks.join('\n'), binds }] : [],
    );
  });
}

/** Everything between fence marks, the marks too, whatever the fence holds. */
function fencesWithMarks(text: string): readonly Span[] {
  return [...text.matchAll(/^ {0,3}(`{3,}|~{3,})[^\n]*\n[\s\S]*?(?:^ {0,3}\1[`~]*[ \t]*$|$(?![\s\S]))/gm)].map((found) => ({
    start: found.index,
    end: found.index + found[0].length,
  }));
}

/** Sentences end at a full stop, a question or exclamation mark before a space, at an empty line, a list item, a table row or a heading. */
function sentencesBetween(text: string, start: number, end: number, hidden: readonly Span[]): readonly { readonly text: string; readonly span: Span }[] {
  const shown = blankedOut(text.slice(start, end), start, hidden);
  return [...shown.matchAll(/[^\s][\s\S]*?(?:[.!?](?=\s|$)|\n[ \t]*(?=\n|[-*+|#>]|\d+[.)])|$(?![\s\S]))/g)].map((found) => ({
    text: found[0].trim(),
    span: { start: start + found.index, end: start + found.index + found[0].trimEnd().length },
  }));
}

function blankedOut(text: string, start: number, hidden: readonly Span[]): string {
  const inside = hidden.filter((span) => span.start < start + text.length && span.end > start);
  const withoutFences = inside.reduce((left, span) => {
    const [from, to] = [Math.max(0, span.start - start), Math.min(text.length, span.end - start)];
    return left.slice(0, from) + left.slice(from, to).replace(/[^\n]/g, ' ').replace(/\n/g, '\n') + left.slice(to);
  }, text);
  return withoutFences.replace(/<!--[\s\S]*?-->/g, (comment) => comment.replace(/[^\n]/g, ' '));
}

/** Numbers of a text that mean something by themselves: fractions, percentages, and counts with their unit. Pure. */
export function quantitiesIn(text: string): readonly { readonly unit: string; readonly value: string }[] {
  return [...text.matchAll(/\b(\d+\/\d+)\b|\b(\d+(?:\.\d+)?)\s?%|\b(\d+)\s+(minute|hour|day|week|month|year)s?\b/g)].map((found) => {
    if (found[1] !== undefined) return { unit: 'share', value: found[1] };
    return found[2] === undefined ? { unit: found[4] ?? '', value: found[3] ?? '' } : { unit: 'per cent', value: found[2] };
  });
}
