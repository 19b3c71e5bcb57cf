// Votes, joint votes, meetings and draws restated: who takes part, how long, what passes, and where the case goes with each result. Pure.
import type {
  Charter,
  CharterDraw,
  CharterJoint,
  CharterMeeting,
  CharterProcess,
  CharterQuorum,
  CharterResults,
  CharterTest,
  CharterTieRule,
  CharterVote,
} from '../engine/index.ts';
import { unreachable } from '../engine/index.ts';
import { countingMeanings } from './counting-words.ts';
import { limitSentence, recusalSentence, targetWords } from './sentences-clauses.ts';
import {
  actorWords,
  boundWords,
  comparedWords,
  comparisonWords,
  durationText,
  factsWords,
  list,
  many,
  one,
  quantityWords,
  sentence,
  spanText,
  spoken,
} from './sentences-words.ts';

/** A vote, clause by clause in the order of the formatter (S84). Pure. */
export function voteSentences(charter: Charter, process: CharterProcess, vote: CharterVote): readonly string[] {
  return [
    votersSentence(charter, vote),
    ...choiceSentences(charter, vote),
    ...(vote.marks === undefined ? [] : [sentence(`a ballot may mark at most ${vote.marks}`)]),
    ...vote.limits.map((limit) => limitSentence(charter, limit)),
    ...(vote.vacanciesCountAs === undefined ? [] : [sentence(`each empty seat counts as ${choiceWords([vote.vacanciesCountAs])}`)]),
    ballotSentence(vote),
    ...(vote.reasonsFor.length === 0 ? [] : [sentence(`a ballot for ${choiceWords(vote.reasonsFor)} needs a reason`)]),
    sentence(`it is open for ${durationText(vote.open)}`),
    ...(vote.grace === undefined
      ? []
      : [
          sentence(
            `a ballot that arrives up to ${durationText(vote.grace.duration)} late counts if ${vote.grace.receipts === 1 ? '1 witness' : `${vote.grace.receipts} witnesses`} on the spot received it in time`,
          ),
        ]),
    ...vote.extends.map((row) => extensionSentence(row)),
    ...(vote.holdsFor === undefined ? [] : [sentence(`it passes once its tests have held for ${durationText(vote.holdsFor)} without a break`)]),
    ...vote.recusals.map((recusal) => recusalSentence(charter, recusal)),
    ...secondCall(charter, vote.secondCall),
    ...vote.quorums.map((quorum) => quorumSentence(charter, quorum)),
    ...vote.passes.map((row) => passSentence(charter, row)),
    ...vote.beatsDefault.map((row) => {
      const area = row.area === undefined ? '' : ` where it changes the area ${spoken(row.area)}`;
      return sentence(`an option must beat the default by ${comparisonWords(row.comparison)} ${row.left} to ${row.right}${area}`);
    }),
    ...vote.beatsOthers.map((row) =>
      sentence(`an option must beat every other with the ballots of ${comparisonWords(row.comparison)} ${boundWords(charter, row.share).text}`),
    ),
    ...(vote.closesEarly === undefined ? [] : ['It closes early, as soon as no further ballot can change the result.']),
    ...(vote.tie === undefined ? [] : [tieSentence(charter, vote.tie)]),
    ...resultSentences(process, vote),
  ];
}

function votersSentence(charter: Charter, vote: CharterVote): string {
  const { voters } = vote;
  const roles = list(voters.roles.map((role) => (role === 'person' ? 'all people' : `the ${many(charter, role)}`)));
  const present = voters.present === undefined ? '' : ' who are present';
  const facts = factsWords(charter, voters.who, true);
  const who = `${present}${present !== '' && facts !== '' ? ' and' : ''}${facts}`;
  const except = voters.except.length === 0 ? '' : `, except ${list(voters.except.map((name) => `the ${one(name)}`))}`;
  const once = voters.roles.length > 1 ? ', each person once' : '';
  const weight = voters.weightedBy === undefined ? '' : `; each ballot has the weight of the voter's ${spoken(voters.weightedBy)}`;
  const roster = voters.asOfTheStart === undefined ? '' : '; the roster is that of the start of the case';
  return sentence(`${roles}${who} vote${except}${once}${weight}${roster}`);
}

