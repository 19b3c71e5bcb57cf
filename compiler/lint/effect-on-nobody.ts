// GDO227: an effect that gives or takes something, where the bylaws call people by a name that means nobody there (S70, S108). It would be carried out for no one.
import type { CharterEffect, CharterProcess } from '../../engine/index.ts';
import { finding } from '../finding.ts';
import { pointsSample } from './awards.ts';
import { placeIn } from './rule.ts';
import type { LintRule, Model } from './rule.ts';

const why = 'The outcome is reached, nothing of this line happens, and nobody is told';

/** True for `winners` of a process in which no vote is about people: what wins is an option or a word, and holds nothing. */
function areNoPeople({ stages }: CharterProcess, effect: CharterEffect): boolean {
  if (named(effect) !== 'winners' || effect.kind === 'strike') return false;
  const votes = stages.flatMap((stage) => (stage.kind === 'joint' ? stage.votes : stage.kind === 'vote' ? [stage] : []));
  return votes.every(({ choices }) => choices.kind !== 'candidates');
}

/** Rosters that are built in and that no case has people for: of a vote there may be several, and `person` is everybody. */
const ofNobody: readonly string[] = ['electorate', 'person'];

const praise = (to: string): string =>
  pointsSample(
    [],
    [
      'started by any keeper',
      'step review',
      '  when 1 other keeper approves go to praised',
      '  after 30 days go to refused',
      'end',
      'outcome praised',
      `  award 1 merit to ${to}`,
      'end',
    ],
  );

/** Whom an effect is about; undefined for one that names nobody. */
function named(effect: CharterEffect): string | undefined {
  switch (effect.kind) {
    case 'grant':
    case 'award':
      return effect.to;
    case 'remove':
      return effect.from;
    case 'strike':
      return effect.who;
    default:
      return undefined;
  }
}

interface Told {
  readonly effect: CharterEffect;
  readonly owner: object;
  readonly name: string;
  readonly where: string;
  readonly instead: string;
}

function toldIn({ charter }: Model): readonly Told[] {
  const isRole = (name: string): boolean => charter.roles.some((role) => role.name === name);
  const people = 'name a role or people of the case:  the candidate, the subject, the author, the starters or the winners';
  const elected = 'let a vote of the process be about people:  choices the candidates;  or name people of the case, such as the candidate';
  const outcomes = charter.processes.flatMap((process) =>
    process.stages.flatMap((stage) =>
      stage.kind !== 'outcome'
        ? []
        : stage.effects.flatMap((effect): readonly Told[] => {
            const name = named(effect);
            if (name === undefined || isRole(name)) return [];
            const told = { effect, owner: stage, name, where: `in the outcome \`${stage.name}\` of \`${process.name}\`` };
            if (areNoPeople(process, effect)) return [{ ...told, instead: elected }];
            return ofNobody.includes(name) ? [{ ...told, instead: people }] : [];
          }),
    ),
  );
  const duties = charter.duties.flatMap((duty): readonly Told[] => {
    const name = duty.otherwise === undefined ? undefined : named(duty.otherwise);
    if (duty.otherwise === undefined || name === undefined || isRole(name)) return [];
    // What is owed by the calendar follows from no case, so there are no people of one.
    if (duty.within !== undefined && !ofNobody.includes(name)) return [];
    const instead = duty.within === undefined ? 'name a role:  a duty by the calendar is about no case, and knows no people of one' : people;
    return [{ effect: duty.otherwise, owner: duty, name, where: `where the duty \`${duty.name}\` is not done`, instead }];
  });
  return [...outcomes, ...duties];
}

/** The rule `effect-on-nobody`. */
export const effectOnNobody: LintRule = {
  code: 'GDO227',
  name: 'effect-on-nobody',
  what: 'An effect is for people who are nobody there',
  why,
  fix: 'Name a role, or people of the case such as `the candidate`',
  bad: praise('the electorate'),
  good: praise('the author'),
  check: (model) =>
    toldIn(model).map(({ effect, owner, name, where, instead }) =>
      finding('GDO227', placeIn(model, effect, owner), {
        message: `\`${name}\` means nobody ${where}`,
        label: 'for whom?',
        why,
        help: instead,
      }),
    ),
};
