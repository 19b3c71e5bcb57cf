// What becomes of a lock where new bylaws let nobody lock its thing any more (S95, docs/decisions/0058).
import { describe, expect, it } from 'vitest';
import { decideRight, openRequirements } from '../../../engine/index.ts';
import { compile, day, found, notesFor, type Note } from './organization.ts';

const bylaws = (locked: string): string => `gdo 1
organization "Space"
  local time "+00:00"
end
area rules covers "bylaws/**"
role member plural members
  held by 1 to 9 people
end
role guard plural guards
  held by 0 to 5 people
end
right use-machine
  covers "machines/**"
  held by members
${locked}  offline for at most 40 days
end
process amendment
  governs rules
  started by any member
  step talk
    when any member approves go to accepted
    after 9 days go to refused
  end
end
`;
const line = '  locked by any guard released by any guard\n';

describe('a lock', () => {
  it('shuts its thing while a right over it can be locked, and stands again with the line', () => {
    const org = found(bylaws(line), { member: ['ada'], guard: ['gil'] }, { content: [['bylaws/a', '100644:aa']] });
    const { proposeChange, act, attest } = notesFor(org);
    const texts = [bylaws(line), bylaws(''), `${bylaws(line)}role guest plural guests\n  held by 0 to 9 people\nend\n`].map(compile);
    const blobs = ['100644:aa', '100644:bb', '100644:cc'];
    const answer = (place: number, atMs: number): string => {
      const charter = texts[place]?.charter ?? org.charter;
      const contact = { offsetMinutes: 0, checkpointMs: atMs, contact: 'alone', uses: () => 0 } as const;
      const said = decideRight(org.state(), charter, { thing: 'machines/x', person: 'ada', atMs, ...contact });
      return said.kind === 'refused' ? said.reason : said.kind;
    };
    const amended = (place: number, atMs: number): void => {
      const [old, next] = [texts[place - 1], texts[place]];
      if (old === undefined || next === undefined) throw new Error('there are no such bylaws');
      const change = [{ path: 'bylaws/a', old: blobs[place - 1] ?? '', new: blobs[place] ?? '' }];
      org.epoch(atMs, { ...proposeChange('ada', 'amendment', change, { adopts: next.hash, bylaws: old.hash }), adopts: next });
      org.epoch(atMs + 1, act('ada', place, 'approve'));
      const candidate = openRequirements(org.state()).find((one) => one.number === place)?.candidate ?? '';
      org.epoch(atMs + 2, attest('ada', place, 'gdo-check', candidate));
      expect(org.view(place).status).toBe('merged');
    };
    const release = (id: string | undefined): Note => ({ by: 'gil', kind: 'release', body: { lock: id ?? '', text: 'mended' } });
    const [id] = org.epoch(1, { by: 'gil', kind: 'lock', body: { thing: 'machines/x', text: 'it smells' } }).ids;
    expect(answer(0, 2)).toBe('locked');
    amended(1, day);
    expect(answer(1, day + 3)).toBe('allowed');
    expect(org.epoch(2 * day, release(id)).full).toMatchObject([{ code: 'GDO1052', reason: 'nobody releases `machines/x`' }]);
    amended(2, 3 * day);
    expect(answer(2, 3 * day + 3)).toBe('locked');
    expect(org.epoch(4 * day, release(id)).verdicts).toEqual(['ok']);
    expect(answer(2, 4 * day)).toBe('allowed');
  });
});
