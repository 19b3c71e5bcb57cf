// Money: what a case may ask for, what it holds while it is open, what is paid (S62, S63, decision 0057). There is no balance, only limits.
import type { CharterAccount, CharterLimit, CharterProcess } from '../../../engine/index.ts';
import { plus } from './time.ts';
import type { Case, Refusal, World } from './world.ts';
import { isRunning } from './world.ts';

/** A payment, made or held. */
export interface Payment {
  readonly account: string;
  readonly process: string;
  readonly units: bigint;
  readonly author: string;
  readonly recipient: string;
  readonly atMs: number;
  /** The number of the case that paid it. */
  readonly by?: number;
  /** S66: it was booked back; limits go on counting it. */
  readonly isReturned?: true;
}

/** What the open cases hold in an account, as if it were paid now. */
export function heldIn(world: World, account: string): readonly Payment[] {
  return world.cases.flatMap((subject) => {
    const holds = subject.process.whileOpen.some((clause) => clause.kind === 'hold-amount' && clause.account === account);
    return holds && isRunning(subject) && subject.money !== undefined ? [paymentOf(world, subject, account)] : [];
  });
}

function paymentOf(world: World, subject: Case, account: string): Payment {
  const { author, money, process } = subject;
  return { account, process: process.name, units: money?.units ?? 0n, author, recipient: money?.recipient ?? '', atMs: world.nowMs };
}

function groupOf(limit: CharterLimit, { author, recipient }: Payment): string {
  const [each] = limit.per.flatMap((per) => (per.kind === 'each' ? [per.name] : []));
  if (each === undefined) return '';
  return each === 'author' || each === 'starters' || each === 'person' ? `author ${author}` : `recipient ${recipient}`;
}

/** Whether a payment keeps every limit of its account, and those of its process among what that pays from it; windows end now. */
function isWithin(world: World, { account, process }: { readonly account: CharterAccount; readonly process: CharterProcess }, payment: Payment): boolean {
  const others = [...world.payments, ...heldIn(world, account.name)].filter((one) => one.account === account.name);
  const ofProcess = others.filter((one) => one.process === process.name);
  return areWithin(world, account.limits, payment, others) && areWithin(world, process.limits, payment, ofProcess);
}

function areWithin(world: World, limits: readonly CharterLimit[], payment: Payment, others: readonly Payment[]): boolean {
  return limits.every((limit) => {
    if (limit.amount.kind !== 'money') return true;
    const counted = [...others, payment].filter(
      (one) => groupOf(limit, one) === groupOf(limit, payment) && limit.per.every((per) => per.kind !== 'window' || world.nowMs < plus(one.atMs, per.duration)),
    );
    return counted.reduce((sum, one) => sum + one.units, 0n) <= BigInt(limit.amount.units);
  });
}

function fits(world: World, subject: Case, account: CharterAccount): boolean {
  return isWithin(world, { account, process: subject.process }, paymentOf(world, subject, account.name));
}

/** `pay the amount`: whole, or not at all; says whether it was paid. */
export function pay(world: World, subject: Case, name: string): boolean {
  const account = world.charter.accounts.find((one) => one.name === name);
  if (account === undefined || subject.money === undefined || !fits(world, subject, account)) return false;
  world.payments = [...world.payments, { ...paymentOf(world, subject, name), by: subject.number }];
  return true;
}

function isAboutAmount({ spends, whileOpen, stages }: CharterProcess): boolean {
  const pays = stages.some((stage) => stage.kind === 'outcome' && stage.effects.some(({ kind }) => kind === 'pay'));
  return spends !== undefined || pays || whileOpen.some(({ kind }) => kind === 'hold-amount');
}

/** Why a proposal asks for money in vain: by this process, this much, or while so much is paid and held. */
export function moneyProblem(world: World, process: CharterProcess, asked: { readonly author: string; readonly money: Case['money'] }): Refusal {
  const { spends } = process;
  const { money } = asked;
  const unnamed: Refusal = { codes: [], reason: 'not this much, or not by this process' };
  // Only what spends, holds or pays an amount is about one.
  if (isAboutAmount(process) ? money === undefined || money.units <= 0n : money !== undefined) return unnamed;
  if (spends !== undefined) {
    if (money === undefined || money.units <= 0n || money.units > BigInt(spends.upToUnits)) return unnamed;
    const ladder = world.charter.processes.flatMap((one) => (one.spends?.account === spends.account ? [BigInt(one.spends.upToUnits)] : []));
    // S63: by the process with the smallest `up to` that covers the amount.
    if (ladder.some((upTo) => upTo >= money.units && upTo < BigInt(spends.upToUnits))) return unnamed;
  }
  if (money === undefined) return undefined;
  const broken = process.whileOpen.some((clause) => {
    const account = clause.kind === 'hold-amount' ? world.charter.accounts.find(({ name }) => name === clause.account) : undefined;
    if (account === undefined) return false;
    return !isWithin(world, { account, process }, { account: account.name, process: process.name, ...money, author: asked.author, atMs: world.nowMs });
  });
  return broken ? { codes: [], reason: 'the account has no room for it' } : undefined;
}
