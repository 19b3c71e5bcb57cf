// Makes findings of the text itself (GDO0xx). It decides nothing: callers say what is wrong, this puts it in the shape everyone shares.
import type { Diagnostic, DiagnosticCode, Fix, Place } from './diagnostic.ts';
import { isHidden } from './scan.ts';
import type { Span } from './tree-terms.ts';

/** What differs from one finding to the next; everything the shape allows to be absent is optional. */
export interface FindingParts {
  readonly message: string;
  readonly span: Span;
  readonly label: string;
  readonly why: string;
  readonly help: string;
  readonly related?: readonly { readonly span: Span; readonly label: string }[];
  readonly fixes?: readonly { readonly safety: Fix['safety']; readonly span: Span; readonly text: string }[];
}

/** Builds an error of one file; related places come out in text order. Pure. */
export function finding(file: string, code: DiagnosticCode, parts: FindingParts): Diagnostic {
  const related: Place[] = (parts.related ?? []).map(({ span, label }) => ({ file, span, label }));
  related.sort((a, b) => a.span.start - b.span.start);
  return {
    code,
    severity: 'error',
    message: parts.message,
    place: { file, span: parts.span, label: parts.label },
    related,
    why: parts.why,
    help: parts.help,
    fixes: (parts.fixes ?? []).map(({ safety, span, text }) => ({ safety, edits: [{ file, span, text }] })),
  };
}

/** Shows words of a text inside a sentence: in backticks, cut after 40 characters, without what could break the line or hide. Pure. */
export function shown(words: string): string {
  let clean = '';
  for (const character of words.slice(0, wordsShownMax)) {
    const code = character.charCodeAt(0);
    clean += code < 32 || code === 96 || isHidden(code) ? '?' : character;
  }
  return `\`${clean}${words.length > wordsShownMax ? '...' : ''}\``;
}

/** Longer quotations hide the sentence around them. */
const wordsShownMax = 40;
