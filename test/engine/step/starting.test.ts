// How cases start: several starters, windows, and the rules themselves (S108, S109, S122). Each on bylaws as small as they can be.
import { describe, expect, it } from 'vitest';
import { holdersOf, instantOf, openCases, readEntry, stateRoot, unsupported } from '../../../engine/index.ts';
import { compile, day, found, hour, notesFor, type Organization } from './organization.ts';

const opening = 'gdo 1\norganization "Test"\nend\narea work covers "work/**"\n';
const roles = 'role member plural members\n  held by 1 to 99 people\n  lost through resignation\nend\nrole chair plural chairs\n  held by 0 to 3 people\nend\n';
const people: readonly string[] = ['ada', 'ben', 'chi', 'dev', 'eve', 'fay'];

/** An organization of six members, a chair who is none, and a guest, with the processes given. */
function withProcesses(text: string): Organization {
  expect(unsupported(compile(`${opening}${roles}${text}`).charter)).toEqual([]);
  return found(`${opening}${roles}${text}`, { member: people, chair: ['kim'] }, { people: [...people, 'kim', 'zoe'], content: [['work/a', '100644:aa']] });
}

const petition = `process petition
  started by 3 members
  started by any chair
  while open suspend chair of the subject
  step talk
    when any member approves go to accepted
    after 5 days go to refused
  end
end
`;

describe('a case that several people start (S108)', () => {
  const start = { stage: 1 };

  it('opens when enough different people have started it, and starts then', () => {
    const org = withProcesses(petition);
    const { propose, act } = notesFor(org);
    expect(org.epoch(0, propose('ada', 'petition', { subject: 'kim' })).verdicts).toEqual(['ok']);
    expect(org.view(1)).toMatchObject({ status: 'open', entry: 0, dueMs: 30 * day });
    expect(org.view(1).acts).toMatchObject([{ verb: 'start', entry: 1, done: ['ada'] }]);
    expect(org.view(1).needed).toEqual([
      { requirement: 'started by at least 3 members', have: '1 (ada)', need: '3', met: false },
      { requirement: 'started by any chair', have: '0', need: '1', met: false },
    ]);
    const again = org.epoch(day, act('ada', 1, 'start', start), act('zoe', 1, 'start', start), act('ben', 1, 'start', start), act('ben', 1, 'approve', start));
    expect(again.verdicts).toEqual(['GDO1052', 'GDO1040', 'ok', 'GDO1050']);
    expect(again.full[1]).toMatchObject({
      reason: 'the process `petition` is started by at least 3 members or any chair, and `zoe` is not among them',
    });
    expect(org.view(1).needed[0]).toEqual({ requirement: 'started by at least 3 members', have: '2 (ada, ben)', need: '3', met: false });
    expect(org.view(1).acts).toMatchObject([{ people: [...people, 'kim'], done: ['ada', 'ben'] }]);
    expect(readEntry(org.state(), `suspended/chair/kim/${org.view(1).id}`)).toBeUndefined();
    const last = org.epoch(2 * day, act('chi', 1, 'start', start), act('dev', 1, 'start', start));
    expect(last.verdicts).toEqual(['ok', 'GDO1050']);
    expect(org.view(1)).toMatchObject({ entry: 1, stage: 'talk', startedMs: 2 * day, openedMs: 2 * day, dueMs: 7 * day });
    expect(readEntry(org.state(), `case/${org.view(1).id}`)?.['starters']).toEqual(['ada', 'ben', 'chi']);
    expect(readEntry(org.state(), `suspended/chair/kim/${org.view(1).id}`)).toEqual({});
  });

  it('is joined within the window of the decision that its author named, and not after it (S120, S122)', () => {
    const deed =
      'process deed\n  started by any member\n  step talk\n    when any member approves go to accepted\n    after 5 days go to refused\n  end\nend\n';
    const org = withProcesses(
      `${deed}process stop\n  started by 2 members within 3 days of deed.accepted\n  while open hold the decision\n  step talk\n    after 5 days go to refused\n  end\nend\n`,
    );
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('ada', 'deed', {}));
    org.epoch(hour, act('ben', 1, 'approve'));
    const decision = org.view(1).id;
    org.epoch(2 * hour, propose('ada', 'stop', { decision }));
    expect(org.epoch(3 * hour, act('chi', 2, 'start', start)).verdicts).toEqual(['ok']);
    expect(org.view(2)).toMatchObject({ status: 'open', stage: 'talk', entry: 1 });
    org.epoch(2 * day, propose('dev', 'stop', { decision }));
    expect(org.view(3).acts).toMatchObject([{ people }]);
    expect(org.epoch(4 * day, act('eve', 3, 'start', start)).verdicts).toEqual(['GDO1040']);
    expect(org.view(3).acts).toMatchObject([{ people: [] }]);
  });

  it('opens at once for a person whom another line needs alone', () => {
    const org = withProcesses(petition);
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('kim', 'petition', { subject: 'ada' }), propose('ada', 'petition', { subject: 'ada' }));
    expect([org.view(1).entry, org.view(2).entry]).toEqual([1, 0]);
    expect(org.epoch(hour, act('kim', 2, 'start', start)).verdicts).toEqual(['ok']);
    expect(org.view(2).entry).toBe(1);
  });

  it('is refused after 30 days with too few, and takes nobody at that instant any more', () => {
    const org = withProcesses(petition);
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('ada', 'petition', { subject: 'kim' }));
    expect(org.due()).toBe(30 * day);
    expect(org.epoch(30 * day, act('ben', 1, 'start', start), act('chi', 1, 'start', start)).verdicts).toEqual(['GDO1051', 'GDO1051']);
    expect(org.view(1)).toMatchObject({ status: 'refused', outcome: 'refused', reason: 'too few people started it in time' });
    expect(org.due()).toBeUndefined();
  });

  it('counts a share of the roll as it was at the proposal, and nobody who has lost the role since', () => {
    const org = withProcesses(petition.replace('started by 3 members', 'started by at least 1/2 of members'));
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('ada', 'petition', { subject: 'kim' }));
    const resign = { by: 'fay', kind: 'resign', body: { role: 'member' } } as const;
    expect(org.epoch(hour, resign, act('fay', 1, 'start', start), act('ben', 1, 'start', start)).verdicts).toEqual(['ok', 'GDO1040', 'ok']);
    expect(org.view(1).entry).toBe(0);
    org.epoch(2 * hour, act('chi', 1, 'start', start));
    expect(org.view(1).entry).toBe(1);
  });

  it('cannot be proposed where there are fewer people than the only line needs', () => {
    const org = withProcesses(petition.replace('  started by any chair\n', '').replace('started by 3 members', 'started by more than 1/1 of members'));
    expect(org.epoch(0, notesFor(org).propose('ada', 'petition', { subject: 'kim' })).full).toMatchObject([
      { code: 'GDO1040', reason: '`petition` needs more people to start it than there are' },
    ]);
  });
});

