// Roles that are lost through missed votes (S113): how many closed votes in a row a holder cast no ballot in.
import type { CaseScope } from './actor.ts';
import { ballotsKey, charterInForce, readBallot } from './case.ts';
import type { Draft } from './draft.ts';
import { isRecused } from './recused.ts';
import { endRole } from './role-change.ts';
import { electorateIn, holdingsOf, includesPerson, readFrozen } from './roster.ts';
import { eraseEntry, readEntry, writeEntry } from './state.ts';

/** The state's key of the votes in a row that a holder has missed. */
function missedKey(role: string, member: string): string {
  return `missed/${role}/${member}`;
}

/** A vote has closed for good: whoever cast a ballot begins anew, whoever did not has missed one more. O(holders of such roles). */
export function noteClosedVote(draft: Draft, scope: CaseScope, entry: number, atMs: number): void {
  const charter = charterInForce(draft.state);
  // In a joint each vote has recusals of its own.
  const own = { ...scope.record, entry };
  const ballots = ballotsKey(scope.record.id, entry);
  const electorate = electorateIn(readFrozen(draft.state, scope.record.id, entry));
  for (const role of charter.roles) {
    const most = role.lost.flatMap((loss) => (loss.kind === 'missed-votes' ? [loss.count] : []));
    if (most.length === 0) continue;
    for (const { member, sinceMs } of holdingsOf(draft.state, role.name)) {
      if (!includesPerson(electorate, member) || isRecused(own, member)) continue;
      const key = missedKey(role.name, member);
      // A ballot that was never opened is not cast (S129).
      const ballot = readBallot(draft.state, ballots, member);
      if (ballot !== undefined && ballot.sealed === undefined) {
        draft.state = eraseEntry(draft.state, key);
        continue;
      }
      const before = readEntry(draft.state, key);
      // Whoever lost the role and gained it again begins anew.
      const count = (before?.['since'] === sinceMs ? Number(before['count']) : 0) + 1;
      draft.state = writeEntry(draft.state, key, { count, since: sinceMs });
      if (count < Math.min(...most)) continue;
      endRole(draft, charter, { role: role.name, member, atMs });
      draft.state = eraseEntry(draft.state, key);
    }
  }
}
