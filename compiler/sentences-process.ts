// A process restated: how a case starts, what rests meanwhile, its steps and outcomes. Votes, meetings and draws are sentences-vote.ts's.
import type {
  Charter,
  CharterAnswer,
  CharterEffect,
  CharterGranted,
  CharterOutcome,
  CharterProcess,
  CharterStage,
  CharterShortage,
  CharterStart,
  CharterStartWindow,
  CharterStep,
  CharterSupport,
  CharterWhileOpen,
} from '../engine/index.ts';
import { unreachable } from '../engine/index.ts';
import {
  actsWords,
  eventWords,
  heldWords,
  limitSentence,
  moneyWords,
  recusalSentence,
  stageWords,
  targetWords,
  transitionSentence,
} from './sentences-clauses.ts';
import {
  actorWords,
  anyActor,
  comparisonWords,
  dateText,
  durationText,
  everyText,
  factsWords,
  list,
  many,
  one,
  sentence,
  somebody,
  spoken,
} from './sentences-words.ts';

/** How a case of a process starts and what holds for all of its stages. Pure. */
export function processSentences(charter: Charter, process: CharterProcess): readonly string[] {
  const areas = process.governs.map(spoken);
  const governs =
    areas.length === 0
      ? `it merges no change${mattersOf(charter, process)}`
      : `it decides about changes in ${areas.length === 1 ? 'the area' : 'the areas'} ${list(areas)}${process.wordingOnly === undefined ? '' : ', and only about their wording: the rules must stay the same'}`;
  const first = process.stages[0];
  return [
    ...process.starts.map((start, index) => startSentence(charter, start, index === 0 ? `a case of ${spoken(process.name)}` : 'it also')),
    sentence(governs),
    ...(process.about === undefined ? [] : [sentence(`it must be about ${somebody(charter, process.about.role, process.about.who)}`)]),
    ...(process.spends === undefined ? [] : [spendsSentence(charter, process.spends)]),
    ...process.whileOpen.map(restSentence),
    ...process.limits.map((limit) => limitSentence(charter, limit)),
    ...process.recusals.map((recusal) => recusalSentence(charter, recusal)),
    ...answers(process),
    ...(first === undefined ? [] : beginningWords(process, first)),
  ];
}

/** What the cases of a process that governs nothing are about: what their outcomes do. */
function mattersOf(charter: Charter, process: CharterProcess): string {
  const effects = process.stages.flatMap((stage) => (stage.kind === 'outcome' ? stage.effects : []));
  const matters = [...new Set(effects.flatMap((effect) => matterOf(charter, effect)))];
  return matters.length === 0 ? ', and its decision is recorded' : `: it decides ${list(matters)}`;
}

function matterOf(charter: Charter, effect: CharterEffect): readonly string[] {
  switch (effect.kind) {
    case 'accept-merge':
    case 'refuse-merge':
      return [];
    case 'grant':
    case 'remove':
      return [`who holds ${grantedWords(charter, effect.what)}`];
    case 'award':
      return [`who is awarded ${pointWords(charter, effect.points, effect.amount)}`];
    case 'pay':
      return [`about a payment from the account ${spoken(effect.account)}`];
    case 'reverse':
      return ['whether an earlier decision is reversed'];
    case 'strike':
      return [`who is struck from the open case of ${spoken(effect.from)}`];
    case 'start':
      return [`whether a case of ${spoken(effect.process)} starts`];
    default:
      return unreachable(effect);
  }
}

/** A case that begins with an outcome is over as soon as it starts. */
function beginningWords(process: CharterProcess, first: CharterStage): readonly string[] {
  if (first.kind === 'outcome') return [sentence(`as soon as it starts, ${targetWords(process, first.name)}`)];
  return process.stages.length < 2 ? [] : [sentence(`it begins with ${stageWords(first)}`)];
}

function startSentence(charter: Charter, start: CharterStart, subject: string): string {
  switch (start.kind) {
    case 'by': {
      const actor = actorWords(charter, start.actor);
      const who = factsWords(charter, start.who, actor.plural);
      return sentence(`${subject === 'it also' ? 'it is also' : `${subject} is`} started by ${actor.text}${who}${start.windows.map(windowWords).join('')}`);
    }
    case 'when':
      return sentence(`${subject} starts by itself when ${shortageWords(start.shortage)}`);
    case 'every':
      return sentence(`${subject} starts by itself ${everyText(start.duration)}, first on ${dateText(start.from)}`);
    case 'after':
      return sentence(`${subject} starts by itself when ${eventWords(start.path)}`);
    default:
      return unreachable(start);
  }
}

