// `gdo verify`: decides again, offline, from the genesis: one case, one commit of main, or everything, with the reasons.
import { caseView, explainCase, readCase } from '../../engine/index.ts';
import type { CaseRecord, RequirementLine } from '../../engine/index.ts';
import { mainLine } from '../gate/main-line.ts';
import type { MergeRecord } from '../ledger/epoch.ts';
import type { LedgerView } from '../ledger/view.ts';
import { articleOf } from './articles.ts';
import { allCases } from './case-list.ts';
import { openCase } from './case-open.ts';
import type { CommandDefinition, OptionValue } from './command.ts';
import { UsageError } from './command.ts';
import { showDay } from './instants.ts';
import { withLedger } from './session.ts';
import type { Session } from './session.ts';
import { exitOfCase } from './status.ts';
import { shortHash } from './status-text.ts';
import { counted } from './table.ts';
import { visible } from './terminal.ts';

/** The command `gdo verify`. Exits 0 accepted, 1 refused, 2, 3 could not decide, 4 still open. */
export const verifyCommand: CommandDefinition = {
  name: 'verify',
  group: 'decide',
  summary: 're-decide offline, with reasons',
  arguments: '[REF|CASE]',
  options: [
    ['--all', 'every case and every commit of main'],
    ['--trace', 'each event of a case with its verdict'],
  ],
  examples: ['gdo verify main~1', 'gdo verify --all'],
  run: (positional, options, world) => withLedger(world, (session) => verify(session, positional, options)),
};

