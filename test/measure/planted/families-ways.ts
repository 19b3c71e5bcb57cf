// Families about one way beside another: every electorate of every legal size says which of two votes asks for less, and what takes how long is played.
import { framed } from '../../../compiler/index.ts';
import type { Pick } from '../mutants.ts';
import type { CountRule } from './counting.ts';
import { passes, someShare } from './counting.ts';
import type { Family, Planted } from './family.ts';
import { ballotProcess, carries, governing, some, usual } from './family.ts';
import { plays } from './playing.ts';

function someRule(pick: Pick): CountRule {
  return { choices: usual, quorum: pick(5), strictQuorum: false, tests: [someShare(pick, 'yes')] };
}

/** True where everything that passes the second passes the first, and something passes the first alone. */
function isWeaker(left: CountRule, right: CountRule): boolean {
  const more = some(usual, (people) => passes(left, people) && !passes(right, people));
  return more && !some(usual, (people) => passes(right, people) && !passes(left, people));
}

/** Two rules by which nobody decides alone, which is GDO401's: as they come, or twice the same with another quorum. */
function twoRules(pick: Pick): readonly [CountRule, CountRule] {
  const [left, other] = [someRule(pick), someRule(pick)];
  const right = pick(2) === 0 ? { ...left, quorum: pick(5) } : other;
  return carries(left, 1, 5) || carries(right, 1, 5) ? twoRules(pick) : [left, right];
}

/** Two processes over the bylaws, of which one is quicker or both are as long. */
function rivals(pick: Pick, sameTime: boolean): Planted {
  const [left, right] = twoRules(pick);
  const quick = 1 + pick(4);
  const slow = sameTime ? quick : 1 + pick(4);
  // The frame's own amendment is left out: the two are compared with each other alone.
  const text = framed(
    `${ballotProcess('amendment', governing, right, slow, 'accept the merge within 60 days')}\n${ballotProcess('reform', governing, left, quick, 'accept the merge within 60 days')}`,
  );
  const [isReformWeaker, isAmendmentWeaker] = [isWeaker(left, right), isWeaker(right, left)];
  const has = sameTime ? isReformWeaker || isAmendmentWeaker : (isReformWeaker && quick < slow) || (isAmendmentWeaker && slow < quick);
  const beside = !sameTime && quick === slow && (isReformWeaker || isAmendmentWeaker) ? ['GDO207'] : [];
  return { text, has, at: isReformWeaker ? 'process reform' : 'process amendment', beside };
}

function removalBesideAdmission(pick: Pick): Planted {
  const [admitting, removing] = twoRules(pick);
  const text = framed(
    `${ballotProcess('keeping', ['started by any keeper'], admitting, 14, 'grant keeper to the candidate')}\n${ballotProcess('removal', ['started by any keeper', 'about keepers'], removing, 14, 'remove keeper from the subject')}`,
  );
  // A person whose own consent is needed is GDO404's.
  return { text, has: isWeaker(removing, admitting), at: 'process removal', beside: ['GDO404', 'GDO407'] };
}

function amendmentBesideWork(pick: Pick): Planted {
  const [amending, working] = twoRules(pick);
  const [days, ordinary] = [1 + pick(9), 1 + pick(9)];
  const text = framed(
    `area code covers "src/**"\n\n${ballotProcess('amendment', governing, amending, days, 'accept the merge within 60 days')}\n${ballotProcess('change', ['governs code', 'started by any keeper', 'on edit refuse'], working, ordinary, 'accept the merge within 60 days')}`,
  );
  return { text, has: isWeaker(amending, working) && days <= ordinary, at: 'process amendment' };
}

const everybody: CountRule = {
  choices: usual,
  quorum: 3,
  strictQuorum: false,
  tests: [{ choice: 'yes', least: true, strict: true, top: 1, below: 2, base: 'cast' }],
};
const cast = 'given keepers are ada, ben, chi, dev, eve';

/** Plays a vote in which all say yes: it must be over after so many days, and not a day before. */
function confirmDays(text: string, process: string, days: number, before: readonly string[], start: string): void {
  const lines = [cast, ...before, start, 'on day 30 ada, ben, chi, dev, eve vote yes', `after ${days + 1} days`, `expect ${process} is done`];
  const early = [
    cast,
    ...before,
    start,
    'on day 30 ada, ben, chi, dev, eve vote yes',
    ...(days > 1 ? [`after ${days - 1} days`] : []),
    `expect ${process} is ballot`,
  ];
  if (!plays(text, lines) || !plays(text, early)) throw new Error(`${process} does not take ${days} days`);
}

/** Money that leaves after some days, and up to three ways to stop or undo that. */
function repair(pick: Pick): Planted {
  const [harm, amending, undoing] = [1 + pick(16), 8 + pick(13), 1 + pick(10)];
  const [canUndo, canHold, window] = [pick(2) === 0, pick(4) === 0, [1, 7, 30][pick(3)] ?? 1];
  const paying = ballotProcess('expense', ['started by any keeper', 'spends from treasury up to 900.00 EUR'], everybody, harm, 'pay the amount from treasury');
  const appeal = ballotProcess('appeal', ['started by any keeper within 60 days of expense.done'], everybody, undoing, 'reverse the decision');
  const brake =
    'process brake\n  started by 3 keepers within 60 days of expense.done\n  while open hold the decision\n  step review\n    when 2 other keepers approve go to refused\n    after 7 days go to refused\n  end\nend\n';
  const text = framed(
    `account treasury in EUR with 2 decimals\n  kept by 3 keepers\n  limit 900.00 EUR per ${window} day${window === 1 ? '' : 's'}\nend\n\n${paying}\n${ballotProcess('amendment', governing, { ...everybody, quorum: 4 }, amending, 'accept the merge within 60 days')}${canUndo ? `\n${appeal}` : ''}${canHold ? `\n${brake}` : ''}`,
  );
  const start = 'on day 30 ada starts expense for 100.00 EUR to ben';
  confirmDays(text, 'expense', harm, [], start);
  confirmDays(text, 'amendment', amending, [], 'on day 30 ada starts amendment');
  const soonest = canHold ? 0 : Math.min(amending, canUndo ? undoing : amending);
  return { text, has: soonest > harm && window < soonest, at: 'process expense' };
}

/** The families, in the order of their codes. */
export const wayFamilies: readonly Family[] = [
  { name: 'ways as long', code: 'GDO207', make: (pick) => rivals(pick, true) },
  { name: 'conflicting ways', code: 'GDO313', make: (pick) => rivals(pick, false) },
  { name: 'removal and admission', code: 'GDO314', severity: 'warning', make: removalBesideAdmission },
  { name: 'amendment and work', code: 'GDO409', make: amendmentBesideWork },
  { name: 'repair and harm', code: 'GDO505', severity: 'warning', make: repair },
];
