// GDO305: a percentage that stands for thirds and is not one (S31: nothing is rounded).
import { finding, labelled } from '../finding.ts';
import { placeIn } from './rule.ts';
import type { LintRule, Model } from './rule.ts';
import { voteSample } from './sample.ts';

interface Written {
  readonly share: object;
  readonly text: string;
  /** Digits after the point, of the percentage. */
  readonly digits: number;
  readonly value: number;
  readonly scale: number;
}

/** Every share of the bylaws that was written with a percent sign, in source order. */
function percentages(model: Model): readonly Written[] {
  const texts = new Map(model.files.flatMap((file) => (file.text.includes('%') ? [[file.path, file.text] as const] : [])));
  if (texts.size === 0) return [];
  const found: Written[] = [];
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(walk);
    else if (typeof value === 'object' && value !== null) {
      const place = 'numerator' in value ? model.sources.get(value) : undefined;
      const text = place === undefined ? '' : (texts.get(place.file) ?? '').slice(place.span.start, place.span.end);
      const digits = /^(\d+)(?:\.(\d+))?%$/.exec(text);
      if (digits !== null) {
        const after = digits[2] ?? '';
        found.push({ share: value, text, digits: after.length, value: Number(`${digits[1]}${after}`), scale: 100 * 10 ** after.length });
      }
      Object.values(value).forEach(walk);
    }
  };
  walk(model.charter.processes);
  walk(model.charter.roles);
  return found;
}

/** Denominators whose fractions never end in decimals; without digits after the point only thirds are meant. */
const denominators = [3, 6, 7, 9, 11, 12];

/** The fraction a percentage is cut or rounded from; undefined where it is none. */
function meant({ digits, value, scale }: Written): { readonly numerator: number; readonly denominator: number; readonly isAbove: boolean } | undefined {
  for (const denominator of digits === 0 ? [3] : denominators) {
    for (let numerator = 1; numerator < denominator; numerator += 1) {
      const exact = numerator * scale;
      if (exact % denominator === 0) continue;
      const below = Math.floor(exact / denominator);
      const nearest = 2 * (exact - below * denominator) >= denominator ? below + 1 : below;
      if (value === below || value === nearest) return { numerator, denominator, isAbove: value * denominator > exact };
    }
  }
  return undefined;
}

/** The rule `repeating-percentage`. */
export const repeatingPercentage: LintRule = {
  code: 'GDO305',
  name: 'repeating-percentage',
  what: 'This percentage looks like a fraction and is not one',
  why: 'Nothing is rounded: two of three are fewer than 66.67 %, and the vote that everybody thought had passed has failed',
  fix: 'Write the fraction: `2/3`',
  bad: voteSample('quorum at least 1/2 of keepers voting', 'passes when at least 66.67% of votes cast are yes'),
  good: voteSample('quorum at least 1/2 of keepers voting', 'passes when at least 2/3 of votes cast are yes'),
  check: (model) => {
    const all = percentages(model);
    return all.flatMap((written, place) => {
      const fraction = meant(written);
      if (fraction === undefined || all.slice(0, place).some((earlier) => earlier.text === written.text)) return [];
      const { numerator, denominator, isAbove } = fraction;
      const again = all.slice(place + 1).filter((later) => later.text === written.text);
      return [
        finding('GDO305', placeIn(model, written.share, model.charter.organization), {
          message: `\`${written.text}\` is a little ${isAbove ? 'more' : 'less'} than ${numerator}/${denominator}: ${numerator} of ${denominator} ${isAbove ? 'do not reach it' : 'are more than it'}`,
          label: `not ${numerator}/${denominator}`,
          why: 'Nothing is rounded, and a count that everybody takes for enough is not, or the other way round',
          help: `write the fraction:  ${numerator}/${denominator}`,
          related: again.map((later) => labelled(placeIn(model, later.share, model.charter.organization), 'and here')),
        }),
      ];
    });
  },
};
