// What people are told about an open case: what is missing, what happens otherwise, what can no longer be (cli.md 4.3 to 4.5).
import { describe, expect, it } from 'vitest';
import { outlookOf, outlookSentences } from '../../../engine/index.ts';
import { day, found, notesFor, type Organization } from './organization.ts';

const opening = 'gdo 1\norganization "Test"\nend\n';
const council = (vote: string): string =>
  `${opening}role councillor plural councillors\n  held by 1 to 9 people\nend\nprocess motion\n  started by any councillor\n  vote ballot\n    voters councillors\n    open for 7 days\n${vote}    when passed go to accepted\n    otherwise go to refused\n  end\nend\n`;
const people: readonly string[] = ['ada', 'ben', 'chi', 'dev', 'eve'];

function founded(text: string): Organization {
  return found(text, { councillor: people }, { people });
}

const on = (atMs: number): string => `on day ${atMs / day}`;
const said = (org: Organization, number = 1): readonly string[] => outlookSentences(org.state(), org.view(number).id, on);

describe('what is missing in a vote', () => {
  const text = council('    quorum at least 5 councillors voting\n    passes when at least 2/3 of votes cast are yes\n');

  it('is the fewest more who must vote, and how many of them are free', () => {
    const org = founded(text);
    const { propose, ballot } = notesFor(org);
    org.epoch(0, propose('ada', 'motion'));
    org.epoch(day, ballot('ada', 1, 'yes'), ballot('ben', 1, 'yes'), ballot('chi', 1, 'yes'));
    expect(said(org)).toEqual([
      'It is accepted if this happens: 2 more councillors must vote, and it works even if 1 of them does not say yes (dev, eve can).',
      'If nobody does anything more, it is refused on day 7, because the quorum is not reached.',
    ]);
    org.epoch(2 * day, ballot('dev', 1, 'no'));
    expect(said(org)[0]).toBe('It is accepted if this happens: 1 more councillor must vote yes (eve can).');
  });

  it('is nothing where the votes cannot carry it any more', () => {
    const org = founded(text);
    const { propose, ballot } = notesFor(org);
    org.epoch(0, propose('ada', 'motion'));
    org.epoch(day, ballot('ada', 1, 'no'), ballot('ben', 1, 'no'));
    expect(said(org)).toEqual([
      'If nobody does anything more, it is refused on day 7, because the quorum is not reached.',
      'It can no longer be accepted from here, unless ballots are changed.',
    ]);
  });

  it('says what would turn it round where it passes as it stands', () => {
    const org = founded(council('    passes when more than 1/2 of votes cast are yes\n'));
    const { propose, ballot } = notesFor(org);
    org.epoch(0, propose('ada', 'motion'));
    org.epoch(day, ballot('ada', 1, 'yes'));
    expect(said(org)).toEqual([
      'It is refused if this happens: 1 more councillor must vote no (ben, chi, dev, eve can).',
      'If nobody does anything more, it is accepted on day 7, because the votes carry it.',
    ]);
  });

  it('says in plurals that the bylaws declare what a requirement is', () => {
    const org = founded(text);
    org.epoch(0, notesFor(org).propose('ada', 'motion'));
    expect(org.view(1).needed.map((line) => line.requirement)).toEqual(['quorum at least 5 councillors voting', 'at least 2/3 of votes cast are yes']);
  });

  it('agrees with what the engine then decides', () => {
    for (const [passes, least] of [
      ['at least 1/2', 3],
      ['more than 1/2', 3],
      ['at least 4/5', 4],
      ['more than 4/5', 5],
    ] as const) {
      const org = founded(council(`    passes when ${passes} of all councillors are yes\n    tie fails\n`));
      const { propose, ballot } = notesFor(org);
      org.epoch(0, propose('ada', 'motion'));
      const way = outlookOf(org.state(), org.view(1).id).ways.find((one) => one.accepts === true);
      expect(way?.acts).toMatchObject([{ count: least, choice: 'yes' }]);
      org.epoch(day, ...people.slice(0, least).map((name) => ballot(name, 1, 'yes')));
      org.epoch(7 * day);
      expect(org.view(1).status).toBe('accepted');
    }
  });

  it('is said of thousands of voters too, where not every completion is tried', () => {
    const many = Array.from({ length: 2_000 }, (_, index) => `m${index}`);
    const org = found(
      council('    quorum at least 1/2 of councillors voting\n    passes when at least 2/3 of votes cast are yes\n').replace('1 to 9', '1 to 9999'),
      { councillor: many },
    );
    const { propose } = notesFor(org);
    org.epoch(0, propose('m1', 'motion'));
    expect(outlookOf(org.state(), org.view(1).id).ways).toMatchObject([{ target: 'accepted', acts: [{ count: 1_000, choice: 'yes' }] }]);
  });
});

describe('what is missing in a step', () => {
  const text = `${opening}role councillor plural councillors\n  held by 1 to 9 people\nend\nprocess motion\n  started by any councillor\n  step talk\n    concerns by any councillor resolved by the raiser\n    when 2 other councillors approve without concerns go to accepted\n    when 9 councillors object go to stopped\n    after 7 days go to refused\n  end\n  outcome stopped refuses\nend\n`;

  it('is who must still act, and which concerns are open', () => {
    const org = founded(text);
    const { propose, act } = notesFor(org);
    org.epoch(0, propose('ada', 'motion'));
    expect(said(org)).toEqual([
      'It is accepted if this happens: 2 more councillors must approve (ben, chi, dev, eve can).',
      'If nobody does anything more, it is refused on day 7.',
      'It can no longer reach `stopped` from here.',
    ]);
    org.epoch(day, act('ben', 1, 'approve'), act('dev', 1, 'raise', { text: 'dust' }));
    expect(said(org)[0]).toBe('It is accepted if this happens: 1 more councillor must approve, and 1 open concern must be resolved.');
  });

  it('is who else must start a case, and for how long it waits', () => {
    const org = founded(text.replace('started by any councillor', 'started by 3 councillors'));
    org.epoch(0, notesFor(org).propose('ada', 'motion'));
    expect(said(org)).toEqual([
      'It goes on to `talk` if this happens: 2 more councillors must start (ben, chi, dev, eve can).',
      'If nobody does anything more, it is refused on day 30.',
    ]);
  });
});

describe('what is missing in a joint', () => {
  it('is what each of its votes lacks', () => {
    const vote = (name: string, least: number): string =>
      `    vote ${name}\n      voters councillors\n      open for 7 days\n      passes when at least ${least} councillors say yes\n    end\n`;
    const org = founded(
      `${opening}role councillor plural councillors\n  held by 1 to 9 people\nend\nprocess motion\n  started by any councillor\n  joint both\n${vote('one', 2)}${vote('two', 3)}    when all pass go to accepted\n    otherwise go to refused\n  end\nend\n`,
    );
    org.epoch(0, notesFor(org).propose('ada', 'motion'));
    expect(said(org)[0]).toBe('It is accepted if this happens: 2 more councillors must vote yes in `one`, and 3 more councillors must vote yes in `two`.');
  });
});
