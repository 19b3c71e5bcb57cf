// Whether the text of bylaws, as main had it when they came into force, compiles to the rules that a ledger follows. The ledger follows the compiled form
// alone; this says that people read the same.
import { contentTree } from '../git/content.ts';
import type { LedgerView } from '../ledger/view.ts';
import { shortHash } from './status-text.ts';
import { treeBylaws } from './tree-bylaws.ts';

/** What the text of some rules comes to, as a sentence. `differs`: it compiles to something else, or not at all. `unknown`: the text is not in this copy. */
export interface BylawsSource {
  readonly kind: 'same' | 'differs' | 'unknown';
  /** The hash of the rules in force. */
  readonly bylaws: string;
  /** The checkpoint from which they were in force. */
  readonly height: number;
  readonly what: string;
}

/** Compiles the text that was on main when rules came into force. @param bylaws - their hash */
export async function bylawsSource(view: LedgerView, bylaws: string): Promise<BylawsSource> {
  const since = [...view.earlier, ...view.checkpoints].find(({ statement }) => statement.bylaws === bylaws);
  if (since === undefined) return { kind: 'unknown', bylaws, height: view.tip.height, what: 'no checkpoint here names these bylaws' };
  const { height } = since;
  const commit = since.statement.mainCommit;
  const tree = await contentTree(view.repository, commit);
  if (tree.kind === 'refused') return { kind: 'unknown', bylaws, height, what: `the files of ${commit.slice(0, 10)} are not in this copy` };
  const { compiled, paths } = await treeBylaws(view.repository, tree.files);
  const found = paths.length === 0 ? 'no bylaws' : paths.join(', ');
  if (compiled?.hash === bylaws)
    return { kind: 'same', bylaws, height, what: `${found} of ${commit.slice(0, 10)} compiles to the bylaws ${shortHash(bylaws)}` };
  const other = compiled?.hash === undefined ? 'does not compile with this version' : `compiles with this version to ${shortHash(compiled.hash)}`;
  return { kind: 'differs', bylaws, height, what: `GDO2013 ${found} of ${commit.slice(0, 10)} ${other}, not to the bylaws ${shortHash(bylaws)}` };
}

/** The same of all rules that were ever in force, oldest first. */
export async function allBylawsSources(view: LedgerView): Promise<readonly BylawsSource[]> {
  const hashes = new Set([...view.earlier, ...view.checkpoints].map(({ statement }) => statement.bylaws));
  const sources: BylawsSource[] = [];
  for (const hash of hashes) sources.push(await bylawsSource(view, hash));
  return sources;
}

/** The exit status that sources leave: 1 where one differs, 3 where one is not here, else what it was. A refusal stays one. */
export function exitWithSources<Exit extends number>(exit: Exit, sources: readonly BylawsSource[]): Exit | 1 | 3 {
  if (exit === 1 || sources.some(({ kind }) => kind === 'differs')) return 1;
  return sources.some(({ kind }) => kind === 'unknown') ? 3 : exit;
}
