// GDO615: first holders who cannot all take office: more than there are seats, or one person named twice.
import type { CharterRole } from '../../engine/index.ts';
import { finding } from '../finding.ts';
import { peopleText } from '../number-words.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { roleSample } from './sample.ts';

/** What is wrong with the first holders of a role, and what to do. */
interface Misfit {
  readonly message: string;
  readonly help: string;
}

function misfitsOf(role: CharterRole): readonly Misfit[] {
  const people = new Set(role.firstHeldBy);
  const twice = [...people].filter((person) => role.firstHeldBy.indexOf(person) !== role.firstHeldBy.lastIndexOf(person));
  const most = role.held?.most;
  return [
    ...twice.map((person) => ({
      message: `\`${person}\` is named twice among the first holders of \`${role.name}\``,
      help: 'name each person once; somebody else of that name needs another one, such as "ana-2"',
    })),
    ...(most === undefined || people.size <= most
      ? []
      : [
          {
            message: `${people.size} people are the first holders of \`${role.name}\`, which has ${most === 1 ? 'one seat' : `${most} seats`}`,
            help: `name ${peopleText(most)} at most, or raise the number behind \`held by\``,
          },
        ]),
  ];
}

/** The rule `first-holders-misfit`. Fewer first holders than the least number are a body that is short, and the text says what that means (S13). */
export const firstHoldersMisfit: LintRule = {
  code: 'GDO615',
  name: 'first-holders-misfit',
  what: 'The first holders do not fit the seats of their role',
  why: 'Quorums and shares are counted of people who are not there, or of more than the text allows',
  fix: 'Name each person once, and no more people than there are seats',
  bad: roleSample({ held: 'held by 5 to 7 people', first: 'first held by "ada", "ben", "chi", "dev", "eve", "fay", "gil", "hal"' }),
  good: roleSample({ held: 'held by 5 to 8 people', first: 'first held by "ada", "ben", "chi", "dev", "eve", "fay", "gil", "hal"' }),
  check: (model) =>
    model.charter.roles.flatMap((role) =>
      misfitsOf(role).map(({ message, help }) =>
        finding('GDO615', placeIn(model, role.firstHeldBy, role), {
          message,
          label: 'on the day the bylaws start',
          why: 'Quorums and shares are counted of people who are not there, or of more than the text allows',
          help,
        }),
      ),
    ),
};
