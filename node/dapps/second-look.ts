// The second look: past checks of dapps that are run again, drawn by lots that nobody could know when they answered. It compares what comes out with what was
// signed; it runs no program itself, and no verdict depends on it.
import {
  bylawsCheckName,
  canonicalText,
  candidateOf,
  changeEntries,
  isHex64,
  isList,
  isObject,
  readCase,
  readsRoot,
  sha256Hex,
  utf8Encode,
} from '../../engine/index.ts';
import type { JsonObject, State } from '../../engine/index.ts';
import { endorsementRequest } from '../gate/steward.ts';
import type { EndorsementRequest } from '../gate/steward.ts';
import { contentTree } from '../git/content.ts';
import type { Signer } from '../ledger/keys.ts';
import type { LedgerView } from '../ledger/view.ts';
import { WorldError } from '../cli/command.ts';

/** What one endorser signed. `height` is that of the checkpoint that judged it. */
export interface PastAnswer {
  readonly event: string;
  readonly batch: string;
  readonly member: string;
  readonly verdict: string;
  readonly output: string;
  readonly height: number;
}

/** One check of the past: a dapp on what it was given in one case, with all that was signed about it. */
export interface PastCheck {
  readonly case: string;
  readonly number: number;
  readonly dapp: string;
  readonly reads: string;
  readonly patterns: readonly string[] | undefined;
  readonly answers: readonly PastAnswer[];
  /** The checkpoint that came after the newest answer, whose id nobody knew before; undefined while there is none. */
  readonly drawnBy: string | undefined;
}

/** Every check that endorsers attested, oldest first. The built-in check of bylaws is not one: it comes with gdo, and `gdo check` repeats it. */
export function pastChecks(view: LedgerView): readonly PastCheck[] {
  const checks = new Map<string, PastCheck>();
  const after = (height: number): string | undefined => view.checkpoints.find((one) => one.height > height)?.id;
  for (const { event, verdict, height, batch } of view.verdicts.values()) {
    const { dapp, reads, output, patterns, verdict: said } = event.body;
    const name = isObject(dapp) ? dapp['name'] : undefined;
    if (event.kind !== 'attest' || verdict.kind !== 'ok' || event.case === undefined) continue;
    if (typeof name !== 'string' || name === bylawsCheckName || !isHex64(reads) || !isHex64(output) || typeof said !== 'string') continue;
    const words = isList(patterns) ? patterns.filter((one) => typeof one === 'string') : undefined;
    // Who was given something else was asked something else.
    const key = canonicalText([event.case, name, reads, words ?? 'whole tree']);
    const known = checks.get(key);
    const answer = { event: event.id, batch, member: event.actor, verdict: said, output, height };
    const number = known?.number ?? readCase(view.state, event.case)?.number ?? 0;
    checks.set(key, { case: event.case, number, dapp: name, reads, patterns: words, answers: [...(known?.answers ?? []), answer], drawnBy: after(height) });
  }
  return [...checks.values()];
}

/** A share as a fraction of whole numbers. */
export interface Share {
  readonly numerator: number;
  readonly denominator: number;
}

const lotDigits = 16;

/**
 * Draws some of the checks. The lot of a check hangs on a signature of the drawing key over the checkpoint that came after the answers: an ed25519 key signs the
 * same in one way only, so whoever draws cannot choose; and nobody else can know it beforehand, not even a steward who tries many checkpoints.
 * @returns the drawn ones, in their order; those without a later checkpoint are in no draw yet
 */
export async function drawChecks(
  checks: readonly PastCheck[],
  draw: { readonly org: string; readonly signer: Signer; readonly share: Share },
): Promise<readonly PastCheck[]> {
  const { org, signer, share } = draw;
  const bound = BigInt(share.numerator) << BigInt(4 * lotDigits);
  const signatures = new Map<string, string>();
  const drawn: PastCheck[] = [];
  for (const check of checks) {
    if (check.drawnBy === undefined) continue;
    const signature = signatures.get(check.drawnBy) ?? (await signer.sign('gdo-second-look-v1', utf8Encode(`${org} ${check.drawnBy}`)));
    signatures.set(check.drawnBy, signature);
    const lot = sha256Hex(utf8Encode(`${signature}${check.case} ${check.dapp} ${check.reads}`)).slice(0, lotDigits);
    if (BigInt(`0x${lot}`) * BigInt(share.denominator) < bound) drawn.push(check);
  }
  return drawn;
}

/** What the endorsers of a check looked at, put together again; or a sentence why it cannot be here. */
export async function requestThen(view: LedgerView, check: PastCheck): Promise<EndorsementRequest | string> {
  const judgedAt = Math.max(...check.answers.map((answer) => answer.height));
  // The newest state that gives the dapp what was read: an endorser may have looked a few checkpoints before the answer was judged.
  for (const checkpoint of view.checkpoints.toReversed()) {
    if (checkpoint.height >= judgedAt) continue;
    const record = readCase(checkpoint.state, check.case);
    if (record === undefined) break;
    if (rootOf(checkpoint.state, check, record.change) !== check.reads) continue;
    try {
      const main = await contentTree(view.repository, checkpoint.statement.mainCommit);
      if (main.kind === 'refused') return `main at checkpoint ${checkpoint.height} cannot be read`;
      const then: LedgerView = { ...view, state: checkpoint.state, mainFiles: main.files, mainCommit: checkpoint.statement.mainCommit };
      return (await endorsementRequest(then, check)) ?? 'its change is not in this copy any more';
    } catch (error) {
      // Proposals that were refused leave a copy with time.
      if (error instanceof WorldError) return error.message;
      throw error;
    }
  }
  return view.earlier.length > 0 ? 'this copy does not hold what it was about' : 'no state of its case gives what the endorsers say was read';
}

function rootOf(state: State, check: PastCheck, change: string | undefined): string | undefined {
  const candidate = change === undefined ? undefined : candidateOf(state, changeEntries(state, change));
  if (candidate?.kind !== 'ok') return undefined;
  return check.patterns === undefined ? candidate.contentRoot : readsRoot(candidate.state, check.dapp, check.patterns);
}

/** An answer of today, as far as it is compared. */
export interface AnswerNow {
  readonly kind: 'accept' | 'reject';
  readonly output: string;
}

/** The answers that say something else than what came out now. Only what was said counts: which program an endorser claims to have run is not asked. */
export function differingAnswers(check: PastCheck, now: AnswerNow): readonly PastAnswer[] {
  return check.answers.filter((answer) => answer.verdict !== now.kind || answer.output !== now.output);
}

/** The type of a fact that says how a second look differed. */
export const secondLookFact = 'second-look';

/** Answers named in one finding; a fact has its size, and more of them add nothing. */
const answersMax = 16;

/** What is signed about a check that came out differently. The same finding has the same id whenever it is made. */
export function findingOf(
  check: PastCheck,
  now: AnswerNow & { readonly image: string; readonly manifest: string; readonly platform: string },
): JsonObject & { readonly id: string } {
  const { image, manifest, platform, kind: verdict, output } = now;
  const answers = differingAnswers(check, now).slice(0, answersMax);
  const id = sha256Hex(
    utf8Encode(canonicalText(['gdo-second-look-v1', check.case, check.dapp, check.reads, verdict, output, answers.map(({ event }) => event)])),
  );
  return {
    answers: answers.map(({ event, member, verdict: said, output: theirs }) => ({ event, member, output: theirs, verdict: said })),
    case: check.case,
    dapp: check.dapp,
    id,
    image,
    manifest,
    output,
    platform,
    reads: check.reads,
    verdict,
  };
}
