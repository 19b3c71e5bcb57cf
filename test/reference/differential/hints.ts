// What could be done next, for whoever makes up streams: the acts and ballots that open stages ask for. Nothing is judged by it.
import type { Judge, Signed } from './stream.ts';
import { committers } from '../interpreter/draws.ts';
import { holders, peopleOf, rollNow } from '../interpreter/rosters.ts';
import { actorPeople, askedActs } from '../interpreter/steps.ts';
import { sharesOf } from '../interpreter/bounds.ts';
import type { Case, World } from '../interpreter/world.ts';
import { ownOption, supporters } from '../interpreter/lists.ts';
import { optionWords } from './wide-lines.ts';
import { candidateFor, checksOf } from '../interpreter/merges.ts';
import { recusalRules } from '../interpreter/recusals.ts';
import { answerAt } from '../interpreter/uses.ts';
import { endMs } from '../interpreter/votes.ts';
import type { Content } from '../interpreter/content.ts';
import { currentOf } from '../interpreter/world.ts';

/** One kind of act that a case asks for now. */
export type Move =
  | {
      readonly kind: 'act';
      readonly case: number;
      readonly entry: number;
      readonly verb: string;
      readonly people: readonly string[];
      readonly about?: string;
      readonly caseId?: string;
    }
  | {
      readonly kind: 'ballot';
      readonly case: number;
      readonly entry: number;
      readonly choices: readonly string[];
      readonly people: readonly string[];
      readonly ranked: boolean;
      /** The range of a ballot of points. */
      readonly points?: readonly [from: number, to: number];
      readonly caseId: string;
      /** A ballot is a commitment now, or has to be opened now. */
      readonly sealed: 'open' | 'committing' | 'opening';
    }
  | { readonly kind: 'edit'; readonly case: number; readonly entry: number; readonly people: readonly string[]; readonly governs: boolean }
  | { readonly kind: 'attest'; readonly case: number; readonly dapp: string; readonly people: readonly string[]; readonly candidate: Content };

/** What is open, and who could start something. */
export interface Hints {
  readonly nowMs: number;
  readonly dueMs: number | undefined;
  /** Closes at which nothing is due yet: of sealed votes, whose ballots are opened from then on, and of those with a grace. */
  readonly closesMs: readonly number[];
  readonly cases: number;
  readonly moves: readonly Move[];
  readonly starters: readonly string[];
  readonly locks: readonly string[];
  readonly content: ReadonlyMap<string, string>;
  /** The numbers of decided cases. */
  readonly decided: readonly number[];
  /** The checkpoints a door may have decided by, the newest last; no other is of their instant, as none is in a ledger. */
  readonly checkpoints: readonly { readonly id: string; readonly atMs: number }[];
  /** What a use of a right should say, whatever it says. */
  readonly answered: (use: Signed) => string | undefined;
}

/** The hints of a world. */
export function hintsOf(world: World, judge: Judge): Hints {
  const roll = rollNow(world);
  const starters = world.charter.processes.flatMap((process) =>
    process.starts.flatMap((start) => {
      if (start.kind !== 'by') return [];
      return start.actor.kind === 'count' ? sharesOf(start.actor.bound).flatMap((share) => holders(roll, share.role)) : holders(roll, start.actor.role);
    }),
  );
  return {
    nowMs: world.nowMs,
    dueMs: judge.dueMs(),
    closesMs: world.cases.flatMap((subject) =>
      (currentOf(subject)?.votes ?? []).flatMap((open) => (open.phase === 'open' && endMs(open) > open.closeMs ? [open.closeMs] : [])),
    ),
    cases: world.cases.length,
    moves: world.cases.flatMap((subject) => movesOf(world, subject)),
    starters,
    locks: world.locks.map(({ id }) => id),
    content: world.content,
    decided: world.cases.filter(({ ended }) => ended !== undefined).map(({ number }) => number),
    checkpoints: world.pasts
      .map(({ id, roll }) => ({ id, atMs: roll.atMs }))
      .filter(({ id, atMs }, _, all) => all.every((other) => other.id === id || other.atMs !== atMs)),
    answered: ({ person, body, saysMs = 0 }) => answerAt(world, { person, body, saysMs }),
  };
}

function attestMoves(world: World, subject: Case): readonly Move[] {
  const candidate = candidateFor(world, subject);
  if (candidate === undefined) return [];
  return checksOf(world, subject).flatMap(({ dapp, endorsers }) =>
    [1, 2].map((): Move => ({ kind: 'attest', case: subject.number, dapp, people: endorsers, candidate })),
  );
}

