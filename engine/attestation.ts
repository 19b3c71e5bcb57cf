// What endorsers have said of a candidate for one dapp, how it stands, and which dapps are quarantined (S53, S104; node.md section 4, decision 0150).
// It runs no program and merges nothing.
import type { CharterDapp } from './bylaws.ts';
import type { Json, JsonObject } from './canonical.ts';
import { byCodeUnit, canonicalText, isList } from './canonical.ts';
import { contentKey } from './area.ts';
import { jsonOf } from './case.ts';
import { digestOfText } from './chain.ts';
import { textOf } from './field.ts';
import { manifestPath, readsRoot } from './read-set.ts';
import type { State } from './state.ts';
import { entriesUnder, readEntry, writeEntry } from './state.ts';

/** Who may attest and how much of them is needed (S104, ledger.md section 12). `needed` 0: nobody can satisfy it (GDO2033). */
export interface Endorsers {
  readonly members: readonly string[];
  readonly needed: number;
}

/** How a requirement stands. `quarantined`: its endorsers disagreed on another candidate, and neither its declaration nor its manifest has changed since. */
export type Standing = 'satisfied' | 'rejected' | 'disputed' | 'quarantined' | 'open';

/** A requirement's standing with those who have said something that holds. `outdated`: who has spoken only of what has changed since (GDO2020). */
export interface Attested {
  readonly attested: readonly string[];
  readonly outdated: readonly string[];
  readonly standing: Standing;
}

/** What is asked for: one dapp for one case. */
export interface AttestationScope {
  readonly case: string;
  readonly dapp: string;
  /** Undefined for the built-in check of bylaws. */
  readonly declaration: CharterDapp | undefined;
}

/** What one `attest` event says, as the state keeps it. */
export interface Attestation {
  readonly case: string;
  readonly dapp: string;
  readonly member: string;
  readonly candidate: string;
  readonly reads: string;
  readonly verdict: string;
  readonly output: string;
  readonly patterns: Json | undefined;
}

function strings(value: Json | undefined): readonly string[] | undefined {
  return isList(value) ? value.map(textOf) : undefined;
}

/**
 * Keeps what an endorser said. By what was read: it stands, whatever the same endorser says of anything else since.
 * @returns undefined where they have said something else of the same before (GDO1043)
 */
export function keepAttestation(state: State, said: Attestation): State | undefined {
  const { candidate, member, output, patterns, reads, verdict } = said;
  const key = `attest/${said.case}/${said.dapp}/${reads}/${member}`;
  const value: JsonObject = { candidate, output, reads, verdict, ...(patterns === undefined ? {} : { patterns }) };
  const old = readEntry(state, key);
  if (old === undefined) return writeEntry(state, key, value);
  // The first candidate stays written: the answer was about what was read, and that is the same.
  return canonicalText({ ...old, candidate }) === canonicalText(value) ? state : undefined;
}

/** How a requirement of a case stands for a candidate. @param candidate - its state and content root; undefined root: nothing holds */
export function attestedFor(scope: AttestationScope, endorsers: Endorsers, candidate: { readonly state: State; readonly contentRoot: string }): Attested {
  const roots = new Map<string, string>();
  const rootFor = (patterns: readonly string[] | undefined): string => {
    if (patterns === undefined) return candidate.contentRoot;
    const name = canonicalText(patterns);
    const known = roots.get(name) ?? readsRoot(candidate.state, scope.dapp, patterns);
    roots.set(name, known);
    return known;
  };
  const outputs = new Map<string, { readonly verdict: string; weight: number }>();
  const [attested, outdated] = [new Set<string>(), new Set<string>()];
  for (const [key, value] of entriesUnder(candidate.state, `attest/${scope.case}/${scope.dapp}/`)) {
    const member = key.slice(key.lastIndexOf('/') + 1);
    if (!endorsers.members.includes(member)) continue;
    if (textOf(value['reads']) !== rootFor(strings(value['patterns']))) {
      outdated.add(member);
      continue;
    }
    attested.add(member);
    const verdict = textOf(value['verdict']);
    // Who was given something else says something else: equal outputs count only with equal patterns.
    const output = canonicalText([verdict, textOf(value['output']), value['patterns'] ?? 'whole tree']);
    const known = outputs.get(output) ?? { verdict, weight: 0 };
    known.weight += 1;
    outputs.set(output, known);
  }
  const left = endorsers.members.length - attested.size;
  return {
    attested: [...attested].sort(byCodeUnit),
    outdated: [...outdated].filter((member) => !attested.has(member)).sort(byCodeUnit),
    standing: standingOf([...outputs.values()], endorsers.needed, left),
  };
}

function standingOf(outputs: readonly { readonly verdict: string; readonly weight: number }[], needed: number, left: number): Standing {
  const winners = needed === 0 ? [] : outputs.filter((output) => output.weight >= needed);
  // Two winners need more liars than the rule bears; then no is safer than yes.
  if (winners.some((output) => output.verdict !== 'accept')) return 'rejected';
  if (winners.length > 0) return 'satisfied';
  return outputs.length > 1 && outputs.every((output) => output.weight + left < needed) ? 'disputed' : 'open';
}

/** What a quarantine ends with: a change of how the bylaws declare the dapp, or of its manifest on main. */
function markOf(state: State, declaration: CharterDapp): JsonObject {
  const manifest = readEntry(state, contentKey(manifestPath(declaration.name)))?.['entry'];
  return { declaration: digestOfText('gdo-value-v1', canonicalText(jsonOf(declaration))), manifest: textOf(manifest ?? 'absent') };
}

/** True iff a dapp is quarantined on this main and as these bylaws declare it. The built-in check never is: without it nothing could end it. */
export function isQuarantined(main: State, declaration: CharterDapp | undefined): boolean {
  const entry = declaration === undefined ? undefined : readEntry(main, `quarantine/${declaration.name}`);
  return entry !== undefined && declaration !== undefined && canonicalText(entry) === canonicalText(markOf(main, declaration));
}

/** What is written under `quarantine/` and the dapp's name when its endorsers disagree on this main (node.md section 4). */
export interface Quarantine {
  readonly dapp: string;
  readonly mark: JsonObject;
}

/** The quarantine of a dapp as it is declared and on this main; undefined for the built-in check. */
export function quarantineOf(main: State, declaration: CharterDapp | undefined): Quarantine | undefined {
  return declaration === undefined ? undefined : { dapp: declaration.name, mark: markOf(main, declaration) };
}

/** Writes a quarantine, which holds from the next checkpoint on. */
export function beginQuarantine(state: State, { dapp, mark }: Quarantine): State {
  return writeEntry(state, `quarantine/${dapp}`, mark);
}
