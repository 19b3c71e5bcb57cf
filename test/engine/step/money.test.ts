// Money (S62, S63): what cases ask for, hold and pay, under rolling limits, exact in the smallest unit.
import { fc } from '../../seeded.ts';
import { describe, expect, it } from 'vitest';
import { accountTotals, unsupported } from '../../../engine/index.ts';
import { compile, day, found, notesFor, type Organization } from './organization.ts';

const head = `gdo 1
organization "Test"
end
role member plural members
  held by anyone
  gained through joining
end
process joining
  started by any person
  step wait
    after 1 day go to accepted
  end
end
`;

const spend = (name: string, upTo: string, more = ''): string => `process ${name}
  started by any member
  spends from till up to ${upTo} EUR
${more}  step approval
    when any other member approves go to paid
    after 14 days go to refused
  end
  outcome paid
    pay the amount from till
  end
end
`;

const till = (lines: string): string => `account till "Cash" in EUR with 2 decimals\n  kept by any member\n${lines}end\n`;
const people = ['ada', 'ben', 'chi', 'dev'];

function organization(text: string): Organization {
  expect(unsupported(compile(head + text).charter)).toEqual([]);
  return found(head + text, { member: people });
}

/** Starts a case and has it approved in the next epoch. @returns the verdicts of both */
function buy(org: Organization, atMs: number, amount: string, more: Readonly<Record<string, string>> = {}): readonly string[] {
  const { propose, act } = notesFor(org);
  const started = org.epoch(atMs, propose('ada', 'buying', { amount, ...more })).verdicts;
  if (started[0] !== 'ok') return started;
  let number = 1;
  while (org.view(number).status !== 'open') number += 1;
  return [...started, ...org.epoch(atMs, act('ben', number, 'approve')).verdicts];
}

const paid = (org: Organization): bigint => accountTotals(org.state(), 'till').paid;

describe('an account (S62)', () => {
  const text = till('  limit 30.00 EUR per 30 days\n  limit 20.00 EUR per recipient per 30 days\n') + spend('buying', '50.00');

  it('pays whole amounts up to its limit in a window that ends with the payment', () => {
    const org = organization(text);
    expect(buy(org, 0, '1050', { recipient: 'shop' })).toEqual(['ok', 'ok']);
    buy(org, day, '1950', { recipient: 'mill' });
    expect(paid(org)).toBe(3000n);
    buy(org, 2 * day, '1', { recipient: 'farm' });
    expect(paid(org)).toBe(3000n);
  });

  it.each([
    ['a millisecond before the window has moved on', 30 * day - 1, 3000n],
    ['at the instant at which it has', 30 * day, 4050n],
  ])('counts a payment %s', (_, atMs, total) => {
    const org = organization(text);
    buy(org, 0, '1050', { recipient: 'shop' });
    buy(org, day, '1950', { recipient: 'mill' });
    buy(org, atMs, '1050', { recipient: 'shop' });
    expect(paid(org)).toBe(total);
  });

  it('counts per recipient, who need not be of the ledger, and the author where none is named', () => {
    const org = organization(text);
    buy(org, 0, '1500');
    buy(org, day, '501');
    expect(paid(org)).toBe(1500n);
    buy(org, day, '500');
    buy(org, day, '1000', { recipient: 'shop' });
    expect(paid(org)).toBe(3000n);
  });

  it('says why it does not pay, and the outcome stands', () => {
    const org = organization(text);
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('ada', 'buying', { amount: '2001' }));
    const { notices } = org.epoch(1, act('ben', 1, 'approve'));
    expect(notices).toContainEqual(expect.objectContaining({ kind: 'decided', code: 'GDO1054', reason: expect.stringMatching(/^Not paid: .*20\.00 EUR/) }));
    expect([org.view(1).outcome, paid(org)]).toEqual(['paid', 0n]);
  });

  it('asks for an amount where there is money, for none elsewhere, and never for less than something', () => {
    const org = organization(text);
    const { propose } = notesFor(org);
    const tried = org.epoch(
      0,
      propose('ada', 'buying'),
      propose('ada', 'buying', { amount: '0' }),
      propose('ada', 'buying', { amount: '-5' }),
      propose('ada', 'joining', { amount: '5' }),
    );
    expect(tried.verdicts).toEqual(['GDO1040', 'GDO1040', 'GDO1040', 'GDO1040']);
  });
});

