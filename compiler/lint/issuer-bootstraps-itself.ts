// GDO803: a certificate that only those who have it can issue, and that nobody has at the beginning.
import type { Charter, CharterCertificate } from '../../engine/index.ts';
import { actorRoles } from '../emit-owners.ts';
import { finding } from '../finding.ts';
import { effectsOf } from './effects.ts';
import { placeIn } from './rule.ts';
import type { LintRule } from './rule.ts';
import { namingSample } from './sample.ts';

/** The certificates somebody can ever get: from a case, from whoever needs none, or from whoever needs only such. */
function obtainable(charter: Charter): ReadonlySet<string> {
  const names = new Set(charter.certificates.map((one) => one.name));
  const there = new Set(
    charter.processes.flatMap((process) =>
      effectsOf(process).flatMap(({ effect }) =>
        effect.kind === 'grant' && effect.what.kind === 'named' && names.has(effect.what.name) ? [effect.what.name] : [],
      ),
    ),
  );
  const isThere = (name: string): boolean => {
    const role = charter.roles.find((one) => one.name === name);
    if (role === undefined || role.firstHeldBy.length > 0 || role.openTo.length === 0) return true;
    return role.openTo.some((line) => line.who.every((fact) => fact.kind !== 'holds' || !names.has(fact.name) || there.has(fact.name)));
  };
  for (let size = -1; size !== there.size;) {
    size = there.size;
    for (const one of charter.certificates) if (issuers(one).some(isThere)) there.add(one.name);
  }
  return there;
}

function issuers(certificate: CharterCertificate): readonly string[] {
  return certificate.issuedBy.flatMap(actorRoles);
}

const course = (first: string): string => `certificate course plural courses
  issued by any trainer
  lasts 2 years
  revoked by any keeper
end

role trainer plural trainers
  held by 0 to 5 people
${first}  open to keepers who hold course
  gained through training
  lost through resignation or 1 year without activity
  lost with keeper
end

${namingSample('training', 'trainer')}`;

/** The rule `issuer-bootstraps-itself`. */
export const issuerBootstrapsItself: LintRule = {
  code: 'GDO803',
  name: 'issuer-bootstraps-itself',
  what: 'Whoever issues this certificate needs it first',
  why: 'Nobody can be the first, so nobody ever has it, and what it opens stays shut',
  fix: 'Name the first ones: `first held by "ada"`',
  bad: course(''),
  good: course('  first held by "ada"\n'),
  check: (model) => {
    const there = obtainable(model.charter);
    return model.charter.certificates.flatMap((certificate) => {
      if (there.has(certificate.name) || certificate.issuedBy.length === 0) return [];
      return [
        finding('GDO803', placeIn(model, certificate, model.charter.organization), {
          message: `Only \`${issuers(certificate).join(', ')}\` can issue \`${certificate.name}\`, and must have been given it first`,
          label: 'nobody can be the first',
          why: 'Nobody ever has it, and what it opens stays shut',
          help: 'name first holders of the role that issues it, or let a process grant it',
        }),
      ];
    });
  },
};
