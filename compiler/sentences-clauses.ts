// Clauses that several declarations share, restated: acts, paths, limits, losses, targets. Pure; words come from sentences-words.ts.
import type { Charter, CharterAct, CharterHeld, CharterLimit, CharterProcess, CharterRecusal, CharterSince, CharterTransition } from '../engine/index.ts';
import { unreachable } from '../engine/index.ts';
import { actorWords, durationText, list, many, one, quantityWords, quoted, sentence, spanText, spoken, withArticle } from './sentences-words.ts';

const objects: ReadonlyMap<string, string> = new Map([
  ['raise', 'a concern'],
  ['resolve', 'the concern'],
  ['call', 'the meeting'],
  ['nominate', 'somebody'],
  ['add', 'an option'],
  ['edit', 'the content'],
]);

const doubled: readonly string[] = ['withdraw', 'return', 'appeal', 'object', 'report', 'resolve', 'vote', 'attend', 'edit', 'add'];

/** A verb with its ending: `endorses`, `endorse`, `endorsing`. A verb of several words is taken as an action. Pure. */
export function conjugated(verb: string, form: 'singular' | 'plural' | 'ing'): string {
  if (verb.includes('-')) return `${form === 'singular' ? 'takes' : form === 'plural' ? 'take' : 'taking'} the action ${spoken(verb)}`;
  if (form === 'plural') return verb;
  if (form === 'singular') {
    if (/[^aeiou]y$/.test(verb)) return `${verb.slice(0, -1)}ies`;
    return /(?:s|x|z|ch|sh|o)$/.test(verb) ? `${verb}es` : `${verb}s`;
  }
  if (/[^eoy]e$/.test(verb)) return `${verb.slice(0, -1)}ing`;
  // One short vowel before the last consonant of a one-syllable verb doubles it: plan, planning.
  const doubles = /^[^aeiou]*[aeiou][bdglmnprt]$/.test(verb) && !doubled.includes(verb);
  return `${verb}${doubles ? (verb.at(-1) ?? '') : ''}ing`;
}

/** `2 other councillors endorse`, `any member objects since the start of the case`. Pure. */
export function actWords(charter: Charter, act: CharterAct): string {
  const actor = actorWords(charter, act.actor);
  const rest = `${objectWords(act)}${sinceWords(act.since)}`;
  return `${actor.text} ${conjugated(act.verb, actor.plural ? 'plural' : 'singular')}${rest}`;
}

/** `any member objecting`. Pure. */
export function actingWords(charter: Charter, act: CharterAct): string {
  return `${actorWords(charter, act.actor).text} ${conjugated(act.verb, 'ing')}${objectWords(act)}${sinceWords(act.since)}`;
}

function objectWords(act: CharterAct): string {
  if (act.text !== undefined) return ` ${quoted(act.text)}`;
  const object = objects.get(act.verb);
  return object === undefined ? '' : ` ${object}`;
}

/** Several acts that must all happen. Pure. */
export function actsWords(charter: Charter, acts: readonly CharterAct[]): string {
  return list(acts.map((act) => actWords(charter, act)));
}

function sinceWords(since: CharterSince | undefined): string {
  if (since === undefined) return '';
  return since.kind === 'start' ? ', counted since the start of the case' : `, counted since ${spoken(since.stage)} first opened`;
}

/** A clock that runs from elsewhere: `14 days after the start of the case`. Pure. */
export function clockWords(duration: string, since: CharterSince | undefined): string {
  if (since === undefined) return `after ${duration}`;
  return since.kind === 'start' ? `${duration} after the start of the case` : `${duration} after ${spoken(since.stage)} first opened`;
}

/** Something that happens to a case: `a case of board election reaches assembly`. Pure. */
export function eventWords(path: readonly string[]): string {
  const [process = '', ...rest] = path;
  return rest.length === 0 ? `a case of ${spoken(process)} ends` : `a case of ${spoken(process)} reaches ${list(rest.map(spoken))}`;
}

/** A part of the bylaws: `the ballot of amendment`, `the open of ...` read from the inside out. Pure. */
export function pathWords(path: readonly string[]): string {
  const partNames: ReadonlyMap<string, string> = new Map([
    ['open', 'the opening time'],
    ['quorum', 'the quorum'],
    ['passes', 'what it takes to pass'],
    ['term', 'the term'],
    ['held', 'the number of holders'],
  ]);
  const [first = '', ...rest] = path;
  return [...rest.toReversed().map((part) => partNames.get(part) ?? spoken(part)), spoken(first)].join(' of ');
}

/** What waits: the disputed decision or cases of named processes. Pure. */
export function heldWords(held: CharterHeld): string {
  return held.kind === 'decision' ? 'the disputed decision waits' : `cases of ${list(held.processes.map(spoken))} reach no outcome`;
}

/** Where a case goes: `it goes on to the ballot`, `it ends as rejected`. Pure. */
export function targetWords(process: CharterProcess, target: string): string {
  const stage = process.stages.find((candidate) => candidate.name === target);
  if (target === 'accepted' || target === 'refused') return `it is ${target}`;
  if (stage === undefined || stage.kind === 'outcome') return `it ends as ${spoken(target)}`;
  return `it goes on to ${stageWords(stage)}`;
}

const ownNouns: readonly string[] = ['ballot', 'vote', 'election', 'meeting', 'assembly', 'draw', 'review', 'hearing', 'discussion', 'notice', 'petition'];
const kindNouns: ReadonlyMap<string, string> = new Map([
  ['step', 'the step'],
  ['vote', 'the vote'],
  ['joint', 'the joint vote'],
  ['meeting', 'the meeting'],
  ['draw', 'the draw'],
  ['outcome', 'the outcome'],
]);