describe('an act of a stage', () => {
  it('that was received before the stage opened comes too early, whenever it is judged (GDO1050)', () => {
    const org = withProcesses(
      'process talk\n  started by any member\n  step first\n    when any chair approves go to second\n  end\n  step second\n    when any member approves go to accepted\n  end\nend\n',
    );
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('ada', 'talk'));
    org.epoch(hour, act('kim', 1, 'approve'));
    expect(org.view(1)).toMatchObject({ stage: 'second', openedMs: hour });
    expect(org.epoch(2 * hour, { ...act('ben', 1, 'approve'), atMs: hour - 1 }, { ...act('chi', 1, 'approve'), atMs: hour }).verdicts).toEqual([
      'GDO1050',
      'ok',
    ]);
  });
});

describe('windows on a start (S122)', () => {
  const appeal = (window: string): Organization =>
    withProcesses(
      `process ban\n  started by any chair\n  about member\n  step wait\n    when any chair approves go to banned\n    after 2 days go to refused\n  end\n  outcome banned accepts\nend\n` +
        `process appeal\n  started by any member ${window}\n  about member\n  step wait\n    after 1 day go to heard\n  end\n  outcome heard accepts\nend\n`,
    );
  const about = (subject: string): { readonly subject: string } => ({ subject });

  it('open within a time of another case about the same person, up to its end and not at it', () => {
    const org = appeal('within 3 days of ban.banned');
    const { propose, act } = notesFor(org);
    expect(org.epoch(0, propose('ben', 'appeal', about('ada')), propose('kim', 'ban', about('ada'))).verdicts).toEqual(['GDO1040', 'ok']);
    org.epoch(hour, act('kim', 1, 'approve'));
    const early = org.epoch(3 * day + hour - 1, propose('ben', 'appeal', about('ada')), propose('ben', 'appeal', about('chi')));
    expect(early.verdicts).toEqual(['ok', 'GDO1040']);
    expect(org.epoch(3 * day + hour, propose('ben', 'appeal', about('ada'))).verdicts).toEqual(['GDO1040']);
  });

  it('close for a time after the latest one, and open at its end', () => {
    const org = appeal('not within 3 days of ban.refused');
    const { propose } = notesFor(org);
    org.epoch(0, propose('kim', 'ban', about('ada')));
    expect(org.epoch(day, propose('ben', 'appeal', about('ada'))).verdicts).toEqual(['ok']);
    org.epoch(2 * day);
    expect(org.epoch(2 * day + 1, propose('ben', 'appeal', about('ada')), propose('ben', 'appeal', about('chi'))).verdicts).toEqual(['GDO1040', 'ok']);
    expect(org.epoch(5 * day, propose('ben', 'appeal', about('ada'))).verdicts).toEqual(['ok']);
  });

  it('close from one event until the next of another, again after each', () => {
    const org = appeal('not from ban.wait until ban.refused');
    const { propose } = notesFor(org);
    const tries = (timeMs: number): readonly string[] => org.epoch(timeMs, propose('ben', 'appeal', about('ada'))).verdicts;
    org.epoch(0, propose('kim', 'ban', about('ada')));
    expect(tries(day)).toEqual(['GDO1040']);
    org.epoch(2 * day);
    expect(tries(2 * day + 1)).toEqual(['ok']);
    org.epoch(3 * day, propose('kim', 'ban', about('ada')));
    expect(tries(4 * day)).toEqual(['GDO1040']);
  });

  it('all hold on one line, and lines are alternatives', () => {
    const org = appeal('within 3 days of ban.refused not within 1 day of ban.refused\n  started by any chair');
    const { propose } = notesFor(org);
    org.epoch(0, propose('kim', 'ban', about('ada')));
    org.epoch(2 * day);
    expect(org.epoch(2 * day + 1, propose('ben', 'appeal', about('ada')), propose('kim', 'appeal', about('ada'))).verdicts).toEqual(['GDO1040', 'ok']);
    expect(org.epoch(3 * day, propose('ben', 'appeal', about('ada'))).verdicts).toEqual(['ok']);
  });

  it('go by a path in common where a case is about nobody', () => {
    const org = withProcesses(
      'process change\n  governs work\n  started by any member not within 5 days of change.refused\n  step wait\n    when any chair approves go to accepted\n    after 2 days go to refused\n  end\nend\n',
    );
    const { proposeChange } = notesFor(org);
    const to = (path: string): readonly { readonly path: string; readonly old: string; readonly new: string }[] => [
      { path, old: path === 'work/a' ? '100644:aa' : 'absent', new: '100644:bb' },
    ];
    org.epoch(0, proposeChange('ada', 'change', to('work/a')));
    org.epoch(2 * day);
    expect(org.epoch(3 * day, proposeChange('ben', 'change', to('work/a')), proposeChange('ben', 'change', to('work/b'))).verdicts).toEqual(['GDO1040', 'ok']);
    expect(org.epoch(7 * day, proposeChange('ben', 'change', to('work/a'))).verdicts).toEqual(['ok']);
  });
});