const methods: ReadonlyMap<string, string> = new Map([
  ['plurality', 'by plurality: the most votes win'],
  ['approval', 'by approval: each ballot names all it approves of, and the most approvals win'],
  ['score', 'by score'],
  ['irv', 'by instant runoff: ballots are rankings, and the weakest drops out until one has more than half'],
  ['star', 'by STAR: score, then a runoff between the best two'],
  ['two-round', 'in two rounds'],
  ['stv-scottish', 'by single transferable vote under the Scottish rules'],
  ['stv-exact', 'by single transferable vote with exact fractions'],
  ['schulze', 'by the Schulze method: ballots are rankings compared in pairs'],
  ['ranked-pairs', 'by ranked pairs: ballots are rankings compared in pairs'],
  ['minimax', 'by minimax: ballots are rankings compared in pairs'],
  ['borda', 'by the Borda count: ballots are rankings worth points'],
  ['condorcet', 'by pairs: the option preferred to each other one wins'],
  ['condorcet-schulze', 'by pairs, and by the Schulze method where no option beats all others'],
]);

function choiceSentences(charter: Charter, vote: CharterVote): readonly string[] {
  const sentences: string[] = [];
  if (vote.choices.kind === 'list') {
    const { names } = vote.choices;
    sentences.push(sentence(names.length === 1 ? `the only choice is ${choiceWords(names)}` : `the choices are ${choiceWords(names, 'and')}`));
  } else sentences.push(sentence(`the choices are the ${vote.choices.kind} of the case`));
  if (vote.default !== undefined) sentences.push(sentence(`the default is ${spoken(vote.default)}`));
  if (vote.counted !== undefined) {
    const { method, from, to } = vote.counted;
    const meanings = countingMeanings(vote.counted)
      .map((meaning) => `; ${meaning}`)
      .join('');
    const range = from === undefined || to === undefined ? '' : `, from ${from} to ${to}`;
    sentences.push(sentence(`ballots are counted ${methods.get(method) ?? `by ${spoken(method)}`}${range}${meanings}`));
  }
  if (vote.elects !== undefined) {
    const { seats, role } = vote.elects;
    sentences.push(
      sentence(seats === undefined ? `it fills the empty seats of ${one(role)}` : `it elects ${seats} ${seats === 1 ? one(role) : many(charter, role)}`),
    );
  }
  return sentences;
}

function choiceWords(names: readonly string[], joint: 'and' | 'or' = 'or'): string {
  return list(
    names.map((name) => spoken(name)),
    joint,
  );
}

function ballotSentence(vote: CharterVote): string {
  switch (vote.ballots) {
    case 'final':
      return 'A ballot that has been cast is final.';
    case 'may-change':
      return 'A ballot can be changed until the close.';
    case 'sealed':
      return sentence(
        `ballots are sealed until the close${vote.revealedWithin === undefined ? '' : ` and revealed within ${durationText(vote.revealedWithin)} after it`}`,
      );
    default:
      return unreachable(vote.ballots);
  }
}

function extensionSentence(row: CharterVote['extends'][number]): string {
  const most = row.most === undefined ? '' : `, at most ${row.most === 1 ? 'once' : `${row.most} times`}`;
  const when =
    row.when.kind === 'result'
      ? `the result is ${list(row.when.results.map(spoken), 'or')}`
      : `${row.when.kind === 'swung' ? 'the result changed' : 'the quorum was reached'} in the last ${spanText(row.when.inTheLast)}`;
  return sentence(`it is extended by ${durationText(row.by)} when ${when}${most}`);
}

