// GDO501: a window in which nothing can ever happen.
import type { CharterProcess, CharterProtection, CharterStartWindow, CharterValue } from '../../engine/index.ts';
import { finding } from '../finding.ts';
import { longest, shortest } from './minutes.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { processSample } from './sample.ts';

interface Empty {
  readonly thing: object;
  readonly message: string;
}

function same(left: readonly string[], right: readonly string[]): boolean {
  return left.join('.') === right.join('.');
}

/** A start that must come within D of something and not within E of it, where E is no shorter. */
function emptyStarts(process: CharterProcess): readonly Empty[] {
  return process.starts.flatMap((start) => {
    if (start.kind !== 'by') return [];
    const shut = (open: CharterStartWindow): boolean =>
      open.kind === 'within' &&
      start.windows.some((other) => other.kind === 'not-within' && same(other.of, open.of) && shortest(other.duration) >= longest(open.duration));
    return start.windows.some(shut)
      ? [{ thing: start, message: `Nobody can ever start \`${process.name}\` by this line: its two windows leave no moment` }]
      : [];
  });
}

/** The value of a bound as a number that can be compared with one of the same kind; undefined for words. */
function numberOf(value: CharterValue): number | undefined {
  if (value.kind === 'duration') return shortest(value.duration);
  if (value.kind !== 'quantity') return undefined;
  return value.quantity.kind === 'count' ? value.quantity.value : undefined;
}

function emptyBounds(protection: CharterProtection): readonly Empty[] {
  return protection.bounds.flatMap((bound) => {
    const [from, to] = [numberOf(bound.from), numberOf(bound.to)];
    const dates = bound.from.kind === 'date' && bound.to.kind === 'date' && bound.to.date < bound.from.date;
    const isEmpty = bound.from.kind === bound.to.kind && from !== undefined && to !== undefined && to < from;
    return isEmpty || dates ? [{ thing: protection, message: `No value of \`${bound.path.join('.')}\` lies between these bounds` }] : [];
  });
}

/** The rule `empty-window`. `within 0 days` is refused by the parser. */
export const emptyWindow: LintRule = {
  code: 'GDO501',
  name: 'empty-window',
  what: 'This window closes before it opens',
  why: 'The line promises a possibility that nobody ever has',
  fix: 'Let the end be later than the beginning',
  bad: processSample(
    'started by any keeper within 7 days of amendment.accepted not within 14 days of amendment.accepted',
    'step review',
    '  when 3 other keepers approve go to accepted',
    '  after 30 days go to refused',
    'end',
  ).replace('  started by any keeper\n', ''),
  good: processSample(
    'started by any keeper within 14 days of amendment.accepted not within 7 days of amendment.accepted',
    'step review',
    '  when 3 other keepers approve go to accepted',
    '  after 30 days go to refused',
    'end',
  ).replace('  started by any keeper\n', ''),
  check: (model) => {
    const measures = model.charter.measures.flatMap((measure) =>
      measure.least !== undefined && measure.most !== undefined && measure.most < measure.least
        ? [{ thing: measure, message: `No value of \`${measure.name}\` lies between its bounds` }]
        : [],
    );
    const found: readonly Empty[] = [...model.charter.processes.flatMap(emptyStarts), ...model.charter.protections.flatMap(emptyBounds), ...measures];
    return found.map(({ thing, message }) =>
      finding('GDO501', placeIn(model, thing, model.charter.organization), {
        message,
        label: 'leaves nothing',
        why: 'The line promises a possibility that nobody ever has',
        help: 'let the end be later than the beginning',
      }),
    );
  },
};
