// The process by which the bylaws of tests are amended, and amendments that go through it.
import { expect } from 'vitest';
import { currentOf, openRequirements, readEntry } from '../../../engine/index.ts';
import { compile, notesFor, type Note, type Organization } from './organization.ts';

/** It governs an area `rules`, which has to hold `bylaws/a`. */
export const amendment = `process amendment
  governs rules
  started by any member
  step talk
    when 2 members approve go to accepted
    after 9 days go to refused
  end
end
`;

interface Amending {
  readonly approved: readonly [string, string];
  /** Who proposes it, and who attests that it compiles; the first of those who approve without them. */
  readonly proposed?: string;
  readonly attested?: string;
  /** What others do in the epoch in which it may come into force. */
  readonly meanwhile?: readonly Note[];
}

/** Accepts other bylaws by the next case: proposed at an instant, approved and attested in the two after it. @returns the number of the case */
export function accept(
  org: Organization,
  atMs: number,
  text: string,
  { approved, proposed = approved[0], attested = approved[0], meanwhile = [] }: Amending,
): number {
  const next = compile(text);
  const { bylaws, cases } = currentOf(org.state());
  const [number, old] = [cases + 1, readEntry(org.state(), 'content/bylaws/a')?.['entry']];
  const { proposeChange, act, attest } = notesFor(org);
  const change = [{ path: 'bylaws/a', old: typeof old === 'string' ? old : '', new: `100644:${next.hash}` }];
  const note = proposeChange(proposed, 'amendment', change, { adopts: next.hash, bylaws });
  expect(org.epoch(atMs, { ...note, adopts: next }).verdicts).toEqual(['ok']);
  org.epoch(atMs + 1, ...approved.map((by) => act(by, number, 'approve')));
  const candidate = openRequirements(org.state()).find((one) => one.number === number)?.candidate ?? '';
  org.epoch(atMs + 2, attest(attested, number, 'gdo-check', candidate), ...meanwhile);
  return number;
}

/** Puts other bylaws in force by the next case. */
export function amend(org: Organization, atMs: number, text: string, amending: Amending): void {
  expect(org.view(accept(org, atMs, text, amending)).status).toBe('merged');
}
