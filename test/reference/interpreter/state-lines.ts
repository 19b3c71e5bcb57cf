// What is true in the reference now, as lines that can be compared with those of the engine.
import type { CharterRight } from '../../../engine/index.ts';
import { thingsAsked } from '../differential/stream.ts';
import { heldIn } from './money.ts';
import { attributeOf, certificateOf, pointsOf } from './records.ts';
import { answerFor } from './rights.ts';
import type { Sight } from './rights.ts';
import { rollNow } from './rosters.ts';
import { isUsedUp } from './uses.ts';
import type { Case, Opening, World } from './world.ts';
import { currentOf } from './world.ts';

/** What somebody who knows of everything decides by (S90, S97). */
function sightNow(world: World, person: string): Sight {
  const roll = rollNow(world);
  const { lapsed, locks, uses } = world;
  const offsetMinutes = roll.charter.organization.localTime?.[0] ?? 0;
  const used = (right: CharterRight): boolean => isUsedUp(uses, right, { person, atMs: roll.atMs, units: 0n });
  return { roll, lapsed, locks, offsetMinutes, isDisabled: false, isUsedUp: used, isTooOld: () => false };
}

function recordLines(world: World): readonly string[] {
  const { attributes, certificates, points } = world.charter;
  const roll = rollNow(world);
  return [...world.joined.keys()].flatMap((person) => [
    ...attributes.flatMap(({ name }) => {
      const value = attributeOf(roll, name, person);
      return value === undefined ? [] : [`${name} of ${person} is ${value}`];
    }),
    ...certificates.flatMap(({ name }) => {
      const held = certificateOf(roll, name, person);
      return held === undefined ? [] : [`${name}: ${person} since ${held.sinceMs} until ${held.untilMs === Infinity ? 'ever' : held.untilMs}`];
    }),
    ...points.map((one) => `${person} has ${pointsOf(roll, one, person)} ${one.name}`),
    ...(world.charter.rights.length === 0 ? [] : thingsAsked).map((thing) => {
      const { reason, right } = answerFor(sightNow(world, person), thing, person);
      return `${thing} ${person}: ${reason} by ${right ?? 'none'}`;
    }),
  ]);
}

/** What the accounts have paid and hold. */
function moneyLines(world: World): readonly string[] {
  return world.charter.accounts.map(({ name }) => {
    const units = (list: World['payments']): bigint =>
      list.filter(({ account, isReturned }) => account === name && isReturned === undefined).reduce((sum, one) => sum + one.units, 0n);
    return `${name} paid ${units(world.payments)} holds ${units(heldIn(world, name))}`;
  });
}

/** A draw without a seed of its own waits for the checkpoint it opened at to be final. */
function isByLot(opening: Opening | undefined): boolean {
  return opening?.stage.kind === 'draw' && opening.stage.seed === undefined;
}

/** What a case says of itself; one that is sent back has forgotten already, and where it goes opens with the next checkpoint (decision 0137). */
function standing(subject: Case, opening: Opening | undefined): Pick<Case, 'winners' | 'present' | 'concerns' | 'result'> & { readonly stage: string } {
  const { concerns, present, process, result, sentTo, winners } = subject;
  const first = process.stages[0]?.name ?? '';
  if (sentTo === undefined) return { concerns, present, result, winners, stage: opening?.stage.name ?? first };
  const back = { result: undefined, winners: [] };
  return sentTo.stage === undefined ? { ...back, concerns: [], present: [], stage: first } : { ...back, concerns, present, stage: sentTo.stage };
}

/** Holdings, records, money, rights and cases, in the order of their text. */
export function stateLines(world: World): readonly string[] {
  // What the bylaws have no role for any more is held by nobody, and may be held again under bylaws that have it.
  const roles = world.holdings
    .filter(({ role }) => world.charter.roles.some(({ name }) => name === role))
    .map(({ role, person, sinceMs, untilMs }) => `${role}: ${person} since ${sinceMs} until ${untilMs ?? 'ever'}`);
  const cases = world.cases.flatMap((subject) => {
    const { number, process, ended, starters, merge, reversedMs } = subject;
    const opening = currentOf(subject);
    const { winners, present, concerns, result, stage } = standing(subject, opening);
    const settling =
      subject.sentTo === undefined &&
      ended === undefined &&
      // Decision 0105: the votes of a joint end each for itself, so it goes on while one of them is settled.
      ((opening?.stage.kind === 'vote' && opening.votes.some(({ phase }) => phase === 'tie' || phase === 'lot')) || isByLot(opening));
    const open = concerns.filter(({ closedMs }) => closedMs === undefined).length;
    return [
      `case ${number} ${process.name}: ${ended === undefined ? `in ${stage}` : `ended ${ended.outcome} ${ended.accepts ? 'accepted' : 'refused'}`}`,
      `case ${number} entry ${opening?.entry ?? 0} result ${settling ? 'settling' : (result ?? 'none')} winners ${winners.toSorted().join(',')} present ${present.toSorted().join(',')} by ${starters.join(',')} concerns ${open}`,
      ...(merge === undefined ? [] : [`case ${number} merge ${merge.standing}`]),
      ...(reversedMs === undefined ? [] : [`case ${number} taken back at ${reversedMs}`]),
    ];
  });
  const content = [...world.content].map(([path, entry]) => `${path}: ${entry}`);
  return [`bylaws ${world.bylawsHash}`, ...content, ...roles, ...recordLines(world), ...moneyLines(world), ...cases].toSorted((a, b) =>
    a < b ? -1 : a > b ? 1 : 0,
  );
}
