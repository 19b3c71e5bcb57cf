// Lowers a vote: voters, choices, clocks, quorums, tests, ties, results. How ballots are counted is the engine's.
import { unreachable } from '../engine/index.ts';
import type { CharterCounted, CharterQuorum, CharterResults, CharterTest, CharterTieRule, CharterVote } from '../engine/index.ts';
import type {
  BallotClause,
  Choice,
  CountingParameter,
  Name,
  QuorumClause,
  ResultClause,
  SecondCallClause,
  Test,
  TieRule,
  VoteStage,
} from '../language/index.ts';
import { suggest } from '../language/index.ts';
import { builtInRosters, countingMethods, defaultChoices, voteResults } from './built-in.ts';
import { clausesOf, firstClause, noteAllowances } from './clauses.ts';
import { compareText, finding } from './finding.ts';
import { area, lowerActor, lowerBound, lowerFacts, lowerLimit, lowerRecusal, lowerShare, person, role } from './lower-actors.ts';
import { lowerComparison, lowerDuration, lowerInteger, lowerQuantity } from './lower-terms.ts';
import { resolveName, resolveNames, resolveStage } from './resolve.ts';
import type { Context } from './scope.ts';
import { mark, placeOf, plainName } from './scope.ts';

type VoteClause = BallotClause | ResultClause;

/** Lowers a vote. Choices a test may name are those of the vote; others are GDO115, other results than those of `passes as` GDO121. */
export function lowerVote(context: Context, stage: VoteStage): CharterVote {
  const clauses = stage.clauses;
  const choices = lowerChoices(context, clauses);
  const named = clausesOf(clauses, 'passes').map((clause) => (clause.as === undefined ? 'passed' : plainName(context, clause.as)));
  const results = [...voteResults, ...named];
  const counted = firstClause(clauses, 'counted');
  const second = firstClause(clauses, 'second-call');
  const tie = firstClause(clauses, 'tie');
  const marks = firstClause(clauses, 'marks');
  const vacancies = firstClause(clauses, 'vacancies');
  const castable = choices.kind === 'list' ? choices.names : undefined;
  const fallback = firstClause(clauses, 'default');
  const cast = (names: Choice): readonly string[] => names.map((name) => lowerChoice(context, name, castable));
  const lowered: CharterVote = mark(
    context,
    {
      kind: 'vote',
      name: plainName(context, stage.name),
      ...(stage.title === undefined ? {} : { title: stage.title.text }),
      voters: lowerVoters(context, clauses),
      choices,
      ...(fallback === undefined ? {} : { default: plainName(context, fallback.option) }),
      ...(counted === undefined ? {} : { counted: lowerCounted(context, counted) }),
      ...lowerElects(context, clauses),
      ...(marks === undefined ? {} : { marks: marks.most }),
      reasonsFor: clausesOf(clauses, 'reasons').flatMap((clause) => cast(clause.for)),
      ...(vacancies === undefined ? {} : { vacanciesCountAs: lowerChoice(context, vacancies.countAs, castable) }),
      ...lowerClocks(context, stage, results),
      quorums: clausesOf(clauses, 'quorum').map((clause) => lowerQuorum(context, clause, castable)),
      ...(second === undefined ? {} : { secondCall: lowerSecondCall(context, second, castable) }),
      passes: clausesOf(clauses, 'passes').map((clause) =>
        mark(
          context,
          { result: clause.as === undefined ? 'passed' : plainName(context, clause.as), tests: clause.tests.map((test) => lowerTest(context, test, cast)) },
          clause.span,
        ),
      ),
      beatsDefault: clausesOf(clauses, 'beats-default').map((clause) => ({
        comparison: lowerComparison(clause.comparison),
        left: clause.left,
        right: clause.right,
        ...(clause.area === undefined ? {} : { area: resolveName(context, clause.area, area) }),
      })),
      beatsOthers: clausesOf(clauses, 'beats-others').map((clause) => ({
        comparison: lowerComparison(clause.comparison),
        share: lowerShare(context, clause.share),
      })),
      ...(tie === undefined ? {} : { tie: tie.rules.map((rule) => lowerTieRule(context, rule)) }),
      limits: clausesOf(clauses, 'limit').map((clause) => lowerLimit(context, clause)),
      recusals: clausesOf(clauses, 'recusal').map((clause) => lowerRecusal(context, clause)),
      ...lowerResults(context, clauses, results),
    },
    stage.span,
    stage.name.span,
  );
  reportWinners(context, clauses);
  noteAllowances(context, clauses, lowered);
  return lowered;
}

