// Who counts: keys and people, rosters after exceptions, acting holders, bodies that are short, shares, facts, several roles.
import { describe, expect, it } from 'vitest';
import { holdersOf } from '../../../engine/index.ts';
import { day, deviceOfPerson, found, hour, notesFor, type Epoch, type Note, type Organization } from './organization.ts';

const people: readonly string[] = ['ana', 'bo', 'cy', 'dee', 'eve', 'fay'];

const head = 'gdo 1\norganization "People"\nend\n';
const members = 'role member plural members\n  held by 1 to 9 people\n  gained through joining\n  lost through resignation\nend\n';
const joining = 'process joining\n  started by any person\n  outcome joined\n    grant member to the candidate\n  end\nend\n';

const vote = (lines: string, results = '    when passed go to accepted\n    otherwise go to refused\n'): string =>
  `  vote ballot\n${lines}    open for 7 days\n${results}  end\n`;

/** An organization with a process `motion` of these stages; the chair is open to motions, too. */
function organization(stages: string, more = '', roles: Readonly<Record<string, readonly string[]>> = {}, start = '  started by any member\n'): Organization {
  return found(`${head}${members}${joining}${more}process motion\n${start}${stages}end\n`, { member: people, ...roles }, { people: [...people, 'zoe'] });
}

/** Starts a motion and casts ballots; the result when it is over. */
function resultOf(org: Organization, choices: Readonly<Record<string, string>>, body = {}): string | undefined {
  const { propose, ballot } = notesFor(org);
  expect(org.epoch(0, propose('ana', 'motion', body)).verdicts).toEqual(['ok']);
  const ballots = Object.entries(choices).map(([by, choice]) => ballot(by, 1, choice));
  expect(org.epoch(hour, ...ballots).verdicts).toEqual(ballots.map(() => 'ok'));
  org.epoch(7 * day);
  return org.view(1).result;
}

describe('a person (S8)', () => {
  it('counts once, whichever of their keys they use: the last ballot stands (GDO110)', () => {
    const text = `${head}${members}${joining}process motion\n  started by any member\n${vote('    voters members\n    ballots may change\n    passes when at least 2 members say yes\n')}end\n`;
    const second = deviceOfPerson('another key of bo');
    const org = found(text, { member: people }, { devices: { bo: [second] } });
    const { propose, ballot } = notesFor(org);
    org.epoch(0, propose('ana', 'motion'));
    expect(org.epoch(hour, ballot('bo', 1, 'yes'), { ...ballot('bo', 1, 'yes'), device: second }).verdicts).toEqual(['ok', 'ok']);
    expect(org.view(1).tallies[0]?.voted).toBe(1);
    org.epoch(7 * day);
    expect(org.view(1).outcome).toBe('refused');
  });

  it('does one act of a count only, with two keys as with one', () => {
    const text = `${head}${members}${joining}process motion\n  started by any member\n  step talk\n    when 2 members approve go to accepted\n    after 9 days go to refused\n  end\nend\n`;
    const second = deviceOfPerson('another key of bo');
    const org = found(text, { member: people }, { devices: { bo: [second] } });
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('ana', 'motion'));
    org.epoch(hour, act('bo', 1, 'approve'), { ...act('bo', 1, 'approve'), device: second });
    expect(org.view(1).status).toBe('open');
  });

  it('that `except` names is out before anything is counted', () => {
    const org = organization(vote('    voters members except the author\n    passes when all members say yes\n'));
    expect(resultOf(org, { bo: 'yes', cy: 'yes', dee: 'yes', eve: 'yes', fay: 'yes' })).toBe('passed');
    const other = organization(vote('    voters members except the author\n    passes when all members say yes\n'));
    const { propose, ballot } = notesFor(other);
    other.epoch(0, propose('ana', 'motion'));
    expect(other.epoch(hour, ballot('ana', 1, 'yes')).verdicts).toEqual(['GDO1057']);
  });
});

