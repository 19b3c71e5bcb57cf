// The one list of all codes of gdo, in order; its rows live in one data file per range. It is no page text: `gdo explain` makes that.
import type { FindingRow, RefusalRow, RowSeverity } from './code-row.ts';
import { commandCodes } from './codes-command.ts';
import { dappCodes } from './codes-dapp.ts';
import { gateCodes } from './codes-gate.ts';
import { ledgerCodes } from './codes-ledger.ts';
import { moneyCodes } from './codes-money.ts';
import { nameCodes } from './codes-name.ts';
import { networkCodes } from './codes-network.ts';
import { officeCodes } from './codes-office.ts';
import { powerCodes } from './codes-power.ts';
import { processCodes } from './codes-process.ts';
import { proseCodes } from './codes-prose.ts';
import { textCodes } from './codes-text.ts';
import { timeCodes } from './codes-time.ts';
import { votingCodes } from './codes-voting.ts';

/** A stable code: `GDO001` to `GDO999` are findings in bylaws, `GDO1xxx` to `GDO5xxx` refusals and failures at run time. */
export type Code = `GDO${string}`;

/** One code with everything that is known of it without a case at hand. Source: check.md section 2 and the code tables of the other papers. */
export interface CodeEntry {
  readonly code: Code;
  /** Short name in kebab case, never the name of another code. */
  readonly name: string;
  /** The severity it usually has; the summary says when a finding has another one. */
  readonly severity: RowSeverity;
  /** What it detects or refuses: one sentence, lower case, no full stop. */
  readonly summary: string;
  /** Exit code of a command that ends on it, 1 to 4; absent for findings and for states without an exit of their own. */
  readonly exit?: 1 | 2 | 3 | 4;
  /** A fragment of bylaws, or a description of one, that has the fault. */
  readonly wrong?: string;
  /** The repaired fragment, or advice where no fragment fits. */
  readonly right?: string;
  /** Where the fault was seen: repository issues, incidents, papers, or `own`. */
  readonly origin?: string;
}

/** Every code once: findings first, then GDO1xxx to GDO5xxx, each in ascending order. Codes are never reused. Source: check.md section 2. */
export const codes: readonly CodeEntry[] = [
  ...[textCodes, nameCodes, processCodes, votingCodes, powerCodes, timeCodes, officeCodes, moneyCodes, proseCodes].flat().map(findingEntry),
  ...[ledgerCodes, gateCodes, dappCodes, networkCodes, commandCodes].flat().map(refusalEntry),
];

const entryOf: ReadonlyMap<string, CodeEntry> = new Map(codes.map((entry) => [entry.code, entry]));

/** Finds the entry of a code written in full, such as `GDO301`; undefined where no such code exists. Pure. */
export function codeEntry(code: string): CodeEntry | undefined {
  return entryOf.get(code);
}

function findingEntry(row: FindingRow): CodeEntry {
  const [code, name, severity, summary, origin, wrong, right] = row;
  return { code, name, severity, summary, origin, ...(wrong === '' ? {} : { wrong }), ...(right === '' ? {} : { right }) };
}

function refusalEntry(row: RefusalRow): CodeEntry {
  const [code, name, severity, summary, exit] = row;
  return exit === undefined ? { code, name, severity, summary } : { code, name, severity, summary, exit };
}
