// Acts of office outside of cases: certifying, issuing, revoking, reporting, performing (decision 0055), and delegating (decision 0053).
import type { CharterActor } from '../../../engine/index.ts';
import { meetsBound, sharesOf } from './bounds.ts';
import { earnByAct } from './awards.ts';
import { note, overtake, unsay } from './decisions.ts';
import { certificateOf } from './records.ts';
import { holders, meetsFacts, rollNow } from './rosters.ts';
import { deadline } from './time.ts';
import type { Event, Refusal, Roll, World } from './world.ts';
import { namesIn } from './world.ts';

/** Who is in an office now; `other` leaves out the people concerned (S108). */
function officers(roll: Roll, actor: CharterActor, ...concerned: readonly string[]): readonly string[] {
  if (actor.kind === 'count') {
    return sharesOf(actor.bound).flatMap((share) => holders(roll, share.role).filter((person) => share.other === undefined || !concerned.includes(person)));
  }
  const people = holders(roll, actor.role);
  if (actor.kind === 'the') return actor.order === undefined ? people : people.slice(0, 1);
  return people.filter((person) => actor.other === undefined || !concerned.includes(person));
}

/** Whether somebody is in an office now. */
export function isOfficer(world: World, actor: CharterActor, person: string): boolean {
  return officers(rollNow(world), actor).includes(person);
}

function areEnough(roll: Roll, actor: CharterActor, concerned: readonly string[], count: number): boolean {
  if (actor.kind !== 'count') return count >= 1;
  return meetsBound(BigInt(count), actor.comparison, actor.bound, (share) => {
    const people = holders(roll, share.role);
    const whole = share.kind === 'part' && share.squareRoot !== undefined;
    return BigInt(people.filter((person) => whole || share.other === undefined || !concerned.includes(person)).length);
  });
}

const unknown: Refusal = { codes: ['GDO1052'], reason: 'there is no such thing or person' };
const foreign: Refusal = { codes: ['GDO1040'], reason: 'not in that office' };

/** What is wrong with an act of office: the person it is about, the person who does it, or both. */
function wrongs(world: World, { member, isOfficer }: { readonly member: string; readonly isOfficer: boolean }): Refusal {
  const codes = [...(world.joined.has(member) ? [] : ['GDO1052']), ...(isOfficer ? [] : ['GDO1040'])];
  return codes.length === 0 ? undefined : { codes, reason: 'nobody of that name, or not in that office' };
}

interface Said {
  readonly about: string;
  readonly concerned: readonly string[];
  readonly value: string;
  readonly by: CharterActor;
}

/** Takes what one officer says: all who have said the same, with the word by which enough who are in the office now have; an effect uses all of it up. */
function agreeing(world: World, event: Event, { about, concerned, value, by }: Said): readonly string[] {
  const roll = rollNow(world);
  const others = world.said.filter((one) => one.about !== about || one.person !== event.person);
  world.said = [...others, { about, person: event.person, value }];
  const same = world.said.filter((one) => one.about === about && one.value === value && officers(roll, by, ...concerned).includes(one.person));
  if (!areEnough(roll, by, concerned, same.length)) return [];
  world.said = world.said.filter((one) => one.about !== about);
  return same.map(({ person }) => person).toSorted();
}

function agreed(world: World, event: Event, said: Said): boolean {
  return agreeing(world, event, said).length > 0;
}

function text(event: Event, name: string): string | undefined {
  const value = event.body[name];
  return typeof value === 'string' ? value : undefined;
}

/** `certify`: a value, or without one the end of it. */
export function certify(world: World, event: Event): Refusal {
  const attribute = world.charter.attributes.find(({ name }) => name === text(event, 'attribute'));
  const member = text(event, 'member') ?? '';
  if (attribute === undefined) return unknown;
  const wrong = wrongs(world, { member, isOfficer: officers(rollNow(world), attribute.certifiedBy, member).includes(event.person) });
  if (wrong !== undefined) return wrong;
  const value = text(event, 'value');
  const about = `certify ${attribute.name} ${member}`;
  if (agreed(world, event, { about, concerned: [member], value: value ?? '', by: attribute.certifiedBy })) {
    world.records = { ...world.records, certified: [...world.records.certified, { attribute: attribute.name, person: member, value }] };
  }
  return undefined;
}

