// Duties (S65, 0056): several people who do one together, duties that follow from cases, long silences, and bylaws that change them. The first steps are
// held.test.ts's.
import { describe, expect, it } from 'vitest';
import { currentOf, entriesUnder, unsupported } from '../../../engine/index.ts';
import { amend, amendment } from './amending.ts';
import { compile, day, found, notesFor, type Note, type Organization } from './organization.ts';

const bylaws = (duties: string): string => `gdo 1
organization "Duties"
end
area rules covers "bylaws/**"
role member plural members
  held by 1 to 9 people
end
role clerk plural clerks
  held by 0 to 9 people
  gained through naming
end
action publish by any person
action post by any person
process naming
  started by any member
  step wait
    after 1 day go to refused
  end
end
process reminder
  started by any member
  step wait
    after 1 day go to refused
  end
end
process assembly
  started by any member
  step talk
    after 1 day go to over
  end
  step over
    after 20 days go to refused
  end
end
process council
  started by any member
  step talk
    after 2 days go to over
  end
  step over
    after 20 days go to refused
  end
end
${amendment}${duties}`;

const otherwise = '  otherwise start reminder\n';
const every = (name: string, days: number, more = otherwise, by = 'any member'): string =>
  `duty ${name}\n  owed by any member\n  every ${days} days from 1970-01-01\n  done when ${by} publishes "${name}"\n${more}end\n`;
const within = (name: string, path: string, by = 'any member', more = otherwise): string =>
  `duty ${name}\n  owed by any member\n  within 10 days of ${path}\n  done when ${by} publishes "${name}"\n${more}end\n`;

function founded(duties: string): Organization {
  expect(unsupported(compile(bylaws(duties)).charter)).toEqual([]);
  return found(bylaws(duties), { member: ['ana', 'bo', 'cy'], clerk: ['cy'] }, { content: [['bylaws/a', '100644:b0']] });
}

const publish = (by: string, what: string, atMs?: number): Note => ({
  by,
  kind: 'perform',
  body: { verb: 'publish', text: what },
  ...(atMs === undefined ? {} : { atMs }),
});
const propose = (org: Organization, process: string, by = 'ana'): Note => notesFor(org).propose(by, process, { bylaws: currentOf(org.state()).bylaws });
/** How many reminders a missed duty has started. */
function missed(org: Organization): number {
  const numbers = Array.from({ length: currentOf(org.state()).cases }, (_, index) => index + 1);
  return numbers.filter((number) => org.view(number).process === 'reminder').length;
}

/** Puts other duties in force. */
const dutiesAmended = (org: Organization, atMs: number, duties: string): void => amend(org, atMs, bylaws(duties), { approved: ['ana', 'bo'] });

describe('a duty that comes round (S65)', () => {
  it('is due at the end of the period of each, the earliest first', () => {
    const org = founded(every('report', 10) + every('minutes', 7));
    expect(org.due()).toBe(7 * day);
    org.epoch(7 * day);
    expect([missed(org), org.due()]).toEqual([1, 8 * day]);
    org.epoch(8 * day);
    expect(org.due()).toBe(10 * day);
    const other = founded(every('minutes', 7) + every('report', 10));
    expect(other.due()).toBe(7 * day);
  });

  it('has its effect for each period of a long silence, 64 in one checkpoint, and the rest follow', () => {
    const org = founded(every('report', 1));
    const after = [100.5, 100.6, 100.7].map((days) => {
      org.epoch(days * day);
      return missed(org);
    });
    expect(after).toEqual([64, 100, 100]);
    org.epoch(101 * day);
    expect(missed(org)).toBe(101);
  });

  it('has no effect where none is written', () => {
    const org = founded(every('report', 10, '') + within('minutes', 'assembly.over', 'any member', ''));
    org.epoch(0, propose(org, 'assembly'));
    for (const days of [1, 11, 20, 40]) org.epoch(days * day);
    expect([currentOf(org.state()).cases, org.due()]).toEqual([1, 50 * day]);
  });

  it('is done by the verb it names, by any words where it names none, and by nothing where it names no act', () => {
    const org = founded(every('report', 10) + every('news', 10).replace(' "news"', '') + every('rest', 10).replace(/ {2}done when.*\n/, ''));
    org.epoch(day, { ...publish('ana', 'report'), body: { verb: 'post', text: 'report' } });
    org.epoch(10 * day);
    // No report, no news, and no rest.
    expect(missed(org)).toBe(3);
    org.epoch(11 * day, publish('ana', 'something'));
    org.epoch(20 * day);
    expect(missed(org)).toBe(5);
  });

  it('of several people is done once so many of them have done it, and stays done whoever does it again', () => {
    const org = founded(every('report', 10, otherwise, 'at least 2 members'));
    org.epoch(day, publish('ana', 'report'), publish('ana', 'report'));
    org.epoch(10 * day);
    expect(missed(org)).toBe(1);
    org.epoch(11 * day, publish('ana', 'report'));
    org.epoch(12 * day, publish('bo', 'report'));
    org.epoch(13 * day, publish('cy', 'report'));
    org.epoch(20 * day);
    expect(missed(org)).toBe(1);
    org.epoch(30 * day);
    expect(missed(org)).toBe(2);
  });
});

