// What waits for another case, and what an edit does to support (S50, S117, S120).
import { describe, expect, it } from 'vitest';
import { holdersOf, unsupported } from '../../../engine/index.ts';
import { compile, day, found, hour, notesFor, type Organization } from './organization.ts';

const opening = 'gdo 1\norganization "Test"\nend\narea work covers "work/**"\n';
const roles =
  'role member plural members\n  held by 1 to 99 people\nend\nrole chair plural chairs\n  held by 0 to 3 people\n  gained through naming\n  lost through resignation\nend\n' +
  'process naming\n  started by any member\n  step wait\n    after 1 day go to named\n  end\n  outcome named\n    grant chair to the candidate\n  end\nend\n';
const people: readonly string[] = ['ada', 'ben', 'chi', 'dev'];

function withText(text: string): Organization {
  const bylaws = `${opening}${roles}${text}`;
  expect(unsupported(compile(bylaws).charter)).toEqual([]);
  return found(bylaws, { member: people }, { people, content: [['work/a', '100644:aa']] });
}

const step = (after: string, more = ''): string =>
  `  step talk\n${more}    when the author approves go to accepted\n    after ${after} go to refused\n  end\nend\n`;

describe('`hold P` (S120)', () => {
  const text = `process ejection\n  started by any member\n${step('9 days')}process appeal\n  started by any member\n  while open hold ejection\n${step('3 days')}`;

  it('keeps cases of P from their outcome while the case is open, and lets them go on', () => {
    const org = withText(text);
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('ada', 'ejection'), propose('ben', 'ejection'), propose('chi', 'appeal'));
    org.epoch(day, act('ada', 1, 'approve'));
    expect(org.view(1)).toMatchObject({ status: 'open', stage: 'talk' });
    expect(org.epoch(2 * day, act('ada', 1, 'withdraw', { about: 'approve' }), propose('dev', 'naming')).verdicts).toEqual(['GDO1051', 'ok']);
    org.epoch(3 * day);
    expect([org.view(3).status, org.view(4).status, org.due()]).toEqual(['refused', 'accepted', 3 * day]);
    org.epoch(3 * day + 1);
    expect([org.view(1).status, org.view(2).status]).toEqual(['accepted', 'open']);
  });

  it('goes on for another case that begins to hold P before the outcome is reached, and has nothing to look at until then', () => {
    const org = withText(text);
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('ada', 'ejection'), propose('chi', 'appeal'));
    org.epoch(day, act('ada', 1, 'approve'));
    org.epoch(3 * day);
    const { notices } = org.epoch(3 * day + hour, propose('dev', 'appeal'));
    expect(notices.map(({ reason }) => reason)).toContain('`accepted` waits: case 3 holds `ejection`');
    expect([org.view(1).status, org.due()]).toEqual(['open', 6 * day + hour]);
    org.epoch(6 * day + hour);
    org.epoch(6 * day + hour + 1);
    expect([org.view(1).status, org.due()]).toEqual(['accepted', undefined]);
  });

  it('in a step begins with no event that comes too late (S20)', () => {
    const holding = '    hold ejection when 2 members endorse within 1 day\n';
    const ends = (atMs: number): string => {
      const org = withText(`process ejection\n  started by any member\n${step('9 days')}process appeal\n  started by any member\n${step('3 days', holding)}`);
      const { propose, act } = notesFor(org);
      org.epoch(0, propose('ada', 'ejection'), propose('chi', 'appeal'));
      org.epoch(hour, act('ada', 2, 'endorse'));
      org.epoch(atMs, act('dev', 2, 'endorse'));
      org.epoch(2 * day, act('ada', 1, 'approve'));
      return org.view(1).status;
    };
    expect([ends(day - 1), ends(day)]).toEqual(['open', 'accepted']);
  });

  it('in a step begins with the event and lasts to the end of the case', () => {
    const holding = '    hold ejection when 2 members endorse\n';
    const org = withText(`process ejection\n  started by any member\n${step('9 days')}process appeal\n  started by any member\n${step('3 days', holding)}`);
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('ada', 'ejection'), propose('ben', 'ejection'), propose('chi', 'appeal'));
    org.epoch(hour, act('ada', 3, 'endorse'), act('ada', 1, 'approve'));
    expect(org.view(1).status).toBe('accepted');
    org.epoch(day, act('dev', 3, 'endorse'));
    org.epoch(2 * day, act('ben', 2, 'approve'));
    expect(org.view(2).status).toBe('open');
    org.epoch(2 * day + hour, act('chi', 3, 'approve'));
    org.epoch(2 * day + hour + 1);
    expect(org.view(2).status).toBe('accepted');
  });

  it('does not let two processes wait for one another for ever', () => {
    const one = (name: string, other: string): string => `process ${name}\n  started by any member\n  while open hold ${other}\n${step('3 days')}`;
    const org = withText(one('ping', 'pong') + one('pong', 'ping'));
    const { propose } = notesFor(org);
    org.epoch(0, propose('ada', 'ping'), propose('ben', 'pong'));
    org.epoch(3 * day);
    expect(org.view(2).status).toBe('open');
    org.epoch(3 * day + 1);
    org.epoch(3 * day + 2);
    expect([org.view(1).status, org.view(2).status, org.due()]).toEqual(['refused', 'refused', undefined]);
  });
});

