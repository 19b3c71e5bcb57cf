// What the form of a vote proves must hold of every count that its table has: made-up votes, each judged both ways.
import { fc } from '../../seeded.ts';
import { describe, expect, it } from 'vitest';
import { firstTally, tallyTable, withOneMore } from '../../../compiler/analysis/tally-table.ts';
import type { Tally, TallyTable } from '../../../compiler/analysis/tally-table.ts';
import { asksForNobody, onlyFills, onlyHelps } from '../../../compiler/analysis/tendency.ts';
import { votesOf } from '../../../compiler/lint/stage-graph.ts';
import type { CharterVote } from '../../../engine/index.ts';
import { framed } from '../../../compiler/index.ts';
import { compiled } from '../bylaws-text.ts';

interface Judged {
  readonly vote: CharterVote;
  readonly table: TallyTable;
}

function judged(lines: readonly string[], as: readonly string[]): Judged {
  const inner = ['voters keepers', 'open for 7 days', ...lines, ...as.map((name) => `when ${name} go to accepted`), 'otherwise go to refused'];
  const text = framed(
    `process policy\n  started by any keeper\n  vote ballot\n${inner.map((line) => `    ${line}\n`).join('')}  end\n  outcome accepted accepts\n  outcome refused refuses\nend\n`,
  ).replace('held by 5 to 9 people', 'held by 2 to 6 people');
  const { charter, diagnostics } = compiled(text);
  const process = charter?.processes.find(({ name }) => name === 'policy');
  const [placed] = process === undefined ? [] : votesOf(process);
  const table = charter === undefined || process === undefined || placed === undefined ? undefined : tallyTable(charter, process, placed.vote, false);
  if (placed === undefined || table === undefined) throw new Error(`no table: ${diagnostics.map(({ message }) => message).join('; ')}\n${text}`);
  return { vote: placed.vote, table };
}

const comparison = fc.constantFrom('at least', 'more than', 'at most', 'fewer than', 'exactly');
const share = fc.constantFrom('1/4', '1/3', '1/2', '2/3', '1/1');
const choice = fc.constantFrom('yes', 'no', 'abstain', 'yes or no', 'no or abstain');
const base = fc.constantFrom('of votes cast', 'of votes and abstentions', 'of all keepers', 'of all seats');

const test = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(comparison, share, base, choice).map(([how, part, of, said]) => `${how} ${part} ${of} are ${said}`) },
  fc.tuple(comparison, fc.integer({ min: 1, max: 4 }), choice).map(([how, count, said]) => `${how} ${count} keepers say ${said}`),
  fc.constantFrom(
    'no keepers say no',
    'no keepers say abstain',
    'all keepers say yes',
    'the lead of yes over no is at least 1',
    'the lead of no over yes is at most 1',
  ),
  fc.tuple(comparison, share).map(([how, part]) => `turnout ${how} ${part} of keepers`),
);
const tests = fc.array(test, { minLength: 1, maxLength: 2 }).map((all) => all.join(' and '));
const quorums = fc.array(
  fc.tuple(comparison, share, fc.constantFrom('voting', 'saying yes')).map(([how, part, what]) => `quorum ${how} ${part} of keepers ${what}`),
  {
    maxLength: 1,
  },
);
const votes = fc
  .record({ quorums, tests, second: fc.option(tests), tie: fc.boolean() })
  .map(({ quorums: first, tests: passes, second, tie }) =>
    judged(
      [...first, `passes when ${passes}`, ...(second === null ? [] : [`passes as clear when ${second}`]), ...(tie ? ['tie fails'] : [])],
      second === null ? ['passed'] : ['passed', 'clear'],
    ),
  );

/** The first count that one more ballot turns, to passing or from it. */
function turned({ table }: Judged, said: string, isPassing: boolean, matters: (tally: Tally) => boolean = () => true): Tally | undefined {
  return firstTally(table, (tally) => {
    const more = withOneMore(table, tally, said);
    return more !== undefined && table.passes(tally) === isPassing && table.passes(more) !== isPassing && matters(tally);
  });
}

describe('what the form of a vote proves', () => {
  it('GDO310: where more yes can only help, no count that passes fails with one more', () => {
    fc.assert(
      fc.property(votes, (each) => {
        if (onlyHelps(each.vote, 'yes')) expect(turned(each, 'yes', true)).toBeUndefined();
        if (onlyHelps(each.vote, 'no')) expect(turned(each, 'no', true)).toBeUndefined();
      }),
      { numRuns: 100 },
    );
  });

  it('GDO308: where a no can only fill, whatever it lets pass failed for want of people', () => {
    fc.assert(
      fc.property(votes, (each) => {
        const { table, vote } = each;
        if (!onlyFills(vote, 'no')) return;
        const lacksPeople = (tally: Tally): boolean =>
          table.resultOf(tally) === 'inquorate' || vote.passes.some((line) => line.tests.every((one) => one.kind === 'turnout' || table.holds(tally, one)));
        const isEmpty = (tally: Tally): boolean => tally.counts.every((count) => count === 0);
        expect(turned(each, 'no', false, (tally) => !isEmpty(tally) && !lacksPeople(tally))).toBeUndefined();
        if (asksForNobody(vote)) expect(turned(each, 'no', false, (tally) => !isEmpty(tally))).toBeUndefined();
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    ['quorum at least 1/2 of keepers voting', 'more than 1/2 of votes cast are yes', true, true],
    ['quorum at least 3 keepers saying yes', 'at least 2/3 of all keepers are yes', true, true],
    ['quorum at least 1/2 of keepers voting', 'at least 3 keepers say yes and no keepers say no', true, true],
    ['quorum at least 1/2 of keepers voting', 'exactly 3 keepers say yes', false, true],
    ['quorum at most 1/2 of keepers voting', 'more than 1/2 of votes cast are yes', false, true],
    ['quorum at least 1/2 of keepers voting', 'more than 1/2 of votes cast are yes or no', true, false],
    ['quorum at least 1/2 of keepers voting', 'fewer than 1/3 of votes cast are abstain', false, false],
  ])('%s, %s', (quorum, tested, helps, fills) => {
    const { vote } = judged([quorum, `passes when ${tested}`], ['passed']);
    expect([onlyHelps(vote, 'yes'), onlyFills(vote, 'no')]).toEqual([helps, fills]);
  });
});
