// `gdo audit`: checks every byte, signature and verdict of the ledger from its genesis and names the first bad object.
import { openRepository } from '../git/repository.ts';
import { auditLedger } from '../ledger/audit.ts';
import type { Audit } from '../ledger/audit.ts';
import type { CommandDefinition } from './command.ts';
import { shortHash } from './status-text.ts';
import { counted } from './table.ts';
import { visible } from './terminal.ts';
import type { World } from './world.ts';

/** The command `gdo audit`. Exits 0 sound, 1 something is bad, 3. */
export const auditCommand: CommandDefinition = {
  name: 'audit',
  group: 'keep',
  summary: 'check every byte, signature and verdict of the ledger',
  options: [],
  examples: ['gdo audit', 'gdo audit -C /srv/ledger.git --json'],
  run: runAudit,
};

async function runAudit(_positional: readonly string[], _options: unknown, world: World): Promise<number> {
  const repository = openRepository(world.cwd);
  try {
    const audit = await auditLedger(repository);
    if (world.json) world.stdout(`${JSON.stringify(asDocument(audit))}\n`);
    else world.stdout(asText(audit));
    return audit.kind === 'ok' ? 0 : 1;
  } finally {
    repository.close();
  }
}

function asDocument(audit: Audit): unknown {
  if (audit.kind === 'bad') return { schema: 'gdo-audit/1', sound: false, ...audit.fault, file: audit.file ?? null, counts: audit.counts };
  return { schema: 'gdo-audit/1', sound: true, org: audit.view.org, state: audit.view.tip.statement.state, counts: audit.counts, parked: audit.parked.length };
}

function asText(audit: Audit): string {
  if (audit.kind === 'bad') {
    const { code, object, ref, what } = audit.fault;
    const file = audit.file === undefined ? '' : `  file    ${visible(audit.file)}\n`;
    return `✗ ${code} The ledger is not sound: ${visible(what)}\n  object  ${object}\n  ref     ${ref}\n${file}  The true bytes come from any other copy:  gdo sync\n`;
  }
  const { counts, view } = audit;
  const parked =
    audit.parked.length === 0
      ? ''
      : `  ${counted(audit.parked.length, 'batch', 'batches')} wait for something that is not in this copy; they have no effect.\n`;
  return [
    `✓ ${visible(view.name)}: every object, signature and decision was computed again from the genesis, and all of it agrees.`,
    `  ${counted(counts.objects, 'object')}, ${counted(counts.batches, 'batch', 'batches')}, ${counted(counts.events, 'event')}, ${counted(counts.checkpoints, 'checkpoint')}, ${counted(counts.merges, 'merge')}; state ${shortHash(view.tip.statement.state)}`,
    parked,
  ].join('\n');
}