/** Whom a vote or a meeting needs. Pure. Source: language.md S30, S126 */
function quorumSentence(charter: Charter, quorum: CharterQuorum): string {
  return sentence(quorumWords(charter, quorum));
}

function quorumWords(charter: Charter, quorum: CharterQuorum): string {
  const bound = comparedWords(quorum.comparison, boundWords(charter, quorum.bound).text);
  switch (quorum.counted) {
    case 'voting':
      return `for a quorum, ${bound} must vote`;
    case 'present':
      return `for a quorum, ${bound} must be present`;
    case 'over-default':
      return `for a quorum, ${bound} must prefer an option to the default`;
    case 'saying':
      return `for a quorum, ${bound} must say ${choiceWords(quorum.choices ?? [])}`;
    default:
      return unreachable(quorum.counted);
  }
}

function secondCall(charter: Charter, call: CharterVote['secondCall']): readonly string[] {
  if (call === undefined) return [];
  const again = `if the quorum is missed, it is called once more ${durationText(call.after)} later`;
  if (call.quorum === undefined) return [sentence(`${again}, without a quorum`)];
  return [sentence(`${again}; then, ${quorumWords(charter, call.quorum)}`)];
}

function passSentence(charter: Charter, row: CharterVote['passes'][number]): string {
  const tests = list(row.tests.map((test) => testWords(charter, test)));
  return sentence(row.result === 'passed' ? `it passes when ${tests}` : `its result is ${spoken(row.result)} when ${tests}`);
}

const bases: Readonly<Record<'votes-cast' | 'votes-and-abstentions' | 'weight-cast' | 'those-present', string>> = {
  'votes-cast': 'the votes cast, abstentions left out,',
  'votes-and-abstentions': 'all ballots, abstentions included,',
  'weight-cast': 'the weight cast',
  'those-present': 'those present',
};

function testWords(charter: Charter, test: CharterTest): string {
  switch (test.kind) {
    case 'share-of-base': {
      const base = test.base === 'all' ? (test.role === 'seats' ? 'all seats' : `all ${many(charter, test.role ?? 'electorate')}`) : bases[test.base];
      const are = test.base === 'weight-cast' ? 'is' : test.base === 'those-present' || (test.base === 'all' && test.role !== 'seats') ? 'say' : 'are';
      return `${comparisonWords(test.comparison)} ${quantityWords(test.amount)} of ${base} ${are} ${test.winner === undefined ? choiceWords(test.choices) : 'for whoever wins'}`;
    }
    case 'people-say': {
      const single = test.amount.kind === 'count' && test.amount.value === 1;
      const people = test.amount.kind === 'share' ? `of the ${many(charter, test.role)}` : single ? one(test.role) : many(charter, test.role);
      return `${comparisonWords(test.comparison)} ${quantityWords(test.amount)} ${people} ${single ? 'says' : 'say'} ${choiceWords(test.choices)}`;
    }
    case 'none-say':
      return `no ${one(test.role)} says ${choiceWords(test.choices)}`;
    case 'all-say':
      return `all ${many(charter, test.role)} say ${choiceWords(test.choices)}`;
    case 'turnout':
      return `${comparedWords(test.comparison, boundWords(charter, test.bound).text)} vote`;
    case 'lead':
      return `the lead of ${spoken(test.of)} over ${spoken(test.over)} is ${comparisonWords(test.comparison)} ${test.value}`;
    default:
      return unreachable(test);
  }
}

function tieSentence(charter: Charter, rules: readonly CharterTieRule[]): string {
  const words = rules.map((rule) => {
    switch (rule.kind) {
      case 'fails':
        return 'it fails';
      case 'lot':
        return 'the lot decides';
      case 'decided':
        return `${actorWords(charter, rule.by).text} decides${rule.thoughConcerned === undefined ? '' : ', even if concerned'}`;
      default:
        return unreachable(rule);
    }
  });
  return sentence(`in a tie ${words.join('; if that settles nothing, ')}`);
}

