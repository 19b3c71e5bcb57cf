// What a ballot of a vote may name. It judges no ballot and counts nothing.
import type { CharterVote } from './bylaws-stages.ts';
import type { CaseRecord } from './case.ts';
import { choicesOf } from './vote.ts';

/** The option that is the case's own content, the first of every list of options (S121). */
export const ownOption = 'proposal';

/** The candidates or options fixed when the vote opened. @param vote - one that does not list its choices itself */
export function listedOf(vote: CharterVote, record: CaseRecord): readonly string[] {
  return vote.choices.kind === 'candidates' ? record.nominees : (record.offered ?? [ownOption]);
}

/** What a ballot may name: the list, or candidates or options fixed when the vote opened, with the default. */
export function ballotChoices(vote: CharterVote, record: CaseRecord): readonly string[] {
  const listed = vote.choices.kind === 'list' ? choicesOf(vote) : listedOf(vote, record);
  return vote.default === undefined || listed.includes(vote.default) ? listed : [...listed, vote.default];
}