describe('the whole of a vote (S9)', () => {
  it('is the frozen roster without those who are excepted or recused off it; who leaves later still counts', () => {
    const lines = '    voters members except the author\n    quorum at least 1/2 of members voting\n    passes when more than 1/2 of all members are yes\n';
    // Five are left after the author: three of five are more than half, two are not.
    const three = organization(vote(lines));
    expect(resultOf(three, { bo: 'yes', cy: 'yes', dee: 'yes' })).toBe('passed');
    const gone = organization(vote(lines));
    const { propose, ballot } = notesFor(gone);
    gone.epoch(0, propose('ana', 'motion'));
    gone.epoch(hour, { by: 'eve', kind: 'resign', body: { role: 'member' } }, { by: 'fay', kind: 'resign', body: { role: 'member' } });
    gone.epoch(2 * hour, ballot('bo', 1, 'yes'), ballot('cy', 1, 'yes'));
    gone.epoch(7 * day);
    expect(gone.view(1).result).toBe('inquorate');
  });

  it('shrinks by whoever is recused off the roster', () => {
    const recusal = '    recusal decided by any member leaves the roster\n';
    const lines = `    voters members\n${recusal}    passes when more than 1/2 of all members are yes\n`;
    const org = organization(vote(lines));
    const { propose, ballot, act } = notesFor(org);
    org.epoch(0, propose('ana', 'motion'));
    org.epoch(hour, act('eve', 1, 'recuse'), act('fay', 1, 'recuse'));
    org.epoch(2 * hour, act('ana', 1, 'recuse', { about: 'eve' }), act('ana', 1, 'recuse', { about: 'fay' }));
    org.epoch(3 * hour, ballot('ana', 1, 'yes'), ballot('bo', 1, 'yes'), ballot('cy', 1, 'yes'));
    org.epoch(7 * day);
    // Three of the four who are left; of six they would be a half.
    expect(org.view(1).result).toBe('passed');
  });

  it('is `all seats` where the text says so, and then an empty seat counts against', () => {
    // Nine seats, six members: five are more than half of the seats, four are not.
    const lines = '    voters members\n    passes when more than 1/2 of all seats are yes\n';
    expect(resultOf(organization(vote(lines)), { bo: 'yes', cy: 'yes', dee: 'yes', eve: 'yes' })).toBe('failed');
    expect(resultOf(organization(vote(lines)), { bo: 'yes', cy: 'yes', dee: 'yes', eve: 'yes', fay: 'yes' })).toBe('passed');
  });
});

describe('a vacant office (S12)', () => {
  const offices =
    'role chair plural chairs\n  held by 0 to 1 people\n  gained through naming\n  lost through resignation\n  succeeded by deputy, secretary\nend\n' +
    'role deputy plural deputies\n  held by 0 to 2 people\n  lost through resignation\nend\n' +
    'role secretary plural secretaries\n  held by 0 to 2 people\nend\n' +
    'process naming\n  started by any member\n  outcome named\n    grant chair to the candidate\n  end\nend\n';
  const stages = '  step talk\n    when the chair approves go to accepted\n    after 9 days go to refused\n  end\n';
  const approving = (org: Organization, by: string): readonly string[] => {
    org.epoch(hour, notesFor(org).propose('ana', 'motion'));
    return org.epoch(2 * hour, notesFor(org).act(by, 1, 'approve')).verdicts;
  };

  it('is acted for by the first holder of the first role that somebody holds', () => {
    const roles = { deputy: ['dee', 'cy'], secretary: ['eve'] };
    const made = (): Organization => organization(stages, offices, roles);
    expect(holdersOf(made().state(), made().charter, 'chair')).toEqual(['dee']);
    expect(approving(made(), 'cy')).toEqual(['GDO1040']);
    expect(approving(made(), 'eve')).toEqual(['GDO1040']);
    expect(approving(made(), 'dee')).toEqual(['ok']);
  });

  it('goes to the next role in the line where the first has no holder, and back when it is filled', () => {
    const org = organization(stages, offices, { deputy: ['dee'], secretary: ['eve'] });
    org.epoch(hour, { by: 'dee', kind: 'resign', body: { role: 'deputy' } });
    expect(holdersOf(org.state(), org.charter, 'chair')).toEqual(['eve']);
    org.epoch(2 * hour, notesFor(org).propose('ana', 'naming', { candidate: 'fay' }));
    expect(holdersOf(org.state(), org.charter, 'chair')).toEqual(['fay']);
  });
});