/** Decision 0056: whom a certificate may be issued to. Without such a line: everybody. */
function mayHold(world: World, name: string, person: string): boolean {
  const certificate = world.charter.certificates.find((one) => one.name === name);
  const roll = rollNow(world);
  const lines = certificate?.issuedTo ?? [];
  return lines.length === 0 || lines.some(({ role, who }) => holders(roll, role).includes(person) && meetsFacts(roll, person, who, [role]));
}

/** `issue`: held from the end of the epoch on, where the facts of `issued to` still hold. */
export function issue(world: World, event: Event): Refusal {
  const certificate = world.charter.certificates.find(({ name }) => name === text(event, 'certificate'));
  const member = text(event, 'member') ?? '';
  if (certificate === undefined) return unknown;
  const roll = rollNow(world);
  const by = certificate.issuedBy.filter((actor) => officers(roll, actor, member).includes(event.person));
  const wrong = wrongs(world, { member, isOfficer: by.length > 0 });
  // The papers do not say which of the two an unknown person is.
  if (wrong !== undefined) return { ...wrong, codes: ['GDO1040', ...wrong.codes] };
  if (!mayHold(world, certificate.name, member)) return { codes: [], reason: 'it is not issued to such a person' };
  const about = `issue ${certificate.name} ${member}`;
  // Each line is an office of its own: what was said counts for every line that names the person.
  if (by.some((actor) => agreed(world, event, { about, concerned: [member], value: '', by: actor }))) {
    unsay(world, certificate.name, member);
    world.issuing.push({ name: certificate.name, person: member, by: undefined, untilMs: undefined });
  }
  return undefined;
}

/** Gives a certificate: it begins anew, and `lasts` and the time of a grant both bound it. */
export function giveCertificates(world: World): void {
  for (const one of world.issuing.splice(0)) giveCertificate(world, one);
}

/** Gives a certificate. What an outcome grants is given in the order of its text, so that what follows there is asked of whoever holds it. */
export function giveCertificate(world: World, { name, person, by, untilMs }: World['issuing'][number]): void {
  const { dayEnds } = world.charter.organization;
  const certificate = world.charter.certificates.find((one) => one.name === name);
  if (certificate === undefined || !mayHold(world, name, person)) return;
  if (world.removed.some((one) => one.role === name && one.person === person)) return;
  const until = Math.min(untilMs ?? Infinity, certificate.lasts === undefined ? Infinity : deadline(world.nowMs, certificate.lasts, dayEnds));
  const before = world.records.certificates.find((one) => one.name === name && one.person === person);
  const others = world.records.certificates.filter((one) => one !== before);
  const given = { name, person, sinceMs: world.nowMs, untilMs: until, ...(by === undefined ? {} : { grantedBy: by.number }) };
  world.records = { ...world.records, certificates: [...others, given] };
  if (before === undefined) overtake(world, name, person, by?.number ?? 'office');
  if (by === undefined) return;
  unsay(world, name, person);
  note(by, { kind: 'given', certificate: name, person, before });
}

/** Takes a certificate at once; as with a role, no grant of the same epoch gives it back. */
export function takeCertificate(world: World, name: string, person: string): void {
  if (certificateOf(rollNow(world), name, person) !== undefined) world.removed.push({ role: name, person });
  unsay(world, name, person);
  const certificates = world.records.certificates.filter((one) => one.name !== name || one.person !== person);
  world.records = { ...world.records, certificates };
}

