// A board whose people a cap keeps from being too many of one employer, for tests of caps and their remedies (S114).
import { expect } from 'vitest';
import { holdersOf, unsupported } from '../../../engine/index.ts';
import { compile, found, type Note, type Organization } from './organization.ts';

/** Bylaws with these limits of the board; `waiver` ends accepted after a day, `hearing` takes its subjects off the board after thirty. */
export const boardText = (limits: string, more = ''): string => `gdo 1
organization "Test"
end
attribute employer certified by the registrar
attribute team certified by the registrar
role registrar plural registrars
  held by 1 to 3 people
end
role member plural members
  held by 1 to 99 people
end
role board-member plural board
  held by 0 to 9 people
  gained through joining
  lost through resignation
${limits}end
process joining
  started by any member
  step wait
    when any member approves go to joined
    after 9 days go to refused
  end
  outcome joined
    grant board-member to the candidate
  end
end
process waiver
  started by any member
  about person
  step wait
    after 1 day go to accepted
  end
end
process hearing
  started by any member
  step wait
    when 2 members approve go to dropped
    after 30 days go to out
  end
  outcome dropped refuses
  outcome out
    remove board-member from the subject
  end
end
${more}`;

export const board: readonly string[] = ['ana', 'bo', 'chi', 'dee', 'eli', 'fay'];

export function boardOf(bylaws: string, sitting: readonly string[] = board, more: Readonly<Record<string, readonly string[]>> = {}): Organization {
  expect(unsupported(compile(bylaws).charter)).toEqual([]);
  const roles = { registrar: ['rae'], member: [...board, 'gus', 'hal'], 'board-member': sitting, ...more };
  return found(bylaws, roles, { content: [['bylaws/a', '100644:aa']] });
}

export const certify = (member: string, value: string, attribute = 'employer'): Note => ({ by: 'rae', kind: 'certify', body: { attribute, member, value } });

export const sittingOn = (org: Organization): readonly string[] => holdersOf(org.state(), org.charter, 'board-member');
