// The merge gate's deterministic lane: what a merge of a change would give, what it still needs, and whether its time is over (node.md section 4).
// It runs no program; endorsers' attestations are events.
import type { Charter, CharterDapp } from './bylaws.ts';
import { areaOf, contentKey } from './area.ts';
import type { Attested, Endorsers } from './attestation.ts';
import { attestedFor, isQuarantined } from './attestation.ts';
import type { CaseRecord } from './case.ts';
import { charterOfCase, readCase, undecided } from './case.ts';
import { isList } from './canonical.ts';
import type { ChangeEntry } from './event.ts';
import { textOf } from './field.ts';
import { holdersOf } from './roster.ts';
import type { State } from './state.ts';
import { entriesUnder, eraseEntry, readEntry, rootUnder, writeEntry } from './state.ts';

/** The built-in check of changed bylaws; it attests as a dapp does. */
export const bylawsCheckName: string = 'gdo-check';

/** What a change would give on top of a state, or the first path whose content is no longer what the change expects (S49). */
export type Candidate = { readonly kind: 'ok'; readonly state: State; readonly contentRoot: string } | { readonly kind: 'stale'; readonly path: string };

/** Applies a change by compare-and-swap on every path. Pure. Source: language.md S49, node.md section 4 */
export function candidateOf(state: State, entries: readonly ChangeEntry[]): Candidate {
  let next = state;
  for (const entry of entries) {
    const key = contentKey(entry.path);
    if ((readEntry(state, key)?.['entry'] ?? 'absent') !== entry.old) return { kind: 'stale', path: entry.path };
    next = entry.new === 'absent' ? eraseEntry(next, key) : writeEntry(next, key, { entry: entry.new });
  }
  const collision = entries.find((entry) => entry.new !== 'absent' && collides(next, entry.path));
  return collision === undefined ? { kind: 'ok', state: next, contentRoot: rootUnder(next, 'content/') } : { kind: 'stale', path: collision.path };
}

/** A path cannot be a file and a folder at once; the rest of the tree policy is the node's, at receipt (node.md section 3). */
function collides(state: State, path: string): boolean {
  if (entriesUnder(state, `${contentKey(path)}/`).length > 0) return true;
  const parts = path.split('/');
  return parts.some((_, index) => index > 0 && readEntry(state, contentKey(parts.slice(0, index).join('/'))) !== undefined);
}

/** The change a case wants merged; empty where it has none. */
export function changeOf(state: State, record: CaseRecord): readonly ChangeEntry[] {
  return record.change === undefined ? [] : changeEntries(state, record.change);
}

/** The entries of a change set that some case proposed, by change id; empty for an unknown one. */
export function changeEntries(state: State, change: string): readonly ChangeEntry[] {
  const rows = readEntry(state, `change/${change}`)?.['entries'];
  if (!isList(rows)) return [];
  return rows.map((row) => {
    const [path, old, fresh] = isList(row) ? row : [];
    return { path: textOf(path), old: textOf(old), new: textOf(fresh) };
  });
}

function witnesses(state: State, charter: Charter): Endorsers {
  const witnessed = charter.organization.witnessed;
  if (witnessed !== undefined) {
    const members = holdersOf(state, charter, witnessed.role);
    const count = members.length;
    return { members, needed: witnessed.finality === 'one' ? 1 : Math.floor((count + Math.floor((count - 1) / 3)) / 2) + 1 };
  }
  const members = entriesUnder(state, 'witness/').map(([, value]) => textOf(value['member']));
  const count = members.length;
  return { members, needed: Math.floor((count + Math.floor((count - 1) / 3)) / 2) + 1 };
}

/** The endorsers of a dapp, or of the bylaws check, under the bylaws given. */
export function endorsersOf(state: State, charter: Charter, dapp: CharterDapp | undefined): Endorsers {
  const by = dapp?.endorsedBy;
  if (by?.kind !== 'count' || (by.bound.kind !== 'part' && by.bound.kind !== 'whole')) return witnesses(state, charter);
  const members = holdersOf(state, charter, by.bound.role);
  const isMore = by.comparison === 'more-than';
  const asked =
    by.bound.kind === 'whole'
      ? members.length - (by.bound.except ?? 0)
      : by.bound.amount.kind === 'count'
        ? by.bound.amount.value
        : wholeOf(by.bound.amount, members.length, isMore);
  const needed = isMore ? asked + 1 : asked;
  return { members, needed: 2 * needed <= members.length ? 0 : needed };
}

