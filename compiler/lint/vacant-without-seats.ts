// GDO616: what asks for the empty seats of a role that has no number of seats (S109, S130, S131). None is ever empty, so it never comes about.
import type { Charter } from '../../engine/index.ts';
import { finding } from '../finding.ts';
import { officeSample } from './sample.ts';
import { placeIn } from './rule.ts';
import type { LintRule, Model } from './rule.ts';
import { votesOf } from './stage-graph.ts';

const why = 'Seats are counted from the number behind `held by`: without one none is ever empty';

const election = (...held: readonly string[]): string =>
  officeSample(
    [...held, 'first held by "ada"', 'gained through choosing', 'lost through resignation or 1 year without activity', 'succeeded by keepers'],
    [
      'started by any keeper',
      'step nominating',
      '  nominations of keepers',
      '  after 14 days go to ballot',
      'end',
      'vote ballot',
      '  voters keepers',
      '  choices the candidates',
      '  counted by approval',
      '  elects the vacant chairs',
      '  open for 7 days',
      '  quorum at least 2/3 of keepers voting',
      '  tie lot',
      '  when elected go to chosen',
      '  otherwise go to refused',
      'end',
    ],
  ).replace('grant chair to the candidate', 'grant chair to the winners');

/** A part that asks for empty seats, the roles whose seats it asks for, and what it never does. */
interface Asking {
  readonly part: object;
  readonly owner: object;
  readonly roles: readonly string[];
  readonly never: string;
  readonly instead: string;
}

function askingIn(charter: Charter): readonly Asking[] {
  return charter.processes.flatMap((process) => [
    ...process.starts.flatMap((start) => {
      if (start.kind !== 'when' || start.shortage.kind !== 'vacant' || start.shortage.which === 'the') return [];
      const { role } = start.shortage;
      return [
        { part: start, owner: process, roles: [role], never: `\`${process.name}\` never starts`, instead: `starts when fewer than 3 people hold ${role}` },
      ];
    }),
    ...votesOf(process).flatMap(({ vote }) => {
      const { elects, vacanciesCountAs } = vote;
      const electing =
        elects === undefined || elects.seats !== undefined
          ? []
          : [
              {
                part: elects,
                owner: vote,
                roles: [elects.role],
                never: `\`${vote.name}\` elects nobody`,
                instead: `elects 3 ${pluralOf(charter, elects.role)}`,
              },
            ];
      const counting =
        vacanciesCountAs === undefined
          ? []
          : [
              {
                part: vote,
                owner: vote,
                roles: vote.voters.roles,
                never: `no empty seat counts as \`${vacanciesCountAs}\``,
                instead: 'no line about vacancies',
              },
            ];
      return [...electing, ...counting];
    }),
  ]);
}

function pluralOf(charter: Charter, name: string): string {
  return charter.roles.find((role) => role.name === name)?.plural ?? name;
}

/** Whether a role says how many people hold it. What is no role of the bylaws has no seats either. */
function isNumbered({ charter }: Model, name: string): boolean {
  return charter.roles.some((role) => role.name === name && role.held !== undefined);
}

/** The rule `vacant-without-seats`. `the R is vacant` asks whether nobody holds it, and needs no number. */
export const vacantWithoutSeats: LintRule = {
  code: 'GDO616',
  name: 'vacant-without-seats',
  what: 'Empty seats are asked for of a role that has no number of seats',
  why,
  fix: 'Say how many people hold the role, `held by 3 people`, or how many are elected, `elects 3 chairs`',
  bad: election(),
  good: election('held by 1 to 3 people'),
  check: (model) =>
    askingIn(model.charter).flatMap(({ part, owner, roles, never, instead }) => {
      if (roles.some((role) => isNumbered(model, role))) return [];
      const [role = ''] = roles;
      return [
        finding('GDO616', placeIn(model, part, owner), {
          message: `Nothing says how many seats \`${role}\` has, so ${never}`,
          label: 'which seats?',
          why,
          help: `say in \`role ${role}\` how many people hold it:  held by 3 people;  or do not ask for empty seats:  ${instead}`,
        }),
      ];
    }),
};
