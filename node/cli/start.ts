// `gdo start`: opens a case of a process, for the changes of the current branch where the process merges files.
import type { Charter, CharterProcess, JsonObject } from '../../engine/index.ts';
import { charterAsWritten, entriesUnder, readEntry } from '../../engine/index.ts';
import { suggest } from '../../language/index.ts';
import type { LedgerView } from '../ledger/view.ts';
import type { CommandDefinition, OptionValue } from './command.ts';
import { openCase } from './case-open.ts';
import { UsageError } from './command.ts';
import { deliver, reportDelivery } from './deliver.ts';
import { ownPerson, ownWords } from './own-words.ts';
import { proposedChange } from './proposed-change.ts';
import { asMember, withLedger } from './session.ts';
import type { MemberSession } from './session.ts';
import { visible } from './terminal.ts';

/** People named in a help line. */
const peopleShownMax = 12;

/** The command `gdo start`. Exits 0, 1 (the changes cannot be proposed), 2, 3. */
export const startCommand: CommandDefinition = {
  name: 'start',
  group: 'decide',
  summary: 'open a case for the current changes',
  arguments: 'PROCESS',
  options: [
    ['--title <text>', 'one line that says what is decided'],
    ['--text <text>', 'a longer explanation'],
    ['--candidate <person>', 'whom the case is about, where it grants something'],
    ['--subject <person>', 'whom the case is about'],
    ['--decision <case>', 'the decision it is about, where the process holds, reverses or ratifies one'],
    ['--amount <money>', 'what it asks for, such as 4.00, where the process spends'],
    ['--to <payee>', 'who is paid'],
    ['--renews <path>', 'what it renews, where the bylaws let it lapse otherwise'],
    ['--in-flight <answer>', 'for new bylaws: restart or abort open cases whose rules allow it'],
    ['--role <role>', 'the proposed role, where the process grants `the proposed role`'],
    ['--key <file>', 'sign with this key'],
  ],
  examples: ['gdo start amendment --title "Lower the threshold"', 'gdo start admission --candidate frank'],
  run: (positional, options, world) => withLedger(world, (session) => start(asMember(session, options), positional, options)),
};

async function start(session: MemberSession, positional: readonly string[], options: Readonly<Record<string, OptionValue>>): Promise<number> {
  const process = processNamed(session.view, positional[0]);
  const people = Object.fromEntries(['candidate', 'subject'].flatMap((name) => peopleOf(session, name, options[name])));
  const words = { ...wordsOf(session.view.charter, options), ...aboutOf(session, options), ...moneyOf(session.view.charter, process, options) };
  const change = await proposedChange(session, process);
  if (change === undefined) return 1;
  const body = { process: process.name, bylaws: session.view.bylawsHash, ...people, ...words, ...change.fields };
  const delivery = await deliver(session, { kind: 'propose', body }, { attachments: change.attachments });
  return reportDelivery(session, delivery, `Case of ${process.name} opened${typeof options['title'] === 'string' ? `: ${visible(options['title'])}` : ''}.`);
}

/** Somebody whom the ledger does not know would only be refused later, by every node (GDO1052). */
function peopleOf({ view }: MemberSession, name: string, value: OptionValue): readonly (readonly [string, string])[] {
  if (typeof value !== 'string') return [];
  const person = ownPerson(value);
  if (readEntry(view.state, `member/${person}`) !== undefined) return [[name, person]];
  const known = entriesUnder(view.state, 'member/').map(([key]) => key.slice('member/'.length));
  const [near] = suggest(person, known);
  const help =
    near === undefined ? `known here: ${known.slice(0, peopleShownMax).join(', ')}; a newcomer's key is enrolled first` : `did you mean \`${near}\`?`;
  throw new UsageError('GDO5003', `\`${person}\` is not known in ${visible(view.name)}`, help);
}

/** The texts of a proposal, checked before anything is signed. */
function wordsOf(charter: Charter, options: Readonly<Record<string, OptionValue>>): JsonObject {
  const { title, text, role } = options;
  const roles = charter.roles.map((one) => one.name);
  if (typeof role === 'string' && !roles.includes(role)) {
    const [near] = suggest(role, roles);
    throw new UsageError(
      'GDO5003',
      `These bylaws have no role \`${visible(role)}\``,
      near === undefined ? `one of: ${roles.join(', ')}` : `did you mean \`${near}\`?`,
    );
  }
  return {
    ...(typeof role === 'string' ? { role } : {}),
    ...(typeof text === 'string' ? { text: ownWords('The text', text, 'text') } : {}),
    ...(typeof title === 'string' ? { title: ownWords('The title', title.trim(), 'line') } : {}),
  };
}

/** What the case is about besides people: a decision, a declaration that it renews, what it asks for open cases. */
function aboutOf(session: MemberSession, options: Readonly<Record<string, OptionValue>>): JsonObject {
  const { decision, renews, inFlight } = options;
  if (typeof inFlight === 'string' && !['keep', 'restart', 'abort'].includes(inFlight))
    throw new UsageError('GDO5003', `\`--in-flight ${visible(inFlight)}\` is not one of keep, restart, abort`, 'leave it out: open cases keep their rules');
  return {
    ...(typeof decision === 'string' ? { decision: openCase(session, decision).id } : {}),
    ...(typeof renews === 'string' ? { renews: ownWords('What is renewed', renews, 'line') } : {}),
    ...(typeof inFlight === 'string' ? { inFlight } : {}),
  };
}

/** What a process that spends is asked for, in the smallest unit of its account (S62). */
function moneyOf(charter: Charter, process: CharterProcess, { amount, to }: Readonly<Record<string, OptionValue>>): JsonObject {
  const account = charter.accounts.find(({ name }) => name === process.spends?.account);
  if (amount === undefined && to === undefined) return {};
  if (account === undefined) throw new UsageError('GDO5003', `\`${process.name}\` spends nothing, so it takes no --amount and no --to`, 'leave them out');
  if (typeof amount !== 'string' || typeof to !== 'string') throw new UsageError('GDO5002', 'How much, and to whom?', '--amount 4.00 --to dee');
  const [, whole, part = ''] = /^(\d{1,15})(?:\.(\d{1,6}))?$/.exec(amount) ?? [];
  if (whole === undefined || part.length > account.decimals)
    throw new UsageError(
      'GDO5003',
      `\`${visible(amount)}\` is no amount of ${account.currency}`,
      `digits, and at most ${account.decimals} after the point: --amount 4.00`,
    );
  return { amount: String(BigInt(`${whole}${part.padEnd(account.decimals, '0')}`)), recipient: ownPerson(to) };
}

function processNamed({ charter, state }: Pick<LedgerView, 'charter' | 'state'>, name: string | undefined): CharterProcess {
  const names = charter.processes.map((process) => process.name);
  const found = charter.processes.find((process) => process.name === name);
  if (found !== undefined) return found;
  if (name === undefined) throw new UsageError('GDO5002', 'Which process?', `one of: ${names.join(', ')}`);
  if (charterAsWritten(state).processes.some((process) => process.name === name))
    throw new UsageError('GDO5003', `\`${visible(name)}\` has lapsed, and starts no more cases`, `these are in force: ${names.join(', ')}`);
  const [near] = suggest(name, names);
  throw new UsageError(
    'GDO5003',
    `These bylaws have no process \`${visible(name)}\``,
    near === undefined ? `one of: ${names.join(', ')}` : `did you mean \`${near}\`?`,
  );
}