function lowerVoters(context: Context, clauses: readonly VoteClause[]): CharterVote['voters'] {
  const clause = firstClause(clauses, 'voters');
  if (clause === undefined) return { roles: [], except: [], who: [] };
  return mark(
    context,
    {
      roles: resolveNames(context, clause.roles, person),
      ...(clause.present ? ({ present: true } as const) : {}),
      ...(clause.weightedBy === undefined
        ? {}
        : { weightedBy: resolveName(context, clause.weightedBy, { kinds: ['measure', 'points'], noun: 'a measure or points' }) }),
      ...(clause.asOfTheStart ? ({ asOfTheStart: true } as const) : {}),
      except: resolveNames(context, clause.except, person),
      who: lowerFacts(context, clause.who),
    },
    clause.span,
  );
}

function lowerChoices(context: Context, clauses: readonly VoteClause[]): CharterVote['choices'] {
  const clause = firstClause(clauses, 'choices');
  if (clause === undefined) return { kind: 'list', names: defaultChoices };
  if (clause.from.kind === 'list') return mark(context, { kind: 'list', names: clause.from.names.map((name) => plainName(context, name)) }, clause.span);
  const source = resolveName(context, clause.from.name, { kinds: [], builtIn: ['candidates', 'options'], noun: '`candidates` or `options`' });
  return mark(context, { kind: source === 'options' ? 'options' : 'candidates' }, clause.span);
}

