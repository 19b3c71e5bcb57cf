// Whom an outcome's effects mean: the people of a case by their names in the bylaws, and the roles they are granted. It grants nothing.
import type { CharterProcess } from './bylaws.ts';
import type { CharterEffect, CharterGranted } from './bylaws-stages.ts';
import type { CaseRecord } from './case.ts';
import { authorOf, candidatesStanding } from './case.ts';

/** A grant among the effects of an outcome. */
export type GrantEffect = CharterEffect & { readonly kind: 'grant' };

/** The people of a case whom a name means; nobody for other names. */
export function peopleNamed(record: CaseRecord, name: string): readonly string[] {
  switch (name) {
    case 'candidate':
      return candidatesStanding(record);
    case 'subject':
      return record.subjects;
    case 'author':
      return authorOf(record);
    case 'starters':
      return record.starters;
    case 'winners':
      return record.winners;
    case 'raiser':
      // Whoever raised a concern of the case: when it ends none of them need be open (S108).
      return [...new Set(record.concerns.map(({ by }) => by))];
    default:
      return record.panels?.find(([panel]) => panel === name)?.[1] ?? [];
  }
}

/** What an effect of a case's outcome is known by in what it brings about, by its place among the effects. Pure. */
export function effectCause(record: CaseRecord, place: number): string {
  return `${record.id}-${place}`;
}

/** The people of a grant, in order of election for winners; `first` and `others` split them (S131). */
export function peopleGranted(effect: GrantEffect, record: CaseRecord, process: CharterProcess): readonly string[] {
  const all = peopleNamed(record, effect.to);
  if (effect.first !== undefined) return all.slice(0, effect.first);
  if (effect.others === undefined) return all;
  // The others are those whom no `first k` of the same outcome takes.
  const firsts = grantEffectsOf(record, process).flatMap((one) => (one.to === effect.to && one.first !== undefined ? [one.first] : []));
  return all.slice(Math.max(0, ...firsts));
}

/** The role or certificate that is granted or removed; the proposed role of a case where none is named. */
export function thingNamed(what: CharterGranted, record: CaseRecord | undefined): string {
  return what.kind === 'named' ? what.name : (record?.role ?? '');
}

/** The grants among the effects of the outcome of a decided case. */
export function grantEffectsOf(record: CaseRecord, process: CharterProcess): readonly GrantEffect[] {
  const outcome = process.stages.find((stage) => stage.kind === 'outcome' && stage.name === record.outcome);
  return outcome?.kind === 'outcome' ? outcome.effects.filter((effect) => effect.kind === 'grant') : [];
}

/** What the outcome of a decided case grants: role and person, in the order of the text. */
export function grantsOf(record: CaseRecord, process: CharterProcess): readonly { readonly role: string; readonly member: string }[] {
  return grantEffectsOf(record, process).flatMap((effect) =>
    peopleGranted(effect, record, process).map((member) => ({ role: thingNamed(effect.what, record), member })),
  );
}
