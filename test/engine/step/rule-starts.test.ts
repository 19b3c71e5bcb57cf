// What the rules start at one instant: a case for each thing that asks for one, about its people, and none twice (S65, S109, S114, decision 0061).
import { describe, expect, it } from 'vitest';
import { currentOf, readCase, readEntry, unsupported } from '../../../engine/index.ts';
import { board, boardOf, boardText, certify, sittingOn } from './board.ts';
import { compile, day, found, hour, notesFor, type Epoch, type Note, type Organization } from './organization.ts';

const roles = `role member plural members
  held by 1 to 9 people
end
role chair plural chairs
  held by 0 to 3 people
  gained through filling
  lost through resignation
end
role clerk plural clerks
  held by 0 to 3 people
  gained through filling
  lost through resignation
end
`;
const minute = 60_000;

/** An organization in which a process fills the two offices. */
function withProcesses(text: string, fillings = ''): Organization {
  const filling = `process filling\n${fillings}  step wait\n    after 1 day go to filled\n  end\n  outcome filled\n    grant the proposed role to the candidate\n  end\nend\n`;
  const bylaws = `gdo 1\norganization "Test"\nend\naction publish by any person\n${roles}${filling}${text}`;
  expect(unsupported(compile(bylaws).charter)).toEqual([]);
  return found(bylaws, { member: ['ada', 'ben', 'chi'], chair: ['kim'], clerk: ['kim'] });
}

/** A process that is accepted after a day. */
const talk = (name: string, clauses: string, wait = '1 day'): string =>
  `process ${name}\n${clauses}  step wait\n    after ${wait} go to accepted\n  end\nend\n`;

/** Every case there is: its process, whom it is about, and which role it asks for. */
const cases = (org: Organization): readonly string[] =>
  Array.from({ length: currentOf(org.state()).cases }, (_, index) => {
    const { process, role, subjects } = readCase(org.state(), org.view(index + 1).id) ?? {};
    return [process, ...(role === undefined ? [] : [`for ${role}`]), ...(subjects ?? [])].join(' ');
  });
const notStarted = ({ notices }: Epoch): readonly unknown[] => notices.filter(({ reason }) => reason.includes('did not start'));

describe('a case that nobody proposed', () => {
  it('begins as one that somebody proposed, but for its number, its name and who started it', () => {
    const org = withProcesses(talk('first', '  started by any member\n') + talk('second', '  starts after first.wait\n'));
    org.epoch(hour, notesFor(org).propose('ada', 'first'));
    const [proposed, started] = [1, 2].map((number) => readCase(org.state(), org.view(number).id));
    const same = {
      bylaws: org.hash,
      candidates: [],
      subjects: [],
      startedMs: hour,
      phase: 'open',
      stage: 'wait',
      entry: 1,
      entries: 1,
      openedMs: hour,
      dueMs: hour + day,
      acts: 0,
      firsts: [['wait', hour]],
      reached: [['wait', hour]],
      concerns: [],
      votes: [],
      present: [],
      nominees: [],
      winners: [],
    };
    const id = proposed?.id ?? '';
    expect(proposed).toEqual({ ...same, id, number: 1, process: 'first', title: 'first', author: 'ada', starters: ['ada'] });
    expect(started).toEqual({ ...same, id: org.view(2).id, number: 2, process: 'second', title: 'second', author: '', starters: [], decision: id });
  });

  it('starts in no process without stages, which nobody can propose either (GDO202)', () => {
    const org = withProcesses(`process idle\n  started by any member\n  starts after first.wait\nend\n${talk('first', '  started by any member\n')}`);
    const { propose } = notesFor(org);
    expect(org.epoch(0, propose('ada', 'idle')).full).toMatchObject([{ code: 'GDO1052', reason: '`idle` is not a process of the bylaws' }]);
    org.epoch(hour, propose('ada', 'first'));
    expect(cases(org)).toEqual(['first']);
  });

  it('starts not where `about` means nobody, although its stages speak of nobody, and nothing is said of it (S123)', () => {
    const org = withProcesses(talk('first', '  started by any member\n') + talk('second', '  starts after first.wait\n  about member who holds chair\n'));
    expect(notStarted(org.epoch(hour, notesFor(org).propose('ada', 'first')))).toEqual([]);
    expect(cases(org)).toEqual(['first']);
  });

  it('and cannot start is not spoken of where no case asked for it', () => {
    const org = withProcesses(
      'process hearing\n  starts every 1 day from 1970-01-02\n  step wait\n    when the subject approves go to accepted\n    after 1 day go to refused\n  end\nend\n',
    );
    expect(org.epoch(day).notices).toEqual([]);
    expect(cases(org)).toEqual([]);
  });
});

