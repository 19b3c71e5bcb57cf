// Reads the tests of a `passes when` line (S126).
import { bound } from './read-people.ts';
import { amount, choice, comparison } from './read-terms.ts';
import type { Lines, Reader } from './reader.ts';
import { linesOf } from './reader.ts';
import { keyword, phrase } from './tokens.ts';
import type { Test, TestBase } from './tree-stages.ts';
import type { Name } from './tree-terms.ts';

const say = {
  abstentions: keyword('and'),
  all: phrase('all'),
  are: phrase('are'),
  is: phrase('is'),
  no: phrase('no'),
  of: phrase('of'),
  over: phrase('over'),
  say: phrase('say'),
  theLeadOf: phrase('the lead of'),
  theWinner: phrase('the winner'),
  thosePresent: phrase('those present'),
  turnout: phrase('turnout'),
  votesAndAbstentions: phrase('votes and abstentions'),
  votesCast: phrase('votes cast'),
  weightCast: phrase('weight cast'),
  winner: keyword('winner'),
} as const;

const tests: Lines<Test> = linesOf<Test>({
  at: shareTest,
  more: shareTest,
  fewer: shareTest,
  exactly: shareTest,
  no: eachTest,
  all: eachTest,
  turnout: turnoutTest,
  the: leadTest,
});

/** `shareTest | eachTest | turnoutTest | leadTest`. */
export function test(reader: Reader): Test {
  return reader.oneOf(tests, leadTest);
}

function shareTest(reader: Reader): Test {
  const start = reader.at;
  const compared = comparison(reader);
  const share = amount(reader);
  // `of say` is a role called `of`: no base is called `say`.
  if (!reader.beginsAhead(1, say.say) && reader.passes(say.of)) {
    const base = testBase(reader);
    reader.words(say.are);
    const isWinner = reader.isAhead(1, say.winner) && reader.passes(say.theWinner);
    const said = isWinner ? { choice: [], winner: true as const } : { choice: choice(reader) };
    return { kind: 'share-of-base', comparison: compared, amount: share, base, ...said, span: reader.spanFrom(start) };
  }
  const role = reader.name();
  reader.words(say.say);
  return { kind: 'people-say', comparison: compared, amount: share, role, choice: choice(reader), span: reader.spanFrom(start) };
}

function testBase(reader: Reader): { readonly kind: TestBase } | { readonly kind: 'all'; readonly role: Name } {
  const and = reader.isAhead(1, say.abstentions);
  if (reader.passes(and ? say.votesAndAbstentions : say.votesCast)) return { kind: and ? 'votes-and-abstentions' : 'votes-cast' };
  if (reader.passes(say.weightCast)) return { kind: 'weight-cast' };
  if (reader.passes(say.all)) return { kind: 'all', role: reader.name() };
  reader.words(say.thosePresent);
  return { kind: 'those-present' };
}

function eachTest(reader: Reader): Test {
  const start = reader.at;
  const which = reader.passes(say.no) ? 'no' : 'all';
  if (which === 'all') reader.words(say.all);
  const role = reader.name();
  reader.words(say.say);
  return { kind: 'none-or-all-say', which, role, choice: choice(reader), span: reader.spanFrom(start) };
}

function turnoutTest(reader: Reader): Test {
  const start = reader.at;
  reader.words(say.turnout);
  const compared = comparison(reader);
  return { kind: 'turnout', comparison: compared, bound: bound(reader), span: reader.spanFrom(start) };
}

function leadTest(reader: Reader): Test {
  const start = reader.at;
  reader.words(say.theLeadOf);
  const of = reader.name();
  reader.words(say.over);
  const over = reader.name();
  reader.words(say.is);
  const compared = comparison(reader);
  return { kind: 'lead', of, over, comparison: compared, value: reader.integer(), span: reader.spanFrom(start) };
}
