// `gdo audit`: checks every byte, signature and verdict of the ledger from its genesis and names the first bad object.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { decisionsPath, differingDecision } from '../gate/decision-log.ts';
import { commonDirectory } from '../git/git-place.ts';
import { openRepository } from '../git/repository.ts';
import type { Repository } from '../git/repository.ts';
import { shellWord } from '../git/shell-word.ts';
import { auditLedger } from '../ledger/audit.ts';
import type { Audit } from '../ledger/audit.ts';
import type { LedgerFault } from '../ledger/statement-log.ts';
import type { LedgerView } from '../ledger/view.ts';
import { heightOf } from './checkpoint-height.ts';
import type { CommandDefinition, OptionValue } from './command.ts';
import { shortHash } from './status-text.ts';
import { counted } from './table.ts';
import { visible } from './terminal.ts';
import { traceJson, traceLines } from './trace.ts';
import type { World } from './world.ts';

/** The command `gdo audit`. Exits 0 sound, 1 something is bad, 3 not all of it is in this copy. */
export const auditCommand: CommandDefinition = {
  name: 'audit',
  group: 'keep',
  summary: 'check every byte, signature and verdict of the ledger',
  options: [
    ['--since <checkpoint>', "begin at the snapshot of this height, and take the witnesses' word for what came before"],
    ['--trace', 'each checkpoint as it was computed again, with its events; two copies are compared by it line by line'],
  ],
  examples: ['gdo audit', 'gdo audit -C /srv/ledger.git --since 256'],
  run: runAudit,
};

async function runAudit(_positional: readonly string[], options: Readonly<Record<string, OptionValue>>, world: World): Promise<number> {
  const since = heightOf(options['since']);
  const repository = openRepository(world.cwd);
  try {
    const audit = await auditLedger(repository, since);
    const differing = audit.kind === 'ok' ? differingDecision(audit.view) : undefined;
    const traced = options['trace'] === true && audit.kind === 'ok' ? audit.view : undefined;
    if (world.json) world.stdout(`${JSON.stringify({ ...asDocument(audit, differing), ...(traced === undefined ? {} : { trace: traceJson(traced) }) })}\n`);
    else {
      const lines = traced === undefined ? [] : traceLines(traced);
      world.stdout(`${lines.map((line) => `${line}\n`).join('')}${differing === undefined ? asText(repository, audit) : decisionsText(repository, differing)}`);
    }
    if (audit.kind === 'bad' || differing !== undefined) return 1;
    // Whoever did not ask for a part must not take a part for the whole.
    return since === undefined && audit.view.earlier.length > 0 ? 3 : 0;
  } finally {
    repository.close();
  }
}

/** The log of decisions beside a node's repository is only a copy; where it differs, the ledger is right and somebody changed the copy. */
function decisionsText(repository: Repository, line: number): string {
  return `✗ The ledger is sound, but its copy of decisions is not: line ${line} differs from what the ledger says.\n  file    ${visible(decisionsPath(repository))}\n  Move the file away; the node writes it again.\n`;
}

function asDocument(audit: Audit, differing: number | undefined): Readonly<Record<string, unknown>> {
  if (audit.kind === 'bad') return { schema: 'gdo-audit/1', sound: false, ...audit.fault, file: audit.file ?? null, counts: audit.counts };
  return {
    schema: 'gdo-audit/1',
    sound: differing === undefined,
    decisionsDifferAtLine: differing ?? null,
    org: audit.view.org,
    state: audit.view.tip.statement.state,
    counts: audit.counts,
    parked: audit.parked.length,
    decidedAgainFrom: audit.view.checkpoints[0]?.height ?? 0,
    prunedBefore: audit.view.pruned?.height ?? null,
  };
}

/** What to do about a fault: mostly the bytes were lost or changed here and another copy has them. */
function remedyOf(repository: Repository, { code, ref, object }: LedgerFault, file: string | undefined): string {
  if (code === 'GDO2003' && ref === 'refs/heads/main')
    return 'Move commits of yours to a branch, and main back to that commit:  git switch -c mine; git branch -f main COMMIT';
  if (code === 'GDO1010' && existsSync(join(commonDirectory(repository.gitDirectory), 'shallow')))
    return 'This clone is shallow and lacks what came before:  git fetch --unshallow';
  if (code !== 'GDO1010' || object === '') return 'The true bytes come from any other copy:  gdo sync';
  // Git fetches nothing that it believes to have, so that they come by way of a new clone.
  const objects = shellWord(join(commonDirectory(repository.gitDirectory), 'objects'));
  const away = file === undefined ? 'Bring' : `Move the file away${file.endsWith('.pack') ? ', and its .idx' : ''}, and bring`;
  return `${away} the true bytes from any other copy:\n    git clone --mirror ADDRESS fresh.git\n    cp -rn fresh.git/objects/. ${visible(objects)}`;
}

function asText(repository: Repository, audit: Audit): string {
  if (audit.kind === 'bad') {
    const { code, object, ref, what } = audit.fault;
    const file = audit.file === undefined ? '' : `  file    ${visible(audit.file)}\n`;
    return `✗ ${code} The ledger is not sound: ${visible(what)}\n  object  ${object}\n  ref     ${ref}\n${file}  ${remedyOf(repository, audit.fault, audit.file)}\n`;
  }
  const { counts, view } = audit;
  const parked =
    audit.parked.length === 0
      ? ''
      : `  ${counted(audit.parked.length, 'batch', 'batches')} wait for something that is not in this copy; they have no effect.\n`;
  const [first] = view.checkpoints;
  if (view.earlier.length > 0 && first !== undefined) return partText(view, first.height, parked);
  return [
    `✓ ${visible(view.name)}: every object, signature and decision was computed again from the genesis, and all of it agrees.`,
    `  ${counted(counts.objects, 'object')}, ${counted(counts.batches, 'batch', 'batches')}, ${counted(counts.events, 'event')}, ${counted(counts.checkpoints, 'checkpoint')}, ${counted(counts.merges, 'merge')}; state ${shortHash(view.tip.statement.state)}`,
    parked,
  ].join('\n');
}

/** What an audit says that began at a snapshot. */
function partText(view: LedgerView, height: number, parked: string): string {
  const { pruned } = view;
  const before =
    pruned === undefined
      ? `Before checkpoint ${height} every object was hashed again, and nothing decided again: that rests on the witnesses who signed it.`
      : `⚠ GDO4014 This copy does not hold what was said before checkpoint ${pruned.height}. Every signature, root and id of those events was checked, and nothing of it decided again: that rests on the witnesses who signed it.\n  Audit a copy that holds it; with --since ${height} this is enough.`;
  return `✓ ${visible(view.name)}: from checkpoint ${height} on every signature and decision was computed again, and all of it agrees; state ${shortHash(view.tip.statement.state)}\n${before}\n${parked}`;
}