/** `revoke`. */
export function revoke(world: World, event: Event): Refusal {
  const certificate = world.charter.certificates.find(({ name }) => name === text(event, 'certificate'));
  const member = text(event, 'member') ?? '';
  if (certificate === undefined) return unknown;
  const roll = rollNow(world);
  const isOfficer = certificate.revokedBy !== undefined && officers(roll, certificate.revokedBy, member).includes(event.person);
  const wrong = wrongs(world, { member, isOfficer });
  const isHeld = certificateOf(roll, certificate.name, member) !== undefined;
  if (wrong !== undefined) return isHeld ? wrong : { ...wrong, codes: ['GDO1052', ...wrong.codes] };
  if (certificate.revokedBy === undefined || !isHeld) return { codes: ['GDO1052'], reason: 'does not hold it' };
  const about = `revoke ${certificate.name} ${member}`;
  if (agreed(world, event, { about, concerned: [member], value: '', by: certificate.revokedBy })) {
    takeCertificate(world, certificate.name, member);
  }
  return undefined;
}

/** A report of a collaborator: read only if its author is in the office that keeps it. */
export function report(world: World, event: Event): Refusal {
  const data = Object(event.body['data']);
  const by = world.charter.collaborators.find(({ name }) => name === data.collaborator);
  const person = text(event, 'subject') ?? '';
  const value = typeof data.value === 'string' && /^(0|-?[1-9][0-9]{0,29})$/.test(data.value) ? BigInt(data.value) : undefined;
  if (by === undefined || !by.reports.includes(String(data.report)) || !world.joined.has(person) || (data.value !== undefined && value === undefined))
    return { codes: [], reason: 'no such report' };
  if (!officers(rollNow(world), by.keptBy, person).includes(event.person)) return { codes: [], reason: 'not kept by this person' };
  const one = { by: by.name, report: String(data.report), person, value: value ?? 0n, atMs: world.nowMs };
  world.records = { ...world.records, reports: [...world.records.reports, one] };
  return undefined;
}

/** `perform`: an action of the bylaws that no case asks for. */
export function perform(world: World, event: Event): Refusal {
  const action = world.charter.actions.find(({ name }) => name === text(event, 'verb'));
  if (action === undefined) return performDuty(world, event);
  const about = namesIn(event.body['about']);
  if (!officers(rollNow(world), action.by, ...about).includes(event.person)) return foreign;
  // What several do together each of them has done.
  const said = { about: `perform ${action.name} ${about.join(' ')}`, concerned: about, value: text(event, 'text') ?? '', by: action.by };
  for (const person of agreeing(world, event, said)) {
    deed(world, action.name, person);
    earnByAct(world, action.name, person, (office) => officers(rollNow(world), office, ...about).includes(person));
  }
  return undefined;
}

/** An act that only a duty asks for: it is for those whom the duty means, in its words. */
function performDuty(world: World, event: Event): Refusal {
  const duties = world.charter.duties.filter(({ done }) => done?.verb === text(event, 'verb'));
  if (duties.length === 0) return unknown;
  const doers = duties.flatMap(({ done }) => (done === undefined || (done.text !== undefined && done.text !== text(event, 'text')) ? [] : [done.actor]));
  return doers.some((actor) => officers(rollNow(world), actor).includes(event.person)) ? undefined : foreign;
}

/** Puts a deed on record. `act`: the act that it is; if it is withdrawn, it was none. */
export function deed(world: World, kind: string, person: string, act?: string): void {
  const one = { kind, person, atMs: world.nowMs, ...(act === undefined ? {} : { act }) };
  world.records = { ...world.records, deeds: [...world.records.deeds, one] };
}

/** `delegate`: to one person, or back. */
export function delegate(world: World, event: Event): Refusal {
  const delegation = world.charter.delegations.find(({ name }) => name === text(event, 'delegation'));
  const to = text(event, 'to');
  if (delegation === undefined) return unknown;
  // Decision 0053: what was given is taken back also by who has left the role since.
  const isOfficer = to === undefined || holders(rollNow(world), delegation.by).includes(event.person);
  const wrong = wrongs(world, { member: to ?? event.person, isOfficer });
  if (wrong !== undefined) return wrong;
  if (to === event.person) return { codes: [], reason: 'to oneself' };
  const untilMs = delegation.lasts === undefined ? Infinity : deadline(world.nowMs, delegation.lasts, world.charter.organization.dayEnds);
  const given = { name: delegation.name, from: event.person, to, atMs: world.nowMs, untilMs };
  world.records = { ...world.records, delegations: [...world.records.delegations, given] };
  return undefined;
}
