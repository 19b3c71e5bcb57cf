// Who is recused from a case or from its open stage (S42). Asking and deciding is recusal.ts's.
import type { CaseRecord, RecusalRecord } from './case.ts';

/** The recusals, asked for or decided, that are about the open stage: its own, and those of the whole case. Pure. */
export function recusalsNow(record: CaseRecord): readonly RecusalRecord[] {
  return (record.recusals ?? []).filter((one) => one.entry === 0 || one.entry === record.entry);
}

/** The decided ones. Pure. */
export function recusalsDecided(record: CaseRecord): readonly RecusalRecord[] {
  return record.recusals === undefined ? [] : recusalsNow(record).filter((one) => one.decidedBy !== undefined);
}

/** True iff a person is recused now. Pure. */
export function isRecused(record: CaseRecord, member: string): boolean {
  return recusalsDecided(record).some((one) => one.member === member);
}

/** True iff a person is recused and has left the roster, which shrinks every count but a square root (S9, S110). Pure. */
export function hasLeft(record: CaseRecord, member: string): boolean {
  return recusalsDecided(record).some((one) => one.member === member && one.countsAs === undefined);
}

/** True iff a request still waits for its decision; it keeps an early close open (S127). Pure. */
export function hasOpenRecusal(record: CaseRecord): boolean {
  return recusalsNow(record).some((one) => one.decidedBy === undefined);
}
