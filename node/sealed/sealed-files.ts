// Sealed files as the ledger knows them: facts that say who sealed one to which role, under which commitment, and who asked that it be erased. It reads no content.
import { holds, isBylawsName, isHex64, isObject } from '../../engine/index.ts';
import type { JsonObject, LedgerEvent } from '../../engine/index.ts';
import type { LedgerView } from '../ledger/view.ts';

/** The type of a fact that says that a file was sealed. */
export const sealedFact = 'file.sealed';
/** The type of a fact that asks every copy to erase one. */
export const erasedFact = 'file.erased';

/** One sealing. `content`: SHA-256 of the sealed bytes; `case`: the id of the case that it belongs to; `title`: what everybody may read about it. */
export interface Sealing {
  readonly event: string;
  readonly by: string;
  readonly role: string;
  readonly content: string;
  readonly commitment: string;
  readonly case?: string;
  readonly title?: string;
}

/** Somebody asked that a file be erased. `because`: why, if they said so. */
export interface ErasureAsked {
  readonly by: string;
  readonly because?: string;
}

/** A sealed file. `first` is the sealing that gave it its name; every later one has the same commitment. */
export interface SealedFile {
  readonly name: string;
  readonly first: Sealing;
  /** All of them, oldest first. */
  readonly sealings: readonly Sealing[];
  readonly asked: readonly ErasureAsked[];
}

/** The body of the event that says that a file was sealed. */
export function sealedBody(name: string, { content, commitment, role, ...told }: Omit<Sealing, 'event' | 'by'>): JsonObject {
  return { type: sealedFact, data: { ...told, commitment, content, name, role } };
}

/** The body of the event that asks for an erasure. */
export function erasedBody(name: string, because: string | undefined): JsonObject {
  return { type: erasedFact, data: { name, ...(because === undefined ? {} : { because }) } };
}

/** All sealed files that this copy knows, in the order in which they were first sealed. */
export function sealedFiles({ verdicts, pending }: LedgerView): readonly SealedFile[] {
  const judged = [...verdicts.values()].flatMap(({ event, verdict }) => (verdict.kind === 'ok' ? [event] : []));
  const files = new Map<string, SealedFile>();
  for (const event of [...judged, ...pending.flatMap(({ batch }) => batch.events)]) {
    const { data, type } = event.body;
    if (event.kind !== 'fact' || !isObject(data) || !isHex64(data['name'])) continue;
    const { name } = data;
    const file = files.get(name);
    const sealing = type === sealedFact ? sealingOf(event, data) : undefined;
    // A later one that promises something else is none of this file, whoever signed it.
    if (sealing !== undefined && (file === undefined || file.first.commitment === sealing.commitment))
      files.set(name, file === undefined ? { name, first: sealing, sealings: [sealing], asked: [] } : { ...file, sealings: [...file.sealings, sealing] });
    if (type !== erasedFact || file === undefined) continue;
    const { because } = data;
    files.set(name, { ...file, asked: [...file.asked, { by: event.actor, ...(typeof because === 'string' ? { because } : {}) }] });
  }
  return [...files.values()];
}

/** Those who asked for the erasure of a file and whose word counts: who sealed it, and who holds the role that it is for. */
export function askedBy({ state, charter }: LedgerView, { first, asked }: SealedFile): readonly ErasureAsked[] {
  return asked.filter(({ by }) => by === first.by || holds(state, charter, first.role, by));
}

function sealingOf({ id, actor }: LedgerEvent, data: JsonObject): Sealing | undefined {
  const { commitment, content, role, title } = data;
  if (!isHex64(commitment) || !isHex64(content) || !isBylawsName(role)) return undefined;
  return {
    event: id,
    by: actor,
    role,
    content,
    commitment,
    ...(isHex64(data['case']) ? { case: data['case'] } : {}),
    ...(typeof title === 'string' ? { title } : {}),
  };
}
