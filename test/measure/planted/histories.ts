// Plays the history behind a finding on the engine, and says whether what the finding claims comes about.
import { compileBylaws, lintRules, playScenario, witnessOf, witnessScenario } from '../../../compiler/index.ts';
import type { ScenarioResult, Witness } from '../../../compiler/index.ts';
import type { Charter } from '../../../engine/index.ts';
import { parseBylaws } from '../../../language/index.ts';
import { moduleSource } from '../corpus.ts';
import type { SourceText } from '../corpus.ts';

/** How the history of a finding went; `none`: it has none, `amiss`: what went otherwise than it says. */
export type Played = { readonly kind: 'none' } | { readonly kind: 'true' } | { readonly kind: 'amiss'; readonly what: string };

interface Seen {
  readonly charter: Charter;
  readonly witness: Witness;
  readonly result: ScenarioResult;
}

/** Moves of the process that the last of the people start, in order. */
function movesOf({ witness, result }: Seen): ScenarioResult['moves'] {
  const started = witness.events.findLast((event) => event.kind === 'act' && event.process !== undefined);
  return result.moves.filter(({ process }) => started?.kind === 'act' && process === started.process);
}

/** Whether the case ends, and accepts. */
function accepts(seen: Seen): boolean {
  const last = movesOf(seen).findLast((move) => move.ends);
  const outcome = seen.charter.processes.find(({ name }) => name === last?.process)?.stages.find(({ name }) => name === last?.to);
  return outcome?.kind === 'outcome' && outcome.accepts;
}

/** Whether the first vote of the case has this result. */
const first =
  (result: string) =>
  (seen: Seen): boolean =>
    movesOf(seen).find((move) => move.result !== undefined)?.result === result;

/** Everybody who is to resign did. */
const leaves = ({ witness, result }: Seen): boolean =>
  result.trace.filter(({ text }) => text.includes('resigns')).length === witness.events.length && witness.events.length > 0;

/** What is to be seen at the end, by code; whatever is not named here has to be accepted. */
const promised: Readonly<Record<string, (seen: Seen) => boolean>> = {
  GDO308: first('passed'),
  GDO309: first('passed'),
  GDO310: first('failed'),
  GDO402: leaves,
  GDO403: leaves,
  GDO404: first('failed'),
  GDO406: first('passed'),
};

const withHistory: ReadonlySet<string> = new Set(lintRules.flatMap((rule) => (rule.witness === undefined ? [] : [rule.code])));

/** Plays the history of a code in bylaws that compile. */
export function playHistory(files: readonly SourceText[], code: string): Played {
  if (!withHistory.has(code)) return { kind: 'none' };
  const compiled = compileBylaws(
    files.map((file) => parseBylaws(file).file),
    moduleSource(files),
  );
  const { charter } = compiled;
  const witness = witnessOf(compiled, code);
  if (charter === undefined || witness === undefined) return { kind: 'none' };
  const result = playScenario(witnessScenario(witness), charter);
  const refused = result.trace.find(({ verdict }) => verdict === 'refused');
  if (refused !== undefined) return { kind: 'amiss', what: `${witness.title}: ${refused.text} is refused: ${refused.reason}` };
  const seen = { charter, witness, result };
  const came = code === 'GDO419' ? leaves(seen) || accepts(seen) : (promised[code] ?? accepts)(seen);
  return came ? { kind: 'true' } : { kind: 'amiss', what: `${witness.title}: it ends otherwise` };
}
