// What an amendment changes, named as the bylaws name it (S59): what is protected, what `gdo diff` shows.
import { describe, expect, it } from 'vitest';
import { charterDiff, type CharterChange } from '../../../engine/index.ts';
import { compile } from './organization.ts';

const charter = `gdo 1
organization "Test"
end
area rules covers "bylaws/**"
area work covers "work/**"
role member plural members
  held by 2 to 9 people
  term 2 years
  gained through naming
  lost through resignation or expiry
end
role guest plural guests
  held by anyone
end
points effort plural efforts
  earned 1 by any member for naming.named
  level novice from 1
  level expert from 10
end
process naming "Naming"
  started by any member
  on edit refuse
  in flight keep
  step wait
    after 1 day go to both
  end
  joint both
    vote ballot
      voters members who hold guest
      open for 2 months
      quorum at least 2 members voting
      passes when more than 1/2 of votes cast are yes
      tie fails
    end
    vote poll
      voters guests
      open for 40 days
      passes when at least 1/3 of votes cast are yes
      tie fails
    end
    when all pass go to named
    otherwise go to refused
  end
  outcome named
    grant member to the candidate
  end
end
right hall
  covers "hall/**"
  held by members
end
right lab
  covers "hall/lab/**"
  held by guests
end
protect naming.ballot "Terms"
  never changed
end
protect member.term "Terms"
  changed through naming
end
protect member.term "Terms"
  lapses after 10 days
end
forbid "three agree"
  any merge in work with fewer than 3 approving members
end
`;

type Changes = readonly (readonly [words: string, instead: string])[];

function diff(changes: Changes, from = charter): readonly CharterChange[] {
  let to = from;
  for (const [words, instead] of changes) {
    expect(to).toContain(words);
    to = to.replace(words, instead);
  }
  return charterDiff(compile(from).charter, compile(to).charter);
}

const told = (changes: Changes, from?: string): readonly string[] =>
  diff(changes, from).map((change) => `${change.kind} ${change.path.join('.')}${change.wordingOnly ? ' (wording)' : ''}`);