describe('cases that start one another', () => {
  const circle = (wait: string): Organization => {
    const step = wait === '' ? '  outcome over accepts\n' : `  step wait\n    after ${wait} go to over\n  end\n  outcome over accepts\n`;
    const next = (name: string, other: string): string => `process ${name}\n  started by any member\n  starts after ${other}.over\n${step}end\n`;
    return withProcesses(next('ping', 'pong') + next('pong', 'ping'));
  };

  it('go on for as long as there is time between them, be it a minute', () => {
    const org = circle('1 minute');
    org.epoch(day, notesFor(org).propose('ada', 'ping'));
    for (let round = 1; round <= 24; round += 1) org.epoch(day + round * minute);
    expect([currentOf(org.state()).cases, org.view(24).status, org.view(25).status]).toEqual([25, 'accepted', 'open']);
  });

  it('end after the seventeenth in a row without time, and say so', () => {
    const org = circle('');
    let last = org.epoch(day, notesFor(org).propose('ada', 'ping'));
    for (let round = 1; round < 40 && org.due() !== undefined; round += 1) last = org.epoch(day + round);
    expect([currentOf(org.state()).cases, org.due()]).toEqual([18, undefined]);
    expect(notStarted(last)).toMatchObject([
      { number: 18, kind: 'decided', code: 'GDO1040', reason: '`ping` did not start: cases start one another in a circle' },
    ]);
  });
});

describe('a case that another one starts', () => {
  const second = talk('second', '');
  const third = talk('third', '  starts after first.over\n');

  it('starts once for each case that asks for it, and once for a case that asks twice', () => {
    const org = withProcesses(
      `process first\n  started by any member\n  outcome over\n    start second\n    start second\n  end\nend\n${second}${third}${talk('other', '  started by any member\n')}`,
    );
    const { propose } = notesFor(org);
    const epoch = org.epoch(hour, propose('ada', 'first'), propose('ben', 'first'), propose('chi', 'other'));
    expect(cases(org).toSorted()).toEqual(['first', 'first', 'other', 'second', 'second', 'third', 'third']);
    expect(notStarted(epoch)).toEqual([]);
  });

  it('is about the people of that one, and where that names nobody about whom `about` means (decision 0137)', () => {
    const first = talk('first', '  started by any member\n');
    const org = withProcesses(first + talk('second', '  starts after first.wait\n  about member\n'));
    const { propose } = notesFor(org);
    org.epoch(hour, propose('ada', 'first', { subject: 'ben' }), propose('ada', 'first', { candidate: 'chi' }), propose('ada', 'first'));
    expect(cases(org)).toEqual(['first ben', 'first', 'first', 'second ben', 'second', 'second ada ben chi']);
    expect([4, 5, 6].map((number) => readCase(org.state(), org.view(number).id)?.candidates)).toEqual([[], ['chi'], []]);
  });
});

describe('shortages of one instant', () => {
  it('start a case each, also those that one process asks for (S109)', () => {
    const org = withProcesses('', '  starts when the chair is vacant\n  starts when the clerk is vacant\n');
    const resign = (role: string): Note => ({ by: 'kim', kind: 'resign', body: { role } });
    org.epoch(hour, resign('chair'), resign('clerk'));
    expect(cases(org)).toEqual(['filling for chair', 'filling for clerk']);
    expect(['000', '001'].map((line) => readEntry(org.state(), `short/filling/${line}`))).toEqual([{ since: hour }, { since: hour }]);
    org.epoch(2 * hour);
    expect(cases(org).length).toBe(2);
  });
});

