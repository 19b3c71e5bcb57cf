// Who a `started by` line means, and what its windows and the decision of a case are asked of (S27, S50, S66, S108, S120, S122).
import { describe, expect, it } from 'vitest';
import { unsupported } from '../../../engine/index.ts';
import { compile, day, found, hour, notesFor, type Note, type Organization } from './organization.ts';

const opening = `gdo 1
organization "Starting"
end
area work covers "work/**"
role member plural members
  held by 1 to 99 people
  gained through joining
  lost through resignation
end
role chair plural chairs
  held by 0 to 3 people in order
  gained through joining
  lost through resignation
end
role guest plural guests
  held by 0 to 9 people
end
process joining
  started by any member
  step wait
    after 1 day go to done
  end
  outcome done
    grant the proposed role to the candidate
  end
end
`;
const people: readonly string[] = ['ada', 'ben', 'chi', 'dev'];

function organization(text: string): Organization {
  expect(unsupported(compile(`${opening}${text}`).charter)).toEqual([]);
  return found(`${opening}${text}`, { member: people, chair: ['ben', 'ada', 'kim'], guest: ['gus'] }, { people: [...people, 'kim', 'gus', 'zoe'] });
}

const talk = (name: string, lines: string, more = ''): string =>
  `process ${name}\n${lines}  step talk\n    when 1 member approves go to fine\n    after 5 days go to refused\n${more}  end\n  outcome fine accepts\nend\n`;
const said = (org: Organization, atMs: number, ...notes: readonly Note[]): readonly string[] =>
  org.epoch(atMs, ...notes).full.map((verdict) => (verdict.kind === 'ok' ? 'ok' : `${verdict.code} ${verdict.reason}`));

describe('a `started by` line', () => {
  it('of `any other` means nobody whom the case is about (S108)', () => {
    const org = organization(talk('ban', '  started by any other member\n  about member\n'));
    const { propose } = notesFor(org);
    const both = org.epoch(0, propose('ada', 'ban', { subject: 'ada' }), propose('ada', 'ban', { subject: 'ben' }), propose('zoe', 'ban', { subject: 'ben' }));
    expect(both.verdicts).toEqual(['GDO1040', 'ok', 'GDO1040']);
  });

  it('of `any subject` or `any candidate` means whom the case is about', () => {
    const org = organization(talk('plea', '  started by any subject\n  about member\n') + talk('standing', '  started by any candidate\n'));
    const { propose } = notesFor(org);
    expect(org.epoch(0, propose('ada', 'plea', { subject: 'ada' }), propose('ada', 'plea', { subject: 'ben' })).verdicts).toEqual(['ok', 'GDO1040']);
    expect(org.epoch(1, propose('ada', 'standing', { candidate: 'ada' }), propose('ada', 'standing', { candidate: 'ben' })).verdicts).toEqual([
      'ok',
      'GDO1040',
    ]);
  });

  it('of `the first` means the first of the order that still holds the role, and one of `the` any of them (S27, S108)', () => {
    const org = organization(talk('order', '  started by the first chair\n') + talk('call', '  started by the chair\n'));
    const { propose } = notesFor(org);
    const by = (process: string): readonly Note[] => ['ben', 'ada', 'kim', 'chi'].map((member) => propose(member, process));
    expect(org.epoch(0, ...by('order')).verdicts).toEqual(['ok', 'GDO1040', 'GDO1040', 'GDO1040']);
    expect(org.epoch(1, ...by('call')).verdicts).toEqual(['ok', 'ok', 'ok', 'GDO1040']);
    org.epoch(2, { by: 'ben', kind: 'resign', body: { role: 'chair' } });
    expect(org.epoch(3, ...by('order')).verdicts).toEqual(['GDO1040', 'ok', 'GDO1040', 'GDO1040']);
  });

  it('keeps the place of who is granted the role again, and puts who comes back last (S27)', () => {
    const org = organization(talk('order', '  started by the first chair\n'));
    const { propose } = notesFor(org);
    const firstOf = (atMs: number): readonly string[] =>
      ['ben', 'ada', 'kim'].filter((member) => org.epoch(atMs, propose(member, 'order')).verdicts[0] === 'ok');
    org.epoch(0, { by: 'ben', kind: 'resign', body: { role: 'chair' } }, propose('ada', 'joining', { candidate: 'ada', role: 'chair' }));
    org.epoch(day);
    expect(firstOf(day + 1)).toEqual(['ada']);
    org.epoch(2 * day, propose('ada', 'joining', { candidate: 'ben', role: 'chair' }));
    org.epoch(3 * day);
    org.epoch(3 * day + 1, { by: 'ada', kind: 'resign', body: { role: 'chair' } });
    expect(firstOf(3 * day + 2)).toEqual(['kim']);
  });
});

describe('the windows of a line', () => {
  const about = (subject: string): { readonly subject: string } => ({ subject });

  it('say in words what keeps a start back', () => {
    const ban = talk('ban', '  started by any member\n  about member\n');
    const pardon = talk('pardon', '  started by any member\n  about member\n');
    const org = organization(
      ban +
        pardon +
        talk('appeal', '  started by any member within 3 days of ban.fine\n  about member\n') +
        talk('again', '  started by any member not within 3 days of ban.fine\n  about member\n') +
        talk('party', '  started by any member not from ban.fine until pardon.fine\n  about member\n'),
    );
    const { propose, act } = notesFor(org);
    expect(said(org, 0, propose('ada', 'appeal', about('ben')))).toEqual([expect.stringContaining('only within 3 days of `ban.fine` in the same matter')]);
    org.epoch(1, propose('ada', 'ban', about('ben')), propose('ada', 'pardon', about('ben')));
    org.epoch(hour, act('ada', 1, 'approve'));
    expect(said(org, 2 * hour, ...['again', 'party'].map((process) => propose('ada', process, about('ben'))))).toEqual([
      expect.stringContaining('not within 3 days of `ban.fine` in the same matter'),
      expect.stringContaining('not from `ban.fine` until `pardon.fine` in the same matter'),
    ]);
  });

  it('are asked of the same matter where the author names a decision of another process (S122)', () => {
    const org = organization(
      talk('ban', '  started by any member\n  about member\n') +
        talk('appeal', '  started by any member within 3 days of ban.fine\n  about member\n  while open hold the decision\n'),
    );
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('ada', 'ban', about('ben')), propose('ada', 'joining', { candidate: 'ben', role: 'chair' }));
    org.epoch(hour, act('ada', 1, 'approve'));
    org.epoch(day);
    const decision = org.view(2).id;
    expect(org.epoch(2 * day, propose('ada', 'appeal', { subject: 'ben', decision })).verdicts).toEqual(['ok']);
  });
});

describe('a process that holds a decision', () => {
  const hold = (held: string): string => `    hold ${held} when 2 members object\n`;

  it('in one of its steps is about one, and one that holds other processes there is about none (S66, S120)', () => {
    const org = organization(
      talk('ban', '  started by any member\n  about member\n') +
        talk('doubt', '  started by any member\n', hold('the decision')) +
        talk('strike', '  started by any member\n', hold('ban')),
    );
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('ada', 'ban', { subject: 'ben' }));
    org.epoch(hour, act('ada', 1, 'approve'));
    expect(said(org, 2 * hour, propose('ada', 'doubt'), propose('ada', 'strike'), propose('ada', 'doubt', { decision: org.view(1).id }))).toEqual([
      'GDO1052 the process `doubt` needs the decision that it is about',
      'ok',
      'ok',
    ]);
  });
});