function windowWords(window: CharterStartWindow): string {
  switch (window.kind) {
    case 'within':
      return `, within ${durationText(window.duration)} after ${eventWords(window.of)}`;
    case 'not-within':
      return `, but not within ${durationText(window.duration)} after ${eventWords(window.of)}`;
    case 'not-between':
      return `, but not from when ${eventWords(window.from)} until ${eventWords(window.until)}`;
    default:
      return unreachable(window);
  }
}

function shortageWords(shortage: CharterShortage): string {
  if (shortage.kind === 'vacant') {
    return shortage.which === 'the' ? `nobody holds the role ${one(shortage.role)}` : `a seat of ${one(shortage.role)} is empty`;
  }
  const people = shortage.amount === 1 ? '1 person holds' : `${shortage.amount} people hold`;
  return `${comparisonWords(shortage.comparison)} ${people} the role ${one(shortage.role)}`;
}

function spendsSentence(charter: Charter, spends: NonNullable<CharterProcess['spends']>): string {
  const account = charter.accounts.find((candidate) => candidate.name === spends.account);
  return sentence(
    `it spends up to ${moneyWords(spends.upToUnits, account?.decimals ?? 0, account?.currency ?? '')} from the account ${spoken(spends.account)}`,
  );
}

function restSentence(rest: CharterWhileOpen): string {
  switch (rest.kind) {
    case 'suspend':
      return sentence(`while it is open, ${spoken(rest.role)} is suspended for the ${one(rest.of)}`);
    case 'hold-amount':
      return sentence(`while it is open, the amount asked for is held in the account ${spoken(rest.account)}`);
    case 'hold':
      return sentence(`while it is open, ${heldWords(rest.held)}`);
    default:
      return unreachable(rest);
  }
}

function answers(process: CharterProcess): readonly string[] {
  const sentences: string[] = [];
  if (process.governs.length > 0) {
    sentences.push(sentence(`if its content is edited after the start, ${answerWords(process, process.onEdit, 'the edit')}`));
    sentences.push(sentence(`if another decision changes the same files first, ${answerWords(process, process.onConflict, 'the case')}`));
  }
  const others = process.inFlight.filter((choice) => choice !== 'keep').map((choice) => (choice === 'restart' ? 'start again' : 'end'));
  if (others.length > 0)
    sentences.push(sentence(`when these bylaws change, its open cases keep the old rules, or ${list(others, 'or')} where the change asks for it`));
  if (process.offline === 'provisional') sentences.push('Its effects act at once where it is decided, and are undone if the ledger refuses them.');
  return sentences;
}

function answerWords(process: CharterProcess, answer: CharterAnswer, refused: string): string {
  switch (answer.kind) {
    case 'refuse':
      return `${refused} is refused`;
    case 'restart':
      return 'the case starts again';
    case 'stage':
      return `the case goes to ${stageWords(process.stages.find((stage) => stage.name === answer.stage) ?? { kind: 'stage', name: answer.stage })}`;
    default:
      return unreachable(answer);
  }
}

/** One step, clause by clause in source order. Pure. */
export function stepSentences(charter: Charter, process: CharterProcess, step: CharterStep): readonly string[] {
  const since = step.lastsAtLeast?.since;
  const counted =
    since === undefined ? '' : since.kind === 'start' ? ', counted from the start of the case' : `, counted from when ${spoken(since.stage)} first opened`;
  return [
    ...(step.lastsAtLeast === undefined ? [] : [sentence(`it lasts at least ${durationText(step.lastsAtLeast.duration)}${counted}`)]),
    ...step.concerns.map((row) =>
      sentence(
        `concerns are raised by ${actorWords(charter, row.by).text}${row.reasons === undefined ? '' : ', each with its reason,'} and resolved by ${anyActor(charter, row.resolvedBy)}`,
      ),
    ),
    ...step.nominations.map((row) => {
      const who = row.of === 'person' ? `any person${factsWords(charter, row.who, false)}` : `any ${one(row.of)}${factsWords(charter, row.who, false)}`;
      return sentence(`${who} can become a candidate by being nominated and accepting${supportWords(charter, row.support)}`);
    }),
    ...(step.options === undefined
      ? []
      : [sentence(`options are added by ${actorWords(charter, step.options.by).text}${supportWords(charter, step.options.support)}`)]),
    ...step.holds.map((row) => {
      const within = row.within === undefined ? '' : ` within ${durationText(row.within)}`;
      return sentence(
        `from when ${actsWords(charter, row.acts)}${within}${row.acts.some((act) => act.since !== undefined) ? ',' : ''} until the case ends, ${heldWords(row.held)}`,
      );
    }),
    ...step.limits.map((limit) => limitSentence(charter, limit)),
    ...step.transitions.map((rule) => transitionSentence(charter, process, rule)),
  ];
}

