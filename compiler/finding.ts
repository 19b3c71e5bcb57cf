// Builds findings about bylaws. It knows the list of codes and how a finding is ordered; no rule lives here.
import { codeEntry } from '../language/index.ts';
import type { Diagnostic, DiagnosticCode, Fix, Place, Severity, Span } from '../language/index.ts';

/** A span in a file: where something of the Charter was written. Offsets as in `Span`. */
export interface SourcePlace {
  readonly file: string;
  readonly span: Span;
}

/** The sentences of a finding; `severity` only where it differs from the code's usual one. */
export interface FindingText {
  readonly message: string;
  readonly label: string;
  readonly why: string;
  readonly help: string;
  readonly related?: readonly Place[];
  readonly severity?: Severity;
  readonly fixes?: readonly Fix[];
}

/** Makes a finding with the usual severity of its code; related places come in text order. Pure. */
export function finding(code: DiagnosticCode, place: SourcePlace, text: FindingText): Diagnostic {
  return {
    code,
    severity: text.severity ?? codeEntry(code)?.severity ?? 'error',
    message: text.message,
    place: { file: place.file, span: place.span, label: text.label },
    related: [...(text.related ?? [])].sort(comparePlaces),
    why: text.why,
    help: text.help,
    fixes: text.fixes ?? [],
  };
}

/** Labels a place so that it can stand as a related place of a finding. Pure. */
export function labelled(place: SourcePlace, label: string): Place {
  return { file: place.file, span: place.span, label };
}

/** Orders two strings by code unit. Pure and total. */
export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Orders findings by severity, code, file, position and message. Pure and total. Source: check.md section 1. */
export function compareFindings(left: Diagnostic, right: Diagnostic): number {
  return (
    severityRank(left.severity) - severityRank(right.severity) ||
    compareText(left.code, right.code) ||
    comparePlaces(left.place, right.place) ||
    compareText(left.message, right.message)
  );
}

function comparePlaces(left: SourcePlace, right: SourcePlace): number {
  return compareText(left.file, right.file) || left.span.start - right.span.start || left.span.end - right.span.end;
}

function severityRank(severity: Severity): number {
  return severity === 'error' ? 0 : severity === 'warning' ? 1 : 2;
}
