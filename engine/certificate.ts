// Certificates: proofs that an office issues or a case grants, and that run out by themselves. Whoever holds one is asked here; who needs one is asked elsewhere.
import type { Charter, CharterCertificate } from './bylaws.ts';
import type { CharterDuration } from './bylaws-terms.ts';
import type { JsonObject } from './canonical.ts';
import { charterInForce } from './case.ts';
import type { Draft, Outcome } from './draft.ts';
import { ok, refused } from './draft.ts';
import { dueInstant } from './duration.ts';
import type { LedgerEvent } from './event.ts';
import { meetsFacts } from './facts.ts';
import { textOf } from './field.ts';
import type { ApplyContext } from './fold.ts';
import { actInOffice, forgetSaid } from './office.ts';
import { certificateKey, certificateOf } from './held.ts';
import { holds } from './roster.ts';
import type { State } from './state.ts';
import { eraseEntry, readEntry, writeEntry } from './state.ts';
import { keepBefore } from './was.ts';

/** Why a person may not have a certificate now; undefined where they may. The lines `issued to` are alternatives; without one it is for everybody. */
export function certificateProblem(state: State, charter: Charter, certificate: CharterCertificate, member: string, atMs: number): string | undefined {
  if (readEntry(state, `member/${member}`) === undefined) return `\`${member}\` is not known in this organization`;
  const meets = certificate.issuedTo.some(
    ({ role, who }) => (role === 'person' || holds(state, charter, role, member)) && meetsFacts({ state, charter, atMs, role }, who, member),
  );
  return certificate.issuedTo.length === 0 || meets ? undefined : `\`${member}\` is not among those \`${certificate.name}\` is issued to`;
}

/** What one of several officers has said about a certificate is about that which a person had then: nothing is left of it once one is given or taken (docs/decisions/0055). */
export function forgetOffices(state: State, certificate: string, member: string): State {
  return ['issue', 'revoke'].reduce((next, says) => forgetSaid(next, `${says}/${certificate}/${member}`), state);
}

/** Gives a certificate from now on; a holder's runs anew. `forDuration` shortens it, `by` is the case; with `day ends` it ends with a day, as a term does (S5). */
export function giveCertificate(
  state: State,
  certificate: CharterCertificate,
  given: {
    readonly member: string;
    readonly atMs: number;
    readonly dayEnds: number | undefined;
    readonly forDuration?: CharterDuration;
    readonly by?: string;
  },
): State {
  const ends = [certificate.lasts, given.forDuration].flatMap((duration) => (duration === undefined ? [] : [dueInstant(given.atMs, duration, given.dayEnds)]));
  const until = ends.length === 0 ? {} : { until: Math.min(...ends) };
  const entry = { since: given.atMs, ...until, ...(given.by === undefined ? {} : { by: given.by }) };
  return writeCertificate(state, certificate.name, given.member, entry);
}

/** Writes what a person's certificate is from now on: a new one, or one that is given back as it was (S66). */
export function writeCertificate(state: State, certificate: string, member: string, entry: JsonObject): State {
  const key = certificateKey(certificate, member);
  return writeEntry(keepBefore(state, member, key), key, entry);
}

/** Takes a certificate away; nothing happens where the person has none. */
export function takeCertificate(state: State, certificate: string, member: string): State {
  const key = certificateKey(certificate, member);
  return eraseEntry(keepBefore(forgetOffices(state, certificate, member), member, key), key);
}

/** Judges an `issue`: like every grant it acts from the checkpoint. Refuses with GDO1040, GDO1052. */
export function applyIssue(draft: Draft, event: LedgerEvent, context: ApplyContext): Outcome {
  const charter = charterInForce(draft.state);
  const [name, concerned] = [textOf(event.body['certificate']), textOf(event.body['member'])];
  const certificate = charter.certificates.find((one) => one.name === name);
  if (certificate === undefined) return refused('GDO1052', `\`${name}\` is not a certificate of the bylaws`);
  if (certificate.issuedBy.length === 0) return refused('GDO1040', `\`${name}\` is given by cases alone`);
  const problem = certificateProblem(draft.state, charter, certificate, concerned, context.receivedMs);
  if (problem !== undefined) return refused('GDO1040', problem);
  const what = `issue/${name}/${concerned}`;
  const act = { member: event.actor, concerned: [concerned], without: context.without, what, says: 'issue', doing: `to issue \`${name}\`` };
  const done = actInOffice(draft, charter, certificate.issuedBy, act);
  if (done === 'waits') return ok();
  if (done !== 'done') return done;
  // Now, not at the checkpoint: what is said from here on is about the one that was issued.
  draft.state = forgetOffices(draft.state, name, concerned);
  draft.issues.push({ certificate: name, member: concerned });
  return ok();
}

/** Judges a `revoke`: it acts at once, also against an issue of the same epoch. Refuses with GDO1040, GDO1052. */
export function applyRevoke(draft: Draft, event: LedgerEvent, context: ApplyContext): Outcome {
  const charter = charterInForce(draft.state);
  const [name, concerned] = [textOf(event.body['certificate']), textOf(event.body['member'])];
  const certificate = charter.certificates.find((one) => one.name === name);
  if (certificate === undefined) return refused('GDO1052', `\`${name}\` is not a certificate of the bylaws`);
  if (certificate.revokedBy === undefined) return refused('GDO1040', `\`${name}\` is not revoked by anybody`);
  const isIssued = draft.issues.some((one) => one.certificate === name && one.member === concerned);
  if (certificateOf(draft.state, name, concerned, context.receivedMs) === undefined && !isIssued)
    return refused('GDO1052', `\`${concerned}\` does not hold \`${name}\``);
  const what = `revoke/${name}/${concerned}`;
  const act = { member: event.actor, concerned: [concerned], without: context.without, what, says: 'revoke', doing: `to revoke \`${name}\`` };
  const done = actInOffice(draft, charter, [certificate.revokedBy], act);
  if (done === 'waits') return ok();
  if (done !== 'done') return done;
  draft.state = takeCertificate(draft.state, name, concerned);
  draft.ended.add(certificateKey(name, concerned));
  return ok({ member: concerned, power: { role: name } });
}
