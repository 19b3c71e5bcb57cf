// What an outcome did, who holds it back, and how it is taken back (S56, S66, S120, decisions 0061 and 0108).
import { amendmentProblem, isProtected } from './amendments.ts';
import { forgetTerm } from './terms.ts';
import type { ChangeEntry } from '../../../engine/index.ts';
import { changed } from './content.ts';
import { endOfHolding, isLastWay, takeAway } from './holding.ts';
import { seated } from './rosters.ts';
import { isHeld } from './held.ts';
import { sameMatter } from './matter.ts';
import type { Adopted, Case, Holding, World } from './world.ts';
import type { Records } from './records.ts';

type Certificate = Records['certificates'][number];

/** The case that gave somebody again what was taken, or an officer. */
type Overtaking = number | 'office';

/** One effect that happened. What has no inverse is `other`. */
export type Deed =
  | { readonly kind: 'granted'; readonly role: string; readonly person: string; readonly before: Holding | undefined }
  | { readonly kind: 'given'; readonly certificate: string; readonly person: string; readonly before: Certificate | undefined }
  | { readonly kind: 'removed'; readonly holding: Holding; readonly with: string | undefined; readonly overtakenBy?: Overtaking }
  | { readonly kind: 'taken'; readonly certificate: Certificate; readonly overtakenBy?: Overtaking }
  | { readonly kind: 'merged'; readonly change: readonly ChangeEntry[]; readonly before: Adopted | undefined; readonly adopted: Adopted | undefined }
  | { readonly kind: 'paid' | 'awarded' | 'other' };

/** Notes what a case has done. */
export function note(subject: Case, deed: Deed): void {
  subject.deeds = [...subject.deeds, deed];
}

/** S66, S111: what a removal takes, and the roles that end with it. */
export function noteRemoved(world: World, subject: Case, taken: { readonly person: string; readonly name: string; readonly with: string | undefined }): void {
  const holding = world.holdings.find((one) => one.role === taken.name && one.person === taken.person);
  if (holding === undefined || subject.deeds.some((deed) => deed.kind === 'removed' && deed.holding === holding)) return;
  note(subject, { kind: 'removed', holding, with: taken.with });
  for (const { name, lostWith } of world.charter.roles) if (lostWith === taken.name) noteRemoved(world, subject, { ...taken, name, with: taken.name });
}

/** Decision 0191: whoever is given again what was taken from them has it from that on, and no longer from before what took it. */
export function overtake(world: World, name: string, person: string, by: Overtaking): void {
  mapTaken(world, name, person, (deed) => (deed.overtakenBy === undefined ? { ...deed, overtakenBy: by } : deed));
}

type Taken = Extract<Deed, { readonly kind: 'removed' | 'taken' }>;

function mapTaken(world: World, name: string, person: string, change: (deed: Taken) => Taken): void {
  const isOf = (deed: Deed): deed is Taken =>
    (deed.kind === 'removed' && deed.holding.role === name && deed.holding.person === person) ||
    (deed.kind === 'taken' && deed.certificate.name === name && deed.certificate.person === person);
  for (const subject of world.cases) subject.deeds = subject.deeds.map((deed) => (isOf(deed) ? change(deed) : deed));
}

/** Decision 0191: a grant that is taken back has overtaken nothing, if what it gave goes with it. */
function ceaseToOvertake(world: World, name: string, person: string, by: Case): void {
  mapTaken(world, name, person, ({ overtakenBy, ...deed }) => (overtakenBy === undefined || overtakenBy === by.number ? deed : { ...deed, overtakenBy }));
}

/** Decision 0191: where a removal falls first, the grant that overtook it came after what that had taken. */
function comeAfter(world: World, by: Overtaking, taken: Taken): void {
  const subject = world.cases.find(({ number }) => number === by);
  if (subject === undefined) return;
  subject.deeds = subject.deeds.map((deed) => {
    if (
      taken.kind === 'removed' &&
      deed.kind === 'granted' &&
      deed.before === undefined &&
      deed.role === taken.holding.role &&
      deed.person === taken.holding.person
    )
      return { ...deed, before: taken.holding };
    if (
      taken.kind === 'taken' &&
      deed.kind === 'given' &&
      deed.before === undefined &&
      deed.certificate === taken.certificate.name &&
      deed.person === taken.certificate.person
    )
      return { ...deed, before: taken.certificate };
    return deed;
  });
}

