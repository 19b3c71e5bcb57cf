// Draws (S47): a pool of people fixed when the stage opens, a seed that several people commit and then reveal, and the panel that follows from it.
import type { CharterDraw } from './bylaws-stages.ts';
import type { CaseScope } from './actor.ts';
import { neededOf } from './actor.ts';
import { actorText } from './wording.ts';
import { attributesCount } from './attributed.ts';
import { fromHex, utf8Encode } from './bytes.ts';
import { byCodeUnit } from './canonical.ts';
import type { ActRecord } from './acts.ts';
import type { CaseRecord } from './case.ts';
import { addAct } from './acts.ts';
import { writeCase } from './case.ts';
import { digest, sha256Bytes } from './chain.ts';
import type { Draft, Outcome } from './draft.ts';
import { ok, refused } from './draft.ts';
import { entryAt, invariant } from './invariant.ts';
import { joined } from './merkle.ts';
import { groupUnder } from './spread.ts';
import { lotOrder, lotSeed } from './tally/lot.ts';

/** What a draw is doing: the pool, ascending, the hashes that were committed, and the secrets that were revealed, ascending by person. */
export type DrawRecord = {
  readonly pool: readonly string[];
  /** How many changes of attributes there had been when the stage opened (S7). */
  readonly attributes: number;
  readonly committed: readonly (readonly [member: string, hash: string])[];
  readonly revealed: readonly (readonly [member: string, secret: string])[];
};

/** The hash a committer publishes for a secret of 32 bytes; it is of no use to anybody else, in another case or another opening. Pure. */
export function drawCommitment(secret: string, at: { readonly case: string; readonly entry: number; readonly member: string }): string {
  return digest('gdo-draw-v1', utf8Encode(`${at.case} ${at.entry} ${at.member} ${secret}`));
}

/** The draw that a case is at. @throws Bug where it is at none */
function drawOf({ draw }: CaseRecord): DrawRecord {
  invariant(draw !== undefined, 'a case keeps the draw that it is at');
  return draw;
}

/** Who commits the seed of a draw. @throws Bug where nobody does: such a draw is never open */
function seedOf({ seed }: CharterDraw): NonNullable<CharterDraw['seed']> {
  invariant(seed !== undefined, 'an open draw has people who commit its seed');
  return seed;
}

function neededFor(scope: CaseScope, draw: CharterDraw): number {
  return neededOf(scope, seedOf(draw).committedBy) ?? Number.MAX_SAFE_INTEGER;
}

function keep(draft: Draft, scope: CaseScope, act: ActRecord, draw: DrawRecord, isOver: boolean): Outcome {
  const record = { ...scope.record, draw, acts: scope.record.acts + 1, ...(isOver ? { dueMs: act.atMs } : {}) };
  draft.state = writeCase(addAct(draft.state, scope.record, act), record);
  return ok();
}

/**
 * Judges an act in an open draw: `commit` with a hash, then `reveal` with the secret. Nobody commits any more once a secret is out, so nobody can
 * choose theirs by it, and no secret comes out before enough have committed. Refuses with GDO1040, GDO1050, GDO1052.
 */
export function applyDrawAct(
  draft: Draft,
  doing: { readonly scope: CaseScope; readonly act: ActRecord; readonly hash: string; readonly secret: string; readonly may: boolean },
  stage: CharterDraw,
): Outcome {
  const { scope, act, hash, secret } = doing;
  const { id, entry } = scope.record;
  const draw = drawOf(scope.record);
  const mine = draw.committed.find(([member]) => member === act.by);
  switch (act.verb) {
    case 'commit': {
      if (!doing.may) return refused('GDO1040', `the seed is committed by ${actorText(scope.charter, seedOf(stage).committedBy)}`);
      if (hash === '') return refused('GDO1002', 'a commitment names its hash');
      if (draw.revealed.length > 0) return refused('GDO1050', 'a secret has been revealed already, so nobody commits any more');
      const committed = [...draw.committed.filter(([member]) => member !== act.by), [act.by, hash] as const].sort((left, right) =>
        byCodeUnit(left[0], right[0]),
      );
      return keep(draft, scope, act, { ...draw, committed }, false);
    }
    case 'reveal': {
      if (mine === undefined) return refused('GDO1040', `\`${act.by}\` has committed nothing`);
      if (draw.committed.length < neededFor(scope, stage)) return refused('GDO1050', 'too few people have committed their part of the seed');
      if (drawCommitment(secret, { case: id, entry, member: act.by }) !== mine[1]) return refused('GDO1052', 'this is not what was committed');
      if (draw.revealed.some(([member]) => member === act.by)) return refused('GDO1052', `\`${act.by}\` has revealed it already`);
      const revealed = [...draw.revealed, [act.by, secret] as const].sort((left, right) => byCodeUnit(left[0], right[0]));
      return keep(draft, scope, act, { ...draw, revealed }, revealed.length === draw.committed.length);
    }
    default:
      return refused('GDO1052', `in \`${stage.name}\` people commit and reveal`);
  }
}

