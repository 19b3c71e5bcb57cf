// A small organization with one process, for tests of the stages of a case: five members, one of them in the chair.
import { found, notesFor, type Organization } from './organization.ts';

export const motionText = (stages: string): string => `gdo 1
organization "Motions"
end
role member plural members
  held by 1 to 9 people
end
role chair plural chairs
  held by exactly 1 person
end
process motion
  started by any member
${stages}end
`;

/** A step with these lines. */
export const step = (name: string, ...lines: readonly string[]): string => `  step ${name}\n${lines.map((line) => `    ${line}\n`).join('')}  end\n`;

export const ofMotions = (stages: string): Organization => found(motionText(stages), { member: ['ana', 'bo', 'cy', 'dee', 'eve'], chair: ['dee'] });

/** The same, with a motion that begins at the first instant. */
export function moved(stages: string): Organization {
  const org = ofMotions(stages);
  org.epoch(0, notesFor(org).propose('ana', 'motion'));
  return org;
}

/** The outcome of the first case, or the stage it is in. */
export const where = (org: Organization): string => org.view(1).outcome ?? org.view(1).stage;
