// Accounts (S62, S63, S100): whose payments and holds a limit counts, which account is meant where there are several, and what people are told. The first steps
// are money.test.ts's.
import { describe, expect, it } from 'vitest';
import { accountTotals, unsupported } from '../../../engine/index.ts';
import { compile, day, found, notesFor, type Epoch, type Organization } from './organization.ts';

const head = `gdo 1
organization "Accounts"
end
role member plural members
  held by 1 to 9 people
end
role chair plural chairs
  held by 0 to 9 people
  gained through naming
end
process naming
  started by any member
  step wait
    after 1 day go to refused
  end
end
`;
const account = (name: string, limits = '', decimals = '  '): string =>
  `account ${name} in EUR${decimals.trim() === '' ? '' : ` with ${decimals} decimals`}\n  kept by any member\n${limits}end\n`;
const limit = (text: string): string => `  limit ${text}\n`;
const spending = (name: string, more = '', pays = '    pay the amount from till\n', spends = '  spends from till up to 900 EUR\n'): string => `process ${name}
  started by any member
${spends}${more}  step approval
    when any other member approves go to paid
    after 14 days go to refused
  end
  outcome paid
${pays}  end
end
`;
const hold = (from = 'till'): string => `  while open hold the amount from ${from}\n`;

function founded(text: string): Organization {
  expect(unsupported(compile(head + text).charter)).toEqual([]);
  return found(head + text, { member: ['ana', 'bo', 'cy'] });
}

interface Asked {
  readonly by?: string;
  readonly to?: string;
}

/** What is said to a case that asks for an amount. */
function ask(org: Organization, atMs: number, process: string, amount?: number, { by = 'ana', to }: Asked = {}): string {
  const body = { ...(amount === undefined ? {} : { amount: String(amount) }), ...(to === undefined ? {} : { recipient: to }) };
  const [verdict] = org.epoch(atMs, notesFor(org).propose(by, process, body)).full;
  return verdict === undefined || verdict.kind === 'ok' ? 'ok' : `${verdict.code} ${verdict.reason}`;
}

/** Approves a case. @returns what was told of it, beside that its stage was reached */
function approve(org: Organization, atMs: number, number: number): readonly string[] {
  const by = org.view(number).author === 'bo' ? 'ana' : 'bo';
  return problems(org.epoch(atMs, notesFor(org).act(by, number, 'approve')));
}
const problems = ({ notices }: Epoch): readonly string[] =>
  notices.flatMap(({ code, reason }) => (code === 'GDO1054' ? [reason.replace('Not paid: ', '')] : []));
const paid = (org: Organization, name = 'till'): bigint => accountTotals(org.state(), name).paid;

/** Asks for an amount and has it approved. @returns what is said */
function pay(org: Organization, atMs: number, process: string, amount: number, asked: Asked = {}): string {
  const said = ask(org, atMs, process, amount, asked);
  if (said !== 'ok') return said;
  let number = 1;
  while (org.view(number).status !== 'open') number += 1;
  return approve(org, atMs, number)[0] ?? 'ok';
}

describe('a limit of an account (S62)', () => {
  it('counts what one person asked for, or what one is paid, or all, as it says', () => {
    const org = founded(
      account('till', limit('100 EUR per author per 30 days') + limit('60 EUR per recipient per 30 days') + limit('150 EUR per 30 days')) + spending('buying'),
    );
    expect([
      pay(org, 0, 'buying', 60, { to: 'mill' }),
      pay(org, 1, 'buying', 1, { to: 'mill', by: 'bo' }),
      pay(org, 2, 'buying', 41, { to: 'shop' }),
      pay(org, 3, 'buying', 40, { to: 'shop' }),
      pay(org, 4, 'buying', 51, { to: 'farm', by: 'bo' }),
      pay(org, 5, 'buying', 50, { to: 'farm', by: 'bo' }),
    ]).toEqual([
      'ok',
      '`till` gives at most 60 EUR here; paid or held: 60 EUR, asked for: 1 EUR',
      '`till` gives at most 100 EUR here; paid or held: 60 EUR, asked for: 41 EUR',
      'ok',
      '`till` gives at most 150 EUR here; paid or held: 100 EUR, asked for: 51 EUR',
      'ok',
    ]);
    expect(paid(org)).toBe(150n);
  });

  it('is told with the decimals of the account', () => {
    const org = founded(account('till', limit('0.50 EUR per 30 days'), '2') + spending('buying').replace('900', '900.00'));
    expect([pay(org, 0, 'buying', 5), pay(org, 1, 'buying', 1246)]).toEqual([
      'ok',
      '`till` gives at most 0.50 EUR here; paid or held: 0.05 EUR, asked for: 12.46 EUR',
    ]);
  });

  it('stands beside other limits of a process, and one of a process counts that process alone', () => {
    const more = limit('10 EUR per 7 days') + limit('9 cases per author per 7 days');
    const org = founded(account('till') + spending('buying', more) + spending('other', limit('20 EUR per 7 days')).replace('900', '800'));
    expect([pay(org, 0, 'other', 20), pay(org, 1, 'buying', 10)]).toEqual(['ok', 'GDO1040 so small an amount is for the process `other`']);
    const apart = founded(account('till') + spending('buying', more) + spending('other', limit('20 EUR per 7 days')));
    expect([pay(apart, 0, 'other', 15), pay(apart, 1, 'buying', 10), pay(apart, 2, 'other', 5)]).toEqual(['ok', 'ok', 'ok']);
    expect([pay(apart, 3, 'buying', 1), pay(apart, 4, 'other', 1)].every((said) => said.startsWith('`till` gives at most'))).toBe(true);
  });
});

