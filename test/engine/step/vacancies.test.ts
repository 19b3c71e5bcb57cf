// Seats that are left and have to be filled in time, while they are filled, left again, and the bylaws change (docs/decisions/0062).
import { describe, expect, it } from 'vitest';
import { caseView, holdersOf, unsupported } from '../../../engine/index.ts';
import { amend, amendment } from './amending.ts';
import { compile, day, found, hour, notesFor, type Note, type Organization } from './organization.ts';

const chair = (more: string): string => `role chair plural chairs
  held by 0 to 3 people
  gained through filling
  lost through resignation
${more}end
`;
const clause = '  vacancy filled through filling within 10 days\n';
const bylaws = (role: string, grant = '    grant chair to the candidate\n'): string => `gdo 1
organization "Seats"
end
area rules covers "bylaws/**"
role member plural members
  held by 1 to 9 people
end
${role}process filling
  started by any member
  step wait
    when any member approves go to filled
    after 9 days go to refused
  end
  outcome filled
${grant}  end
end
${amendment}`;
/** An office of one person that is filled by a process of several. */
const filled = (name: string): string =>
  `role ${name} plural ${name}s\n  held by 0 to 1 people\n  gained through filling\n  lost through resignation\n${clause}end\n`;
const asked = bylaws(chair(clause));

function organization(): Organization {
  expect(unsupported(compile(asked).charter)).toEqual([]);
  return found(asked, { member: ['ana', 'bo', 'eve'], chair: ['cy', 'dee', 'eve'] }, { content: [['bylaws/a', '100644:aa']] });
}

const resign = (by: string): Note => ({ by, kind: 'resign', body: { role: 'chair' } });
const fillings = (org: Organization): number =>
  Array.from({ length: 9 }, (_, index) => caseView(org.state(), index + 1)?.process).filter((name) => name === 'filling').length;

const approved = { approved: ['ana', 'bo'] } as const;

describe('a seat that has to be filled in time', () => {
  it('and was filled and left again has its time from when it was left again', () => {
    const org = organization();
    const { propose, act } = notesFor(org);
    org.epoch(day, resign('cy'));
    org.epoch(2 * day, propose('ana', 'filling', { candidate: 'bo' }));
    org.epoch(3 * day, act('ana', 1, 'approve'));
    expect(holdersOf(org.state(), org.charter, 'chair')).toEqual(['bo', 'dee', 'eve']);
    org.epoch(5 * day, resign('dee'));
    org.epoch(11 * day);
    expect([fillings(org), org.due()]).toEqual([1, 15 * day]);
    org.epoch(15 * day);
    expect(fillings(org)).toBe(2);
  });

  it('has the time of the first one that was left, until all of them are filled', () => {
    const org = organization();
    const { propose, act } = notesFor(org);
    org.epoch(day, resign('cy'));
    org.epoch(2 * day, resign('dee'), propose('ana', 'filling', { candidate: 'bo' }));
    org.epoch(3 * day, act('ana', 1, 'approve'));
    expect([holdersOf(org.state(), org.charter, 'chair'), org.due()]).toEqual([['bo', 'eve'], 11 * day]);
    org.epoch(11 * day);
    expect(fillings(org)).toBe(2);
  });

  it.each([
    ['ask for it no more', bylaws(chair(''))],
    ['know the role no more', bylaws('', '    refuse the merge\n')],
  ])('is asked for by nobody once the bylaws %s', (_, text) => {
    const org = organization();
    org.epoch(day, resign('cy'));
    amend(org, 2 * day, text, approved);
    org.epoch(11 * day);
    expect(fillings(org)).toBe(0);
  });

  it('is asked for beside another office that the same process fills', () => {
    const text = bylaws(filled('chair') + filled('clerk'), '    grant the proposed role to the candidate\n');
    const org = found(text, { member: ['ana', 'bo'], chair: ['cy'], clerk: ['dee'] });
    org.epoch(day, ...['cy', 'dee'].map((by): Note => ({ by, kind: 'resign', body: { role: by === 'cy' ? 'chair' : 'clerk' } })));
    org.epoch(11 * day);
    expect([1, 2].map((number) => caseView(org.state(), number)?.role)).toEqual(['chair', 'clerk']);
    const { act } = notesFor(org);
    org.epoch(12 * day, act('ana', 1, 'approve'));
    expect(fillings(org)).toBe(2);
  });

  it('is not asked for twice while a case asks for it', () => {
    const org = found(bylaws(filled('chair'), '    grant the proposed role to the candidate\n'), { member: ['ana', 'bo'], chair: ['cy'] });
    const { propose } = notesFor(org);
    org.epoch(day, resign('cy'));
    org.epoch(10 * day, propose('ana', 'filling', { candidate: 'bo', role: 'chair' }));
    org.epoch(11 * day);
    expect(fillings(org)).toBe(1);
  });

  it('is asked for anew where the bylaws asked for nothing in between', () => {
    const org = organization();
    org.epoch(day, resign('cy'));
    amend(org, 2 * day, bylaws(chair('')), approved);
    amend(org, 3 * day, asked, approved);
    org.epoch(11 * day);
    expect(fillings(org)).toBe(0);
    org.epoch(12 * day, resign('dee'));
    expect(org.due()).toBe(22 * day);
    org.epoch(22 * day + hour);
    expect(fillings(org)).toBe(1);
  });
});