/** What a draw begins with. */
export function drawOpening(scope: CaseScope, pool: readonly string[]): DrawRecord {
  return { pool, attributes: attributesCount(scope.state), committed: [], revealed: [] };
}

/** How many of one group a limit of a draw allows among so many; a share always leaves one (docs/decisions/0057). */
function mostOf(limit: CharterDraw['limits'][number], panel: number): number {
  if (limit.amount.kind === 'count') return limit.amount.value;
  invariant(limit.amount.kind === 'share', 'a limit of a draw is no money');
  return Math.max(1, Number((BigInt(limit.amount.numerator) * BigInt(panel)) / BigInt(limit.amount.denominator)));
}

/** Walks the order and takes whoever breaks no limit, until the panel is full (S115). */
function panelFrom(scope: CaseScope, stage: CharterDraw, order: readonly string[], size: number): readonly string[] {
  const counts = new Map<string, number>();
  const panel: string[] = [];
  for (const member of order) {
    if (panel.length === size) break;
    const groups = stage.limits.map((limit, place) => ({
      key: `${place} ${groupUnder(scope.state, limit, member, drawOf(scope.record).attributes)}`,
      most: mostOf(limit, size),
    }));
    if (groups.some(({ key, most }) => (counts.get(key) ?? 0) >= most)) continue;
    for (const { key } of groups) counts.set(key, (counts.get(key) ?? 0) + 1);
    panel.push(member);
  }
  return panel;
}

/** The seed of a draw: SHA-256 over the secrets in the order of the people; undefined where fewer were revealed than are asked for. */
export function revealedSeed(scope: CaseScope, stage: CharterDraw): Uint8Array | undefined {
  const draw = drawOf(scope.record);
  if (draw.revealed.length < neededFor(scope, stage)) return undefined;
  return sha256Bytes(joined(draw.revealed.map(([, secret]) => fromHex(secret) ?? new Uint8Array())));
}

/** The record with the result of a draw: `drawn` and the panel, or `failed` without a seed, or `empty` without enough people. */
export function drawn(scope: CaseScope, stage: CharterDraw, seed: Uint8Array | undefined): CaseRecord {
  const { draw: _draw, ...rest } = scope.record;
  const { pool, committed, revealed } = drawOf(scope.record);
  const unrevealed = committed.flatMap(([member]) => (revealed.some(([one]) => one === member) ? [] : [member]));
  const record: CaseRecord =
    unrevealed.length === 0 ? rest : { ...rest, unrevealed: [...new Set([...(rest.unrevealed ?? []), ...unrevealed])].sort(byCodeUnit) };
  if (seed === undefined) return { ...record, result: 'failed' };
  const order = lotOrder(
    lotSeed(seed, record.id, String(record.entry)),
    pool,
    pool.map((_, index) => index),
  ).map((index) => entryAt(pool, index));
  const size = stage.picks?.count ?? 0;
  const panel = panelFrom(scope, stage, order, size);
  if (panel.length < size) return { ...record, result: 'empty' };
  const panels = [...(record.panels ?? []).filter(([name]) => name !== stage.name), [stage.name, [...panel].sort(byCodeUnit)] as const];
  return { ...record, result: 'drawn', panels };
}
