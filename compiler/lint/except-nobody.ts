// GDO334: `except the person`: everybody is a person and nobody is taken out, and of a roster of the vote itself nobody is either (S8, S47).
import type { CharterStage } from '../../engine/index.ts';
import { finding } from '../finding.ts';
import { placeIn } from './rule.ts';
import type { LintRule, Model } from './rule.ts';
import { voteSample } from './sample.ts';

const why = 'The line reads as if somebody could not take part, and everybody can';

/** Rosters that are built in and mean nobody who could be taken out: `person` is everybody, and the `electorate` is what is left. */
const ofNobody: readonly string[] = ['person', 'electorate'];

interface Except {
  readonly part: { readonly except: readonly string[] };
  readonly owner: CharterStage;
  readonly where: string;
}

function exceptsIn(stage: CharterStage): readonly Except[] {
  switch (stage.kind) {
    case 'vote':
      return [{ part: stage.voters, owner: stage, where: `the voters of \`${stage.name}\`` }];
    case 'joint':
      return stage.votes.flatMap(exceptsIn);
    case 'draw':
      return stage.picks === undefined ? [] : [{ part: stage.picks, owner: stage, where: `those whom \`${stage.name}\` may pick` }];
    default:
      return [];
  }
}

function foundIn(model: Model): readonly (Except & { readonly name: string })[] {
  const isRole = (name: string): boolean => model.charter.roles.some((role) => role.name === name);
  return model.charter.processes
    .flatMap(({ stages }) => stages.flatMap(exceptsIn))
    .flatMap((one) => one.part.except.filter((name) => ofNobody.includes(name) && !isRole(name)).map((name) => ({ ...one, name })));
}

/** The rule `except-nobody`. */
export const exceptNobody: LintRule = {
  code: 'GDO334',
  name: 'except-nobody',
  what: 'An exception takes out nobody',
  why,
  fix: 'Name a role, or people of the case such as `the author`, or delete the exception',
  bad: voteSample('quorum at least 2/3 of keepers voting', 'passes when more than 1/2 of votes cast are yes').replace(
    'voters keepers',
    'voters keepers except the person',
  ),
  good: voteSample('quorum at least 2/3 of keepers voting', 'passes when more than 1/2 of votes cast are yes').replace(
    'voters keepers',
    'voters keepers except the author',
  ),
  check: (model) =>
    foundIn(model).map(({ part, owner, name, where }) =>
      finding('GDO334', placeIn(model, part, owner), {
        message: `\`except the ${name}\` takes nobody out of ${where}`,
        label: 'except whom?',
        why,
        help: 'name a role or people of the case:  except the author, the candidate, the subject or a role;  or delete the exception',
      }),
    ),
};