function movesOf(world: World, subject: Case): readonly Move[] {
  const opening = currentOf(subject);
  const { number } = subject;
  if (subject.merge?.standing === 'waiting') return attestMoves(world, subject);
  if (subject.ended !== undefined) return [];
  if (opening === undefined) return [{ kind: 'act', case: number, entry: 1, verb: 'start', people: [...world.joined.keys()] }];
  const ballots = opening.votes
    .filter(({ phase }) => phase === 'open')
    .map((open): Move => ({
      kind: 'ballot',
      case: number,
      entry: open.entry,
      choices: open.options,
      people: open.frozen,
      ranked: open.vote.counted !== undefined,
      ...(open.vote.counted?.method === 'score' ? { points: [open.vote.counted.from ?? 0, open.vote.counted.to ?? 0] as const } : {}),
      caseId: subject.id,
      sealed: open.vote.ballots !== 'sealed' ? 'open' : world.nowMs < open.closeMs ? 'committing' : 'opening',
    }));
  const { stage, entry } = opening;
  const act = { kind: 'act', case: number, entry } as const;
  const editing: readonly Move[] =
    subject.process.onEdit.kind === 'refuse' && number % 4 !== 0
      ? []
      : [{ kind: 'edit', case: number, entry, people: [subject.author], governs: subject.process.governs.length > 0 }];
  const recusing: readonly Move[] =
    recusalRules(subject, opening).length === 0
      ? []
      : [
          { ...act, verb: 'recuse', people: [...world.joined.keys()] },
          ...subject.requests.flatMap(({ person }) =>
            recusalRules(subject, opening).map(({ line }): Move => ({
              ...act,
              verb: 'recuse',
              people: actorPeople({ subject, opening }, line.decidedBy),
              about: person,
            })),
          ),
        ];
  if (stage.kind === 'meeting') {
    const everybody = [...world.joined.keys()];
    const certified = stage.attended?.certifiedBy === undefined ? [] : everybody.map((about): Move => ({ ...act, verb: 'attend', people: everybody, about }));
    const own: Move = { ...act, verb: 'attend', people: peopleOf(opening.roll, subject, stage.attended?.role ?? 'person') };
    return [
      ...(opening.meetingMs === undefined
        ? [{ ...act, verb: 'call', people: stage.called === undefined ? everybody : actorPeople({ subject, opening }, stage.called.by) }]
        : []),
      own,
      own,
      ...certified.slice(0, 3),
    ];
  }
  if (stage.kind === 'draw') {
    const people = committers({ subject, opening, draw: stage });
    return ['commit', 'reveal', 'reveal'].map((verb): Move => ({ ...act, verb, people, caseId: subject.id }));
  }
  const tied = opening.votes.flatMap(({ phase, entry: own, vote }) =>
    phase !== 'tie' ? [] : (vote.tie ?? []).flatMap((rule) => (rule.kind === 'decided' ? [{ by: rule.by, own }] : [])),
  );
  const declared = tied.flatMap(({ by, own }) =>
    ['passed', 'failed'].map((about): Move => ({ ...act, entry: own, verb: 'declare', people: actorPeople({ subject, opening }, by), about })),
  );
  if (stage.kind !== 'step') return [...ballots, ...declared, ...recusing, ...editing];
  const step = { subject, opening, step: stage };
  const common = { kind: 'act', case: number, entry } as const;
  const acts = askedActs(stage).map(({ actor, verb }): Move => ({ ...common, verb, people: actorPeople(step, actor) }));
  const raised = stage.concerns.map((clause): Move => ({ ...common, verb: 'raise', people: actorPeople(step, clause.by) }));
  const open = subject.concerns.filter(({ closedMs }) => closedMs === undefined);
  const closing = open.flatMap(({ id, raiser }): Move[] => [
    ...stage.concerns.flatMap((clause) =>
      clause.resolvedBy.map((actor): Move => ({ ...common, verb: 'resolve', people: actorPeople(step, actor), about: id })),
    ),
    { ...common, verb: 'withdraw', people: [raiser], about: id },
  ]);
  const everybody = [...world.joined.keys()];
  const named = subject.acts.filter(({ verb }) => verb === 'nominate').map(({ about, person }) => about[0] ?? person);
  const nominating = stage.nominations.flatMap(({ of, support }): Move[] => [
    { ...common, verb: 'nominate', people: peopleOf(opening.roll, subject, of) },
    { ...common, verb: 'nominate', people: everybody },
    ...everybody
      .slice(0, 2)
      .map((about): Move => ({ ...common, verb: 'nominate', people: support === undefined ? everybody : actorPeople(step, support.by), about })),
    { ...common, verb: 'accept', people: everybody },
    ...named.flatMap((about): Move[] => [
      { ...common, verb: 'withdraw', people: [about], about },
      ...(support === undefined ? [] : [1, 2, 3].map((): Move => ({ ...common, verb: 'endorse', people: actorPeople(step, support.by), about }))),
    ]),
  ]);
  const { options } = stage;
  const things = options === undefined ? [] : [ownOption, ...subject.added.map(({ name }) => name)];
  const adding = [...optionWords, undefined, ownOption].flatMap((about): Move[] =>
    options === undefined ? [] : [{ ...common, verb: 'add', people: actorPeople(step, options.by), ...(about === undefined ? {} : { about }) }],
  );
  const supporting = things.flatMap((about): Move[] => [
    {
      ...common,
      verb: 'withdraw',
      people: [...subject.acts.filter((one) => one.about.includes(about)), ...subject.added.filter(({ name }) => name === about)].map(({ person }) => person),
      about,
    },
    ...(options?.support === undefined
      ? []
      : [1, 2].map((): Move => ({ ...common, verb: 'endorse', people: supporters(step, options.support ?? { by: options.by }), about }))),
  ]);
  const back = [...new Set(subject.acts.filter((one) => one.entry === entry).map((one) => one.verb))].map((about): Move => ({
    ...common,
    verb: 'withdraw',
    people: subject.acts.filter((one) => one.verb === about).map((one) => one.person),
    about,
  }));
  return [
    ...acts,
    ...acts,
    ...recusing,
    ...editing,
    ...(stage.nominations.length > 0 ? [] : back),
    ...raised,
    ...closing,
    ...nominating,
    ...adding,
    ...supporting,
  ];
}
