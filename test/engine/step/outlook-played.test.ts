// What people are told is missing, played: whoever does it gets there, fewer do not, and what happens if nobody does anything more is what happens.
import { describe, expect, it } from 'vitest';
import { outlookOf, outlookSentences, readCase, stateRoot, whatIf } from '../../../engine/index.ts';
import type { MissingAct, State, Supposed, WayOn } from '../../../engine/index.ts';
import { day, found, hour, notesFor, type Note, type Organization } from './organization.ts';

const head =
  'gdo 1\norganization "Test"\nend\nrole member plural members\n  held by anyone\n  gained through joining\nend\nrole board-member plural board\n  held by 1 to 9 people\nend\n';
const joining = 'process joining\n  started by any person\n  outcome in\n    grant member to the candidate\n  end\nend\n';
const people = ['ada', 'ben', 'chi', 'dev', 'eve', 'fay'];
const on = (atMs: number): string => `on day ${atMs / day}`;

function founded(stages: string, more = '', start = 'any member'): Organization {
  const text = `${head}${joining}${more}process motion\n  started by ${start}\n${stages}end\n`;
  return found(text, { member: people, 'board-member': people.slice(0, 2) }, { people });
}

function proposed(stages: string, more = '', start = 'any member'): Organization {
  const org = founded(stages, more, start);
  org.epoch(0, notesFor(org).propose('ada', 'motion'));
  return org;
}

const said = (org: Organization, atMs = 0): readonly string[] => outlookSentences(org.state(), org.view(1).id, on, atMs);

/** One act of each person that a way asks for: the first ones, or the last. */
function deeds(state: State, id: string, acts: readonly MissingAct[], isLast: boolean): readonly Supposed[] {
  const record = readCase(state, id);
  const used = new Set<string>();
  return acts.flatMap((act) => {
    const free = isLast ? act.people.toReversed() : act.people;
    const able = act.verb === 'vote' ? free : free.filter((person) => !used.has(person));
    return able.slice(0, act.count).map((person): Supposed => {
      used.add(person);
      const entry = record?.votes.length === 1 ? record.votes[0]?.entry : record?.entry;
      const stage = act.verb === 'start' ? 1 : (entry ?? 0);
      if (act.verb === 'vote') return { person, kind: 'ballot', case: id, body: { stage, choice: act.choice ?? 'yes' } };
      const said = act.text === undefined ? {} : { text: act.text };
      return { person, kind: 'act', case: id, body: { stage, verb: act.verb, ...said } };
    });
  });
}

/** Where a case stands once time has passed: its outcome, or its stage and opening. */
function standing(state: State, id: string): string {
  const record = readCase(state, id);
  return record?.outcome ?? `${record?.stage} ${record?.entry} ${record?.phase}`;
}

function isAt(state: State, id: string, target: string): boolean {
  return standing(state, id) === target || standing(state, id).startsWith(`${target} `);
}

/** Plays every way of a case from where it stands, and nothing at all. */
function playAll(org: Organization, atMs: number): readonly WayOn[] {
  const { id } = org.view(1);
  const state = org.state();
  const { ifNothing, ways } = outlookOf(state, id, atMs);
  const root = stateRoot(state);
  const after = (acts: readonly Supposed[], untilMs: number | undefined): State => {
    const nowMs = atMs + 1;
    const told = whatIf(state, acts, { nowMs, untilMs: (untilMs ?? nowMs) + 1_000 });
    expect(told.verdicts.map((verdict) => verdict.kind)).toEqual(acts.map(() => 'ok'));
    return told.state;
  };
  if (ifNothing?.waits === undefined && ifNothing?.atMs !== undefined) expect(isAt(after([], ifNothing.atMs), id, ifNothing.target)).toBe(true);
  for (const way of ways) {
    for (const isLast of [false, true]) {
      const acts = deeds(state, id, way.acts, isLast);
      expect([way.target, standing(after(acts, way.atMs), id).split(' ')[0]]).toEqual([way.target, way.target]);
      if (way.target !== ifNothing?.target)
        for (const left of acts)
          expect(
            isAt(
              after(
                acts.filter((act) => act !== left),
                way.atMs,
              ),
              id,
              way.target,
            ),
            `${way.target} without ${left.person}`,
          ).toBe(false);
    }
  }
  expect(stateRoot(state)).toBe(root);
  return ways;
}

const vote = (lines: string): string => `  vote ballot\n    open for 7 days\n${lines}    when passed go to accepted\n    otherwise go to refused\n  end\n`;

