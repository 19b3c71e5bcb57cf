// What a person has sealed and not opened yet, kept in the clone that sealed it (S129): without the random part nobody, not even they, could open it.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
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

const folderOf = ({ repository }: MemberSession): string => join(repository.gitDirectory, 'gdo', 'sealed');
const nameOf = ({ member }: MemberSession, { found, entry }: Place): string => `${found.id}-${entry}-${member}`;
/** Enough of a commitment to tell the ballots of one person in one vote apart. */
const nameDigits = 16;

/**
 * Seals a choice and keeps what opens it, readable by its owner alone. What opens an earlier one stays: that one counts until the ledger has this one, and nobody can
 * promise that it will. @returns the commitment that is sent
 */
export function sealBallot(session: MemberSession, place: Place, ballot: { readonly choice: Json; readonly text?: string }): string {
  const nonce = Buffer.from(session.world.randomBytes(32)).toString('hex');
  const commitment = commitmentIn(session, place, { choice: ballot.choice, nonce });
  makeFolders(folderOf(session), 0o700);
  writeText(join(folderOf(session), `${nameOf(session, place)}-${commitment.slice(0, nameDigits)}.json`), canonicalText({ ...ballot, nonce }), { mode: 0o600 });
  return commitment;
}

/** The ballot to open: of all that this clone keeps, the one that the ledger has. @throws WorldError GDO1052 where it keeps none such */
export function keptBallot(session: MemberSession, place: Place): OwnSealed {
  const sent = lastSent(session, place);
  const kept = filesOf(session, place).flatMap((path) => {
    const read = decodeCanonical(utf8Encode(readFileSync(path, 'utf8')));
    const { choice, nonce, text } = read.kind === 'ok' ? read.value : {};
    if (choice === undefined || typeof nonce !== 'string') return [];
    return [{ choice, nonce, ...(typeof text === 'string' ? { text } : {}) }];
  });
  const own = kept.find(({ choice, nonce }) => commitmentIn(session, place, { choice, nonce }) === sent);
  if (own === undefined)
    throw new WorldError('GDO1052', `This clone keeps no sealed ballot of ${session.member} in #${place.found.number}`, 'open it in the clone that sealed it');
  return own;
}

function commitmentIn(session: MemberSession, place: Place, { choice, nonce }: { readonly choice: Json; readonly nonce: string }): string {
  return commitmentOf({ case: place.found.id, entry: place.entry, voter: session.member, choice, nonce });
}

function filesOf(session: MemberSession, place: Place): readonly string[] {
  const folder = folderOf(session);
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => (name.startsWith(nameOf(session, place)) && name.endsWith('.json') ? [join(folder, name)] : []));
}

/** The commitment that the person sent last and that was not refused. What opens a ballot is no commitment and matches nothing. */
function lastSent({ view, member }: MemberSession, { found, entry }: Place): Json | undefined {
  const judged = [...view.verdicts.values()].flatMap(({ event, verdict }) => (verdict.kind === 'ok' ? [event] : []));
  const sent = [...judged, ...view.pending.flatMap(({ batch }) => batch.events)].filter(
    (event) =>
      event.kind === 'ballot' && event.actor === member && event.case === found.id && event.body['stage'] === entry && event.body['nonce'] === undefined,
  );
  return sent.at(-1)?.body['choice'];
}
