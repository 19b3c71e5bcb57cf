// What people see of rules that they could never meet (S137): which new bylaws are refused, which grants, and that a rule which can be met is met.
import { describe, expect, it } from 'vitest';
import { holdersOf } from '../../../engine/index.ts';
import { accept, amendment } from './amending.ts';
import { day, found, hour, notesFor, type Organization } from './organization.ts';

const opening = `gdo 1
organization "O"
end
area rules covers "bylaws/**"
role member plural members
  held by 1 to 9 people
end
role judge plural judges
  held by 0 to 5 people
  gained through naming
end
role clerk plural clerks
  held by 0 to 5 people
end
role guest plural guests
  held by 0 to 5 people
end
role elder plural elders
  held by 3 to 5 people
  while short only naming
end
process naming
  started by any member
  step wait
    when any member approves go to named
  end
  outcome named
    grant judge to the candidate
  end
end
${amendment}`;
const asked = (stage: string): string => `process motion\n  started by any member\n${stage}end\n`;
const vote = (lines: string, voters = 'members'): string =>
  `  vote ballot\n    voters ${voters}\n    choices yes, no, abstain\n${lines}    when passed go to accepted\n    otherwise go to refused\n  end\n`;
const passes = (tests: string, vacancies = ''): string => `${vacancies}    open for 1 day\n    passes when ${tests}\n`;
const step = (actor: string): string => `  step talk\n    when ${actor} go to accepted\n    after 9 days go to refused\n  end\n`;
const meeting = (quorum: string): string =>
  `  meeting assembly\n    called by any member\n    notice 1 day\n    attended by judges\n    open for 1 day\n${quorum}    when quorate go to accepted\n    otherwise go to refused\n  end\n`;

// Two of five judges are there, one of five clerks, one of three elders, and no guest.
const people = { member: ['ada', 'ben', 'chi', 'dev'], judge: ['ada', 'ben'], clerk: ['eve'], elder: ['ada'] };
const founded = (stages: string): Organization => found(opening + stages, people, { content: [['bylaws/a', '100644:aa']], people: ['ada', 'fay'] });

/** What becomes of new bylaws with such a process, or why they are not merged. */
function amended(stage: string): string {
  const org = founded('');
  const { status, reason, code } = org.view(accept(org, 0, opening + asked(stage), { approved: ['ada', 'ben'] }));
  return status === 'merged' ? status : `${code} ${reason}`;
}

const locked = (rule: string): string => `GDO2013 \`motion.${rule}\` could never be met by the people there are`;
const seatsSay = (choice: string): string => `    vacancies count as ${choice}\n`;

describe('new bylaws (S137)', () => {
  it.each([
    ['a lead of more than everybody', vote(passes('the lead of yes over no is more than 4')), locked('ballot')],
    ['a lead of everybody', vote(passes('the lead of yes over no is at least 4')), 'merged'],
    ['exactly a third of four people', vote(passes('exactly 1/3 of all members are yes')), locked('ballot')],
    ['exactly a half of four people', vote(passes('exactly 1/2 of all members are yes')), 'merged'],
    ['at most a half of nobody', vote(passes('at most 1/2 of all judges are yes'), 'judges except the judge'), locked('ballot')],
    ['more seats than there are judges', vote(passes('at least 3 of all seats are yes'), 'judges'), locked('ballot')],
    ['seats of which empty ones say the same (S130)', vote(passes('at least 5 of all seats are yes', seatsSay('yes')), 'judges'), 'merged'],
    ['fewer seats than are empty and say it (S130)', vote(passes('at most 2 of all seats are no', seatsSay('no')), 'judges'), locked('ballot')],
    ['that no judge says what empty seats say (S130)', vote(passes('no judge says no', seatsSay('no')), 'judges'), locked('ballot')],
    ['a lead that empty seats take (S130)', vote(passes('the lead of yes over no is at least 0', seatsSay('no')), 'judges'), locked('ballot')],
    ['more at a meeting than may attend it (S46)', meeting('    quorum at least 3 judges present\n'), locked('assembly')],
    ['as many at a meeting as may attend it', meeting('    quorum at least 2 judges present\n'), 'merged'],
    ['fewer at a second call (S101)', meeting('    second call after 1 day quorum at least 1 judge present\n    quorum at least 3 judges present\n'), 'merged'],
    ['as many of two bodies as there are in both', step('at least the larger of 3 judges and 3 clerks approve'), 'merged'],
    ['more of two bodies than there are in both', step('at least the larger of 4 judges and 1 clerk approve'), locked('talk to accepted')],
    ['all of a body that is empty to act (S19)', step('all guests approve'), locked('talk to accepted')],
    ['that so few of nobody act', step('fewer than 0 judges approve'), locked('talk to accepted')],
    ['more of a role that is short (S13)', step('3 elders approve'), 'merged'],
  ])('that ask for %s', (_, stage, result) => {
    expect(amended(stage)).toBe(result);
  });
});

describe('a rule that can be met', () => {
  it('by those of two bodies together is met by them (S19, S32)', () => {
    const org = founded(asked(step('at least the larger of 3 judges and 3 clerks approve')));
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('ada', 'motion'));
    org.epoch(hour, act('ada', 1, 'approve'), act('ben', 1, 'approve'));
    expect(org.view(1).status).toBe('open');
    org.epoch(2 * hour, act('eve', 1, 'approve'));
    expect(org.view(1).outcome).toBe('accepted');
  });

  it('with the empty seats is met by them (S130)', () => {
    const org = founded(asked(vote(passes('at least 5 of all seats are yes', seatsSay('yes')), 'judges')));
    const { propose, ballot } = notesFor(org);
    org.epoch(0, propose('ada', 'motion'));
    org.epoch(hour, ballot('ada', 1, 'yes'), ballot('ben', 1, 'yes'));
    org.epoch(day);
    expect(org.view(1).outcome).toBe('accepted');
  });
});

describe('a grant (S137)', () => {
  const granted = (stage: string): readonly [holders: readonly string[], reason: string | undefined] => {
    const org = founded(asked(stage));
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('ada', 'naming', { candidate: 'fay' }));
    const { notices } = org.epoch(hour, act('ben', 1, 'approve'));
    return [holdersOf(org.state(), org.charter, 'judge'), notices.find(({ code }) => code === 'GDO1040')?.reason];
  };
  const both = ['ada', 'ben'];

  it('after which exactly a half could not be had any more is refused', () => {
    expect(granted(vote(passes('exactly 1/2 of all judges are yes'), 'judges'))).toEqual([both, 'Not granted: `motion.ballot` could then never be met']);
    expect(granted(vote(passes('at least 1/2 of all judges are yes'), 'judges'))).toEqual([[...both, 'fay'], undefined]);
  });
});
