// GDO701: an amount that a smaller process pays in pieces (S63).
import type { CharterLimit, CharterProcess } from '../../engine/index.ts';
import { smallestGroup } from '../analysis/coalition.ts';
import { finding, labelled } from '../finding.ts';
import { effectsOf } from './effects.ts';
import { placeIn } from './rule.ts';
import type { LintRule, Model } from './rule.ts';
import { moneySample } from './sample.ts';

function isRolling(limit: CharterLimit): boolean {
  return limit.amount.kind === 'money' && limit.per.some((per) => per.kind === 'window');
}

/** The fewest people who make a process pay; undefined where people alone do not. */
function payers(model: Model, process: CharterProcess): number | undefined {
  return smallestGroup(model.charter, process, (outcome) => outcome.effects.some((effect) => effect.kind === 'pay'))?.people;
}

function units(process: CharterProcess): bigint {
  return BigInt(process.spends?.upToUnits ?? '0');
}

/** A process that pays less at a time, with fewer people, and as often as it likes. */
function pieces(model: Model, small: CharterProcess, large: CharterProcess): bigint | undefined {
  if (small.spends === undefined || large.spends?.account !== small.spends.account || units(small) >= units(large) || units(small) === 0n) return undefined;
  if (small.limits.some((limit) => isRolling(limit) || limit.counted === 'cases') || !effectsOf(small).some(({ effect }) => effect.kind === 'pay'))
    return undefined;
  const [few, many] = [payers(model, small), payers(model, large)];
  if (few === undefined || many === undefined || few >= many) return undefined;
  return (units(large) + units(small) - 1n) / units(small);
}

const ladder = (...limit: readonly string[]): string =>
  moneySample(
    ['kept by 3 keepers', 'limit 5000.00 EUR per 30 days'],
    [
      'started by any keeper',
      'spends from treasury up to 200.00 EUR',
      ...limit,
      'step review',
      '  when 1 other keeper approves go to paid',
      '  after 30 days go to refused',
      'end',
    ],
  ).concat(`
process grant-of-money
  started by any keeper
  spends from treasury up to 5000.00 EUR
  step review
    when 4 other keepers approve go to paid
    after 30 days go to refused
  end
  outcome paid
    pay the amount from treasury
  end
end
`);

/** The rule `splittable-limit`. Accounts without any rolling limit are GDO705's. */
export const splittableLimit: LintRule = {
  code: 'GDO701',
  name: 'splittable-limit',
  what: 'A large amount can be paid in small pieces, by the process that asks for fewer people',
  why: 'The threshold for large amounts is a matter of how the bill is written',
  fix: 'Limit what the small process pays in a month: `limit 200.00 EUR per 30 days`',
  bad: ladder(),
  good: ladder('limit 200.00 EUR per 30 days'),
  late: true,
  check: (model) =>
    model.charter.processes.flatMap((small) => {
      const evaded = model.charter.processes.flatMap((large) => {
        const count = pieces(model, small, large);
        return count === undefined ? [] : [{ large, count }];
      });
      const [first] = evaded;
      if (first === undefined) return [];
      return [
        finding('GDO701', placeIn(model, small.spends ?? small, small), {
          message: `${first.count} cases of \`${small.name}\` pay what \`${first.large.name}\` would have to decide`,
          label: 'as often as they like',
          why: 'The threshold for large amounts is a matter of how the bill is written',
          help: 'limit what the small process pays in a month, or to one recipient:  limit ... per 30 days',
          related: [labelled(placeIn(model, first.large, first.large), 'asks for more people')],
        }),
      ];
    }),
};