describe('shortages of more roles than a circle may have rounds', () => {
  it('start a case each at one instant', () => {
    const names = Array.from({ length: 20 }, (_, index) => `r${index}`);
    const offices = names.map((name) => `role ${name} plural ${name}s\n  held by 0 to 3 people\n  gained through staffing\nend\n`).join('');
    const lines = names.map((name) => `  starts when the ${name} is vacant\n`).join('');
    const org = withProcesses(
      `${offices}process staffing\n${lines}  step wait\n    after 1 day go to staffed\n  end\n  outcome staffed\n    grant the proposed role to the candidate\n  end\nend\n`,
    );
    org.epoch(hour);
    expect(cases(org)).toEqual(names.map((name) => `staffing for ${name}`));
  });
});

describe('a shortage that the rules themselves end and begin again', () => {
  const org = (): Organization => {
    const bylaws = `gdo 1
organization "Test"
end
role member plural members
  held by 1 to 9 people
end
role chair plural chairs
  held by 0 to 9 people
  gained through filling
  lost through resignation or emptying
end
process filling
  starts when the chair is vacant
  about member
  outcome filled
    grant chair to the subject
  end
end
process emptying
  starts after filling.filled
  outcome emptied
    remove chair from the subject
  end
end
`;
    expect(unsupported(compile(bylaws).charter)).toEqual([]);
    return found(bylaws, { member: ['ada'] });
  };

  it('starts no more than seventeen cases in a row without time between them', () => {
    const circle = org();
    for (let round = 0; round < 60 && circle.due() !== undefined; round += 1) circle.epoch(day + round);
    expect([cases(circle).filter((name) => name.startsWith('filling')).length, circle.due()]).toEqual([17, undefined]);
  });

  it('is another thing than a shortage in a process in which people have just started many cases', () => {
    const busy = withProcesses('', '  started by any member\n  starts when the chair is vacant\n');
    const { propose } = notesFor(busy);
    for (let round = 0; round < 20; round += 1) busy.epoch(day + round, propose('ada', 'filling', { role: 'clerk' }));
    busy.epoch(day + 20, { by: 'kim', kind: 'resign', body: { role: 'chair' } });
    expect(cases(busy).filter((name) => name === 'filling for chair').length).toBe(1);
  });

  it('starts one each time where a minute lies between them', () => {
    const slow = org();
    for (let round = 0; round < 60; round += 1) slow.epoch(day + round * (minute / 2));
    expect(cases(slow).filter((name) => name.startsWith('filling')).length).toBe(30);
  });
});

describe('caps that are broken at one instant', () => {
  it('start a case each, about their own people, which lasts as long as its cap is broken (S114)', () => {
    const org = boardOf(boardText('  limit 2 board per employer otherwise start hearing\n  limit 1 board per team otherwise start hearing\n'));
    org.epoch(day, ...['ana', 'bo', 'chi'].map((member) => certify(member, 'Acme')), ...['dee', 'eli'].map((member) => certify(member, 'Red', 'team')));
    expect(cases(org)).toEqual(['hearing ana bo chi', 'hearing dee eli']);
    org.epoch(2 * day, certify('fay', 'Zeta'));
    expect([org.view(1).status, org.view(2).status]).toEqual(['open', 'open']);
    org.epoch(3 * day, certify('eli', 'Blue', 'team'));
    expect([org.view(1).status, org.view(2).status]).toEqual(['open', 'refused']);
  });

  it('start none in a process that has lapsed (S60)', () => {
    const org = boardOf(boardText('  limit 2 board per employer otherwise start hearing\n', 'protect hearing\n  lapses after 5 days\nend\n'));
    org.epoch(5 * day);
    org.epoch(6 * day, ...['ana', 'bo', 'chi'].map((member) => certify(member, 'Acme')));
    expect([cases(org), sittingOn(org)]).toEqual([[], board]);
  });
});

describe('duties that are missed at one instant', () => {
  it('start a case each, about the people of the case that the duty follows from (S65)', () => {
    const duty = 'duty minutes\n  owed by any member\n  within 10 days of talk.accepted\n  done when any member publishes\n  otherwise start reminder\nend\n';
    const org = withProcesses(talk('talk', '  started by any member\n') + talk('reminder', '  about member\n') + duty);
    const { propose } = notesFor(org);
    org.epoch(0, propose('ada', 'talk', { subject: 'ben' }), propose('ada', 'talk', { subject: 'chi' }), propose('ada', 'talk'));
    org.epoch(day);
    org.epoch(11 * day);
    expect(cases(org).slice(3).toSorted()).toEqual(['reminder ada ben chi', 'reminder ben', 'reminder chi']);
  });
});
