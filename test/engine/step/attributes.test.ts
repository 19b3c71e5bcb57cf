// Certificates of attributes (S42, S114, 0055): who certifies what of whom, and what is said to those who may not.
import { describe, expect, it } from 'vitest';
import { compile, found, type Note, type Organization } from './organization.ts';
import { unsupported } from '../../../engine/index.ts';

const bylaws = (by: string): string => `gdo 1
organization "Attributes"
end
attribute employer certified by ${by}
attribute team certified by any member
role member plural members
  held by anyone
  gained through naming
end
role board plural boards
  held by 0 to 9 people
  gained through naming
  limit 1 board per employer
end
process naming
  started by any member
  step wait
    after 1 day go to named
  end
  outcome named
    grant board to the candidate
  end
end
`;

function founded(by: string): Organization {
  expect(unsupported(compile(bylaws(by)).charter)).toEqual([]);
  return found(bylaws(by), { member: ['ana', 'bo', 'cy'] }, { people: ['zoe'] });
}

const certify = (by: string, member: string, value?: string, attribute = 'employer'): Note => ({
  by,
  kind: 'certify',
  body: { attribute, member, ...(value === undefined ? {} : { value }) },
});
const told = (org: Organization, atMs: number, ...notes: readonly Note[]): readonly string[] =>
  org.epoch(atMs, ...notes).full.map((verdict) => (verdict.kind === 'ok' ? 'ok' : `${verdict.code} ${verdict.reason}`));

describe('a certificate of an attribute', () => {
  it('is of an attribute of the bylaws, of somebody there is, and by its office', () => {
    const said = told(
      founded('any member'),
      1,
      certify('ana', 'bo', 'Acme', 'height'),
      certify('ana', 'ghost', 'Acme'),
      certify('zoe', 'bo', 'Acme'),
      certify('ana', 'bo', 'Acme'),
    );
    expect(said.slice(0, 2)).toEqual(['GDO1052 `height` is not an attribute of the bylaws', 'GDO1052 `ghost` is not known in this organization']);
    expect(said[2]).toContain('to certify `employer`');
    expect(said[3]).toBe('ok');
  });
});
