// Plays a printed case on engine and reference for a test, and asks that both say the same, and what the test says.
import { expect } from 'vitest';
import { foundingOf } from './pair.ts';
import { differingState, finish, playEvent, tableFor } from './run.ts';
import { printedCase, signedOf } from './small-case.ts';
import type { Answer } from './stream.ts';

/** What a printed case should show at both. */
export interface Expected {
  /** Lines that both states hold in the end. */
  readonly state?: readonly string[];
  /** A line that neither holds. */
  readonly absent?: string;
  /** What became of the last event, or of each. */
  readonly last?: string;
  readonly each?: readonly string[];
}

/** Plays a printed case on both, and says what is expected of the end. */
export function found(printed: string, { state = [], absent, last, each }: Expected): void {
  const { text, lines } = printedCase(printed);
  const founding = foundingOf(text);
  if (founding === undefined) throw new Error('these bylaws do not compile');
  const table = tableFor(founding);
  const answers: Answer[] = [];
  for (const line of lines) expect(playEvent(table, signedOf(founding, line), answers)).toBeUndefined();
  if (last !== undefined) expect(answers.at(-1)).toMatchObject(last === 'ok' ? { ok: true } : { ok: false, codes: [last] });
  if (each !== undefined) expect(answers.map(({ ok, codes }) => (ok ? 'ok' : codes.join(' ')))).toEqual(each);
  expect(finish(table)).toBeUndefined();
  expect(differingState(table, undefined)).toBeUndefined();
  expect(table.engine.state()).toEqual(expect.arrayContaining([...state]));
  if (absent !== undefined) expect(table.engine.state()).not.toContain(absent);
}
