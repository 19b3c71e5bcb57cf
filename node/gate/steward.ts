// The steward's round (F0): endorse what waits for an endorsement, then close epochs while something is due. It runs no program itself.
import {
  bylawsCheckName,
  candidateOf,
  declarationFor,
  isObject,
  manifestPath,
  openRequirements,
  readCase,
  readsRoot,
  sha256Hex,
  utf8Encode,
} from '../../engine/index.ts';
import type { ChangeEntry, CharterDapp, JsonObject, MergeRequirement, State } from '../../engine/index.ts';
import { contentHashes, contentIdentity } from '../git/content.ts';
import { mustRead } from '../git/repository.ts';
import { appendEvents } from '../ledger/append.ts';
import { candidateFiles } from '../ledger/merge.ts';
import { seatOf } from '../ledger/received.ts';
import { memberOf, type LedgerView } from '../ledger/view.ts';
import { closeEpoch, epochReason, finishVote, type CloseRequest, type ClosedEpoch } from './checkpoint-round.ts';

/** Epochs that one round closes: attesting, merging and drawing lots each need one; more would be a loop. */
const epochsMax = 16;
/** Attachments are for people; longer reasons are cut. */
const reasonsBytesMax = 64 * 1024;

/** One governed file of a candidate. `entry` is `<mode>:<sha256>`. */
export interface EndorsedFile {
  readonly path: string;
  readonly entry: string;
  readonly bytes: Uint8Array;
}

/** What an endorser looks at: the whole candidate of one case. `dapp` is undefined for the built-in check of bylaws. */
export interface EndorsementRequest {
  readonly view: LedgerView;
  readonly case: string;
  readonly name: string;
  readonly dapp: CharterDapp | undefined;
  /** Hash of the bylaws that the case wants adopted. */
  readonly adopts: string | undefined;
  readonly entries: readonly ChangeEntry[];
  /** When the case began: the same for everybody who looks. */
  readonly openedMs: number;
  readonly candidate: { readonly state: State; readonly contentRoot: string };
  readonly files: readonly EndorsedFile[];
  /** The manifest of the dapp on main; a change cannot bring the one it is judged by. */
  readonly manifest: Uint8Array | undefined;
}

/** An endorser's answer. `output`, `manifest`: 64 hex digits. `patterns`: what the dapp read where that was not the whole tree. */
export interface Endorsement {
  readonly patterns?: readonly string[];
  readonly verdict: 'accept' | 'reject';
  readonly output: string;
  readonly reasons: readonly string[];
  readonly manifest: string;
  readonly image: string;
  readonly platform: string;
}

/** Looks at a candidate; undefined is no verdict, never a yes (node.md section 5.3). */
export type Endorse = (request: EndorsementRequest) => Promise<Endorsement | undefined>;

/** Who answers: `checkBylaws` compiles the candidate's bylaws, `runDapp` runs a container. Without one, such cases wait. */
export interface EndorseRequest extends Pick<CloseRequest, 'view' | 'signer' | 'clockMs'> {
  readonly checkBylaws?: Endorse;
  readonly runDapp?: Endorse;
  /** The one case that is looked at; all where it is not given. */
  readonly only?: string;
}

/** A round's input. */
export type StewardRequest = EndorseRequest & CloseRequest;

/** What a round did, in order. */
export interface StewardRound {
  readonly view: LedgerView;
  readonly closed: readonly ClosedEpoch[];
  readonly endorsed: readonly { readonly requirement: MergeRequirement; readonly endorsement: Endorsement }[];
}

/** Endorses and closes epochs until nothing is due at this clock. Does nothing where nothing is. Errors as `closeEpoch`. */
export async function closeEpochs(request: StewardRequest): Promise<StewardRound> {
  // Before anything is signed on a tip that is already behind this witness's own vote; what that vote closed may be all that was due.
  let view = await finishVote(request);
  const closed: ClosedEpoch[] = [];
  const endorsed: StewardRound['endorsed'][number][] = [];
  for (let round = 0; round < epochsMax; round += 1) {
    const answers = await endorseOpen({ ...request, view });
    view = answers.view;
    endorsed.push(...answers.endorsed);
    // An epoch may end the steward's own key or membership; what it closed stands.
    if (closed.length > 0 && seatOf(view, request.signer.device) === undefined) break;
    if ((await epochReason(view, request.clockMs)) === undefined) break;
    const epoch = await closeEpoch({ ...request, view });
    view = epoch.view;
    closed.push(epoch);
  }
  return { view, closed, endorsed };
}