describe('the difference between two sets of bylaws (S59)', () => {
  it('is nothing between the same ones', () => {
    expect(diff([])).toEqual([]);
  });

  it('tells what stood there before and what stands there after', () => {
    const twoYears = { duration: { count: 2, unit: 'year' } };
    expect(
      diff([
        ['2 to 9 people', 'at least 2 people'],
        ['  term 2 years\n', ''],
        [' or expiry', ''],
        ['protect member.term "Terms"\n  changed through naming\nend\nprotect member.term "Terms"\n  lapses after 10 days\nend\n', ''],
      ]).slice(0, 3),
    ).toStrictEqual([
      { kind: 'removed', path: ['member', 'held', 'most'], wordingOnly: false, before: 9 },
      {
        kind: 'changed',
        path: ['member', 'lost'],
        wordingOnly: false,
        before: [{ kind: 'resignation' }, { kind: 'expiry' }],
        after: [{ kind: 'resignation' }],
      },
      { kind: 'removed', path: ['member', 'term'], wordingOnly: false, before: twoYears },
    ]);
    expect(diff([['role guest plural guests\n  held by anyone', 'role guest plural guests\n  held by anyone\n  term 2 years']])).toStrictEqual([
      { kind: 'added', path: ['guest', 'term'], wordingOnly: false, after: twoYears },
    ]);
    expect(diff([['organization "Test"', 'organization "Another"']])).toStrictEqual([
      { kind: 'changed', path: ['organization', 'name'], wordingOnly: false, before: 'Test', after: 'Another' },
    ]);
  });

  it('names clauses in one order, lists by their names, and goes into a joint', () => {
    expect(
      told([
        ['  on edit refuse\n', '  on edit restart\n'],
        ['in flight keep', 'in flight keep or abort'],
        ['at least 2 members voting', 'at least 3 members voting'],
        ['open for 40 days', 'open for 41 days'],
      ]),
    ).toEqual(['changed naming.inFlight', 'changed naming.onEdit', 'changed naming.both.ballot.quorum', 'changed naming.both.poll.open.count']);
    expect(
      told([
        ['of votes cast are yes\n      tie fails', 'of votes cast are yes\n      tie lot then fails'],
        ['1/3 of votes cast are yes\n      tie fails\n', '1/3 of votes cast are yes\n'],
      ]),
    ).toEqual(['changed naming.both.ballot.tie', 'removed naming.both.poll.tie']);
    expect(told([['level expert from 10', 'level expert from 12']])).toEqual(['changed effort.levels.expert.from']);
    expect(told([['who hold guest', 'who do not hold guest']])).toEqual(['changed naming.both.ballot.voters.who.guest']);
    expect(told([['who hold guest', 'who hold guest and joined at least 1 month ago']])).toEqual(['changed naming.both.ballot.voters.who']);
    expect(
      told(
        [['who hold guest and joined at least 1 month ago', 'who hold guest']],
        charter.replace('who hold guest', 'who hold guest and joined at least 1 month ago'),
      ),
    ).toEqual(['changed naming.both.ballot.voters.who']);
    expect(
      told(
        [['1 effort and have at most 5 effort', '1 effort and have at most 6 effort']],
        charter.replace('who hold guest', 'who have at least 1 effort and have at most 5 effort'),
      ),
    ).toEqual(['changed naming.both.ballot.voters.who']);
  });

  it('tells titles apart, and nothing of a title that stays', () => {
    expect(told([['process naming "Naming"', 'process naming']])).toEqual(['removed naming.title (wording)']);
    expect(
      told([
        ['process naming "Naming"', 'process naming "Admission"'],
        ['1 day go', '2 days go'],
      ]),
    ).toEqual(['changed naming.wait.transitions', 'changed naming.title (wording)']);
    expect(told([['1 day go', '2 days go']])).toEqual(['changed naming.wait.transitions']);
  });

  it('tells the order of rights and stages as it was and is, without those that are new or gone', () => {
    const [hall, lab] = ['right hall\n  covers "hall/**"\n  held by members\nend\n', 'right lab\n  covers "hall/lab/**"\n  held by guests\nend\n'];
    expect(diff([[`${hall}${lab}`, `${lab}${hall}`]])).toStrictEqual([
      { kind: 'changed', path: ['right', 'order'], wordingOnly: false, before: ['hall', 'lab'], after: ['lab', 'hall'] },
    ]);
    const yard = 'right yard\n  covers "yard/**"\n  held by guests\nend\n';
    expect(told([[hall, `${yard}${hall}`]])).toEqual(['added yard']);
    expect(told([[hall, '']])).toEqual(['removed hall']);
    expect(told([[`${hall}${lab}`, `${lab}${yard}`]])).toEqual(['removed hall', 'added yard']);
    expect(told([['  step wait\n', '  step early\n    after 1 day go to wait\n  end\n  step wait\n']])).toEqual(['added naming.early']);
  });

  it('names a protection by its paths and a property by its title, each for itself', () => {
    expect(told([['protect naming.ballot "Terms"\n  never changed', 'protect naming.ballot "Terms"\n  changed through naming']])).toEqual([
      'added protect.naming.ballot.changedThrough',
      'removed protect.naming.ballot.neverChanged',
    ]);
    expect(told([['"Terms"', '"How we vote"']])).toEqual(['changed protect.naming.ballot.title (wording)']);
    expect(told([['lapses after 10 days', 'lapses after 11 days']])).toEqual(['changed protect.member.term 2.lapses.after.count']);
    expect(told([['lapses after 10 days', 'lapses after 11 days']], charter.replaceAll(' "Terms"', ''))).toEqual([
      'changed protect.member.term 2.lapses.after.count',
    ]);
    expect(told([['changed through naming', 'never changed']])).toEqual([
      'removed protect.member.term.changedThrough',
      'added protect.member.term.neverChanged',
    ]);
    expect(told([['fewer than 3', 'fewer than 4']])).toEqual(['changed forbid.three agree.claim.amount.value']);
    const pair = 'protect naming.ballot, member.term\n  never changed\nend\n';
    expect(diff([[pair, '']], `${charter}${pair}`)).toEqual([
      {
        kind: 'removed',
        path: ['protect', 'naming.ballot member.term'],
        wordingOnly: false,
        before: {
          bounds: [],
          neverChanged: true,
          paths: [
            ['naming', 'ballot'],
            ['member', 'term'],
          ],
        },
      },
    ]);
    const always = 'always "members stay"\n  at least 2 members hold member\nend\n';
    expect(
      diff([['forbid "three agree"', `${always}forbid "three agree"`]]).map(({ kind, path, after }) => [kind, path, Object.keys(Object(after)).toSorted()]),
    ).toEqual([['added', ['always', 'members stay'], ['claim', 'mode', 'title']]]);
  });
});
