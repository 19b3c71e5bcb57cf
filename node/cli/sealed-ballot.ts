// What a person has sealed and not opened yet, kept in the clone that sealed it (S129): without the random part nobody, not even they, could open it.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CaseRecord, Json } from '../../engine/index.ts';
import { canonicalText, charterOf, commitmentOf, decodeCanonical, utf8Encode } from '../../engine/index.ts';
import { makeFolders } from '../git/make-folders.ts';
import { WorldError } from './command.ts';
import type { MemberSession } from './session.ts';
import { writeText } from '../git/write-whole.ts';

/** A ballot that is or was sealed. `text` is its reason, which is as hidden as the choice. */
export interface OwnSealed {
  readonly choice: Json;
  readonly nonce: string;
  readonly text?: string;
}

/** Which vote of which case. */
interface Place {
  readonly found: CaseRecord;
  readonly entry: number;
}

/** True where the ballots of the vote with this name are sealed. */
export function isSealedVote(session: MemberSession, found: CaseRecord, entry: number): boolean {
  const process = charterOf(session.view.state, found.bylaws)?.processes.find((one) => one.name === found.process);
  const stage = process?.stages.find((one) => one.name === found.stage);
  const name = found.votes.find((one) => one.entry === entry)?.name;
  const votes = stage?.kind === 'vote' ? [stage] : stage?.kind === 'joint' ? stage.votes : [];
  return votes.find((one) => one.name === name)?.ballots === 'sealed';
}

function pathOf({ repository, member }: MemberSession, { found, entry }: Place): string {
  return join(repository.gitDirectory, 'gdo', 'sealed', `${found.id}-${entry}-${member}.json`);
}

/** Seals a choice and keeps what opens it, readable by its owner alone. A later one takes its place. @returns the commitment that is sent */
export function sealBallot(session: MemberSession, place: Place, ballot: { readonly choice: Json; readonly text?: string }): string {
  const nonce = Buffer.from(session.world.randomBytes(32)).toString('hex');
  const path = pathOf(session, place);
  makeFolders(dirname(path), 0o700);
  writeText(path, canonicalText({ ...ballot, nonce }), { mode: 0o600 });
  return commitmentOf({ case: place.found.id, entry: place.entry, voter: session.member, choice: ballot.choice, nonce });
}

/** The ballot to open. @throws WorldError GDO1052 where this clone keeps none */
export function keptBallot(session: MemberSession, place: Place): OwnSealed {
  const path = pathOf(session, place);
  const read = existsSync(path) ? decodeCanonical(utf8Encode(readFileSync(path, 'utf8'))) : undefined;
  const { choice, nonce, text } = read?.kind === 'ok' ? read.value : {};
  if (choice === undefined || typeof nonce !== 'string')
    throw new WorldError('GDO1052', `This clone keeps no sealed ballot of ${session.member} in #${place.found.number}`, 'open it in the clone that sealed it');
  return { choice, nonce, ...(typeof text === 'string' ? { text } : {}) };
}