/** Signs an `attest` event for every open requirement that the signer may answer and a runner does answer. */
export async function endorseOpen(request: EndorseRequest): Promise<Omit<StewardRound, 'closed'>> {
  let { view } = request;
  const endorsed: StewardRound['endorsed'][number][] = [];
  const member = memberOf(view.state, request.signer.device);
  for (const requirement of openRequirements(view.state)) {
    if (request.only !== undefined && request.only !== requirement.case) continue;
    if (member === undefined || !requirement.endorsers.includes(member) || requirement.attested.includes(member) || isWaiting(view, requirement, member))
      continue;
    const endorse = requirement.dapp === bylawsCheckName ? request.checkBylaws : request.runDapp;
    const asked = endorse === undefined ? undefined : await endorsementRequest(view, requirement);
    const endorsement = asked === undefined ? undefined : await endorse?.(asked);
    if (asked === undefined || endorsement === undefined) continue;
    const reasons = Buffer.from(endorsement.reasons.join('\n'), 'utf8').subarray(0, reasonsBytesMax);
    ({ view } = await appendEvents(view, request.signer, {
      events: [{ kind: 'attest', case: requirement.case, body: attestBody(asked, endorsement) }],
      attachments: reasons.length === 0 ? [] : [reasons],
      clockMs: request.clockMs,
    }));
    endorsed.push({ requirement, endorsement });
  }
  return { view, endorsed };
}

/** True iff this member's answer for this candidate lies in a batch that no checkpoint holds yet. */
function isWaiting(view: LedgerView, requirement: MergeRequirement, member: string): boolean {
  return view.pending.some(({ batch }) =>
    batch.events.some((event) => {
      const dapp = event.body['dapp'];
      const name = isObject(dapp) ? dapp['name'] : undefined;
      return (
        event.kind === 'attest' &&
        event.actor === member &&
        event.case === requirement.case &&
        name === requirement.dapp &&
        event.body['candidate'] === requirement.candidate
      );
    }),
  );
}

/** Gathers what an endorser of a requirement looks at; undefined where the candidate cannot be built here. */
export async function endorsementRequest(view: LedgerView, requirement: Pick<MergeRequirement, 'case' | 'dapp'>): Promise<EndorsementRequest | undefined> {
  const record = readCase(view.state, requirement.case);
  const entries = view.changes.get(record?.change ?? '')?.entries;
  if (record?.head === undefined || entries === undefined) return undefined;
  const built = await candidateFiles(view.repository, { main: view.mainFiles, entries, head: record.head });
  const candidate = candidateOf(view.state, entries);
  if (built.kind === 'refused' || candidate.kind === 'stale') return undefined;
  const known = await contentHashes(
    view.repository,
    built.files.map((file) => file.id),
  );
  const files: EndorsedFile[] = [];
  for (const file of built.files) files.push({ path: file.path, entry: contentIdentity(file, known), bytes: await mustRead(view.repository, file.id, 'blob') });
  const dapp = declarationFor(view.state, record, requirement.dapp);
  const onMain = view.mainFiles.find((file) => file.path === manifestPath(requirement.dapp));
  const manifest = onMain === undefined ? undefined : await mustRead(view.repository, onMain.id, 'blob');
  return { view, case: record.id, name: requirement.dapp, dapp, adopts: record.adopts, entries, openedMs: record.startedMs, candidate, files, manifest };
}

/** Without patterns a dapp has read the whole tree: the candidate itself (node.md section 4). */
function attestBody({ candidate, name, view }: EndorsementRequest, endorsement: Endorsement): JsonObject {
  const { image, manifest, output, patterns, platform, verdict } = endorsement;
  const engine = sha256Hex(utf8Encode(`gdo-engine-${view.tip.statement.engine}`));
  return {
    candidate: candidate.contentRoot,
    dapp: { engine, image, manifest, name, platform },
    output,
    ...(patterns === undefined ? {} : { patterns }),
    reads: patterns === undefined ? candidate.contentRoot : readsRoot(candidate.state, name, patterns),
    verdict,
  };
}
