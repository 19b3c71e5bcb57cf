// GDO516: one fact about a person, and two periods after which it counts.
import type { CharterDuration } from '../../engine/index.ts';
import { finding, labelled } from '../finding.ts';
import { durationText } from '../sentences-words.ts';
import { longest, shortest } from './minutes.ts';
import { placeIn } from './rule.ts';
import type { LintRule, Model } from './rule.ts';
import { duesSample, rightSample } from './sample.ts';

/** Words of a sentence that name a period in days, weeks or months. */
const period = /(\d+) (day|week|month)s?\b/;

interface Grace {
  readonly report: string;
  readonly duration: CharterDuration;
  readonly thing: object;
  readonly says: string;
}

function losses(model: Model): readonly Grace[] {
  return model.charter.roles.flatMap((role) =>
    role.lost.flatMap((loss) =>
      loss.kind === 'report' ? [{ report: loss.report, duration: loss.duration, thing: loss.duration, says: `\`${role.name}\` is lost after` }] : [],
    ),
  );
}

/** What the sentence of a refusal tells the person about the time they had, where the right's roles are lost by a report. */
function sentences(model: Model, known: readonly Grace[]): readonly Grace[] {
  return model.charter.rights.flatMap((right) => {
    const roles = right.heldBy.flatMap((line) => line.roles);
    const report = model.charter.roles.flatMap((role) =>
      roles.includes(role.name) ? role.lost.flatMap((loss) => (loss.kind === 'report' ? [loss.report] : [])) : [],
    )[0];
    return right.refusals.flatMap((refusal) => {
      const words = refusal.reason === 'lapsed' ? period.exec(refusal.says) : null;
      const unit = (['day', 'week', 'month'] as const).find((one) => one === words?.[2]);
      if (report === undefined || unit === undefined || !known.some((one) => one.report === report)) return [];
      return [{ report, duration: { count: Number(words?.[1]), unit }, thing: right, says: `the refusal of \`${right.name}\` says` }];
    });
  });
}

/** Duties that are done by the act the fact is about. */
function duties(model: Model): readonly Grace[] {
  return model.charter.duties.flatMap((duty) =>
    duty.within !== undefined && duty.done?.text !== undefined
      ? [{ report: duty.done.text, duration: duty.within.duration, thing: duty.within.duration, says: `the duty \`${duty.name}\` gives` }]
      : [],
  );
}

function same(left: Grace, right: Grace): boolean {
  return shortest(left.duration) === shortest(right.duration) && longest(left.duration) === longest(right.duration);
}

const duesOf = (days: string): string =>
  `${duesSample(14)}\n${rightSample('held by members', `refusal lapsed says "Your dues have been open for ${days} days."`)}`;

/** The rule `grace-differs`. */
export const graceDiffers: LintRule = {
  code: 'GDO516',
  name: 'grace-differs',
  what: 'The same fact has two different periods',
  why: 'Between the two a person is neither told nor refused, or refused before they were told',
  fix: 'Write one value in both places',
  bad: duesOf('15'),
  good: duesOf('14'),
  check: (model) => {
    const roles = losses(model);
    const all = [...roles, ...sentences(model, roles), ...duties(model)];
    return all.flatMap((grace, place) => {
      const first = all.slice(0, place).find((other) => other.report === grace.report);
      if (first === undefined || same(first, grace)) return [];
      return [
        finding('GDO516', placeIn(model, grace.thing, model.charter.organization), {
          message: `${sentenceStart(grace.says)} ${durationText(grace.duration)} of \`${grace.report}\`, and ${first.says} ${durationText(first.duration)}`,
          label: durationText(grace.duration),
          why: 'Between the two a person is neither told nor refused, or refused before they were told',
          help: 'write one value in both places',
          related: [labelled(placeIn(model, first.thing, model.charter.organization), durationText(first.duration))],
        }),
      ];
    });
  },
};

function sentenceStart(text: string): string {
  return text.startsWith('the ') ? `The ${text.slice(4)}` : text;
}
