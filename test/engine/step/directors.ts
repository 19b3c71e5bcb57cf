// Directors whom the members elect every December to the seats that are empty or whose term ends before the next December, for tests of seats and their
// winners (S131, docs/decisions/0107).
import { expect } from 'vitest';
import { addDuration, holdersOf, readCase, readEntry } from '../../../engine/index.ts';
import { day, found, hour, notesFor, type Epoch, type Note, type Organization } from './organization.ts';

export const after = (months: number): number => addDuration(0, { count: months, unit: 'month' });
export const year = after(12);
export const opensMs = after(11);
export const closesMs = opensMs + 14 * day;

/** What a test writes otherwise. */
export interface Lines {
  readonly seats?: number;
  readonly term?: string;
  readonly lost?: string;
  readonly more?: string;
  readonly starts?: string;
  readonly elects?: string;
  readonly ballot?: string;
  readonly grants?: string;
  readonly roles?: string;
  readonly processes?: string;
}

export const yearly = '  starts every 1 year from 1970-12-01\n';

/** The lines of a process that elects people and grants them a role. */
export const vote = (elects: string, grants: string, ballot = ''): string => `  started by any member
  step nominating
    nominations of members
    after 7 days go to ballot
  end
  vote ballot
    voters members
    choices the candidates
    counted by approval
    elects ${elects}
${ballot}    open for 7 days
    tie fails
    when elected go to seated
    otherwise go to refused
  end
  outcome seated
    ${grants}
  end
`;

/** Three directors serve a year, and nothing but an election ends it, unless the lines say otherwise. */
export const directorsText = (lines: Lines = {}): string => `gdo 1
organization "Seats"
end
attribute team certified by any member
role member plural members
  held by 1 to 30 people
  lost through resignation
end
role director plural directors
  held by 0 to ${lines.seats ?? 3} people
${lines.term ?? '  term 1 year\n'}  lost through ${lines.lost ?? 'resignation'}
  gained through election or naming
${lines.more ?? ''}end
role speaker plural speakers
  held by 0 to 1 people
  gained through naming
  succeeded by director
end
${lines.roles ?? ''}process election
${lines.starts ?? yearly}${vote(lines.elects ?? 'the vacant directors', lines.grants ?? 'grant director to the winners', lines.ballot)}end
${lines.processes ?? ''}process naming
  started by any member
  outcome named
    grant director to the candidate
  end
end
process appeal
  started by any member
  outcome upheld
    reverse the decision
  end
end
`;

export const voters: readonly string[] = ['una', 'vic', 'wes', 'xia'];
export const members: readonly string[] = ['ana', 'bo', 'cy', 'dee', 'eve', 'fay', ...voters];

export const began = (lines: Lines, director: readonly string[], more: Readonly<Record<string, readonly string[]>> = {}): Organization =>
  found(directorsText(lines), { member: members, director, ...more });

/** Plays an election that has begun to its close: the winners are these people, in this order. */
export function elected(org: Organization, winners: readonly string[], number = 1, startMs = opensMs, meanwhile: () => void = () => {}): Epoch {
  const { act, ballot } = notesFor(org);
  org.epoch(startMs + hour, ...winners.map((name) => act(name, number, 'nominate')));
  org.epoch(startMs + 7 * day);
  org.epoch(startMs + 8 * day, ...voters.map((voter, place) => ballot(voter, number, winners.slice(0, winners.length - place))).slice(0, winners.length));
  meanwhile();
  const closed = org.epoch(startMs + 14 * day);
  expect([org.view(number).outcome, readCase(org.state(), org.view(number).id)?.winners]).toEqual(['seated', winners]);
  return closed;
}

/** Why somebody was refused what a case gives. */
export const told = ({ notices }: Epoch): readonly string[] => notices.flatMap((one) => (one.code === undefined ? [] : [one.reason]));

export const holders = (org: Organization, role = 'director'): readonly string[] => holdersOf(org.state(), org.charter, role);

export const termEnd = (org: Organization, name: string): unknown => readEntry(org.state(), `role/director/${name}`)?.['until'];

/** Certifies in what teams people are. */
export const inTeams = (teams: Readonly<Record<string, string>>): readonly Note[] =>
  Object.entries(teams).map(([member, value]): Note => ({ by: 'una', kind: 'certify', body: { attribute: 'team', member, value } }));
