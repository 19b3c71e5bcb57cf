// GDO331: a count that does not say what its ballots mean, or says what its method does not take (S43, docs/decisions/0024).
import { countingNeeds, scoreRangeMax } from '../../engine/index.ts';
import type { CharterCounted, CharterVote } from '../../engine/index.ts';
import type { Diagnostic } from '../../language/index.ts';
import { countingChoices, countingSaid, countingText } from '../counting-words.ts';
import { finding } from '../finding.ts';
import type { LintRule, Model } from './rule.ts';
import { placeIn } from './rule.ts';
import { votesOf } from './stage-graph.ts';

const why = 'Each of these has decided a real seat, and whoever wrote the program would choose instead of the members';

/** The rule `counting-parameter-missing`. Nothing allows it: there is nothing else to count by. */
export const countingParameterMissing: LintRule = {
  code: 'GDO331',
  name: 'counting-parameter-missing',
  what: 'The method can be counted in several ways, and the text does not say in which, or says what the method does not take',
  why,
  fix: 'Say behind the method what ballots mean, such as `with unranked exhausted, equal ranks refused`',
  bad: `process policy
  started by any keeper
  vote ballot
    voters keepers
    choices red, green, blue
    counted by schulze
    open for 7 days
    quorum at least 1/2 of keepers voting
    tie fails
    when won go to accepted
    otherwise go to refused
  end
end
`,
  good: `process policy
  started by any keeper
  vote ballot
    voters keepers
    choices red, green, blue
    counted by schulze with winning votes, unranked last, equal ranks allowed
    open for 7 days
    quorum at least 1/2 of keepers voting
    tie fails
    when won go to accepted
    otherwise go to refused
  end
end
`,
  check: (model) => model.charter.processes.flatMap((process) => votesOf(process).flatMap(({ vote }) => judge(model, vote))),
};

function judge(model: Model, vote: CharterVote): readonly Diagnostic[] {
  const { counted } = vote;
  if (counted === undefined) return [];
  const needs = countingNeeds(counted.method, vote.default !== undefined);
  const place = placeIn(model, counted, vote);
  const missing = needs.filter((need) => counted[need.parameter] === undefined);
  const gaps = missing.length === 0 ? [] : [missingFinding(place, vote, counted, missing.map(countingChoices))];
  const strange = countingSaid(counted).flatMap(({ parameter, value }) => {
    const need = needs.find((candidate) => candidate.parameter === parameter);
    if (need?.values.includes(value) === true) return [];
    const text = countingText(parameter, value);
    return [
      finding('GDO331', place, {
        message: `\`${counted.method}\` does not count with \`${text}\``,
        label: 'not a way of this method',
        why: 'The words would promise a count that nobody carries out',
        help: need === undefined ? `leave out \`${text}\`` : `\`${counted.method}\`${withDefault(vote)} knows:  ${countingChoices(need)}`,
      }),
    ];
  });
  return [...gaps, ...rangeFindings(model, vote, counted), ...strange];
}

/** Points need a range that holds at least two of them, and only points have one. */
function rangeFindings(model: Model, vote: CharterVote, counted: CharterCounted): readonly Diagnostic[] {
  const { from, to, method } = counted;
  const place = placeIn(model, counted, vote);
  const told = (message: string, label: string, help: string): readonly Diagnostic[] => [finding('GDO331', place, { message, label, why, help })];
  if (method !== 'score') {
    const has = from !== undefined || to !== undefined;
    return has
      ? told(`\`${method}\` counts no points, so it has no range`, 'not a way of this method', 'leave out `from ... to ...`, or count by `score`')
      : [];
  }
  if (from === undefined || to === undefined)
    return told(`\`${vote.name}\` counts points and does not say how many a ballot may give`, 'the range is open', 'add behind the method:  from 0 to 5');
  if (from < to && BigInt(to) - BigInt(from) <= scoreRangeMax) return [];
  return told(
    `From ${from} to ${to} there are no points to give, or too many to count`,
    'an impossible range',
    `from less to more, at most ${scoreRangeMax} apart`,
  );
}

function missingFinding(place: ReturnType<typeof placeIn>, vote: CharterVote, counted: CharterCounted, choices: readonly string[]): Diagnostic {
  const begun = countingSaid(counted).length > 0;
  return finding('GDO331', place, {
    message: `\`${vote.name}\` counts by \`${counted.method}\` and does not say what its ballots mean`,
    label: choices.length === 1 ? 'one thing is open' : `${choices.length} things are open`,
    why,
    help: `${begun ? 'add behind a comma' : 'add behind the method, after the word `with`'}:  ${choices.join(', and ')};  see gdo explain counting`,
  });
}

function withDefault(vote: CharterVote): string {
  return vote.default === undefined ? '' : ' beside a default';
}