describe('what is missing in a vote', () => {
  it('is of the people whom its tests count', () => {
    const org = proposed(vote('    voters members, board\n    passes when at least 2 board say yes and the lead of yes over no is at least 1\n'));
    expect(said(org)[0]).toBe('It is accepted if this happens: 2 more board must vote yes (ada, ben can).');
    expect(playAll(org, 0)).toHaveLength(1);
    const { ballot } = notesFor(org);
    org.epoch(day, ballot('chi', 1, 'no'), ballot('ada', 1, 'yes'), ballot('dev', 1, 'yes'));
    expect(said(org)[0]).toBe('It is accepted if this happens: 1 more board-member must vote yes (ben can).');
    playAll(org, day);
  });

  it('is no longer possible only as long as nobody changes a ballot that may be changed', () => {
    const lines = '    voters members\n    passes when at least 5 members say yes\n';
    const [free, final] = [proposed(vote(lines)), proposed(vote(`${lines}    ballots final\n`))];
    for (const org of [free, final]) org.epoch(day, ...['ada', 'ben'].map((name) => notesFor(org).ballot(name, 1, 'no')));
    expect(said(free)[1]).toBe('It can no longer be accepted from here, unless ballots are changed.');
    expect(said(final)[1]).toBe('It can no longer be accepted from here.');
    free.epoch(2 * day, ...['ada', 'ben', 'chi', 'dev', 'eve'].map((name) => notesFor(free).ballot(name, 1, 'yes')));
    free.epoch(7 * day);
    expect(free.view(1).status).toBe('accepted');
  });

  it('has to come in time for tests that must hold for a while', () => {
    const org = proposed(vote('    voters members\n    holds for 2 days\n    passes when at least 2 members say yes\n'));
    expect(said(org, 3 * day)[0]).toBe(
      'It is accepted on day 5.000000011574074 if this happens: 2 more members must vote yes (ada, ben, chi, dev, eve, fay can).',
    );
    playAll(org, 3 * day);
    expect(outlookOf(org.state(), org.view(1).id, 6 * day).ways).toEqual([]);
    org.epoch(4 * day, ...['ada', 'ben'].map((name) => notesFor(org).ballot(name, 1, 'yes')));
    expect(said(org)[0]).toBe('If nobody does anything more, it is accepted on day 6, because the votes carry it.');
    playAll(org, 4 * day);
  });

  it('says of ties and second calls that they are no end', () => {
    const org = proposed(
      vote(
        '    voters members\n    second call after 3 days without quorum\n    quorum at least 2 members voting\n    passes when more than 1/2 of votes cast are yes\n    tie decided by any board-member then fails\n',
      ),
    );
    expect(said(org).at(-1)).toBe('If nobody does anything more, it has no quorum on day 7, and `ballot` is called once more.');
    org.epoch(day, notesFor(org).ballot('ada', 1, 'yes'), notesFor(org).ballot('ben', 1, 'no'));
    expect(said(org).at(-1)).toBe('If nobody does anything more, it ends in a tie on day 7, which has to be broken then.');
    playAll(org, day);
  });

  it('counts what those who gave their ballots away bring along', () => {
    const delegation = 'delegation proxy by members\n  for motion\n  override by voting\n  revocable until the close\nend\n';
    const org = founded(vote('    voters members\n    passes when at least 4 members say yes\n'), delegation);
    const gives = (by: string, to: string): Note => ({ by, kind: 'delegate', body: { delegation: 'proxy', to } });
    org.epoch(0, gives('ada', 'fay'), gives('ben', 'fay'), gives('chi', 'fay'), notesFor(org).propose('ada', 'motion'));
    const [way] = outlookOf(org.state(), org.view(1).id).ways;
    expect(way).toMatchObject({ target: 'accepted', acts: [{ count: 1, choice: 'yes', people: ['fay'] }] });
    playAll(org, 0);
  });

  it('is not known while ballots are sealed', () => {
    const org = proposed(vote('    voters members\n    ballots sealed until the close revealed within 2 days\n    passes when at least 2 members say yes\n'));
    expect(said(org)).toEqual([
      'Ballots in `ballot` are sealed until its close on day 7, and those that are not opened after it do not count. The result stands on day 9.',
      'If nobody does anything more, it is refused on day 9, because the votes do not carry it.',
    ]);
  });

  it('of many people with weights or offices names those who are enough', () => {
    const many = Array.from({ length: 60 }, (_, index) => `m${String(index).padStart(2, '0')}`);
    const text = `${head}${joining}process motion\n  started by any member\n${vote('    voters members, board\n    passes when at least 3 board say yes and the lead of yes over no is at least 1\n')}end\n`;
    const org = found(text, { member: many, 'board-member': many.slice(50, 56) });
    org.epoch(0, notesFor(org).propose('m00', 'motion'));
    expect(outlookOf(org.state(), org.view(1).id).ways[0]).toMatchObject({ acts: [{ count: 3, of: 'board-member', people: many.slice(50, 56) }] });
  });
});

