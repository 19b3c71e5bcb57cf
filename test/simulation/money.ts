// The invariant of money: what cases pay stays what they paid, nobody spends more of it than that, and nothing is spent twice (I04).
import { entriesUnder, type JsonObject } from '../../engine/index.ts';
import type { FinalEpoch } from './final-epoch.ts';
import { Violation } from './machine.ts';

function units(value: JsonObject | undefined, field: string): bigint {
  const text = value?.[field];
  return typeof text === 'string' ? BigInt(text) : 0n;
}

/** Checks one epoch. @param balances - what was paid by each case in earlier epochs */
export function checkMoney(epoch: FinalEpoch, balances: Map<string, bigint>): void {
  const wrong = (what: string): never => {
    throw new Violation('I04', `${what} after epoch ${epoch.height}`);
  };
  const paid = new Map(entriesUnder(epoch.after, 'paid/till/').map(([key, value]) => [key.slice('paid/till/'.length), units(value, 'amount')]));
  const spent = new Map<string, bigint>();
  for (const [key, value] of entriesUnder(epoch.after, 'spending/till/')) {
    const [of = ''] = key.slice('spending/till/'.length).split('/');
    if (units(value, 'amount') <= 0n) wrong('less than nothing is spent');
    spent.set(of, (spent.get(of) ?? 0n) + units(value, 'amount'));
  }
  for (const [of, amount] of spent) if (amount > (paid.get(of) ?? 0n)) wrong(`${amount} are spent of the ${paid.get(of) ?? 0n} that a case paid`);
  for (const [of, amount] of balances) if (paid.get(of) !== amount) wrong('a payment has changed');
  for (const [of, amount] of paid) balances.set(of, amount);
  const total = [...paid.values()].reduce((sum, amount) => sum + amount, 0n);
  const [account] = entriesUnder(epoch.after, 'account/till').map(([, value]) => units(value, 'paid'));
  if ((account ?? 0n) !== total) wrong(`the account has paid ${account ?? 0n}, its cases were paid ${total}`);
  // What one key signed on two branches is spent on neither.
  const stands = epoch.rows.filter(({ event, verdict }) => event.kind === 'spend' && verdict.kind === 'ok');
  for (const { batch } of stands)
    if (epoch.batches.some((other) => other !== batch && other.device === batch.device && other.seq === batch.seq)) wrong('a forked key has spent');
}
