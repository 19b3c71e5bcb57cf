// The books of examples/accounting: what balances here balances for ledger and hledger too, cent for cent, and what does not is refused by all three.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect } from 'vitest';
import { Dice } from '../vectors/dice.ts';
import { examples, judge, needing, readExample, runProgram } from './application.ts';

const dapp = 'accounting/dapps/accounting.py';
const path = 'books/2027.journal';
const journal = readExample(`accounting/${path}`);
const folder = mkdtempSync(join(tmpdir(), 'gdo-books-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const itPython = needing('python3');
const itLedgers = needing('python3', 'ledger', 'hledger');

/** Balances as `account commodity amount` lines, ascending; undefined where the program refuses the journal. */
type Balances = readonly string[] | undefined;

function written(text: string): string {
  const file = join(folder, 'a.journal');
  writeFileSync(file, text);
  return file;
}

function run(program: string, words: readonly string[]): string | undefined {
  const ended = spawnSync(program, words, { encoding: 'utf8', env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8', HOME: folder } });
  return ended.status === 0 ? ended.stdout : undefined;
}

function ours(text: string): Balances {
  const { exit, out } = runProgram(dapp, [written(text)]);
  return exit === 0 ? lines(out.replaceAll('\t', ' ')) : undefined;
}

function ofLedger(text: string): Balances {
  const format = '%(account)\\n%(display_total)\\n';
  const out = run('ledger', ['-f', written(text), 'balance', '--flat', '--no-total', '--format', format]);
  return out === undefined ? undefined : paired(out);
}

function ofHledger(text: string): Balances {
  if (run('hledger', ['-f', written(text), 'check', 'accounts']) === undefined) return undefined;
  const out = run('hledger', ['-f', written(text), 'balance', '--flat', '--no-total', '-O', 'csv']);
  if (out === undefined) return undefined;
  const rows = [...out.matchAll(/^"([^"]*)","([^"]*)"$/gm)].slice(1);
  return lines(rows.flatMap(([, account = '', amounts = '']) => amounts.split(', ').map((amount) => row(account, amount))).join('\n'));
}

function row(account: string, amount: string): string {
  const [units, commodity] = amount.split(' ');
  return `${account} ${commodity} ${units}`;
}

/** Reads an account and, below it, one amount or more. */
function paired(out: string): readonly string[] {
  let account = '';
  const rows: string[] = [];
  for (const line of out.split('\n').map((text) => text.trim())) {
    if (/^-?\d+\.\d\d [A-Z]+$/.test(line)) rows.push(row(account, line));
    else account = line;
  }
  return lines(rows.join('\n'));
}

function lines(text: string): readonly string[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .toSorted();
}

const accounts = ['Assets:Bank', 'Assets:Cash box', 'Expenses:Materials', 'Income:Dues', 'Liabilities:Deposits'] as const;

/** A journal by chance: several commodities, amounts left out, and in every third one a cent too much. */
function randomJournal(seed: number): string {
  const dice = new Dice(seed);
  const pick = (count: number): number => dice.below(count);
  const shown = (cents: number): string => `${cents < 0 ? '-' : ''}${Math.floor(Math.abs(cents) / 100)}.${String(Math.abs(cents) % 100).padStart(2, '0')}`;
  const text = [...accounts.map((account) => `account ${account}`), ''];
  for (let number = 1; number <= 8; number += 1) {
    text.push(`2027-01-${String(10 + number)} * (N-${number}) Booking ${number}`);
    const commodity = ['EUR', 'GBP', 'CREDIT'][pick(3)] ?? 'EUR';
    let rest = 0;
    for (let posting = 0; posting <= pick(3); posting += 1) {
      const cents = pick(1_000_000);
      rest += cents;
      text.push(`    ${accounts[pick(3)]}  ${shown(cents)} ${commodity}`);
    }
    const extra = seed % 3 === 0 && number === 5 ? 1 : 0;
    text.push(pick(2) === 0 && extra === 0 ? `    ${accounts[4]}` : `    ${accounts[3 + pick(2)]}  ${shown(extra - rest)} ${commodity}`, '');
  }
  return text.join('\n');
}

describe('the books of examples/accounting (R30)', () => {
  itLedgers('give ledger, hledger and the dapp the same balances', () => {
    expect(ours(journal)).toHaveLength(7);
    expect(ofLedger(journal)).toEqual(ours(journal));
    expect(ofHledger(journal)).toEqual(ours(journal));
  });

  itLedgers('are one of several journals here, and each gives them the same balances, as does the one in the story', () => {
    const files = readdirSync(examples, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.journal'));
    expect(files).toContain(`accounting/${path}`);
    const blocks = [...readExample('makerspace/story.md').matchAll(/^\w+:\w+\$ git show main:books\/\d+\.journal\n((?: {2}.*\n)*)/gm)];
    const told = blocks.map(([, block = '']) => block.replaceAll(/^ {2}/gm, '').replaceAll(/^(?=\d{4}-)/gm, '\n'));
    expect(told.length).toBeGreaterThan(1);
    for (const text of [...files.map(readExample), ...told]) {
      expect(ofLedger(text)?.length).toBeGreaterThan(1);
      expect(ofHledger(text)).toEqual(ofLedger(text));
      expect(run('hledger', ['-f', written(text), 'check'])).toBeDefined();
    }
    expect(files.map((file) => ours(readExample(file)))).toEqual(files.map((file) => ofLedger(readExample(file))));
  });

  itLedgers('are judged alike in twelve journals by chance, a third of which is a cent wrong', () => {
    const judged = Array.from({ length: 12 }, (_none, index) => randomJournal(index + 1));
    const mine = judged.map(ours);
    expect(judged.map(ofLedger)).toEqual(mine);
    expect(judged.map(ofHledger)).toEqual(mine);
    expect(mine.filter((balances) => balances === undefined)).toHaveLength(4);
  });

  itPython('take a booking added at their end, and nothing changed or removed before it', () => {
    const added = `${journal}\n2027-01-19 * (DUES-2) Fay\n    Assets:Bank  25.00 EUR\n    Income:Dues\n`;
    expect(judge(dapp, { [path]: added }, { [path]: journal })).toBe('accept');
    const appendOnly = [`${path}: what stands there stays; add lines at the end`];
    expect(judge(dapp, { [path]: journal.replaceAll('25.00', '20.00') }, { [path]: journal })).toEqual(appendOnly);
    expect(judge(dapp, { [path]: journal.slice(0, -60) }, { [path]: journal })).toContain(appendOnly[0]);
    expect(judge(dapp, {}, { [path]: journal })).toEqual([`${path}: a record is not removed`]);
  });

  itPython('refuse what does not balance, a refund above its charge, and what nobody declared', () => {
    const said = (booking: string): 'accept' | readonly string[] => judge(dapp, { [path]: `${journal}\n${booking}\n` }, { [path]: journal });
    const where = `${path}:${journal.split('\n').length + 1}: the transaction`;
    expect(said('2027-01-20 (X) Dee\n    Assets:Bank  25.00 EUR\n    Income:Dues  -24.99 EUR')).toEqual([`${where} does not balance: 0.01 EUR are left over`]);
    expect(said('2027-01-20 (X) Dee  ; refund: LASER-1\n    Income:Laser  5.60 EUR\n    Assets:Cash')).toBe('accept');
    expect(said('2027-01-20 (X) Dee  ; refund: LASER-1\n    Income:Laser  5.61 EUR\n    Assets:Cash')).toEqual([
      `${where} refunds 9.61 EUR of LASER-1, which charged 9.60`,
    ]);
    expect(said('2027-01-20 (X) Dee  ; refund: LASER-9\n    Income:Laser  0.01 EUR\n    Assets:Cash')).toEqual([
      `${where} refunds 0.01 EUR of LASER-9, which charged 0.00`,
    ]);
    expect(said('2027-01-20 (X) Dee\n    Income:Laser  1.00 EUR\n    Assets:Cash')).toEqual([
      `${where} takes from Income and names no charge: write \`; refund: CODE\` behind the payee`,
    ]);
    expect(said('2027-01-20 (DUES-1) Dee\n    Assets:Bank  1.00 EUR\n    Income:Dues')).toEqual([`${where} has the code DUES-1 of another one`]);
    expect(said('2027-01-20 (X) Dee\n    Assets:Pocket  1.00 EUR\n    Income:Dues')).toEqual([
      `${where} posts to Assets:Pocket, which no \`account\` line declares`,
    ]);
    expect(said('2027-02-30 (X) Dee\n    Assets:Bank  1.00 EUR\n    Income:Dues')).not.toBe('accept');
  });

  itPython('refuse what other programs read otherwise: includes, virtual postings, dates and prices in comments, digits of other scripts', () => {
    for (const line of [
      'include other.journal',
      '= /Income/\n    (Assets:Bank)  1.00',
      '2027-01-20 (X) Dee\n    (Assets:Bank)  25.00 EUR',
      '2027-01-20 (X) Dee\n    [Assets:Bank]  25.00 EUR\n    [Income:Dues]',
      '2027-01-20 (X) Dee  ; date: 2026-01-01\n    Assets:Bank  25.00 EUR\n    Income:Dues',
      '2027-01-20 (X) Dee  ; [2026-01-01]\n    Assets:Bank  25.00 EUR\n    Income:Dues',
      '2027-01-20 (X) Dee\n    Assets:Bank  25.00 EUR @ 2.00 GBP\n    Income:Dues',
      '2027-01-20 (X) Dee\n    Assets:Bank  25.00 EUR = 0.00 EUR\n    Income:Dues',
      '2027-01-20 (X) Dee\n    Assets:Bank  1,000.00 EUR\n    Income:Dues',
      '2027-01-20 (X) Dee\n    Assets:Bank  ٢٥.٠٠ EUR\n    Income:Dues',
      '2027-01-20=2027-01-21 (X) Dee\n    Assets:Bank  25.00 EUR\n    Income:Dues',
      '2027-01-20 (X) Dee\n\tAssets:Bank  25.00 EUR\n\tIncome:Dues',
      'D 1000.00 EUR',
      'apply account Assets',
    ])
      expect([line, judge(dapp, { [path]: `${journal}\n${line}\n` }, { [path]: journal })]).not.toEqual([line, 'accept']);
  });
});
