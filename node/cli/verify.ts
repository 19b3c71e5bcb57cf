// `gdo verify`: decides again, offline, from the genesis: one case, one commit of main, or everything, with the reasons.
import type { RequirementLine } from '../../engine/index.ts';
import { outlookSentences, readCase } from '../../engine/index.ts';
import { mainLine } from '../gate/main-line.ts';
import { beginsAfter, verifyCase, verifyRef } from '../ledger/verify.ts';
import type { CaseVerification, RefVerification } from '../ledger/verify.ts';
import { articleOf } from './articles.ts';
import { allBylawsSources, bylawsSource, exitWithSources } from './bylaws-source.ts';
import type { BylawsSource } from './bylaws-source.ts';
import { allCases } from './case-list.ts';
import { openCase } from './case-open.ts';
import type { CommandDefinition, OptionValue } from './command.ts';
import { UsageError, WorldError } from './command.ts';
import { checkDecisionFile, writeDecision } from './decision-file.ts';
import { eventCells, eventJson, judgedRow } from './event-lines.ts';
import { showDay, showUtc } from './instants.ts';
import { holdsNotHelp, sayPruned, withLedger } from './session.ts';
import type { Session } from './session.ts';
import { shortHash } from './status-text.ts';
import { alignRows, counted } from './table.ts';
import { visible } from './terminal.ts';
import { traceJson, traceLines } from './trace.ts';

/** The command `gdo verify`. Exits 0 accepted, 1 refused, 2, 3 could not decide, 4 still open. */
export const verifyCommand: CommandDefinition = {
  name: 'verify',
  group: 'decide',
  summary: 're-decide offline, with reasons',
  arguments: '[REF|CASE]',
  options: [
    ['--all', 'every case and every commit of main'],
    ['--source', 'also compile the text of the bylaws, as main had it, and compare it with the rules that decided'],
    ['--trace', 'each event with its signer, its receipt and its verdict; with --all each checkpoint too'],
    ['--receipt <file>', 'with a case: write what proves its decision; alone: check such a file, without any ledger'],
  ],
  examples: ['gdo verify main~1', 'gdo verify 42 --receipt decision.json'],
  run: async (positional, options, world) => {
    const { receipt } = options;
    if (typeof receipt === 'string' && positional.length === 0) return checkDecisionFile(world, receipt);
    return withLedger(world, (session) => verify(session, positional, options));
  },
};

async function verify(session: Session, positional: readonly string[], options: Readonly<Record<string, OptionValue>>): Promise<number> {
  // Opening the ledger has already computed every statement, signature, verdict and root again: a difference is exit 3 with its object.
  const asked = { trace: options['trace'] === true, source: options['source'] === true };
  if (options['all'] === true) return verifyAll(session, asked);
  const word = positional[0];
  if (word === undefined) throw new UsageError('GDO5002', 'What should be decided again?', 'gdo verify 42, gdo verify main~1 or gdo verify --all');
  if (/^#?[1-9][0-9]{0,8}$/.test(word)) {
    const { receipt } = options;
    const about = openCase(session, word);
    needsPast(session, about.startedMs, `what was said about #${about.number}`);
    if (typeof receipt === 'string') return writeDecision(session, about, receipt);
    const found = verifyCase(session.view, about.id);
    if (found !== undefined) return showCase(session, found, { name: `#${found.case.number}`, ...asked });
  }
  const commit = await session.repository.resolve(`${word}^{commit}`);
  const [first] = session.view.checkpoints;
  if (commit !== undefined && first !== undefined && (await session.repository.walk([commit], [first.statement.mainCommit])).length === 0)
    needsPast(session, 0, `why ${visible(word)} was accepted`);
  const verified = await verifyRef(session.view, word);
  if (verified === undefined)
    throw new UsageError('GDO5003', `\`${visible(word)}\` is neither a case nor a commit here`, 'gdo verify 42, gdo verify main~1 or gdo verify --all');
  return showRef(session, verified, { name: visible(word), ...asked });
}

async function verifyAll(session: Session, { trace, source }: Omit<Shown, 'name'>): Promise<number> {
  sayPruned(session);
  const { view, world } = session;
  const cases = allCases(session);
  const line = session.repository.workTree === undefined ? await mainLine(view) : ({ kind: 'same' } as const);
  // Where the past is not here, what is here may agree and yet not all of it was decided again.
  const sources = source ? await allBylawsSources(view) : [];
  const exit = exitWithSources(line.kind === 'differs' ? 1 : view.earlier.length > 0 ? 3 : 0, sources);
  if (world.json) {
    const rows = cases.map((one) => ({ number: one.number, outcome: one.outcome ?? null, merge: one.merge ?? null }));
    world.stdout(
      `${JSON.stringify({ schema: 'gdo-verify/1', sound: exit === 0, checkpoint: view.tip.height, state: view.tip.statement.state, main: view.mainCommit, cases: rows, ...(source ? { sources } : {}), ...(trace ? { trace: traceJson(view) } : {}) })}\n`,
    );
    return exit;
  }
  const lines = cases.map((one) => {
    const standing = one.phase === 'decided' ? `${one.outcome ?? 'over'}${one.merge === undefined ? '' : `, ${one.merge}`}` : `open at ${one.stage}`;
    return `  #${one.number} ${visible(one.title === '' ? one.process : one.title)}: ${standing}`;
  });
  const amounts = [
    counted(view.batches.size, 'batch', 'batches'),
    counted(view.verdicts.size, 'event'),
    counted(view.checkpoints.length, 'checkpoint'),
    counted(view.merges.length, 'merge'),
  ];
  if (trace) lines.push(...traceLines(view));
  const [first] = view.checkpoints;
  const part = view.earlier.length === 0 || first === undefined ? '' : `from checkpoint ${first.height} on `;
  lines.push(
    `${exit === 0 ? '✓' : exit === 3 ? '⚠' : '✗'} ${amounts.slice(0, -1).join(', ')} and ${amounts.at(-1) ?? ''} ${part}were decided again and agree.`,
    `  main is ${view.mainCommit.slice(0, 10)}; state ${view.tip.statement.state}`,
  );
  lines.push(...sources.map(sourceText));
  if (line.kind === 'differs') lines.push(`✗ ${line.code} ${line.reason}. This copy keeps ${view.mainCommit.slice(0, 10)}.`);
  world.stdout(`${lines.join('\n')}\n`);
  return exit;
}