describe('several processes that spend from one account (S63)', () => {
  const org = organization(till('') + spend('petty', '10.00') + spend('buying', '50.00'));
  const { propose } = notesFor(org);
  const asked = (process: string, amount: string): string => org.epoch(0, propose('ada', process, { amount })).verdicts[0] ?? '';

  it('use the one with the smallest amount that covers the case', () => {
    expect([asked('petty', '1000'), asked('petty', '1001'), asked('buying', '1000'), asked('buying', '1001')]).toEqual(['ok', 'GDO1040', 'GDO1040', 'ok']);
    expect([asked('buying', '5000'), asked('buying', '5001')]).toEqual(['ok', 'GDO1040']);
  });
});

describe('a limit of money in a process (S62)', () => {
  it('counts the payments of that process alone', () => {
    const org = organization(till('') + spend('buying', '50.00', '  limit 10.00 EUR per author per 7 days\n') + spend('other', '90.00'));
    buy(org, 0, '1000');
    buy(org, day, '1');
    expect(paid(org)).toBe(1000n);
    buy(org, 7 * day, '1000');
    expect(paid(org)).toBe(2000n);
  });
});

describe('`while open hold the amount` (S100)', () => {
  const text = till('  limit 30.00 EUR per 30 days\n') + spend('buying', '50.00', '  while open hold the amount from till\n');

  it('keeps the amount from others until the case ends, and is paid or free again', () => {
    const org = organization(text);
    const { propose, act } = notesFor(org);
    expect(org.epoch(0, propose('ada', 'buying', { amount: '2000' }), propose('chi', 'buying', { amount: '1001' })).verdicts).toEqual(['ok', 'GDO1040']);
    expect(org.epoch(1, propose('chi', 'buying', { amount: '1000' })).verdicts).toEqual(['ok']);
    expect(accountTotals(org.state(), 'till')).toEqual({ paid: 0n, held: 3000n });
    org.epoch(2, act('ben', 1, 'approve'));
    expect(accountTotals(org.state(), 'till')).toEqual({ paid: 2000n, held: 1000n });
    org.epoch(14 * day + 1);
    expect(accountTotals(org.state(), 'till')).toEqual({ paid: 2000n, held: 0n });
    expect(org.epoch(14 * day + 2, propose('dev', 'buying', { amount: '1000' })).verdicts).toEqual(['ok']);
  });

  it('never pays or holds more in a window than the limit, whatever the order', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ amount: fc.integer({ min: 1, max: 2500 }), days: fc.nat(9), approved: fc.boolean() }), { maxLength: 12 }), (cases) => {
        const org = organization(text);
        const { propose, act } = notesFor(org);
        const payments: { readonly atMs: number; readonly amount: number }[] = [];
        let nowMs = 0;
        let number = 0;
        for (const { amount, days, approved } of cases) {
          nowMs += days * day + 1;
          if (org.epoch(nowMs, propose('ada', 'buying', { amount: String(amount) })).verdicts[0] !== 'ok') continue;
          number += 1;
          if (!approved) continue;
          const before = paid(org);
          org.epoch(nowMs + 1, act('ben', number, 'approve'));
          nowMs += 1;
          expect(paid(org) - before).toBe(BigInt(amount));
          payments.push({ atMs: nowMs, amount });
        }
        // Conserved: what the account gave is what the cases got, and no window holds more than the limit.
        expect(paid(org)).toBe(BigInt(payments.reduce((sum, one) => sum + one.amount, 0)));
        for (const { atMs } of payments) {
          const within = payments.filter((one) => one.atMs <= atMs && atMs < one.atMs + 30 * day);
          expect(within.reduce((sum, one) => sum + one.amount, 0)).toBeLessThanOrEqual(3000);
        }
      }),
      { numRuns: 40 },
    );
  });
});