function supportWords(charter: Charter, support: CharterSupport | undefined): string {
  if (support === undefined) return '';
  const struck = support.struckAfter === undefined ? 'at once' : `after ${durationText(support.struckAfter)}`;
  const by = actorWords(charter, support.by);
  return `, with the support of ${by.text}${factsWords(charter, support.who ?? [], by.plural)}; who loses it is struck ${struck}`;
}

/** What an outcome means and does. Pure. Source: language.md S136 */
export function outcomeSentences(charter: Charter, outcome: CharterOutcome): readonly string[] {
  const merges = outcome.effects.some((effect) => effect.kind === 'accept-merge' || effect.kind === 'refuse-merge');
  const word = outcome.accepts ? 'accepted' : 'refused';
  return [...(merges ? [] : [sentence(`the case is ${word}`)]), ...outcome.effects.map((effect) => effectSentence(charter, effect))];
}

function grantedWords(charter: Charter, granted: CharterGranted): string {
  if (granted.kind === 'proposed') return 'the proposed role';
  if (charter.roles.some((role) => role.name === granted.name)) return `the role ${one(granted.name)}`;
  return charter.certificates.some((certificate) => certificate.name === granted.name) ? `the certificate ${spoken(granted.name)}` : spoken(granted.name);
}

/** `point of experience`, `points of experience`, or the author's own words where a plural is given. Pure. */
export function pointWords(charter: Charter, name: string, amount: number): string {
  const own = charter.points.find((points) => points.name === name)?.plural;
  if (own === undefined) return `${amount === 1 ? 'point' : 'points'} of ${spoken(name)}`;
  return spoken(amount === 1 ? name : own);
}

/** One effect of an outcome or of a duty that was not done. Pure. */
export function effectSentence(charter: Charter, effect: CharterEffect): string {
  switch (effect.kind) {
    case 'accept-merge': {
      const within = effect.within === undefined ? '' : ` if that can be done within ${durationText(effect.within)}`;
      const ratified =
        effect.ratified === undefined
          ? ''
          : `; it is undone after ${durationText(effect.ratified.within)} unless it is ratified through ${spoken(effect.ratified.process)}`;
      return sentence(`the change is accepted and merged${within}${ratified}`);
    }
    case 'refuse-merge':
      return 'The change is refused.';
    case 'grant': {
      const several = effect.first !== undefined && effect.first > 1;
      const to =
        effect.others !== undefined
          ? `the other ${many(charter, effect.to)}`
          : effect.first === undefined
            ? `the ${one(effect.to)}`
            : several
              ? `the first ${effect.first} ${many(charter, effect.to)}`
              : `the first ${one(effect.to)}`;
      const who = effect.to === 'winners' && effect.first === undefined && effect.others === undefined ? 'each winner' : to;
      const verb = effect.others !== undefined || several ? 'are' : 'is';
      return sentence(`${who} ${verb} granted ${grantedWords(charter, effect.what)}${effect.for === undefined ? '' : ` for ${durationText(effect.for)}`}`);
    }
    case 'remove':
      return sentence(`${grantedWords(charter, effect.what)} is removed from the ${one(effect.from)}`);
    case 'award':
      return sentence(`the ${one(effect.to)} is awarded ${effect.amount} ${pointWords(charter, effect.points, effect.amount)}`);
    case 'pay':
      return sentence(`the amount is paid from the account ${spoken(effect.account)}`);
    case 'reverse':
      return 'The disputed decision is reversed as far as it can be.';
    case 'strike':
      return sentence(`the ${one(effect.who)} is struck from the open case of ${spoken(effect.from)}`);
    case 'start':
      return sentence(`a case of ${spoken(effect.process)} starts`);
    default:
      return unreachable(effect);
  }
}
