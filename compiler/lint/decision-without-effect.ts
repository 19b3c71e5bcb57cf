// GDO219: an outcome of which nothing follows, not even that it accepts or refuses.
import type { Diagnostic } from '../../language/index.ts';
import { finding } from '../finding.ts';
import { effectsOf, outcomesOf } from './effects.ts';
import { placeIn } from './rule.ts';
import type { LintRule, Model } from './rule.ts';
import { approvalStep, processSample } from './sample.ts';
import { writtenText } from './source-text.ts';

const kept = (...effects: readonly string[]): string =>
  processSample(
    ...approvalStep('review', '3 other keepers approve', 'accepted'),
    'outcome later',
    ...effects,
    '  allow unreachable-stage because "another process will lead here"',
    'end',
  );

/** The rule `decision-without-effect`. A decision that is only recorded says so: `outcome done accepts` (S52). */
export const decisionWithoutEffect: LintRule = {
  code: 'GDO219',
  name: 'decision-without-effect',
  what: 'Nothing follows from this outcome, and it does not say whether it accepts or refuses',
  why: 'People vote, the case ends, and everybody waits for somebody to do something',
  fix: 'Say what happens, or that it is only recorded: `outcome done accepts`',
  bad: kept(),
  good: kept('  refuse the merge'),
  check: (model) => [...unsaid(model), ...unpaid(model)],
};

/** A case that the calendar, an empty seat or another case starts asks for no amount, so nothing is paid at its end. */
function unpaid(model: Model): readonly Diagnostic[] {
  return model.charter.processes.flatMap((process) => {
    const isAsked = process.starts.some((start) => start.kind === 'by');
    const payment = effectsOf(process).find(({ effect }) => effect.kind === 'pay');
    if (process.starts.length === 0 || isAsked || payment === undefined) return [];
    return [
      finding('GDO219', placeIn(model, payment.effect, process), {
        message: `\`${process.name}\` starts by itself, so nobody says how much is paid`,
        label: 'which amount?',
        why: 'The case is accepted, and nothing is paid',
        help: 'let people start it, who say how much and to whom:  started by ...; a duty can remind them:  every 1 month from ...',
      }),
    ];
  });
}

function unsaid(model: Model): readonly Diagnostic[] {
  return model.charter.processes.flatMap((process) =>
    outcomesOf(process).flatMap((outcome) => {
      const isSaid = /^outcome\s+\S+(?:\s+"[^"]*")?\s+(?:accepts|refuses)\b/.test(writtenText(model, outcome));
      if (outcome.effects.length > 0 || isSaid || !model.heads.has(outcome)) return [];
      return [
        finding('GDO219', placeIn(model, outcome, process), {
          message: `Nothing follows when \`${process.name}\` ends in \`${outcome.name}\``,
          label: 'no effect',
          why: 'People vote, the case ends, and everybody waits for somebody to do something',
          help: 'say what happens, or that it is only recorded:  outcome ... accepts',
        }),
      ];
    }),
  );
}
