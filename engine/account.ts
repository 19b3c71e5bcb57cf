// Money that cases ask for, hold and pay (S62, S63). The ledger keeps no balance: an account is what was paid and is held under its limits, exact in its
// smallest unit. Whether a case may have its outcome is decided elsewhere.
import type { Charter, CharterAccount, CharterProcess } from './bylaws.ts';
import type { CharterLimit } from './bylaws-terms.ts';
import type { CaseRecord } from './case.ts';
import { textOf } from './field.ts';
import { addRow, rowsWithin, windowsOf } from './rolling.ts';
import type { State } from './state.ts';
import { entriesUnder, readEntry, writeEntry } from './state.ts';

/** What a case asks of an account. `recipient` is who is paid: not only people of the ledger are. */
export interface Spending {
  readonly process: string;
  readonly amount: bigint;
  readonly recipient: string;
  readonly author: string;
  /** The case itself, whose own hold is not counted. */
  readonly case?: string;
}

const perAuthor: readonly string[] = ['author', 'starters', 'person'];
const perRecipient: readonly string[] = ['recipient', 'candidate', 'subject'];

/** True iff this engine keeps a limit of money: an amount per window, for all, per recipient or per author. Pure. */
export function countsMoney(limit: CharterLimit): boolean {
  const isPlain = limit.inARow === undefined && limit.including === undefined && limit.otherwise === undefined && limit.waivedThrough === undefined;
  const isKnown = limit.per.every((per) => per.kind === 'window' || perAuthor.includes(per.name) || perRecipient.includes(per.name));
  return limit.amount.kind === 'money' && isPlain && isKnown;
}

/** The accounts a process may pay from or holds an amount in, each once. Pure. */
function accountsOf(process: CharterProcess): readonly string[] {
  const paid = process.stages.flatMap((stage) =>
    stage.kind === 'outcome' ? stage.effects.flatMap((effect) => (effect.kind === 'pay' ? [effect.account] : [])) : [],
  );
  const held = process.whileOpen.flatMap((clause) => (clause.kind === 'hold-amount' ? [clause.account] : []));
  return [...new Set([...paid, ...held, ...(process.spends === undefined ? [] : [process.spends.account])])];
}

/** True iff cases of a process ask for an amount. Pure. */
export function needsAmount(process: CharterProcess): boolean {
  return accountsOf(process).length > 0;
}

/** The process that a case must use: of those that spend from the account, one with the smallest `up to` that covers the amount (S63). Pure. */
function smallerProcess(charter: Charter, process: CharterProcess, amount: bigint): string | undefined {
  const { spends } = process;
  if (spends === undefined) return undefined;
  return charter.processes.find(
    (other) =>
      other.spends !== undefined &&
      other.spends.account === spends.account &&
      BigInt(other.spends.upToUnits) >= amount &&
      BigInt(other.spends.upToUnits) < BigInt(spends.upToUnits),
  )?.name;
}

function groupKey(account: string, names: readonly string[], spending: Pick<Spending, 'recipient' | 'author' | 'process'>, process: string): string {
  const to = names.some((name) => perRecipient.includes(name)) ? spending.recipient : '';
  const by = names.some((name) => perAuthor.includes(name)) ? spending.author : '';
  return `pay/${account}/${process}/${to}/${by}`;
}

function namesOf(limit: CharterLimit): readonly string[] {
  return limit.per.flatMap((per) => (per.kind === 'each' ? [per.name] : []));
}

interface LimitRow {
  readonly limit: CharterLimit;
  /** Empty: the account's own. */
  readonly process: string;
}

function limitsOf(charter: Charter, account: CharterAccount): readonly LimitRow[] {
  const processes = charter.processes.filter((process) => accountsOf(process).includes(account.name));
  return [
    ...account.limits.map((limit) => ({ limit, process: '' })),
    ...processes.flatMap((process) => process.limits.flatMap((limit) => (limit.amount.kind === 'money' ? [{ limit, process: process.name }] : []))),
  ];
}

/** What other open cases hold in the account, of the same group. */
function heldNow(state: State, account: string, row: LimitRow, spending: Spending): bigint {
  let sum = 0n;
  for (const [key, held] of entriesUnder(state, `held-amount/${account}/`)) {
    const other = { process: textOf(held['process']), recipient: textOf(held['recipient']), author: textOf(held['author']) };
    if (key.endsWith(`/${spending.case ?? ''}`) || (row.process !== '' && other.process !== row.process)) continue;
    if (groupKey(account, namesOf(row.limit), other, row.process) === groupKey(account, namesOf(row.limit), spending, row.process))
      sum += BigInt(textOf(held['amount']));
  }
  return sum;
}

/** An amount as people write it, with the decimals of its account. Pure. */
export function moneyText(account: CharterAccount, units: bigint): string {
  if (account.decimals === 0) return `${units} ${account.currency}`;
  const digits = String(units).padStart(account.decimals + 1, '0');
  return `${digits.slice(0, -account.decimals)}.${digits.slice(-account.decimals)} ${account.currency}`;
}

