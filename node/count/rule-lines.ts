// Shows every parameter of a rule in words, for the sheet that tellers sign.
import { type CountRule, type TieChain, showRational, utf8Decode } from '../../engine/index.ts';
import { visible } from '../cli/terminal.ts';

function capWords(rule: CountRule): string {
  if (rule.cap === 'none') return 'none';
  return rule.cap
    .map(({ attribute, seatsMax, sitting }) => {
      const already = sitting.filter(({ seats }) => seats > 0).map(({ value, seats }) => `${value} has ${seats} already`);
      return [`at most ${seatsMax} per ${attribute}`, ...already].join(', ');
    })
    .join('; ');
}

function tieWords(ties: TieChain): string {
  if (ties.length === 0) return 'none declared: a tie stays a tie';
  return ties
    .map((tie) => {
      if (tie.kind === 'lot') return `lot by the seed \`${utf8Decode(tie.seed) ?? 'of the ledger'}\``;
      return tie.kind === 'decided' ? `decided by ${tie.by}: ${tie.order.join(' before ')}` : tie.kind;
    })
    .join(', then ');
}

function defaultRows(rule: Extract<CountRule, { method: 'condorcet-default' }>): [string, string][] {
  const { option, quorum, ratio, ratioOf, ratioComparison } = rule.against;
  return [
    ['default option', option],
    ['quorum over it', quorum === 'none' ? 'none' : `${quorum.comparison} ${showRational(quorum.ballots)}`],
    ['ratio to it', [`${ratioComparison} ${showRational(ratio)}`, ...ratioOf.map((own) => `${own.option} ${showRational(own.ratio)}`)].join(', ')],
  ];
}

const camel = (name: string): string => name.replace(/[A-Z]/gu, (letter) => ` ${letter.toLowerCase()}`);

/** Every parameter of a rule as name and value. Pure. */
export function ruleRows(rule: CountRule, ties: TieChain): [string, string][] {
  const rows: [string, string][] = [['method', rule.method]];
  for (const [name, value] of Object.entries(rule)) {
    // What is no plain word has its own lines below; a motion's tests stand with their figures further down.
    if (name !== 'method' && name !== 'cap' && (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint'))
      rows.push([camel(name), String(value)]);
  }
  if (rule.method === 'condorcet-default') rows.push(...defaultRows(rule));
  if (rule.method !== 'yes-no') rows.push(['cap', capWords(rule)]);
  rows.push(['ties', tieWords(ties)]);
  return rows.filter(([name]) => rule.method !== 'yes-no' || name !== 'seats').map(([name, value]) => [visible(name), visible(value)]);
}
