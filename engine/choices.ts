// What a ballot of a vote may name. It judges no ballot and counts nothing.
import type { CharterVote } from './bylaws-stages.ts';
import type { CaseRecord } from './case.ts';
import { choicesOf } from './vote.ts';

/** What a ballot may name: the list, or candidates or options fixed when the vote opened, with the default. */
export function ballotChoices(vote: CharterVote, record: CaseRecord): readonly string[] {
  if (vote.choices.kind === 'list' && vote.counted === undefined) return choicesOf(vote);
  const listed = vote.choices.kind === 'list' ? vote.choices.names : record.nominees;
  return vote.default === undefined || listed.includes(vote.default) ? listed : [...listed, vote.default];
}