/** Why an account cannot give an amount now; undefined where it can. The windows end now, and what is held counts as if it were paid now (S62, S100). */
function limitProblem(state: State, charter: Charter, account: CharterAccount, spending: Spending, atMs: number): string | undefined {
  for (const row of limitsOf(charter, account)) {
    const { limit, process } = row;
    if (limit.amount.kind !== 'money' || (process !== '' && process !== spending.process)) continue;
    const paid = rowsWithin(state, groupKey(account.name, namesOf(limit), spending, process), atMs, windowsOf(limit)).reduce(
      (sum, one) => sum + BigInt(textOf(one.value['amount'])),
      0n,
    );
    const most = BigInt(limit.amount.units);
    const used = paid + heldNow(state, account.name, row, spending);
    if (used + spending.amount > most)
      return `\`${account.name}\` gives at most ${moneyText(account, most)} here; paid or held: ${moneyText(account, used)}, asked for: ${moneyText(account, spending.amount)}`;
  }
  return undefined;
}

/** Why a case that asks for an amount may not start; undefined where it may. Source: language.md S62, S63, S100 */
export function spendingProblem(
  state: State,
  charter: Charter,
  process: CharterProcess,
  asked: Omit<Spending, 'process' | 'amount'> & { readonly amount: string | undefined },
  atMs: number,
): string | undefined {
  if (!needsAmount(process)) return asked.amount === undefined ? undefined : `\`${process.name}\` is about no amount`;
  if (asked.amount === undefined) return `\`${process.name}\` needs the amount that is asked for`;
  const amount = BigInt(asked.amount);
  if (amount <= 0n) return 'an amount is more than nothing';
  const smaller = smallerProcess(charter, process, amount);
  if (process.spends !== undefined && amount > BigInt(process.spends.upToUnits)) return `\`${process.name}\` spends no more than its \`up to\``;
  if (smaller !== undefined) return `so small an amount is for the process \`${smaller}\``;
  for (const clause of process.whileOpen) {
    const account = clause.kind === 'hold-amount' ? charter.accounts.find((one) => one.name === clause.account) : undefined;
    const problem = account === undefined ? undefined : limitProblem(state, charter, account, { ...asked, process: process.name, amount }, atMs);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** What a case asks for; undefined where it asks for nothing. */
function spendingOf(record: CaseRecord): Spending | undefined {
  if (record.amount === undefined) return undefined;
  const { author, process, id } = record;
  return { process, amount: BigInt(record.amount), recipient: record.recipient ?? author, author, case: id };
}

/** Holds the amount of a case in an account until the case ends (S100). */
export function holdAmount(state: State, account: string, record: CaseRecord): State {
  const spending = spendingOf(record);
  if (spending === undefined) return state;
  const { process, recipient, author } = spending;
  return writeEntry(state, `held-amount/${account}/${record.id}`, { amount: String(spending.amount), process, recipient, author });
}

function paidEver(state: State, account: string): bigint {
  const value = readEntry(state, `account/${account}`)?.['paid'];
  return typeof value === 'string' ? BigInt(value) : 0n;
}

/** What was ever paid from an account, and what open cases hold in it. O(open holds). */
export function accountTotals(state: State, account: string): { readonly paid: bigint; readonly held: bigint } {
  const held = entriesUnder(state, `held-amount/${account}/`).reduce((sum, [, row]) => sum + BigInt(textOf(row['amount'])), 0n);
  return { paid: paidEver(state, account), held };
}

/** What a case paid from an account and to whom; undefined where it paid nothing, or the payment was taken back. */
export function paidBy(state: State, name: string, id: string): { readonly amount: bigint; readonly recipient: string } | undefined {
  const paid = readEntry(state, `paid/${name}/${id}`);
  if (paid === undefined || paid['returned'] !== undefined) return undefined;
  return { amount: BigInt(textOf(paid['amount'])), recipient: textOf(paid['recipient']) };
}

/**
 * Takes the payment of a case back but for what was spent of it: the account has it again. The windows of limits go on counting it, since it did leave,
 * and paying and taking back must not let out more than they allow.
 */
export function takePayment(state: State, name: string, record: CaseRecord, taken: { readonly spent: bigint; readonly atMs: number }): State {
  const paid = paidBy(state, name, record.id);
  if (paid === undefined) return state;
  const key = `paid/${name}/${record.id}`;
  const left = paidEver(state, name) - paid.amount + taken.spent;
  return writeEntry(writeEntry(state, key, { ...readEntry(state, key), returned: taken.atMs }), `account/${name}`, { paid: String(left) });
}

/** Pays the amount of a case, whole or not at all, and once. @returns the state, or why not */
export function payAmount(state: State, charter: Charter, name: string, record: CaseRecord, atMs: number): State | string {
  const account = charter.accounts.find((one) => one.name === name);
  const spending = spendingOf(record);
  const key = `paid/${name}/${record.id}`;
  if (account === undefined || spending === undefined || readEntry(state, key) !== undefined) return 'there is no amount to pay';
  const problem = limitProblem(state, charter, account, spending, atMs);
  if (problem !== undefined) return problem;
  const amount = String(spending.amount);
  let next = writeEntry(state, key, { amount, recipient: spending.recipient, at: atMs });
  next = writeEntry(next, `account/${name}`, { paid: String(paidEver(next, name) + spending.amount) });
  const groups = limitsOf(charter, account).flatMap(({ limit, process }) =>
    process === '' || process === spending.process ? [groupKey(name, namesOf(limit), spending, process)] : [],
  );
  for (const group of new Set(groups)) next = addRow(next, group, { atMs, id: record.id, value: { amount } });
  return next;
}
