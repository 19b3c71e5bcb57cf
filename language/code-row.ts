// The shapes of the rows in the code tables (codes-*.ts). Readers want codes.ts, which turns rows into entries.

/** How bad a code is: an error stops, a warning points at a known accident, an info states a fact or an open state. */
export type RowSeverity = 'error' | 'warning' | 'info';

/** A finding in bylaws as written in check.md section 2; an empty sample means that the paper gives none. */
export type FindingRow = readonly [code: `GDO${string}`, name: string, severity: RowSeverity, summary: string, origin: string, wrong: string, right: string];

/** A refusal or failure at run time; `exit` is 1 to 4, and absent where the code is a state or the command judges it. */
export type RefusalRow = readonly [code: `GDO${string}`, name: string, severity: RowSeverity, summary: string, exit?: 1 | 2 | 3 | 4];