describe('what open cases hold (S100)', () => {
  it('counts in the group of its author, of whom it is for, and of its process', () => {
    const limits = limit('100 EUR per author per 30 days') + limit('60 EUR per recipient per 30 days');
    const org = founded(account('till', limits) + spending('buying', hold() + limit('70 EUR per 30 days')) + spending('other', hold()));
    const said = (process: string, amount: number, asked: Asked): boolean => ask(org, 0, process, amount, asked) === 'ok';
    expect([
      said('buying', 60, { to: 'mill' }),
      // The mill has its 60; buying has 10 left, whoever asks; ana has 40 left, for anybody.
      said('other', 1, { to: 'mill', by: 'bo' }),
      said('buying', 11, { to: 'shop', by: 'bo' }),
      said('other', 41, { to: 'shop' }),
      said('other', 40, { to: 'shop' }),
      said('buying', 10, { to: 'farm', by: 'bo' }),
      said('other', 21, { to: 'shop', by: 'bo' }),
      said('other', 20, { to: 'shop', by: 'bo' }),
    ]).toEqual([true, false, false, false, true, true, false, true]);
    expect(accountTotals(org.state(), 'till')).toEqual({ paid: 0n, held: 130n });
    // A case that is paid does not stand in its own way.
    expect([approve(org, 1, 1), paid(org)]).toEqual([[], 60n]);
  });

  it('is held in the account that is named, in each of them, or the case does not start', () => {
    const two = account('till', limit('50 EUR per 30 days')) + account('chest', limit('90 EUR per 30 days')) + account('box', limit('20 EUR per 30 days'));
    const from = (name: string, more: string): string => spending(name, more, '    pay the amount from chest\n', '  spends from chest up to 900 EUR\n');
    const org = founded(two + from('buying', hold('chest')) + from('both', hold('chest') + hold('box')));
    expect(ask(org, 0, 'buying', 60)).toBe('ok');
    expect(ask(org, 1, 'buying', 31)).toBe('GDO1040 `chest` gives at most 90 EUR here; paid or held: 60 EUR, asked for: 31 EUR');
    expect(ask(org, 2, 'both', 21)).toBe('GDO1040 `box` gives at most 20 EUR here; paid or held: 0 EUR, asked for: 21 EUR');
    expect(ask(org, 3, 'both', 20)).toBe('ok');
    expect(['till', 'chest', 'box'].map((name) => accountTotals(org.state(), name).held)).toEqual([0n, 80n, 20n]);
    expect(approve(org, 4, 1)).toEqual([]);
    expect([paid(org), paid(org, 'chest')]).toEqual([0n, 60n]);
  });
});

describe('a case that asks for money', () => {
  it('is told why it does not start', () => {
    const text =
      account('till') + account('chest') + spending('buying') + spending('petty', '', '    pay the amount from till\n', '  spends from till up to 10 EUR\n');
    const org = founded(`${text}${spending('tiny', '', '    pay the amount from chest\n', '  spends from chest up to 5 EUR\n')}`);
    const { propose } = notesFor(org);
    const said = org.epoch(0, propose('ana', 'naming', { amount: '5' })).full[0];
    expect(said).toMatchObject({ code: 'GDO1040', reason: '`naming` is about no amount' });
    expect([ask(org, 1, 'buying'), ask(org, 2, 'buying', 0), ask(org, 3, 'buying', 901), ask(org, 4, 'buying', 10), ask(org, 5, 'petty', 1)]).toEqual([
      'GDO1040 `buying` needs the amount that is asked for',
      'GDO1040 an amount is more than nothing',
      'GDO1040 `buying` spends no more than its `up to`',
      'GDO1040 so small an amount is for the process `petty`',
      'ok',
    ]);
  });

  it('need not say how much its process spends at most', () => {
    const org = founded(account('till', limit('50 EUR per 30 days')) + spending('gift', '', undefined, '') + spending('petty'));
    expect([pay(org, 0, 'gift', 50), paid(org)]).toEqual(['ok', 50n]);
  });

  it('has nothing to pay where the calendar started it', () => {
    const text = spending('dues', hold(), undefined, '')
      .replace('started by any member', 'starts every 30 days from 1970-01-11')
      .replace('any other member', 'any member');
    const org = founded(account('till') + text);
    org.epoch(10 * day);
    expect([approve(org, 11 * day, 1), paid(org), org.view(1).outcome]).toEqual([['there is no amount to pay'], 0n, 'paid']);
  });

  it('is paid once from an account, and gives back no more than it was paid', () => {
    const pays = ['till', 'till', 'chest'].map((name) => `    pay the amount from ${name}\n`).join('');
    const dispute = `process dispute
  started by any member within 9 days of buying.paid
  step talk
    when any other member approves go to undone
    after 5 days go to refused
  end
  outcome undone
    reverse the decision
  end
end
`;
    const org = founded(account('till', limit('100 EUR per 30 days')) + account('chest') + spending('buying', '', pays) + dispute);
    const paidNow = (): readonly bigint[] => [paid(org), paid(org, 'chest')];
    expect([ask(org, 0, 'buying', 60), approve(org, 1, 1), paidNow()]).toEqual(['ok', ['there is no amount to pay'], [60n, 60n]]);
    expect([ask(org, 2, 'buying', 50), approve(org, 3, 2).length, paidNow()]).toEqual(['ok', 2, [60n, 110n]]);
    const undone = (number: number, target: number): readonly bigint[] => {
      org.epoch(number * 10, notesFor(org).propose('ana', 'dispute', { decision: org.view(target).id }));
      org.epoch(number * 10 + 1, notesFor(org).act('bo', number, 'approve'));
      expect(org.view(number).outcome).toBe('undone');
      return paidNow();
    };
    expect([undone(3, 2), undone(4, 1)]).toEqual([
      [60n, 60n],
      [0n, 0n],
    ]);
  });
});