describe('a body below its minimum (S13)', () => {
  const council = (clause: string): string =>
    `role councillor plural councillors\n  held by 3 to 5 people\n  gained through filling\n${clause}end\n` +
    'process filling\n  started by any member\n  step talk\n    when any councillor approves go to filled\n    after 9 days go to refused\n  end\n  outcome filled\n    grant councillor to the candidate\n  end\nend\n';
  const stages = vote('    voters councillors\n    passes when at least 1 councillor says yes\n');
  const starting = (clause: string, councillors: readonly string[], process: string): Epoch => {
    const org = organization(stages, council(clause), { councillor: councillors });
    return org.epoch(hour, notesFor(org).propose('ana', process, process === 'filling' ? { candidate: 'fay' } : {}));
  };
  const clause = '  while short only filling\n';

  it('opens cases of the processes in `while short only`, and of no other', () => {
    expect(starting(clause, ['bo', 'cy'], 'motion').verdicts).toEqual(['GDO1040']);
    expect(starting(clause, ['bo', 'cy'], 'filling').verdicts).toEqual(['ok']);
  });

  it('decides everything again at its minimum', () => {
    expect(starting(clause, ['bo', 'cy', 'dee'], 'motion').verdicts).toEqual(['ok']);
  });

  it('is restricted in nothing without that clause', () => {
    expect(starting('', ['bo', 'cy'], 'motion').verdicts).toEqual(['ok']);
  });
});

describe('shares and roots (S110)', () => {
  it('take a square root over the roster before `except`, and every other share after it', () => {
    const roles = (count: number): Readonly<Record<string, readonly string[]>> => ({ elector: Array.from({ length: count }, (_, index) => `v${index}`) });
    const electors = 'role elector plural electors\n  held by 1 to 20 people\nend\n';
    const org = (quorum: string, count: number): Organization =>
      organization(
        vote(`    voters electors except the author\n${quorum}    passes when at least 1 elector says yes\n`),
        electors,
        roles(count),
        '  started by any elector\n',
      );
    const cast = (made: Organization, yes: number): string | undefined => {
      const { propose, ballot } = notesFor(made);
      made.epoch(0, propose('v0', 'motion'));
      made.epoch(hour, ...Array.from({ length: yes }, (_, index) => ballot(`v${index + 1}`, 1, 'yes')));
      made.epoch(7 * day);
      return made.view(1).result;
    };
    // The root of ten is more than three, that of the nine who may vote is exactly three.
    const root = '    quorum at least 1/1 of the square root of electors voting\n';
    expect([cast(org(root, 10), 3), cast(org(root, 10), 4)]).toEqual(['inquorate', 'passed']);
    // A half of the eight who may vote are four.
    const half = '    quorum at least 1/2 of electors voting\n';
    expect([cast(org(half, 9), 3), cast(org(half, 9), 4)]).toEqual(['inquorate', 'passed']);
  });

  it('count `all but K` as the roster less so many people', () => {
    const stages = '  step talk\n    when all but 2 members approve go to accepted\n    after 9 days go to refused\n  end\n';
    const org = organization(stages);
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('ana', 'motion'));
    org.epoch(hour, ...['ana', 'bo', 'cy'].map((member) => act(member, 1, 'approve')));
    expect(org.view(1).status).toBe('open');
    org.epoch(2 * hour, act('dee', 1, 'approve'));
    expect(org.view(1).status).toBe('accepted');
  });

  it('have nobody who is suspended in them, while `all seats` still has their seat', () => {
    const inquiry =
      'process inquiry\n  started by any member\n  about member\n  while open suspend member of the subject\n  step talk\n    after 30 days go to refused\n  end\nend\n';
    const started = (lines: string): Organization => {
      const org = organization(vote(lines), inquiry);
      org.epoch(0, notesFor(org).propose('ana', 'inquiry', { subject: 'fay' }));
      const { propose, ballot } = notesFor(org);
      org.epoch(hour, propose('ana', 'motion'));
      expect(org.epoch(2 * hour, ballot('fay', 2, 'no'), ...['ana', 'bo', 'cy', 'dee', 'eve'].map((member) => ballot(member, 2, 'yes'))).verdicts).toEqual([
        'GDO1057',
        'ok',
        'ok',
        'ok',
        'ok',
        'ok',
      ]);
      org.epoch(8 * day);
      return org;
    };
    expect(started('    voters members\n    passes when all members say yes\n').view(2).result).toBe('passed');
    expect(started('    voters members\n    passes when at least 6/9 of all seats are yes\n').view(2).result).toBe('failed');
  });
});

