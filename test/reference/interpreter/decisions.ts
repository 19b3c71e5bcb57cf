// What an outcome did, who holds it back, and how it is taken back (S56, S66, S120, decisions 0061 and 0108).
import { forgetTerm } from './terms.ts';
import type { ChangeEntry } from '../../../engine/index.ts';
import { changed } from './content.ts';
import { endOfHolding, takeAway } from './holding.ts';
import { seated } from './rosters.ts';
import { isHeld } from './held.ts';
import { sameMatter } from './matter.ts';
import type { Adopted, Case, Holding, World } from './world.ts';
import type { Records } from './records.ts';

/** One effect that happened. What has no inverse is `other`. */
export type Deed =
  | { readonly kind: 'granted'; readonly role: string; readonly person: string; readonly before: Holding | undefined }
  | { readonly kind: 'given'; readonly certificate: string; readonly person: string; readonly sinceMs: number }
  | { readonly kind: 'removed'; readonly holding: Holding }
  | { readonly kind: 'taken'; readonly certificate: Records['certificates'][number] }
  | { readonly kind: 'merged'; readonly change: readonly ChangeEntry[]; readonly before: Adopted | undefined; readonly adopted: Adopted | undefined }
  | { readonly kind: 'paid' | 'awarded' | 'other' };

/** Notes what a case has done. */
export function note(subject: Case, deed: Deed): void {
  subject.deeds = [...subject.deeds, deed];
}

function undo(world: World, subject: Case, deed: Deed): void {
  switch (deed.kind) {
    case 'granted': {
      const own = world.holdings.find(({ role, person }) => role === deed.role && person === deed.person);
      if (own?.grantedBy !== subject.number) return;
      // Who held it before the grant holds it as before, unless that term is over.
      if (deed.before === undefined || world.nowMs >= endOfHolding(world, deed.before)) takeAway(world, deed.person, deed.role);
      else {
        world.holdings = world.holdings.map((one) => (one === own ? (deed.before ?? one) : one));
        forgetTerm(world, deed.before);
      }
      return;
    }
    case 'given': {
      const kept = world.records.certificates.filter(
        ({ name, person, sinceMs }) => name !== deed.certificate || person !== deed.person || sinceMs !== deed.sinceMs,
      );
      world.records = { ...world.records, certificates: kept };
      return;
    }
    case 'removed': {
      const { role, person } = deed.holding;
      const declared = world.charter.roles.find(({ name }) => name === role);
      const people = seated({ holdings: world.holdings }, role);
      const free = declared !== undefined && people.length < (declared.held?.most ?? Infinity) && !people.includes(person);
      if (free && world.nowMs < endOfHolding(world, deed.holding)) {
        world.holdings = [...world.holdings, deed.holding];
        forgetTerm(world, deed.holding);
      }
      return;
    }
    case 'taken': {
      const { certificate } = deed;
      const isAgain = world.records.certificates.some(({ name, person }) => name === certificate.name && person === certificate.person);
      if (!isAgain && world.nowMs < certificate.untilMs) world.records = { ...world.records, certificates: [...world.records.certificates, certificate] };
      return;
    }
    case 'merged': {
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

/** Takes a decision back, last effect first; once. One whose merge waits is refused instead. */
export function takeBack(world: World, subject: Case): void {
  if (subject.reversedMs !== undefined || subject.ended === undefined) return;
  if (subject.merge?.standing === 'waiting') {
    subject.merge = { ...subject.merge, standing: 'refused' };
    return;
  }
  subject.reversedMs = world.nowMs;
  subject.ratify = undefined;
  for (const deed of subject.deeds.toReversed()) undo(world, subject, deed);
}

/** S56: takes back what nobody ratified in time. */
export function endUnratified(world: World): void {
  for (const subject of world.cases) {
    if (subject.ratify === undefined || world.nowMs < subject.ratify.untilMs) continue;
    if (isRatified(world, subject)) subject.ratify = undefined;
    else takeBack(world, subject);
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