/** Decision 0191: what was held before decisions that have been taken back since, and after it what was held by those; nothing if nothing is left. */
function beforeThat<Held extends { readonly grantedBy?: number }>(
  world: World,
  held: Held | undefined,
  before: (deed: Deed, held: Held) => { readonly before: Held | undefined } | undefined,
): readonly Held[] {
  const voided: Held[] = [];
  let left = held;
  for (;;) {
    if (left === undefined) return [];
    const by = world.cases.find(({ number }) => number === left?.grantedBy);
    if (by?.reversedMs === undefined) return [left, ...voided];
    const own = left;
    voided.push(own);
    left = by.deeds.map((deed) => before(deed, own)).find((one) => one !== undefined)?.before;
  }
}

function roleBefore(deed: Deed, { role, person }: Holding): { readonly before: Holding | undefined } | undefined {
  return deed.kind === 'granted' && deed.role === role && deed.person === person ? deed : undefined;
}

/** What a grant has followed, and what that had followed: each is what its case found. */
function followedBy(world: World, held: Holding): readonly Holding[] {
  const by = world.cases.find(({ number }) => number === held.grantedBy);
  const before = by?.deeds.map((deed) => roleBefore(deed, held)).find((one) => one !== undefined)?.before;
  return before === undefined ? [] : [before, ...followedBy(world, before)];
}

function certificateBefore(deed: Deed, { name, person }: Certificate): { readonly before: Certificate | undefined } | undefined {
  return deed.kind === 'given' && deed.certificate === name && deed.person === person ? deed : undefined;
}

/** Decision 0061: bylaws go back by an amendment of the process that takes them back, so it is judged like one. */
function isBarred(world: World, by: string, before: Adopted): boolean {
  return isProtected(world, by, before) || amendmentProblem(world, { adopts: before });
}

/** Decision 0055: what one of several officers has said about a certificate is about no later one. */
export function unsay(world: World, name: string, person: string): void {
  world.said = world.said.filter(({ about }) => about !== `issue ${name} ${person}` && about !== `revoke ${name} ${person}`);
}

function undo(world: World, subject: Case, deed: Deed, by: string | undefined): void {
  switch (deed.kind) {
    case 'granted': {
      const own = world.holdings.find(({ role, person }) => role === deed.role && person === deed.person);
      if (own === undefined) return;
      // Decision 0196: it was no term, and a later grant that has followed it does not make it one.
      for (const one of followedBy(world, own)) if (one.grantedBy === subject.number) forgetTerm(world, one);
      if (own.grantedBy !== subject.number) return;
      // Who held it before the grant holds it as before, unless that term is over.
      const [before, ...voided] = beforeThat(world, deed.before, roleBefore);
      if (before === undefined || world.nowMs >= endOfHolding(world, before)) {
        const declared = subject.charter.roles.find(({ name }) => name === deed.role);
        if (declared === undefined || !isLastWay(world, declared, deed.person)) {
          takeAway(world, deed.person, deed.role);
          forgetTerm(world, own);
          ceaseToOvertake(world, deed.role, deed.person, subject);
        }
      } else {
        world.holdings = world.holdings.map((one) => (one === own ? before : one));
        for (const one of [...voided, before]) forgetTerm(world, one);
      }
      return;
    }
    case 'given': {
      const own = world.records.certificates.find(({ name, person }) => name === deed.certificate && person === deed.person);
      if (own?.grantedBy !== subject.number) return;
      const [before] = beforeThat(world, deed.before, certificateBefore);
      const others = world.records.certificates.filter((one) => one !== own);
      const isOver = before === undefined || world.nowMs >= before.untilMs;
      unsay(world, deed.certificate, deed.person);
      if (isOver) world.removed.push({ role: deed.certificate, person: deed.person });
      if (isOver) ceaseToOvertake(world, deed.certificate, deed.person, subject);
      world.records = { ...world.records, certificates: isOver ? others : [...others, before] };
      return;
    }
    case 'removed': {
      if (deed.overtakenBy !== undefined) {
        comeAfter(world, deed.overtakenBy, deed);
        return;
      }
      const { role, person } = deed.holding;
      // Decision 0191: what ended with another role comes back with it.
      if (deed.with !== undefined && !seated({ holdings: world.holdings }, deed.with).includes(person)) return;
      const declared = world.charter.roles.find(({ name }) => name === role);
      const people = seated({ holdings: world.holdings }, role);
      const [back, ...voided] = beforeThat(world, deed.holding, roleBefore);
      const free = declared !== undefined && people.length < (declared.held?.most ?? Infinity) && !people.includes(person);
      if (back !== undefined && free && world.nowMs < endOfHolding(world, back)) {
        world.holdings = [...world.holdings, back];
        for (const one of [...voided, back]) forgetTerm(world, one);
      }
      return;
    }
    case 'taken': {
      if (deed.overtakenBy !== undefined) {
        comeAfter(world, deed.overtakenBy, deed);
        return;
      }
      const { certificate } = deed;
      const isAgain = world.records.certificates.some(({ name, person }) => name === certificate.name && person === certificate.person);
      const [back] = beforeThat(world, certificate, certificateBefore);
      if (back !== undefined && !isAgain && world.nowMs < back.untilMs) {
        unsay(world, certificate.name, certificate.person);
        world.records = { ...world.records, certificates: [...world.records.certificates, back] };
      }
      return;
    }
    case 'merged': {
      if (deed.before !== undefined && by !== undefined && isBarred(world, by, deed.before)) return;
      const back = changed(
        world.content,
        deed.change.map(({ path, old, new: fresh }) => ({ path, old: fresh, new: old })),
      );
      if (back === undefined) return;
      world.content = back;
      if (deed.before !== undefined && deed.adopted?.hash === world.bylawsHash) world.adopting = { by: undefined, ...deed.before };
      return;
    }
    case 'paid':
      world.payments = world.payments.map((one) => (one.by === subject.number ? { ...one, isReturned: true } : one));
      return;
    case 'awarded':
      world.records = {
        ...world.records,
        awards: world.records.awards.map((one) => (one.by === subject.number ? { ...one, isReturned: true } : one)),
      };
      return;
    case 'other':
      return;
  }
}