/** A share of people in whole ones: the most of them that are not more than it, or the least that are not fewer. */
function wholeOf(share: { readonly numerator: number; readonly denominator: number }, whole: number, isDown: boolean): number {
  const product = BigInt(share.numerator) * BigInt(whole);
  return Number((isDown ? product : product + BigInt(share.denominator) - 1n) / BigInt(share.denominator));
}

/**
 * One attestation that a case still needs or has, with its standing. `candidate` is the content root that must be tested now; `outdated` endorsers have
 * tested only what has changed since.
 */
export interface MergeRequirement extends Attested {
  readonly case: string;
  readonly number: number;
  readonly dapp: string;
  readonly candidate: string;
  readonly endorsers: readonly string[];
  readonly needed: number;
}

/** The dapps that check what a case changes, as its bylaws declare them, and `gdo-check` where `bylaws/` changes. */
function checksOf(state: State, record: CaseRecord): readonly (readonly [name: string, declaration: CharterDapp | undefined])[] {
  const charter = charterOfCase(state, record);
  const paths = changeOf(state, record).map((entry) => entry.path);
  const areas = new Set(paths.map((path) => areaOf(charter, path)));
  const dapps = charter.dapps.filter((dapp) => dapp.checks.some((area) => areas.has(area))).map((dapp) => [dapp.name, dapp] as const);
  return paths.some((path) => path.startsWith('bylaws/')) ? [...dapps, [bylawsCheckName, undefined]] : dapps;
}

/**
 * What a change needs beside its case before it can be merged: every dapp that checks a touched area, and `gdo-check` where `bylaws/` changes.
 * An attestation holds for every candidate that gives its dapp the same to read. Pure. Source: language.md S53, node.md section 4
 * @param main - the state before the change
 */
export function requirementsOf(main: State, record: CaseRecord, candidate: Candidate & { readonly kind: 'ok' }): readonly MergeRequirement[] {
  const charter = charterOfCase(main, record);
  return checksOf(main, record).map(([dapp, declaration]) => {
    const endorsers = endorsersOf(main, charter, declaration);
    const said = attestedFor({ case: record.id, dapp, declaration }, endorsers, candidate);
    const standing = said.standing !== 'disputed' && isQuarantined(main, declaration) ? 'quarantined' : said.standing;
    const asked = { case: record.id, number: record.number, dapp, candidate: candidate.contentRoot, endorsers: endorsers.members, needed: endorsers.needed };
    return { ...asked, ...said, standing };
  });
}

/** The declaration of a dapp in the bylaws of a case. */
export function declarationFor(state: State, record: CaseRecord, dapp: string): CharterDapp | undefined {
  return charterOfCase(state, record).dapps.find((one) => one.name === dapp);
}

/**
 * The attestations that open cases with a change need now, on the state as it is; cases still being decided are listed too, so that an endorser can
 * attest before the last vote. Ascending by case number. Pure.
 */
export function openRequirements(state: State): readonly MergeRequirement[] {
  return undecided(state).flatMap((record) => {
    if (record.change === undefined) return [];
    const candidate = candidateOf(state, changeOf(state, record));
    return candidate.kind === 'stale' ? [] : requirementsOf(state, record, candidate).filter((one) => one.standing === 'open');
  });
}

/** True iff a member may attest for a case: one of the endorsers of what it needs. */
export function mayAttest(state: State, caseId: string, dapp: string, member: string): boolean {
  const record = readCase(state, caseId);
  const check = record === undefined ? undefined : checksOf(state, record).find(([name]) => name === dapp);
  if (record === undefined || check === undefined) return false;
  return endorsersOf(state, charterOfCase(state, record), check[1]).members.includes(member);
}