function lowerChoice(context: Context, name: Name, castable: readonly string[] | undefined): string {
  const text = plainName(context, name);
  if (castable === undefined || castable.includes(text)) return text;
  const meant = suggest(text, [...castable].sort(compareText));
  context.findings.push(
    finding('GDO115', placeOf(context, name.span), {
      message: `Nobody can vote \`${text}\` here`,
      label: 'no choice of this vote',
      why: 'A test on a choice that no ballot holds can never be met, or is always met',
      help:
        meant.length > 0
          ? `did you mean ${meant.map((word) => `\`${word}\``).join(' or ')}?`
          : `the choices are ${castable.join(', ')}; others are listed with:  choices yes, no, ${text}`,
    }),
  );
  return text;
}

function lowerCounted(context: Context, clause: Extract<BallotClause, { readonly kind: 'counted' }>): CharterCounted {
  const method = resolveName(context, clause.method, { kinds: [], builtIn: countingMethods, noun: 'a counting method' });
  const range = { ...(clause.from === undefined ? {} : { from: clause.from }), ...(clause.to === undefined ? {} : { to: clause.to }) };
  return mark(context, { method, ...range, ...lowerCountingParameters(clause.parameters) }, clause.span);
}

/** The first of each kind holds; a second one is GDO010 and never gets this far. */
function lowerCountingParameters(parameters: readonly CountingParameter[]): Omit<CharterCounted, 'method' | 'from' | 'to'> {
  const strength = firstClause(parameters, 'strength');
  const unranked = firstClause(parameters, 'unranked');
  const equalRanks = firstClause(parameters, 'equalRanks');
  const unscored = firstClause(parameters, 'unscored');
  return {
    ...(strength === undefined ? {} : { strength: strength.value }),
    ...(unranked === undefined ? {} : { unranked: unranked.value }),
    ...(equalRanks === undefined ? {} : { equalRanks: equalRanks.value }),
    ...(unscored === undefined ? {} : { unscored: unscored.value }),
  };
}

function lowerElects(context: Context, clauses: readonly VoteClause[]): Pick<CharterVote, 'elects'> {
  const clause = firstClause(clauses, 'elects');
  if (clause === undefined) return {};
  const seats = clause.seats === 'the-vacant' ? {} : { seats: lowerInteger(context, clause.seats) };
  return { elects: mark(context, { ...seats, role: resolveName(context, clause.role, role) }, clause.span) };
}

function lowerClocks(
  context: Context,
  stage: VoteStage,
  results: readonly string[],
): Pick<CharterVote, 'open' | 'ballots' | 'revealedWithin' | 'closesEarly' | 'extends' | 'holdsFor' | 'grace'> {
  const clauses = stage.clauses;
  const open = firstClause(clauses, 'open');
  const ballots = firstClause(clauses, 'ballots');
  const early = firstClause(clauses, 'closes-early') !== undefined;
  const holds = firstClause(clauses, 'holds');
  const grace = firstClause(clauses, 'grace');
  if (open === undefined) reportNoClose(context, stage.name, 'vote');
  return {
    open: open === undefined ? { count: 1, unit: 'day' } : lowerDuration(context, open.duration),
    ballots: ballots?.mode ?? (early ? 'final' : 'may-change'),
    ...(ballots?.revealedWithin === undefined ? {} : { revealedWithin: lowerDuration(context, ballots.revealedWithin) }),
    ...(early ? { closesEarly: true } : {}),
    extends: clausesOf(clauses, 'extends').map((clause) => ({
      by: lowerDuration(context, clause.by),
      when:
        clause.when.kind === 'result'
          ? { kind: 'result', results: clause.when.names.map((name) => lowerResult(context, name, results)) }
          : { kind: clause.when.kind, inTheLast: lowerDuration(context, clause.when.inTheLast) },
      ...(clause.most === undefined ? {} : { most: clause.most }),
    })),
    ...(holds === undefined ? {} : { holdsFor: lowerDuration(context, holds.duration) }),
    ...(grace === undefined ? {} : { grace: { duration: lowerDuration(context, grace.duration), receipts: grace.receipts } }),
  };
}

/** Reports a vote or meeting that never says how long it is open (GDO204). */
export function reportNoClose(context: Context, name: Name, what: 'vote' | 'meeting'): void {
  context.findings.push(
    finding('GDO204', placeOf(context, name.span), {
      message: `The ${what} \`${name.text}\` never says how long it is open`,
      label: 'no closing time',
      why: 'It would never be counted, and whatever it decides would never be decided',
      help: what === 'vote' ? 'add a line such as:  open for 7 days' : 'add a line such as:  open for 3 hours',
    }),
  );
}

/** Lowers a quorum; `castable` are the choices of the vote, undefined where they come from candidates or options. */
export function lowerQuorum(context: Context, clause: QuorumClause, castable: readonly string[] | undefined): CharterQuorum {
  const counted = clause.counted;
  return mark(
    context,
    {
      comparison: lowerComparison(clause.comparison),
      bound: lowerBound(context, clause.bound),
      counted: counted.kind,
      ...(counted.kind === 'saying' ? { choices: counted.choice.map((name) => lowerChoice(context, name, castable)) } : {}),
    },
    clause.span,
  );
}

/** Lowers a second call (S101). */
export function lowerSecondCall(context: Context, clause: SecondCallClause, castable: readonly string[] | undefined): NonNullable<CharterVote['secondCall']> {
  return mark(
    context,
    { after: lowerDuration(context, clause.after), ...(clause.quorum === undefined ? {} : { quorum: lowerQuorum(context, clause.quorum, castable) }) },
    clause.span,
  );
}

/** Reports a test of the winner in a vote that no method counts: it elects nothing. */
function reportWinners(context: Context, clauses: readonly VoteClause[]): void {
  if (firstClause(clauses, 'counted') !== undefined) return;
  for (const test of clausesOf(clauses, 'passes').flatMap((clause) => clause.tests)) {
    if (test.kind !== 'share-of-base' || test.winner === undefined) continue;
    context.findings.push(
      finding('GDO115', placeOf(context, test.span), {
        message: 'This vote elects nothing, so there is no winner to ask about',
        label: 'no choice of this vote',
        why: 'A test on a choice that no ballot holds can never be met, or is always met',
        help: 'name a choice:  are yes, or say how ballots are counted:  counted by plurality with equal ranks refused',
      }),
    );
  }
}

