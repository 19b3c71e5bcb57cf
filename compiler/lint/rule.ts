// What a lint rule is: one file with its code, its page and its check. The list of rules is index.ts's.
import type { Charter } from '../../engine/index.ts';
import type { BylawsFile, Diagnostic, DiagnosticCode } from '../../language/index.ts';
import { analysesOf } from '../analysis/analyses.ts';
import type { Analyses } from '../analysis/analyses.ts';
import type { Compiled } from '../compile.ts';
import type { SourcePlace } from '../finding.ts';
import type { CompiledScenario } from '../lower-scenario.ts';
import type { Witness } from '../witness.ts';
import { ballotSample, roleSample } from './sample.ts';

/** What only some checks know besides the bylaws; a rule that needs what is not there finds nothing. */
export interface Surroundings {
  /** `YYYY-MM-DD`; without it nothing is judged by date. */
  readonly today?: string;
  /** The tracked files of the repository, with `/` between folders. */
  readonly paths?: readonly string[];
  /** Digests of the container images in the ledger. */
  readonly images?: readonly string[];
  /** `quick`: nothing is searched or tabled, and what only that finds is not judged; `deep`: bounds of searches are ten times as large. */
  readonly effort?: 'quick' | 'deep';
}

/** What a rule looks at: the Charter, where each part of it was written, and its surroundings. */
export interface Model extends Surroundings {
  readonly charter: Charter;
  readonly sources: ReadonlyMap<object, SourcePlace>;
  readonly heads: ReadonlyMap<object, SourcePlace>;
  readonly analyses: Analyses;
  /** The files as they were read, for rules about words. */
  readonly files: readonly BylawsFile[];
  readonly scenarios: readonly CompiledScenario[];
}

/**
 * A rule. `bad` and `good` are fragments of bylaws that `framed` completes: of errors and warnings `bad` gives exactly this code and `good` gives none;
 * notes are facts, and others may stand beside (docs/decisions/0075). Where the fault was seen stands in the row of the code.
 * Source: check.md section 2.
 */
export interface LintRule {
  readonly code: DiagnosticCode;
  /** The name in check.md, as `allow` takes it. */
  readonly name: string;
  readonly what: string;
  readonly why: string;
  readonly fix: string;
  readonly bad: string;
  readonly good: string;
  /** What `bad` and `good` stand in, for rules that need more than the bylaws. */
  readonly given?: Surroundings;
  /** An analysis: it runs only where the quick rules found no error (check.md section 3). */
  readonly late?: true;
  /** Finds every breach. Pure; order does not matter. */
  readonly check: (model: Model) => readonly Diagnostic[];
  /** A history that shows what the rule finds; only where it finds something. `gdo sim --replay CODE` plays it. Pure. */
  readonly witness?: (model: Model) => Witness | undefined;
}

/** What the rules look at in bylaws that compiled. Pure. */
export function modelOf(
  compiled: Pick<Compiled, 'sources' | 'heads' | 'files' | 'scenarios'>,
  charter: Charter,
  surroundings: Surroundings & { readonly analyses?: Analyses } = {},
): Model {
  const analyses = surroundings.analyses ?? analysesOf(charter, surroundings.effort === 'deep');
  const { sources, heads, files, scenarios } = compiled;
  return { ...surroundings, charter, sources, heads, files, scenarios, analyses };
}

/** The place to show for a part of the Charter: its name, else its clause, else those of `fallback` where a part was never written, else the first file. Pure. */
export function placeIn(model: Model, thing: object, fallback: object): SourcePlace {
  return (
    model.heads.get(thing) ??
    model.sources.get(thing) ??
    model.heads.get(fallback) ??
    model.sources.get(fallback) ?? { file: model.files[0]?.path ?? '', span: { start: 0, end: 0 } }
  );
}

/** The path a completed fragment has: one that begins with a heading is a literate file. Pure. */
export function samplePath(fragment: string): string {
  return fragment.startsWith('# ') ? 'bylaws/sample.gdo.md' : 'bylaws/sample.gdo';
}

/** Completes a fragment to bylaws that have no error or warning of their own; one that begins with `gdo 1` is complete, one with a heading gets a fence. Pure. */
export function framed(fragment: string): string {
  if (fragment.startsWith('gdo 1')) return fragment;
  if (fragment.startsWith('# ')) return `# Frame\n\n\`\`\`gdo\n${framed('')}\`\`\`\n\n${fragment}`;
  const missing = frameParts.filter(([head]) => !fragment.includes(head)).map(([, text]) => text);
  return `gdo 1\n\n${missing.join('\n')}\n${fragment}`;
}

/** The parts of the frame with the words by which a fragment replaces them. */
const frameParts: readonly (readonly [head: string, text: string])[] = [
  ['organization "', 'organization "Example"\n  day ends "UTC"\nend\n'],
  ['area bylaws', 'area bylaws covers "bylaws/**"\n'],
  ['role keeper ', roleSample({})],
  ['process keeping', ballotSample('keeping', [], 'more than 1/2', 'voters keepers', 'grant keeper to the candidate')],
  ['process removal', ballotSample('removal', ['about keepers'], 'at least 2/3', 'voters keepers except the subject', 'remove keeper from the subject')],
  ['process amendment', ballotSample('amendment', ['governs bylaws', 'on edit refuse'], 'at least 3/4', 'voters keepers', 'accept the merge within 60 days')],
];