/**
 * Takes a decision back, last effect first; once. One whose merge waits is refused instead.
 * @param by - the process that does; undefined where nobody does, and it ends by itself
 */
export function takeBack(world: World, subject: Case, by: string | undefined): void {
  if (subject.reversedMs !== undefined || subject.ended === undefined) return;
  if (subject.merge?.standing === 'waiting') {
    subject.merge = { ...subject.merge, standing: 'refused' };
    return;
  }
  subject.reversedMs = world.nowMs;
  subject.ratify = undefined;
  // Another election to the same seat stands.
  world.waiting = world.waiting
    .map((one) => ({ ...one, elections: one.elections.filter(({ by }) => by !== subject) }))
    .filter(({ elections }) => elections.length > 0);
  // Last effect first, and what winners took from others is there again when all grants are taken back; what ended with a role comes after the role.
  const isWith = (deed: Deed): boolean => deed.kind === 'removed' && deed.with !== undefined;
  const isGrant = ({ kind }: Deed): boolean => kind === 'granted' || kind === 'given';
  const grants = subject.deeds.filter(isGrant).toReversed();
  const others = subject.deeds.filter((deed) => !isGrant(deed) && !isWith(deed)).toReversed();
  for (const deed of [...grants, ...others, ...subject.deeds.filter(isWith)]) undo(world, subject, deed, by);
}

/** S56: takes back what nobody ratified in time. */
export function endUnratified(world: World): void {
  for (const subject of world.cases) {
    if (subject.ratify === undefined || world.nowMs < subject.ratify.untilMs) continue;
    if (isRatified(world, subject)) subject.ratify = undefined;
    else takeBack(world, subject, undefined);
  }
}

function isRatified(world: World, subject: Case): boolean {
  const { ratify } = subject;
  return world.cases.some(
    ({ number, process, ended, decision, matter, merge, startedMs }) =>
      number !== subject.number &&
      process.name === ratify?.process &&
      ended?.accepts === true &&
      merge?.standing !== 'stale' &&
      merge?.standing !== 'refused' &&
      ended.atMs < ratify.untilMs &&
      // What names no decision is for one that had begun before it.
      (decision === undefined ? startedMs >= subject.startedMs && sameMatter(matter, subject.matter) : decision === subject.number),
  );
}

/** The next instant at which something that needs to be ratified is taken back, or a case that was held goes on. */
export function decisionDueMs(world: World): number {
  const instants = world.cases.flatMap((subject) => [
    ...(subject.ratify === undefined || isRatified(world, subject) ? [] : [subject.ratify.untilMs]),
    ...(subject.awaits !== undefined && subject.ended === undefined && !isHeld(world, subject) ? [world.nowMs] : []),
  ]);
  return Math.min(Infinity, ...instants);
}