const inside = (lines: string, name = 'p'): string => `process ${name}\n${lines}  step wait\n    after 1 day go to accepted\n  end\nend\n`;

describe('cases that the rules start', () => {
  const stages = (org: Organization): readonly string[] => openCases(org.state()).map((view) => `${view.number} ${view.process} ${view.stage}`);

  it('come round by the calendar, counted from the first day, so that a month end returns (S2, S109)', () => {
    const at = (text: string): number => instantOf(text) ?? 0;
    const org = withProcesses(inside('  starts every 1 month from 1970-01-31\n'));
    expect(org.due()).toBe(at('1970-01-31'));
    org.epoch(at('1970-01-31') - 1);
    expect(stages(org)).toEqual([]);
    org.epoch(at('1970-01-31'));
    expect(stages(org)).toEqual(['1 p wait']);
    expect(org.view(1)).toMatchObject({ author: 'the rules', startedMs: at('1970-01-31'), dueMs: at('1970-02-01') });
    org.epoch(at('1970-02-01'));
    expect([org.view(1).status, org.due()]).toEqual(['accepted', at('1970-02-28')]);
    org.epoch(at('1970-02-28'));
    org.epoch(at('1970-03-01'));
    expect(org.due()).toBe(at('1970-03-31'));
  });

  it('start once after a long silence', () => {
    const org = withProcesses(inside('  starts every 1 week from 1970-01-02\n'));
    org.epoch(60 * day);
    expect(stages(org)).toEqual(['1 p wait']);
    expect(org.due()).toBe(61 * day);
  });

  it('start when a role becomes short, and again only after it was not (S109)', () => {
    const filling =
      'process filling\n  starts when fewer than 2 people hold chair\n  started by any member\n  step wait\n    after 1 day go to filled\n  end\n  outcome filled\n    grant chair to the candidate\n  end\nend\n';
    const bylaws = `${opening}${roles.replace('0 to 3 people\n', '0 to 3 people\n  gained through filling\n  lost through resignation\n')}${filling}`;
    const org = found(bylaws, { member: people, chair: ['kim', 'ada'] });
    const { propose } = notesFor(org);
    const resign = (by: string): Parameters<Organization['epoch']>[1] => ({ by, kind: 'resign', body: { role: 'chair' } });
    expect(org.due()).toBeUndefined();
    org.epoch(hour, resign('kim'));
    expect(stages(org)).toEqual(['1 filling wait']);
    org.epoch(2 * hour, resign('ada'));
    expect(stages(org)).toEqual(['1 filling wait']);
    org.epoch(2 * day, propose('ben', 'filling', { candidate: 'ben' }), propose('ben', 'filling', { candidate: 'chi' }));
    expect(stages(org)).toEqual(['2 filling wait', '3 filling wait']);
    org.epoch(3 * day);
    expect(holdersOf(org.state(), org.charter, 'chair')).toEqual(['ben', 'chi']);
    org.epoch(4 * day, resign('ben'));
    expect(stages(org)).toEqual(['4 filling wait']);
  });

  it('start at the first checkpoint for a role that is short from the beginning, vacant or with an empty seat', () => {
    const org = withProcesses(inside('  starts when the chair is vacant\n', 'vacant') + inside('  starts when any chair is vacant\n', 'seat'));
    expect(org.due()).toBe(0);
    org.epoch(1);
    expect(stages(org)).toEqual(['1 seat wait']);
  });

  it('start after a stage or an outcome of another case, about the same people (S109)', () => {
    const org = withProcesses(
      `${inside('  started by any member\n  about member\n', 'first')}${inside('  starts after first.accepted\n  about member\n', 'second')}${inside('  starts after second.wait\n', 'third')}`,
    );
    org.epoch(0, notesFor(org).propose('ada', 'first', { subject: 'ben' }));
    expect(stages(org)).toEqual(['1 first wait']);
    org.epoch(day);
    expect(stages(org)).toEqual(['2 second wait', '3 third wait']);
    expect([org.view(2).subjects, org.view(3).subjects]).toEqual([['ben'], ['ben']]);
  });

  it('start by an outcome, and say why when they cannot', () => {
    const org = withProcesses(
      `process first\n  started by any member\n  outcome over\n    start second\n    start third\n  end\nend\n${inside('', 'second')}process third\n  step wait\n    when the subject approves go to accepted\n    after 1 day go to refused\n  end\nend\n`,
    );
    const { notices } = org.epoch(0, notesFor(org).propose('ada', 'first'));
    expect(stages(org)).toEqual(['2 second wait']);
    expect(notices.map((one) => one.reason)).toContain('`third` did not start: the process `third` needs a subject');
  });

  it('cannot go round for ever without time passing', () => {
    const circle = (name: string, next: string): string =>
      `process ${name}\n  started by any member\n  starts after ${next}.over\n  outcome over accepts\nend\n`;
    const org = withProcesses(circle('ping', 'pong') + circle('pong', 'ping'));
    org.epoch(0, notesFor(org).propose('ada', 'ping'));
    for (let epoch = 0; epoch < 40 && org.due() !== undefined; epoch += 1) org.epoch(epoch + 1);
    expect(org.due()).toBeUndefined();
    expect(org.view(18).status).toBe('accepted');
  });

  it('have the same id and root in both orders of arrival', () => {
    const run = (isReversed: boolean): string => {
      const org = withProcesses(`${inside('  started by any member\n', 'first')}${inside('  starts after first.wait\n', 'second')}`);
      const { propose } = notesFor(org);
      const notes = [
        { ...propose('ada', 'first'), knows: [] },
        { ...propose('ben', 'first'), knows: [] },
      ];
      if (isReversed) org.reversed(hour, ...notes);
      else org.epoch(hour, ...notes);
      return stateRoot(org.state());
    };
    expect(run(true)).toBe(run(false));
  });
});
