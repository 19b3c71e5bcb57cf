// GDO304: a removal that is allowed, after which a rule can no longer be met (S137).
import { unmetRules } from '../../engine/index.ts';
import type { Charter, CharterOutcome, CharterRole } from '../../engine/index.ts';
import { finding } from '../finding.ts';
import { removers, removesRole } from './effects.ts';
import { firstWitness, groupWitness } from './group-witness.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { roleSample, voteSample } from './sample.ts';

/** The rules that people in these numbers could not meet; a role that is not named has its largest number, so that it is not what fails. */
function unmetWith(charter: Charter, name: string, count: number): readonly string[] {
  return unmetRules(charter, (role) => {
    const declared = charter.roles.find((one) => one.name === role);
    const people = role === name ? count : (declared?.held?.most ?? Math.max(count, declared?.held?.least ?? 0, declared?.firstHeldBy.length ?? 0));
    return Array.from({ length: people }, (_, index) => `${role}-${index + 1}`);
  });
}

/** The rule that a removal from the smallest legal body breaks, and what removes; undefined where none breaks. Pure. */
export function brokenByRemoval(charter: Charter, role: CharterRole): { readonly rule: string; readonly process: string } | undefined {
  const least = role.held?.least ?? 0;
  const [process] = removers(charter, role.name);
  // What `while short only` speaks of is known to be short, and S137 leaves it out.
  if (least < 2 || process === undefined || role.whileShort !== undefined) return undefined;
  const before = unmetWith(charter, role.name, least);
  const rule = unmetWith(charter, role.name, least - 1).find((name) => !before.includes(name));
  return rule === undefined ? undefined : { rule, process: process.name };
}

const policy = voteSample('quorum at least 5 keepers voting', 'passes when more than 1/2 of votes cast are yes');

/** The rule `roll-change-breaks-rule`. The engine refuses a grant or an amendment that does this; a removal it lets pass. */
export const rollChangeBreaksRule: LintRule = {
  code: 'GDO304',
  name: 'roll-change-breaks-rule',
  what: 'After one removal a rule can no longer be met',
  why: 'The removal is legal, nobody thinks of the other rule, and from then on it is dead',
  fix: 'Say what stays possible below the minimum: `while short only keeping, removal, amendment`',
  bad: `${roleSample({ 'held by': 'held by 5 to 9 people', 'while short': '' })}\n${policy}`,
  good: `${roleSample({ 'held by': 'held by 5 to 9 people' })}\n${policy}`,
  witness: (model) =>
    firstWitness(model.charter.roles, (role) => {
      const broken = brokenByRemoval(model.charter, role);
      const process = model.charter.processes.find(({ name }) => name === broken?.process);
      const least = role.held?.least ?? 0;
      if (broken === undefined || process === undefined) return undefined;
      const isGoal = (outcome: CharterOutcome): boolean => outcome.effects.some((effect) => removesRole(model.charter, process, effect, role.name));
      return groupWitness(
        model,
        process,
        isGoal,
        () => `one of ${least} leaves ${role.name} through ${process.name}, and ${broken.rule} is dead`,
        new Map([[role.name, least]]),
      );
    }),
  check: (model) =>
    model.charter.roles.flatMap((role) => {
      const broken = brokenByRemoval(model.charter, role);
      if (broken === undefined || role.held === undefined) return [];
      return [
        finding('GDO304', placeIn(model, role.held, role), {
          message: `When \`${broken.process}\` removes one of ${role.held.least} from \`${role.name}\`, \`${broken.rule}\` can no longer be met`,
          label: `too few with ${role.held.least - 1}`,
          why: 'The removal is legal, nobody thinks of the other rule, and from then on it is dead',
          help: 'say what stays possible below the minimum:  while short only ...',
        }),
      ];
    }),
};