describe('facts (S111)', () => {
  const chairs = 'role chair plural chairs\n  held by 0 to 3 people\n  gained through joining\n  lost through resignation\nend\n';

  it('`does not hold R` is one, frozen when the vote opens', () => {
    const org = organization(vote('    voters members who do not hold chair\n    passes when all members say yes\n'), chairs, { chair: ['fay'] });
    const { propose, ballot } = notesFor(org);
    org.epoch(0, propose('ana', 'motion'));
    org.epoch(hour, { by: 'fay', kind: 'resign', body: { role: 'chair' } });
    expect(org.epoch(2 * hour, ballot('fay', 1, 'yes'), ballot('bo', 1, 'yes')).verdicts).toEqual(['GDO1057', 'ok']);
  });

  it('of `open to` lines one is enough', () => {
    const panel =
      'role panellist plural panellists\n  held by 0 to 9 people\n  open to chair\n  open to member who joined at least 90 days ago\n  gained through calling\nend\n' +
      'process calling\n  started by any member\n  outcome called\n    grant panellist to the candidate\n  end\nend\n';
    const org = organization('  outcome done accepts\n', `${chairs}${panel}`, { chair: ['fay'] });
    const { propose } = notesFor(org);
    const panellists = (): readonly string[] => holdersOf(org.state(), org.charter, 'panellist');
    org.epoch(day, propose('ana', 'calling', { candidate: 'fay' }), propose('ana', 'calling', { candidate: 'bo' }));
    expect(panellists()).toEqual(['fay']);
    org.epoch(90 * day, propose('ana', 'calling', { candidate: 'bo' }), propose('ana', 'calling', { candidate: 'zoe' }));
    expect(panellists()).toEqual(['bo', 'fay']);
  });

  it('`lost with R` ends a role at the instant its holder loses R', () => {
    const keeper = 'role keeper plural keepers\n  held by 0 to 9 people\n  lost with chair\nend\n';
    const org = organization('  outcome done accepts\n', `${chairs}${keeper}`, { chair: ['fay'], keeper: ['fay', 'bo'] });
    org.epoch(day, { by: 'fay', kind: 'resign', body: { role: 'chair' } });
    expect(holdersOf(org.state(), org.charter, 'keeper')).toEqual(['bo']);
  });
});

describe('`about R who F` (S123)', () => {
  const about = (line: string): Organization =>
    organization('  step talk\n    after 9 days go to refused\n  end\n', '', {}, `  started by any member\n  about ${line}\n`);
  const start = (org: Organization, atMs: number, subject: string): readonly string[] => {
    const note: Note = notesFor(org).propose('ana', 'motion', { subject });
    return org.epoch(atMs, note).verdicts;
  };

  it('starts no case about somebody who does not hold R then', () => {
    expect(start(about('member'), day, 'bo')).toEqual(['ok']);
    expect(start(about('member'), day, 'zoe')).toEqual(['GDO1040']);
  });

  it('asks its facts at the instant of the start', () => {
    const line = 'member who joined at least 30 days ago';
    expect(start(about(line), 30 * day - 1, 'bo')).toEqual(['GDO1040']);
    expect(start(about(line), 30 * day, 'bo')).toEqual(['ok']);
  });
});

describe('several roles of voters (S135)', () => {
  const guards = 'role guard plural guards\n  held by 1 to 4 people\nend\n';
  const roles = { guard: ['fay', 'gus', 'hal'] };

  it('are one roster with one ballot a person, which `electorate` names', () => {
    const lines = '    voters members, guards\n    passes when at least 5/8 of all electorate are yes\n';
    // Six members and three guards, one of them both: eight people.
    const four = { ana: 'yes', fay: 'yes', gus: 'yes', hal: 'yes' };
    expect(resultOf(organization(vote(lines), guards, roles), four)).toBe('failed');
    expect(resultOf(organization(vote(lines), guards, roles), { ...four, bo: 'yes' })).toBe('passed');
    const org = organization(vote(lines), guards, roles);
    org.epoch(0, notesFor(org).propose('ana', 'motion'));
    expect(org.view(1).tallies[0]?.voters).toBe(8);
  });

  it('have the seats of all of them', () => {
    // Nine seats of members and four of guards: seven are more than half of thirteen, six are not.
    const lines = '    voters members, guards\n    passes when more than 1/2 of all seats are yes\n';
    const six = { ana: 'yes', bo: 'yes', cy: 'yes', dee: 'yes', eve: 'yes', fay: 'yes' };
    expect(resultOf(organization(vote(lines), guards, roles), six)).toBe('failed');
    expect(resultOf(organization(vote(lines), guards, roles), { ...six, gus: 'yes' })).toBe('passed');
  });
});
