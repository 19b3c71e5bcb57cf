// What a reader makes of an election file: candidates, ballots, what it says of itself, and every line that is no ballot. It counts nothing.
import type { CountCandidate, Profile } from '../../engine/index.ts';

/** A line or entry that could not be read as a ballot. `line` is from 1; in a JSON file it is the number of the ballot, from 1. */
export interface MalformedBallot {
  readonly line: number;
  readonly reason: string;
}

/** Malformed ballots that are kept for the report; all are counted in `malformedCount`. */
export const malformedListedMax = 1_000;

/** An election file. `lineOf` says where row r of the profile stood, for reports about ballots that a rule sets aside. */
export interface Election {
  readonly title: string;
  readonly candidates: readonly CountCandidate[];
  readonly profile: Profile;
  readonly seats: number | undefined;
  readonly malformed: readonly MalformedBallot[];
  readonly malformedCount: number;
  readonly lineOf: (row: number) => number;
}

/** A file that is no election at all: thrown by readers, and shown as GDO5022 by the command. */
export class UnreadableElection extends Error {}

/** One whose very first words are of no file of its format: it may be of another one. */
export class ForeignElection extends UnreadableElection {}