/** A stage by name; names that are plain nouns need no kind before them. Pure. */
export function stageWords(stage: { readonly kind: string; readonly name: string }): string {
  return ownNouns.includes(stage.name) ? `the ${stage.name}` : `${kindNouns.get(stage.kind) ?? 'the stage'} ${spoken(stage.name)}`;
}

/** One transition of a step. Pure. Source: language.md S19 to S22, S116 to S118 */
export function transitionSentence(charter: Charter, process: CharterProcess, rule: CharterTransition): string {
  const goal = targetWords(process, rule.target);
  switch (rule.kind) {
    case 'when': {
      const within = rule.within === undefined ? '' : ` within ${durationText(rule.within)}`;
      const concerns = rule.withoutConcerns === undefined ? '' : ', and no concern is open';
      return sentence(`when ${actsWords(charter, rule.acts)}${within}${concerns}, ${goal}`);
    }
    case 'unless':
      return sentence(`unless ${actsWords(charter, rule.acts)} within ${durationText(rule.within)}, ${goal}`);
    case 'otherwise':
      return sentence(`otherwise ${goal} at once`);
    case 'after': {
      const duration = durationText(rule.duration);
      if (rule.without === undefined) return sentence(`${clockWords(duration, rule.since)} ${goal}`);
      if (rule.without.kind === 'act') return sentence(`after ${duration} without ${actingWords(charter, rule.without.act)}, ${goal}`);
      if (rule.inARow !== undefined) return sentence(`after ${duration} in a row without an open concern, ${goal}`);
      return sentence(`${clockWords(duration, rule.since)}, as soon as no concern is open, ${goal}`);
    }
    default:
      return unreachable(rule);
  }
}

/** An amount in the scale of its account: `2000.00 EUR`. Pure. Source: language.md S62 */
export function moneyWords(units: string, decimals: number, currency: string): string {
  const padded = units.padStart(decimals + 1, '0');
  const whole = padded.slice(0, padded.length - decimals);
  return `${decimals === 0 ? whole : `${whole}.${padded.slice(padded.length - decimals)}`} ${currency}`;
}

/** A limit with its remedy. Pure. Source: language.md S62, S97, S113 to S115 */
export function limitSentence(charter: Charter, limit: CharterLimit): string {
  const each = limit.per.map((per) =>
    per.kind === 'window' ? `in any ${spanText(per.duration)}` : `for each ${per.name === 'person' ? 'person' : spoken(per.name)}`,
  );
  const row = limit.inARow === undefined ? '' : ' in a row';
  const including = limit.including === undefined ? '' : `, the ${one(limit.including)} included`;
  const waived = limit.waivedThrough === undefined ? '' : `, unless this is waived through ${spoken(limit.waivedThrough)}`;
  const [only, ...others] = limit.per;
  // Terms are served, not shared: they are counted for each value like cases and uses.
  if (only?.kind === 'each' && others.length === 0 && limit.counted !== 'terms' && charter.attributes.some((attribute) => attribute.name === only.name)) {
    return sentence(`at most ${countedWords(charter, limit)} may share one ${spoken(only.name)}${including}${waived}`) + remedyWords(limit.otherwise);
  }
  const tail = each.length === 0 ? '' : ` ${each.join(' ')}`;
  return sentence(`there may be at most ${countedWords(charter, limit)}${row}${tail}${including}${waived}`) + remedyWords(limit.otherwise);
}

function countedWords(charter: Charter, limit: CharterLimit): string {
  const { amount, counted } = limit;
  if (amount.kind === 'money') {
    const account = charter.accounts.find((candidate) => candidate.currency === counted);
    return `${moneyWords(amount.units, account?.decimals ?? 0, counted)} paid`;
  }
  if (amount.kind === 'share') return `${quantityWords(amount)} of the ${many(charter, counted)}`;
  return amount.value === 1 ? `1 ${one(counted)}` : `${amount.value} ${many(charter, counted)}`;
}

function remedyWords(remedy: CharterLimit['otherwise']): string {
  if (remedy === undefined) return '';
  if (remedy.kind === 'start') return ` ${sentence(`otherwise a case of ${spoken(remedy.process)} starts`)}`;
  const who = { newest: 'the newest leaves', oldest: 'the oldest leaves', lot: 'one by lot leaves', all: 'all of them leave' }[remedy.who];
  const when = remedy.after === undefined ? '' : ` after ${durationText(remedy.after)}`;
  const at = remedy.at === undefined ? '' : ` at the next ${pathWords(remedy.at)}`;
  return ` ${sentence(`otherwise${when}${at} ${who}`)}`;
}

/** Who may not take part. Pure. Source: language.md S42 */
export function recusalSentence(charter: Charter, recusal: CharterRecusal): string {
  const effect = recusal.countsAs === undefined ? 'leaves the roster' : `counts as ${spoken(recusal.countsAs)}`;
  const decider = actorWords(charter, recusal.decidedBy).text;
  if (recusal.for.length === 0) return sentence(`whether somebody is recused is decided by ${decider}; whoever is recused ${effect}`);
  const shared = list(recusal.for.map(spoken), 'or');
  return sentence(
    `whoever shares ${withArticle(shared)} with the author, candidate or subject is recused; other requests are decided by ${decider}; whoever is recused ${effect}`,
  );
}