/** @throws WorldError GDO4014 where this copy begins later than what was asked for */
function needsPast({ view }: Session, startedMs: number, what: string): void {
  const first = beginsAfter(view, startedMs);
  if (first !== undefined) throw new WorldError('GDO4014', `This copy does not hold ${what} before checkpoint ${first.height}`, holdsNotHelp);
}

interface Shown {
  readonly name: string;
  readonly trace: boolean;
  readonly source: boolean;
}

function sourceText({ kind, what }: BylawsSource): string {
  return `  ${kind === 'same' ? '✓' : kind === 'differs' ? '✗' : '⚠'} ${visible(what)}`;
}

async function showRef(session: Session, verified: RefVerification, shown: Shown): Promise<number> {
  const { view, world } = session;
  const commit = verified.commit.slice(0, 7);
  switch (verified.kind) {
    case 'merge':
      return showCase(session, verified.verification, { ...shown, name: `${shown.name} = merge ${commit} of #${verified.verification.case.number}` });
    case 'part':
      return showCase(session, verified.verification, { ...shown, name: `${shown.name} (${commit}), merged as part of #${verified.verification.case.number}` });
    case 'founding':
      if (world.json) world.stdout(`${JSON.stringify({ schema: 'gdo-verify/1', commit: verified.commit, exit: 0, founding: true })}\n`);
      else world.stdout(`${shown.name} is content on which ${visible(view.name)} was founded.  ACCEPTED  (exit 0)\n`);
      return 0;
    case 'unaccepted':
      if (world.json) {
        const of = verified.verification?.case.number ?? null;
        world.stdout(
          `${JSON.stringify({ schema: 'gdo-verify/1', commit: verified.commit, exit: verified.exit, code: verified.code, reason: verified.reason, case: of })}\n`,
        );
        return verified.exit;
      }
      world.stdout(
        `${shown.name} (${commit})  ${verified.exit === 4 ? 'OPEN' : 'REFUSED'}  ${verified.code}  (exit ${verified.exit})\n  ${visible(verified.reason)}.\n`,
      );
      if (verified.verification !== undefined) await showCase(session, verified.verification, { ...shown, name: `#${verified.verification.case.number}` });
      return verified.exit;
  }
}

async function showCase(session: Session, verified: CaseVerification, shown: Shown): Promise<number> {
  const { world } = session;
  const { code, case: seen, events } = verified;
  const sources = shown.source ? [await bylawsSource(session.view, seen.bylaws)] : [];
  const exit = exitWithSources(verified.exit, sources);
  if (world.json) {
    const rows = events.map((event) => eventJson(judgedRow(event)));
    const { steps, open } = verified;
    world.stdout(
      `${JSON.stringify({ schema: 'gdo-verify/1', case: seen.number, exit, code: code ?? null, status: seen.status, bylaws: seen.bylaws, checkpoint: verified.checkpoint.height, steps, open, events: rows, ...(shown.source ? { sources } : {}) })}\n`,
    );
    return exit;
  }
  const word = verified.exit === 0 ? 'ACCEPTED' : verified.exit === 4 ? 'OPEN' : 'REFUSED';
  const article = await articleOf(session, seen.process);
  const winners = readCase(session.view.state, seen.id)?.winners ?? [];
  const rows = [
    `${shown.name}  ${word}${code === undefined ? '' : `  ${code}`}  (exit ${exit})`,
    `  judged by    bylaws ${shortHash(seen.bylaws)} in force when #${seen.number} began (${showDay(seen.startedMs)})`,
    ...sources.map((one) => `  ${sourceText(one)}`),
    ...(article === undefined ? [] : [`  under        ${article}, process ${seen.process}`]),
    ...verified.steps.flatMap((step) => [
      `  ${showUtc(step.timeMs)}  ${step.stage === step.next ? `at ${step.next}` : `${step.stage} -> ${step.next}`}`,
      ...step.lines.map(requirementText),
    ]),
    ...(winners.length === 0 ? [] : [`  chosen       ${winners.map(visible).join(', ')}`]),
    ...(verified.open.length === 0 ? [] : ['  now', ...verified.open.map(requirementText)]),
    ...outlookSentences(session.view.state, seen.id, (atMs) => `on ${showUtc(atMs)}`).map((line) => `    ${line}`),
    ...(seen.reason === undefined || seen.reason === '' ? [] : [`  because      ${visible(seen.reason)}`]),
    `  signatures   ${counted(events.length, 'event')} by ${counted(verified.keysCount, 'key')}, all checked again`,
    `  final at     checkpoint ${verified.checkpoint.height}`,
  ];
  if (shown.trace) rows.push(...alignRows(events.map((event) => eventCells(session.view, judgedRow(event)))).map((line) => `    ${line}`));
  world.stdout(`${rows.join('\n')}\n`);
  return exit;
}

function requirementText(line: RequirementLine): string {
  return `    ${line.met ? '✓' : '✗'} ${line.requirement}: ${line.have} (needed: ${line.need})`;
}