describe('`hold the decision` (S120)', () => {
  const text =
    `process change\n  governs work\n  started by any member\n  step talk\n    when the author approves go to fine\n    after 9 days go to refused\n  end\n  outcome fine\n    accept the merge within 2 days\n  end\nend\n` +
    `process dispute\n  governs work\n  started by any member within 9 days of change.fine\n${step('5 days', '    hold the decision when 2 members endorse\n')}` +
    `process doubt\n  started by any member within 9 days of naming.named\n  while open hold the decision\n${step('5 days')}`;
  const entry = (path: string, old: string, fresh: string): readonly { readonly path: string; readonly old: string; readonly new: string }[] => [
    { path, old, new: fresh },
  ];

  it('lets roles that the decision granted rest, and gives them back at the end of the case', () => {
    const org = withText(text);
    const { propose } = notesFor(org);
    const chairs = (): readonly string[] => holdersOf(org.state(), org.charter, 'chair');
    org.epoch(0, propose('ada', 'naming', { candidate: 'ben' }), propose('ada', 'naming', { candidate: 'chi' }));
    org.epoch(day);
    expect(chairs()).toEqual(['ben', 'chi']);
    org.epoch(2 * day, propose('dev', 'doubt', { candidate: 'ben' }));
    expect(chairs()).toEqual(['chi']);
    org.epoch(7 * day);
    expect(chairs()).toEqual(['ben', 'chi']);
  });

  it('keeps other merges from the paths it merged, until the case ends; what is merged stays', () => {
    const org = withText(text);
    const { proposeChange, act } = notesFor(org);
    org.epoch(0, proposeChange('ada', 'change', entry('work/a', '100644:aa', '100644:bb')));
    org.epoch(hour, act('ada', 1, 'approve'));
    expect(org.view(1).status).toBe('merged');
    org.epoch(day, proposeChange('ben', 'dispute', entry('work/a', '100644:bb', '100644:aa')));
    org.epoch(day + hour, act('chi', 2, 'endorse'), act('dev', 2, 'endorse'));
    org.epoch(
      2 * day,
      proposeChange('chi', 'change', entry('work/a', '100644:bb', '100644:cc')),
      proposeChange('chi', 'change', entry('work/b', 'absent', '100644:dd')),
    );
    org.epoch(2 * day + hour, act('chi', 3, 'approve'), act('chi', 4, 'approve'));
    expect([org.view(3).status, org.view(4).status]).toEqual(['waiting', 'merged']);
    expect(org.view(3).reason).toBe('waits: case 2 holds the decision');
    org.epoch(4 * day + hour);
    expect([org.view(3).status, org.due()]).toEqual(['waiting', 6 * day]);
    org.epoch(6 * day);
    expect([org.view(2).status, org.view(3).status]).toEqual(['refused', 'merged']);
  });
});

describe('an edit (S50, S117)', () => {
  const motion = (answer: string): Organization =>
    withText(
      `process motion\n  started by any member\n  on edit ${answer}\n  step talk\n    when 2 members endorse go to signing\n    after 9 days go to refused\n  end\n` +
        `  step signing\n    when 2 members endorse since the start go to accepted\n    when 3 members approve go to accepted\n    after 9 days since the start go to refused\n  end\nend\n`,
    );

  it('restarts the case: support given before it does not count after it', () => {
    const org = motion('restart');
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('ada', 'motion', { text: 'one' }));
    org.epoch(hour, act('ben', 1, 'endorse'));
    const edits = org.epoch(2 * day, act('ben', 1, 'edit', { text: 'two' }), act('ada', 1, 'edit'), act('ada', 1, 'edit', { text: 'two' }));
    expect(edits.verdicts).toEqual(['GDO1040', 'GDO1052', 'ok']);
    expect(org.view(1)).toMatchObject({ text: 'two', stage: 'talk', entry: 2, startedMs: 2 * day, dueMs: 11 * day });
    org.epoch(3 * day, act('chi', 1, 'endorse'));
    expect(org.view(1).stage).toBe('talk');
    org.epoch(3 * day + 1, act('ben', 1, 'endorse'));
    org.epoch(3 * day + 2);
    expect(org.view(1).stage).toBe('accepted');
  });

  it('goes to the stage that is named, without a new start', () => {
    const org = motion('go to signing');
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('ada', 'motion'));
    org.epoch(hour, act('ben', 1, 'endorse'));
    org.epoch(2 * day, act('ada', 1, 'edit', { text: 'two' }));
    expect(org.view(1)).toMatchObject({ stage: 'signing', startedMs: 0, dueMs: 9 * day });
  });

  it('is refused where the bylaws answer it with nothing else', () => {
    const org = motion('refuse');
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('ada', 'motion'));
    expect(org.epoch(hour, act('ada', 1, 'edit', { text: 'two' })).verdicts).toEqual(['GDO1052']);
  });
});
