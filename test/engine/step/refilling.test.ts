// `vacancy filled through P within D` (docs/decisions/0062): the rules ask once for each time that runs out, and another leaving begins a new time.
import { describe, expect, it } from 'vitest';
import { caseView } from '../../../engine/index.ts';
import { day, found, hour, notesFor, type Note, type Organization } from './organization.ts';

const text = `gdo 1
organization "Council"
end
role member plural members
  held by 1 to 9 people
end
role councillor plural councillors
  held by 0 to 3 people
  gained through filling
  lost through resignation
  vacancy filled through filling within 10 days
end
process filling
  started by any member
  step talk
    when any member approves go to filled
    after 5 days go to refused
  end
  outcome filled
    grant councillor to the candidate
  end
end
`;

const council = (): Organization => found(text, { member: ['max'], councillor: ['ada', 'ben', 'cem'] });
const resign = (by: string): Note => ({ by, kind: 'resign', body: { role: 'councillor' } });
const cases = (org: Organization): number => [1, 2, 3, 4].filter((number) => caseView(org.state(), number) !== undefined).length;

describe('a seat that is to be filled in time', () => {
  it('is asked for once; where that ends refused, the next leaving begins a new time', () => {
    const org = council();
    org.epoch(day, resign('ada'));
    org.epoch(11 * day - 1);
    expect(cases(org)).toBe(0);
    org.epoch(11 * day);
    expect([cases(org), org.view(1).process]).toEqual([1, 'filling']);
    org.epoch(16 * day);
    expect(org.view(1).status).toBe('refused');
    org.epoch(40 * day);
    expect(cases(org)).toBe(1);
    org.epoch(41 * day, resign('ben'));
    expect(org.due()).toBe(51 * day);
    org.epoch(51 * day - 1);
    expect(cases(org)).toBe(1);
    org.epoch(51 * day);
    expect(cases(org)).toBe(2);
  });

  it('keeps the time that runs where somebody else leaves meanwhile', () => {
    const org = council();
    org.epoch(day, resign('ada'));
    org.epoch(9 * day, resign('ben'));
    org.epoch(11 * day);
    expect(cases(org)).toBe(1);
    org.epoch(19 * day);
    expect([cases(org), org.due()]).toEqual([1, undefined]);
  });

  it('asks also where somebody left between its instant and the checkpoint after it', () => {
    const org = council();
    org.epoch(day, resign('ada'));
    org.epoch(12 * day, { ...resign('ben'), atMs: 11 * day + hour });
    expect(cases(org)).toBe(1);
  });

  it('is missing until as many hold it as before the first of them left', () => {
    const org = council();
    const { propose, act } = notesFor(org);
    const fill = (number: number, atMs: number, candidate: string): void => {
      org.epoch(atMs, propose('max', 'filling', { candidate }));
      org.epoch(atMs + 1, act('max', number, 'approve'));
      expect(org.view(number).outcome).toBe('filled');
    };
    org.epoch(day, resign('ada'));
    org.epoch(16 * day);
    expect(org.view(1).status).toBe('open');
    org.epoch(21 * day, resign('ben'));
    fill(2, 22 * day, 'ada');
    org.epoch(31 * day);
    expect([cases(org), org.view(3).process]).toEqual([3, 'filling']);
    fill(4, 32 * day, 'ben');
    expect(org.due()).toBe(36 * day);
    org.epoch(50 * day);
    expect(cases(org)).toBe(4);
  });
});