const results: ReadonlyMap<string, string> = new Map([
  ['passed', 'it passes'],
  ['failed', 'it fails'],
  ['tied', 'it is tied'],
  ['inquorate', 'the quorum is missed'],
  ['elected', 'the seats are filled'],
  ['won', 'an option wins'],
  ['uncontested', 'it is uncontested'],
  ['empty', 'there is nothing to vote on'],
  ['quorate', 'the quorum is met'],
  ['drawn', 'enough people are drawn'],
]);

/** Where a case goes with each result, in source order. Pure. */
function resultSentences(process: CharterProcess, stage: CharterResults): readonly string[] {
  const named = stage.results.map((row) =>
    sentence(`if ${results.get(row.result) ?? `the result is ${spoken(row.result)}`}, ${targetWords(process, row.target)}`),
  );
  return stage.otherwise === undefined ? named : [...named, sentence(`otherwise ${targetWords(process, stage.otherwise)}`)];
}

/** A joint decision; its votes follow as stages of their own. Pure. Source: language.md S48 */
export function jointSentences(process: CharterProcess, joint: CharterJoint): readonly string[] {
  const votes = list(joint.votes.map((vote) => spoken(vote.name)));
  const passes = joint.passes;
  return [
    sentence(`the votes ${votes} open together`),
    ...(passes === undefined
      ? []
      : [sentence(`if ${passes.which === 'all' ? 'all of them pass' : 'any of them passes'}, ${targetWords(process, passes.target)}`)]),
    ...(joint.otherwise === undefined ? [] : [sentence(`otherwise ${targetWords(process, joint.otherwise)}`)]),
  ];
}

/** A meeting. Pure. Source: language.md S46 */
export function meetingSentences(charter: Charter, process: CharterProcess, meeting: CharterMeeting): readonly string[] {
  const { called, attended } = meeting;
  const certified = attended?.certifiedBy === undefined ? '' : `; attendance is certified by ${actorWords(charter, attended.certifiedBy).text}`;
  return [
    ...(called === undefined
      ? []
      : [sentence(`it is called by ${actorWords(charter, called.by).text}${called.within === undefined ? '' : ` within ${durationText(called.within)}`}`)]),
    ...(meeting.notice === undefined ? [] : [sentence(`the call comes at least ${durationText(meeting.notice)} before it`)]),
    ...(attended === undefined ? [] : [sentence(`the ${many(charter, attended.role)} attend${certified}`)]),
    sentence(`it is open for ${durationText(meeting.open)}`),
    ...meeting.quorums.map((quorum) => quorumSentence(charter, quorum)),
    ...secondCall(charter, meeting.secondCall),
    ...resultSentences(process, meeting),
  ];
}

/** A draw by lot. Pure. Source: language.md S47 */
export function drawSentences(charter: Charter, process: CharterProcess, draw: CharterDraw): readonly string[] {
  const { picks, seed } = draw;
  const sentences: string[] = [];
  if (picks !== undefined) {
    const people = picks.count === 1 ? `1 ${one(picks.role)}` : `${picks.count} ${many(charter, picks.role)}`;
    const except = picks.except.length === 0 ? '' : `, except ${list(picks.except.map((name) => `the ${one(name)}`))}`;
    sentences.push(sentence(`${people}${factsWords(charter, picks.who, picks.count !== 1)} ${picks.count === 1 ? 'is' : 'are'} drawn by lot${except}`));
  }
  if (seed !== undefined) {
    sentences.push(
      sentence(`the lot is seeded by ${actorWords(charter, seed.committedBy).text}, who commit to it and reveal it within ${durationText(seed.within)}`),
    );
  }
  return [...sentences, ...draw.limits.map((limit) => limitSentence(charter, limit)), ...resultSentences(process, draw)];
}
