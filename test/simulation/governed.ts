// Invariants of governed content: main is the result of exactly the accepted cases, each path has one area that answers for it, what a dapp did not accept is
// not merged, and what no dapp has to do with waits for none (I18, I19).
import { entriesUnder, readCase, type CaseRecord, type ChangeEntry } from '../../engine/index.ts';
import { contentPairs, contentTree } from '../../node/git/content.ts';
import type { MergeRecord } from '../../node/ledger/epoch.ts';
import type { LedgerView } from '../../node/ledger/view.ts';
import { temperOf } from './endorsing.ts';
import type { FinalEpoch } from './final-epoch.ts';
import { Violation } from './machine.ts';

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Who answers for a path, as the bylaws of the simulation say it, written apart from the engine's order of patterns. */
function areaOfPath(path: string): string {
  if (path.startsWith('notes/charts/') || path.startsWith('charts/')) return 'charts';
  if (path.startsWith('notes/')) return 'notes';
  return path.startsWith('bylaws/') ? 'bylaws' : 'nobody';
}

const processOfArea: Readonly<Record<string, string>> = { charts: 'charting', notes: 'note', bylaws: 'amendment' };

/** The governed content of one run, replayed change by change. */
export class Governed {
  /** Path to mode and hash; undefined until the first look. */
  private files: Map<string, string> | undefined;

  /** Checks one epoch. */
  async check(view: LedgerView, epoch: FinalEpoch): Promise<void> {
    this.files ??= await filesOf(view, view.genesis.mainCommit);
    for (const merge of view.merges) if (merge.height === epoch.height) this.apply(view, epoch, merge);
    const main = await filesOf(view, epoch.statement.mainCommit);
    const state = new Map(entriesUnder(epoch.after, 'content/').map(([key, value]) => [key.slice('content/'.length), textOf(value['entry'])]));
    for (const [what, found] of [
      ['main', main],
      ['the state', state],
    ] as const)
      if (found.size !== this.files.size || [...this.files].some(([path, entry]) => found.get(path) !== entry))
        throw new Violation('I19', `${what} is not the result of the accepted cases at height ${epoch.height}`);
    for (const [key] of entriesUnder(epoch.after, 'case/')) {
      const record = readCase(epoch.after, key.slice('case/'.length));
      if (record?.phase === 'merging') this.checkWaiting(view, epoch, record);
    }
  }

  private apply(view: LedgerView, epoch: FinalEpoch, { merge }: MergeRecord): void {
    const wrong = (what: string): never => {
      throw new Violation('I19', `the merge of case ${merge.number} in epoch ${epoch.height} ${what}`);
    };
    const record = readCase(epoch.after, merge.case);
    if (record?.phase !== 'decided' || record.accepted !== true || record.merge !== 'merged') return wrong('is of a case that was not accepted');
    for (const { path, old, new: fresh } of entriesOf(view, record)) {
      if ((this.files?.get(path) ?? 'absent') !== old) wrong(`replaces ${path}, which was something else`);
      if (processOfArea[areaOfPath(path)] !== record.process) wrong(`changes ${path}, for which \`${record.process}\` does not answer`);
      if (fresh === 'absent') this.files?.delete(path);
      else this.files?.set(path, fresh);
    }
    // One endorser alone cannot be seen to contradict itself.
    const accepting = view.genesis.finality === 'F0' ? ['accepts', 'two-ways'] : ['accepts'];
    if (record.process === 'charting' && !accepting.includes(temperOf(merge.contentRoot))) wrong('was accepted by no dapp');
  }

  /** A case that waits for its merge waits for a test of its own. */
  private checkWaiting(view: LedgerView, epoch: FinalEpoch, record: CaseRecord): void {
    if (entriesOf(view, record).every(({ path }) => areaOfPath(path) === 'notes'))
      throw new Violation('I18', `case ${record.number} waits after epoch ${epoch.height}, and no dapp tests it`);
  }
}

function entriesOf(view: LedgerView, record: CaseRecord): readonly ChangeEntry[] {
  return view.changes.get(record.change ?? '')?.entries ?? [];
}

async function filesOf(view: LedgerView, commit: string): Promise<Map<string, string>> {
  const tree = await contentTree(view.repository, commit);
  if (tree.kind === 'refused') throw new Violation('I19', `main holds ${tree.path}, which ${tree.reason}`);
  return new Map(await contentPairs(view.repository, tree.files));
}
