// What tests of the language share: trees without places, and findings as lines of text. It parses nothing.
import type { Diagnostic } from '../../language/index.ts';
import { lineAndColumn } from '../../language/index.ts';

/** A tree without its spans, to compare what was written and not where. */
export function withoutSpans(tree: unknown): unknown {
  return JSON.parse(JSON.stringify(tree, (key, value: unknown) => (key === 'span' ? undefined : value)));
}

/** Findings as `CODE line:column message`, in the order given. */
export function asLines(text: string, diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map(({ code, message, place }) => {
    const { line, column } = lineAndColumn(text, place.span.start);
    return `${code} ${line}:${column} ${message}`;
  });
}

/** Words of the trade that no organizer should meet, outside of quoted pieces of the text. */
export function parserWords(diagnostic: Diagnostic): readonly string[] {
  const told = [diagnostic.message, diagnostic.why, diagnostic.help, diagnostic.place.label, ...diagnostic.related.map(({ label }) => label)].join(' ');
  return told.replace(/`[^`]*`/g, '').match(/\b(tokens?|K_\w+|EOF|Word|undefined|null|AST|NaN|parser|rule stack|regex\w*)\b/g) ?? [];
}