describe('a duty that follows from a case (S65)', () => {
  it('follows from the stage it names, in the process it names', () => {
    const org = founded(within('minutes', 'assembly.over'));
    org.epoch(0, propose(org, 'council'), propose(org, 'assembly'));
    org.epoch(day);
    org.epoch(2 * day);
    expect(entriesUnder(org.state(), 'owed/').length).toBe(1);
    org.epoch(11 * day - 1);
    expect(missed(org)).toBe(0);
    org.epoch(11 * day);
    org.epoch(12 * day);
    expect([missed(org), entriesUnder(org.state(), 'owed/')]).toEqual([1, []]);
  });

  it('follows once from the start of a case, where the process alone is named', () => {
    const org = founded(within('minutes', 'assembly'));
    org.epoch(0, propose(org, 'assembly'));
    org.epoch(day);
    org.epoch(10 * day);
    expect(missed(org)).toBe(1);
    org.epoch(12 * day);
    expect(missed(org)).toBe(1);
  });

  it('is done by an act before its instant, and not at it (S18)', () => {
    for (const [atMs, count] of [
      [11 * day - 1, 0],
      [11 * day, 1],
    ] as const) {
      const org = founded(within('minutes', 'assembly.over'));
      org.epoch(0, propose(org, 'assembly'));
      org.epoch(day);
      org.epoch(11 * day + 5, publish('ana', 'minutes', atMs));
      expect([atMs, missed(org)]).toEqual([atMs, count]);
    }
  });

  it('is done by an act outside of its case for the oldest case that it is owed for, and by each once', () => {
    const org = founded(within('minutes', 'assembly.over') + within('minutes-too', 'assembly.over'));
    org.epoch(0, propose(org, 'assembly'));
    org.epoch(day);
    org.epoch(2 * day, propose(org, 'assembly', 'bo'));
    org.epoch(3 * day);
    org.epoch(4 * day, publish('ana', 'minutes'));
    org.epoch(11 * day);
    // The other duty of the first assembly, whose minutes were published.
    expect(missed(org)).toBe(1);
    org.epoch(13 * day);
    expect(missed(org)).toBe(3);
  });

  it('of several people is done for a case once so many of them have done it', () => {
    const org = founded(within('minutes', 'assembly.over', 'at least 2 members'));
    org.epoch(0, propose(org, 'assembly'));
    org.epoch(day);
    org.epoch(2 * day, publish('ana', 'minutes'), propose(org, 'assembly', 'bo'));
    org.epoch(3 * day, publish('bo', 'minutes'));
    org.epoch(11 * day);
    expect(missed(org)).toBe(0);
    // Of the second assembly one has done it.
    org.epoch(11 * day + 1, publish('ana', 'minutes'));
    org.epoch(13 * day);
    expect(missed(org)).toBe(1);
  });
});

describe('new bylaws', () => {
  it('without a duty let nothing follow from it, also where it was owed', () => {
    const org = founded(within('minutes', 'assembly.over'));
    org.epoch(0, propose(org, 'assembly'));
    org.epoch(day);
    dutiesAmended(org, 2 * day, '');
    org.epoch(11 * day);
    expect([missed(org), entriesUnder(org.state(), 'owed/')]).toEqual([0, []]);
  });
});
