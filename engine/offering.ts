// Adding options, sponsoring them, nominating people, and taking any of it back, while a step is open (S117, S121). What gets on the ballot is listing.ts's.
import { votesIn } from './case.ts';
import type { CharterStep } from './bylaws-stages.ts';
import { actorText, supportText } from './wording.ts';
import type { CaseScope } from './actor.ts';
import { isIdentifier } from './commit.ts';
import type { ActRecord } from './acts.ts';
import type { CaseRecord, OptionRecord } from './case.ts';
import { actsOf, withdrawActs } from './acts.ts';
import { ownOption } from './choices.ts';
import { isSupporter } from './supporting.ts';
import type { Draft, Outcome } from './draft.ts';
import { refused } from './draft.ts';
import type { CharterActor } from './bylaws-terms.ts';

/** The most options of a case beside its own content: a ballot of more nobody ranks. */
const optionsMax = 64;

/** An act with what judges it; `may` asks whether the person is still one of the actor's people. */
export interface Offering {
  readonly scope: CaseScope;
  readonly act: ActRecord;
  readonly may: (actor: CharterActor) => boolean;
}

/** Words that a ballot or an act could mean otherwise. */
function isTaken(scope: CaseScope, name: string): boolean {
  const votes = scope.process.stages.flatMap(votesIn);
  const options = scope.record.options ?? [];
  return name === ownOption || name === 'abstain' || votes.some((vote) => vote.default === name) || options.some((option) => option.name === name);
}

/** The name of an option that nobody named: `option-2` is the first beside the case's own. */
function nextName(scope: CaseScope): string {
  for (let number = (scope.record.options ?? []).length + 2; ; number += 1) if (!isTaken(scope, `option-${number}`)) return `option-${number}`;
}

/** Adds an option with content of its own; undefined where the step takes none. Refuses with GDO1040, GDO1052. */
export function optionAdded({ scope, act, may }: Offering, step: CharterStep): CaseRecord | Outcome | undefined {
  if (step.options === undefined || act.verb !== 'add') return undefined;
  if (!may(step.options.by)) return refused('GDO1040', `options are added by ${actorText(scope.charter, step.options.by)}`);
  const known = scope.record.options ?? [];
  const [name = nextName(scope)] = act.about;
  if (act.text === undefined || act.text.trim() === '') return refused('GDO1052', 'an option has content of its own');
  if (act.about.length > 1 || !isIdentifier(name) || isTaken(scope, name)) return refused('GDO1052', `\`${name}\` is not a new name for an option`);
  if (known.length >= optionsMax) return refused('GDO1052', `a case has at most ${optionsMax} options beside its own content`);
  const option: OptionRecord = { name, by: act.by, atMs: act.atMs, text: act.text };
  return { ...scope.record, options: [...known, option] };
}

/** Judges the sponsoring of options: undefined where the act is none. Refuses with GDO1040, GDO1052. */
export function sponsorProblem({ scope, act, may }: Offering, step: CharterStep): Outcome | 'fine' | undefined {
  if (step.options === undefined || act.verb !== 'endorse') return undefined;
  const { support } = step.options;
  // Who names nothing supports the content of the case; where they may not, the step may ask for it otherwise.
  if (act.about.length === 0) return support !== undefined && may(support.by) && isSupporter(scope, step, support, act.by) ? 'fine' : undefined;
  const names = [ownOption, ...(scope.record.options ?? []).filter((option) => option.withdrawnMs === undefined).map((option) => option.name)];
  if (!act.about.every((name) => names.includes(name)))
    return step.nominations.length > 0 ? undefined : refused('GDO1052', `the options are ${names.join(', ')}`);
  if (support === undefined) return refused('GDO1052', 'options need no support here');
  if (may(support.by) && isSupporter(scope, step, support, act.by)) return 'fine';
  return refused('GDO1040', `an option is supported by ${supportText(scope.charter, support)}`);
}

/** Takes back what one name means: an own option, an own nomination, support of somebody or something, or all own acts of a verb. */
function withdrawnOne(draft: Pick<Draft, 'state'>, record: CaseRecord, act: ActRecord, name: string): CaseRecord {
  const own = record.options?.find((option) => option.name === name && option.by === act.by && option.withdrawnMs === undefined);
  if (own !== undefined) return { ...record, options: (record.options ?? []).map((option) => (option === own ? { ...own, withdrawnMs: act.atMs } : option)) };
  const acts = actsOf(draft.state, record.id).filter((one) => one.by === act.by && one.verb !== 'withdraw');
  const back = (verb: string, about?: string): void => {
    draft.state = withdrawActs(draft.state, record.id, { by: act.by, verb, atMs: act.atMs, ...(about === undefined ? {} : { about }) });
  };
  if (name === act.by) back('accept');
  const named = acts.filter((one) => one.about.includes(name));
  for (const verb of new Set(named.map((one) => one.verb))) back(verb, name);
  // Who endorses and names nothing supports the content of the case.
  if (name === ownOption) back('endorse', '');
  else if (named.length === 0) back(name);
  return record;
}

/** Takes back what an act names. */
export function withdrawn(draft: Pick<Draft, 'state'>, record: CaseRecord, act: ActRecord): CaseRecord {
  return act.about.reduce((next, name) => withdrawnOne(draft, next, act, name), record);
}