describe('what is missing in a joint', () => {
  const joint = (which: string): string => {
    const one = (name: string, voters: string, least: number): string =>
      `    vote ${name}\n      voters ${voters}\n      open for 7 days\n      passes when at least ${least} ${voters} say yes and no ${voters === 'board' ? 'board-member' : 'member'} says no\n    end\n`;
    return `  joint both\n${one('house', 'members', 2)}${one('top', 'board', 2)}    when ${which} pass go to accepted\n    otherwise go to refused\n  end\n`;
  };

  it.each(['all', 'any'])('turns it round where it passes too: %s', (which) => {
    const org = proposed(joint(which));
    expect(outlookOf(org.state(), org.view(1).id).ways).toMatchObject([{ target: 'accepted' }]);
    const votes = (entry: number, ...names: readonly string[]): readonly Note[] =>
      names.map((by) => ({ by, kind: 'ballot', case: org.view(1).id, body: { stage: entry, choice: 'yes' } }));
    org.epoch(day, ...votes(2, 'chi', 'dev'), ...votes(3, 'ada'));
    expect(said(org)[0]).toBe(
      which === 'all'
        ? 'It is accepted if this happens: 1 more board-member must vote yes in `top` (ben can).'
        : 'It is refused if this happens: 1 more member must vote no in `house` (ada, ben, eve, fay can).',
    );
    org.epoch(2 * day, ...votes(3, 'ben'));
    const ways = outlookOf(org.state(), org.view(1).id).ways;
    expect(ways).toMatchObject(which === 'all' ? [{ target: 'refused', acts: [{ count: 1, choice: 'no' }] }] : []);
  });
});

describe('what is missing in a step', () => {
  const step = (lines: string): string => `  step talk\n${lines}    after 30 days go to refused\n  end\n`;

  it('comes no sooner than the step may end', () => {
    const org = proposed(step('    lasts at least 5 days\n    when 2 members approve go to accepted\n'));
    expect(said(org)[0]).toBe('It is accepted on day 5 if this happens: 2 more members must approve (ada, ben, chi, dev, eve, fay can).');
    playAll(org, day);
  });

  it('is one person more where one of two did what both are asked for', () => {
    const org = proposed(step('    when any board-member approves and any member approves go to accepted\n'));
    org.epoch(day, notesFor(org).act('ada', 1, 'approve'));
    expect(outlookOf(org.state(), org.view(1).id).ways[0]?.acts.reduce((sum, act) => sum + act.count, 0)).toBe(1);
    playAll(org, day);
  });

  it('is nobody of those who must not be too many', () => {
    const org = proposed(step('    when any member approves and at most 1 member objects go to accepted\n'));
    expect(said(org)[0]).toBe('It is accepted if this happens: 1 more member must approve (ada, ben, chi, dev, eve, fay can).');
    playAll(org, 0);
    org.epoch(day, notesFor(org).act('ada', 1, 'object'), notesFor(org).act('ben', 1, 'object'));
    expect(said(org)).toEqual(['If nobody does anything more, it is refused on day 30.', 'It can no longer be accepted from here.']);
  });

  it('is no way where another line fires before', () => {
    const org = proposed(step('    when 2 members approve go to refused\n    when 3 members approve go to accepted\n'));
    expect(outlookOf(org.state(), org.view(1).id).ways.map((way) => way.target)).toEqual(['refused']);
  });
});

describe('what is missing before a stage and in others', () => {
  it('is of those who may start by the same line, if they are enough', () => {
    const step = '  step talk\n    after 30 days go to refused\n  end\n';
    const org = proposed(`  started by 7 members\n${step}`, '', '2 board');
    expect(said(org)).toEqual([
      'It goes on to `talk` if this happens: 1 more board-member must start (ben can).',
      'If nobody does anything more, it is refused on day 30.',
    ]);
  });

  it('is who has to call a meeting, and then who has to come', () => {
    const meeting =
      '  meeting assembly\n    called by any board-member within 10 days\n    notice 1 day\n    attended by members\n    open for 2 hours\n    quorum at least 3 members present\n    when quorate go to accepted\n    otherwise go to refused\n  end\n';
    const org = proposed(meeting);
    expect(said(org)[0]).toBe('`assembly` has to be called by any board-member.');
    org.epoch(day, notesFor(org).act('ada', 1, 'call'));
    expect(said(org)[0]).toBe('`assembly` begins on day 2.');
    org.epoch(2 * day + hour, notesFor(org).act('eve', 1, 'attend'));
    expect(playAll(org, 2 * day + hour)).toMatchObject([{ target: 'accepted', acts: [{ count: 2, verb: 'attend' }] }]);
  });

  it('is whose part of the seed a draw lacks', () => {
    const draw =
      '  draw panel\n    picks 2 members\n    seed committed by at least 2 board within 3 days\n    when drawn go to accepted\n    otherwise go to refused\n  end\n';
    const org = proposed(draw);
    expect(said(org)).toEqual([
      'It is accepted if this happens: 2 more board must commit, and 2 more board must reveal.',
      'If nobody does anything more, it is refused on day 3.',
    ]);
  });
});
