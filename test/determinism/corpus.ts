// The corpus that every runtime must agree on: charters from their text, their scenarios, and streams of events made up from a seed.
import { compileBylaws, runScenarios } from '../../compiler/index.ts';
import { digest, utf8Encode } from '../../engine/index.ts';
import { parseBylaws } from '../../language/index.ts';
import { playStream } from './stream.ts';

/** One charter as its files. */
export interface CharterText {
  readonly name: string;
  readonly files: readonly { readonly path: string; readonly text: string }[];
}

/** What one runtime came to. `root` covers every row. */
export interface CorpusResult {
  readonly root: string;
  readonly events: number;
  readonly accepted: number;
  readonly epochs: number;
  readonly scenarios: number;
  /** State root of each charter's stream at its end. */
  readonly rows: readonly (readonly [name: string, stateRoot: string, trail: string])[];
}

/** Plays the corpus. @param events - of all streams together, shared out evenly */
export function playCorpus(charters: readonly CharterText[], options: { readonly seed: number; readonly events: number }): CorpusResult {
  const rows: (readonly [string, string, string])[] = [];
  let [events, accepted, epochs, scenarios] = [0, 0, 0, 0];
  for (const [index, { name, files }] of charters.entries()) {
    const trees = files.map((file) => parseBylaws(file));
    const { charter, hash, diagnostics } = compileBylaws(trees.map((tree) => tree.file));
    if (charter === undefined || hash === undefined) throw new Error(`${name} does not compile`);
    const found = [...trees.flatMap((tree) => tree.diagnostics), ...diagnostics].map((one) => `${one.code} ${one.message}`);
    const played = runScenarios(
      trees.map((tree) => tree.file),
      charter,
    ).map((one) => `${one.title} ${one.passed} ${one.trace.map((line) => `${line.at} ${line.text} ${line.verdict}`).join('\n')}`);
    const stream = playStream(charter, hash, { seed: options.seed * 1_000 + index, events: Math.ceil(options.events / charters.length) });
    rows.push([name, stream.root, digest('gdo-value-v1', utf8Encode([stream.trail, hash, ...found, ...played].join('\n')))]);
    events += stream.events;
    accepted += stream.accepted;
    epochs += stream.epochs;
    scenarios += played.length;
  }
  return { root: digest('gdo-value-v1', utf8Encode(rows.map((row) => row.join(' ')).join('\n'))), events, accepted, epochs, scenarios, rows };
}
