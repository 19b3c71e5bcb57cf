// Facts after `who` (S111) of somebody from whom something is taken at the same time: they are judged as if that had happened first (ledger.md section 9).
import { describe, expect, it } from 'vitest';
import { found, hour, notesFor, type Note } from './organization.ts';

const bylaws = (who: string): string => `gdo 1
organization "Exams"
end
role member plural members
  held by 1 to 9 people
end
role officer plural officers
  held by 0 to 9 people
  lost through resignation
end
certificate basics
  issued by any officer
  revoked by any officer
end
process exam
  started by any member who ${who}
  step talk
    after 1 day go to refused
  end
end
`;

const note = (by: string, kind: Note['kind'], body: Note['body']): Note => ({ by, kind, body });

describe('a fact after `who`', () => {
  it.each<readonly [who: string, taken: Note, verdicts: readonly string[]]>([
    ['holds basics', note('oda', 'revoke', { certificate: 'basics', member: 'ada' }), ['GDO1041', 'ok']],
    ['does not hold officer', note('oda', 'revoke', { certificate: 'basics', member: 'ada' }), ['ok', 'ok']],
  ])('%s', (who, taken, verdicts) => {
    const org = found(bylaws(who), { member: ['ada'], officer: ['oda'] });
    const { propose } = notesFor(org);
    org.epoch(0, note('oda', 'issue', { certificate: 'basics', member: 'ada' }));
    const start = { ...propose('ada', 'exam'), knows: [], atMs: hour - 1 };
    expect(org.epoch(hour, start, { ...taken, knows: [], atMs: hour }).verdicts).toEqual(verdicts);
  });
});
