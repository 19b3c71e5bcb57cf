// Who may delegate, to whom, and up to when: what is refused and in which words, and votes of a joint that close one after the other (S18, S41, S48).
import { describe, expect, it } from 'vitest';
import { unsupported } from '../../../engine/index.ts';
import { compile, day, found, hour, notesFor, type Note, type Organization } from './organization.ts';

const people: readonly string[] = ['ana', 'bo', 'cy', 'dee'];

const text = (stages: string, more = ''): string => `gdo 1
organization "Delegates"
end
role member plural members
  held by 1 to 9 people
end
delegation proxy by members
  for motion
${more}end
process motion
  started by any member
${stages}end
`;
const vote = (name: string, days: number): string => `  vote ${name}
    voters members
    open for ${days} days
    passes when at least 2 members say yes
`;
const alone = `${vote('ballot', 5)}    when passed go to accepted\n    otherwise go to refused\n  end\n`;
const joint = `  joint both\n${vote('one', 2)}  end\n${vote('two', 5)}  end\n    when all pass go to accepted\n    otherwise go to refused\n  end\n`;

const give = (by: string, to?: string, more: Partial<Note> = {}): Note => ({
  by,
  kind: 'delegate',
  body: { delegation: 'proxy', ...(to === undefined ? {} : { to }) },
  ...more,
});
const said = (org: Organization, atMs: number, ...notes: readonly Note[]): readonly string[] =>
  org.epoch(atMs, ...notes).full.map((verdict) => (verdict.kind === 'ok' ? 'ok' : `${verdict.code} ${verdict.reason}`));
const founded = (bylaws: string): Organization => found(bylaws, { member: people }, { people: [...people, 'zoe'] });

describe('a delegation', () => {
  it('is given by whom the bylaws name, to somebody else who is known (GDO1040, GDO1052)', () => {
    const org = founded(text(alone));
    const other: Note = { by: 'ana', kind: 'delegate', body: { delegation: 'power', to: 'bo' } };
    expect(said(org, hour, give('ana', 'ana'), give('ana', 'xav'), other, give('zoe', 'ana'), give('ana', 'zoe'))).toEqual([
      'GDO1052 nobody delegates to themselves',
      'GDO1052 `xav` is not known in this organization',
      'GDO1052 the bylaws know no such delegation',
      'GDO1040 `proxy` is for any member',
      'ok',
    ]);
  });

  it('counts in each vote of a joint until that vote closes (S18, S48)', () => {
    const org = founded(text(joint));
    const { propose, ballot } = notesFor(org);
    org.epoch(0, propose('ana', 'motion'), give('bo', 'ana'));
    const yes = (entry: number): Note => ballot('ana', 1, 'yes', { stage: entry });
    expect(org.epoch(day, yes(2), yes(3)).verdicts).toEqual(['ok', 'ok']);
    // Taken back after the first close and before the second: one passes, two has one yes.
    org.epoch(3 * day, give('bo'));
    expect(org.view(1).status).toBe('open');
    org.epoch(5 * day);
    expect(org.view(1).outcome).toBe('refused');
    const later = founded(text(joint));
    const of = notesFor(later);
    later.epoch(0, of.propose('ana', 'motion'), give('bo', 'ana'));
    later.epoch(day, of.ballot('ana', 1, 'yes', { stage: 2 }), of.ballot('ana', 1, 'yes', { stage: 3 }));
    later.epoch(3 * day, give('bo'));
    later.epoch(4 * day, give('cy', 'ana'));
    later.epoch(5 * day);
    expect(later.view(1).outcome).toBe('accepted');
  });

  it('is what it was just before the close, whenever the checkpoint comes (S18)', () => {
    const outcome = (lasts: string, ...late: readonly Note[]): string | undefined => {
      const org = founded(text(alone, lasts));
      const { propose, ballot } = notesFor(org);
      org.epoch(0, propose('ana', 'motion'));
      org.epoch(hour, give('bo', 'ana'));
      org.epoch(day, ballot('ana', 1, 'yes'));
      org.epoch(5 * day + 2 * hour, ...late);
      return org.view(1).outcome;
    };
    // It lasts to an hour after the close, or to the close itself.
    expect(outcome('  lasts 5 days\n')).toBe('accepted');
    expect(outcome('  lasts 119 hours\n')).toBe('refused');
    // Taken back in the last instant, at the close, and after it.
    expect([5 * day - 1, 5 * day, 5 * day + 1].map((atMs) => outcome('', give('bo', undefined, { atMs })))).toEqual(['refused', 'accepted', 'accepted']);
  });

  it('is limited for each delegate and for nobody else, or is not run (GDO035)', () => {
    const constructs = (limit: string): readonly string[] => unsupported(compile(text(alone, `  limit ${limit}\n`)).charter).map(({ construct }) => construct);
    expect(constructs('2 members per delegate')).toEqual([]);
    expect(constructs('2 members per person')).toEqual(['limit in delegation proxy']);
  });
});