async function verify(session: Session, positional: readonly string[], options: Readonly<Record<string, OptionValue>>): Promise<number> {
  // Opening the ledger has already computed every statement, signature, verdict and root again: a difference is exit 3 with its object.
  if (options['all'] === true) return verifyAll(session);
  const word = positional[0];
  if (word === undefined) throw new UsageError('GDO5002', 'What should be decided again?', 'gdo verify 42, gdo verify main~1 or gdo verify --all');
  if (/^#?[1-9][0-9]{0,8}$/.test(word)) return verifyCase(session, openCase(session, word), { name: word, trace: options['trace'] === true });
  return verifyRef(session, word, options['trace'] === true);
}

async function verifyAll(session: Session): Promise<number> {
  const { view, world } = session;
  const cases = allCases(session);
  const line = session.repository.workTree === undefined ? await mainLine(view) : ({ kind: 'same' } as const);
  const exit = line.kind === 'same' ? 0 : 1;
  if (world.json) {
    world.stdout(
      `${JSON.stringify({ schema: 'gdo-verify/1', sound: exit === 0, checkpoint: view.tip.height, state: view.tip.statement.state, main: view.mainCommit, cases: cases.map((one) => ({ number: one.number, outcome: one.outcome ?? null, merge: one.merge ?? null })) })}\n`,
    );
    return exit;
  }
  const lines = cases.map(
    (one) =>
      `  #${one.number} ${visible(one.title === '' ? one.process : one.title)}: ${one.phase === 'decided' ? `${one.outcome ?? 'over'}${one.merge === undefined ? '' : `, ${one.merge}`}` : `open at ${one.stage}`}`,
  );
  lines.push(
    `${exit === 0 ? '✓' : '✗'} ${counted(view.batches.size, 'batch', 'batches')}, ${counted(view.verdicts.size, 'event')}, ${counted(view.checkpoints.length, 'checkpoint')} and ${counted(view.merges.length, 'merge')} were decided again and agree.`,
    `  main is ${view.mainCommit.slice(0, 10)}; state ${view.tip.statement.state}`,
  );
  if (line.kind === 'differs') lines.push(`✗ ${line.code} ${line.reason}. This copy keeps ${view.mainCommit.slice(0, 10)}.`);
  world.stdout(`${lines.join('\n')}\n`);
  return exit;
}

async function verifyRef(session: Session, name: string, trace: boolean): Promise<number> {
  const { repository, view, world } = session;
  const commit = await repository.resolve(`${name}^{commit}`);
  if (commit === undefined)
    throw new UsageError('GDO5003', `\`${visible(name)}\` is neither a case nor a commit here`, 'gdo verify 42, gdo verify main~1 or gdo verify --all');
  const merge = view.merges.find((one) => one.commit === commit);
  if (merge !== undefined) {
    const found = readCase(view.state, merge.merge.case);
    if (found !== undefined) return verifyCase(session, found, { name: `${name} = merge ${commit.slice(0, 7)} of #${found.number}`, trace });
  }
  if (commit === view.genesis.mainCommit) {
    world.stdout(
      world.json
        ? `${JSON.stringify({ schema: 'gdo-verify/1', commit, accepted: true, founding: true })}\n`
        : `${visible(name)} is the commit on which ${visible(view.name)} was founded.  ACCEPTED\n`,
    );
    return 0;
  }
  const inside = await reachedByMerge(session, commit);
  if (world.json)
    world.stdout(
      `${JSON.stringify({ schema: 'gdo-verify/1', commit, accepted: false, code: inside === undefined ? 'GDO2001' : null, partOf: inside?.merge.number ?? null })}\n`,
    );
  else if (inside !== undefined)
    world.stdout(`${visible(name)} is part of what #${inside.merge.number} merged, not a decision by itself:  gdo verify ${inside.merge.number}\n`);
  else world.stdout(`${visible(name)} (${commit.slice(0, 7)})  REFUSED  GDO2001\n  no case of ${visible(view.name)} decided this commit\n`);
  return inside === undefined ? 1 : 0;
}

/** The merge whose proposal brought a commit, if one did. */
async function reachedByMerge({ repository, view }: Session, commit: string): Promise<MergeRecord | undefined> {
  for (const merge of view.merges) {
    const brought = await repository.walk([merge.merge.head], [merge.parent]);
    if (brought.includes(commit)) return merge;
  }
  return undefined;
}

async function verifyCase(session: Session, found: CaseRecord, shown: { readonly name: string; readonly trace: boolean }): Promise<number> {
  const { view, world } = session;
  const exit = exitOfCase(found);
  const decidedAt = heightOfDecision(view, found.id);
  const lines = requirementsAt(view, found.id, decidedAt);
  const events = [...view.verdicts.values()].filter(({ event }) => event.case === found.id || event.id === found.id);
  if (world.json) {
    world.stdout(
      `${JSON.stringify({ schema: 'gdo-verify/1', case: found.number, exit, outcome: found.outcome ?? null, merge: found.merge ?? null, code: found.code ?? null, bylaws: found.bylaws, checkpoint: decidedAt ?? null, requirements: lines, events: events.map(({ event, verdict }) => ({ event: event.id, actor: event.actor, kind: event.kind, verdict })) })}\n`,
    );
    return exit;
  }
  const word = exit === 0 ? 'ACCEPTED' : exit === 4 ? 'OPEN' : `REFUSED${found.code === undefined ? '' : `  ${found.code}`}`;
  const article = await articleOf(session, found.process);
  const keys = new Set(events.map(({ event }) => event.device));
  const rows = [
    `${visible(shown.name)}  ${word}  (exit ${exit})`,
    `  judged by    bylaws ${shortHash(found.bylaws)} in force when #${found.number} began (${showDay(found.startedMs)})`,
    ...(article === undefined ? [] : [`  under        ${article}, process ${found.process}`]),
    ...lines.map((line) => `  ${line.met ? '✓' : '✗'} ${line.requirement}: ${line.have} (needed: ${line.need})`),
    ...(found.reason === undefined || found.reason === '' ? [] : [`  because      ${visible(found.reason)}`]),
    `  signatures   ${counted(events.length, 'event')} by ${counted(keys.size, 'key')}, all checked again`,
    ...(decidedAt === undefined ? [] : [`  final at     checkpoint ${decidedAt}`]),
  ];
  if (shown.trace)
    for (const { event, verdict, height } of events)
      rows.push(`    ${height}  ${event.actor} ${event.kind}  ${verdict.kind === 'ok' ? 'ok' : `${verdict.kind} ${verdict.code}: ${visible(verdict.reason)}`}`);
  world.stdout(`${rows.join('\n')}\n`);
  return exit;
}

function heightOfDecision(view: LedgerView, id: string): number | undefined {
  return view.checkpoints.find((checkpoint) => readCase(checkpoint.state, id)?.phase === 'decided')?.height;
}

/** The requirements as they stood when the case was last open. */
function requirementsAt(view: LedgerView, id: string, decidedAt: number | undefined): readonly RequirementLine[] {
  const before = decidedAt === undefined ? view.tip : view.checkpoints[decidedAt - 1];
  return before === undefined || caseView(before.state, id) === undefined ? [] : explainCase(before.state, id);
}