function lowerTest(context: Context, test: Test, cast: (choice: Choice) => readonly string[]): CharterTest {
  const roster = { kinds: ['role'], builtIn: builtInRosters, noun: 'a role' } as const;
  switch (test.kind) {
    case 'share-of-base': {
      const base = test.base;
      const counted = { kind: 'share-of-base', comparison: lowerComparison(test.comparison), amount: lowerQuantity(context, test.amount) } as const;
      const said = { choices: cast(test.choice), ...(test.winner === undefined ? {} : { winner: test.winner }) };
      if (base.kind !== 'all') return mark(context, { ...counted, base: base.kind, ...said }, test.span);
      return mark(context, { ...counted, base: 'all', role: resolveName(context, base.role, roster), ...said }, test.span);
    }
    case 'people-say':
      return mark(
        context,
        {
          kind: 'people-say',
          comparison: lowerComparison(test.comparison),
          amount: lowerQuantity(context, test.amount),
          role: resolveName(context, test.role, roster),
          choices: cast(test.choice),
        },
        test.span,
      );
    case 'none-or-all-say':
      return mark(
        context,
        { kind: test.which === 'no' ? 'none-say' : 'all-say', role: resolveName(context, test.role, roster), choices: cast(test.choice) },
        test.span,
      );
    case 'turnout':
      return mark(context, { kind: 'turnout', comparison: lowerComparison(test.comparison), bound: lowerBound(context, test.bound) }, test.span);
    case 'lead': {
      const [of = '', over = ''] = [...cast([test.of]), ...cast([test.over])];
      return mark(context, { kind: 'lead', of, over, comparison: lowerComparison(test.comparison), value: test.value }, test.span);
    }
    default:
      return unreachable(test);
  }
}

function lowerTieRule(context: Context, rule: TieRule): CharterTieRule {
  if (rule.kind !== 'decided') return mark(context, { kind: rule.kind }, rule.span);
  return mark(context, { kind: 'decided', by: lowerActor(context, rule.by), ...(rule.thoughConcerned ? ({ thoughConcerned: true } as const) : {}) }, rule.span);
}

/** Lowers `when RESULT go to` and `otherwise`; a result outside `known` is GDO121. */
export function lowerResults(context: Context, clauses: readonly { readonly kind: string }[], known: readonly string[]): CharterResults {
  const results = clauses.filter(isResult);
  const otherwise = clauses.find(isOtherwise);
  return {
    results: results.map((clause) =>
      mark(context, { result: lowerResult(context, clause.result, known), target: resolveStage(context, clause.target) }, clause.span),
    ),
    ...(otherwise === undefined ? {} : { otherwise: resolveStage(context, otherwise.target) }),
  };
}

function isResult(clause: { readonly kind: string }): clause is Extract<ResultClause, { readonly kind: 'result' }> {
  return clause.kind === 'result';
}

function isOtherwise(clause: { readonly kind: string }): clause is Extract<ResultClause, { readonly kind: 'otherwise' }> {
  return clause.kind === 'otherwise';
}

function lowerResult(context: Context, name: Name, known: readonly string[]): string {
  const text = plainName(context, name);
  if (known.includes(text)) return text;
  const meant = suggest(text, [...known].sort(compareText));
  context.findings.push(
    finding('GDO121', placeOf(context, name.span), {
      message: `Nothing here can end with the result \`${text}\``,
      label: 'no such result',
      why: 'The line would never be used, and the cases it is meant for would take another way',
      help:
        meant.length > 0
          ? `did you mean ${meant.map((word) => `\`${word}\``).join(' or ')}?`
          : `name the result where it is decided:  passes as ${text} when ...`,
    }),
  );
  return text;
}
