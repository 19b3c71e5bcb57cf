// GDO513: hours that the title or a refusal of a right names otherwise than its schedule.
import { finding } from '../finding.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';

/** The rule `schedule-contradicts-words`. Words are read in English: `18:00 to 22:00`, `6 pm to 10 pm`, with days or without. */
export const scheduleContradictsWords: LintRule = {
  code: 'GDO513',
  name: 'schedule-contradicts-words',
  what: 'The words of this right name other hours than its schedule',
  why: 'People believe the words, and stand before a closed door at eight in the evening',
  fix: 'Correct the hours, or the words',
  bad: `organization "Example"
  day ends "UTC"
  local time "-06:00"
end
area bylaws covers "bylaws/**"

right enter "Weeknights from 18:00 to 22:00"
  covers "doors/front"
  held by keepers
  weekdays from 09:00 to 17:00
  offline for at most 7 days
end
`,
  good: `organization "Example"
  day ends "UTC"
  local time "-06:00"
end
area bylaws covers "bylaws/**"

right enter "Weeknights from 18:00 to 22:00"
  covers "doors/front"
  held by keepers
  weekdays from 18:00 to 22:00
  offline for at most 7 days
end
`,
  check: (model) =>
    model.charter.rights.flatMap((right) => {
      const words = [right.title ?? '', ...right.refusals.map((line) => line.says), ...right.denied.map((line) => line.sentence ?? '')];
      const hours = new Set(right.schedule.map((line) => `${line.fromMinutes} ${line.toMinutes}`));
      const said = words.flatMap((text) => hoursIn(text).map((span) => ({ text, span })));
      // Hours that end when they begin are GDO519's: they were meant to be others.
      const isUnknown = right.schedule.length === 0 || right.schedule.some((line) => line.fromMinutes === line.toMinutes);
      const wrong = isUnknown ? undefined : said.find(({ span }) => !hours.has(`${span.from} ${span.to}`));
      if (wrong === undefined) return [];
      return [
        finding('GDO513', placeIn(model, right.schedule[0] ?? right, right), {
          message: `The words of \`${right.name}\` name other hours than its schedule: "${wrong.text}"`,
          label: 'other hours than the words',
          why: 'People believe the words, and stand before a closed door',
          help: 'correct the hours, or the words',
        }),
      ];
    }),
};

/** Spans of hours in a sentence, in minutes from midnight: `18:00 to 22:00`, `18:00-22:00`, `6 pm to 10 pm`. */
function hoursIn(text: string): readonly { readonly from: number; readonly to: number }[] {
  const time = '(\\d{1,2})(?::(\\d{2}))? ?(am|pm)?';
  const spans = text.matchAll(new RegExp(`\\b${time} ?(?:to|until|-|–) ?${time}\\b`, 'gi'));
  return [...spans].flatMap(([, fromHour, fromMinute, fromHalf, toHour, toMinute, toHalf]) => {
    const from = minutes(fromHour, fromMinute, fromHalf ?? toHalf);
    const to = minutes(toHour, toMinute, toHalf);
    const isClock = (fromMinute !== undefined && toMinute !== undefined) || toHalf !== undefined;
    return isClock && from !== undefined && to !== undefined ? [{ from, to }] : [];
  });
}

function minutes(hour: string | undefined, minute: string | undefined, half: string | undefined): number | undefined {
  const value = Number(hour) % 24;
  const hours = half === undefined ? Number(hour) : (value % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  return hours > 24 ? undefined : hours * 60 + Number(minute ?? '0');
}
