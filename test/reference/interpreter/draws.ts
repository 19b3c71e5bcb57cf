// A draw: people are picked by lot, from a seed that several commit to and reveal, or from the next checkpoint (S47, decision 0057).
import type { CharterDraw } from '../../../engine/index.ts';
import { lotOrder, lotSeed, sha256Bytes, sha256Hex, utf8Encode } from '../../../engine/index.ts';
import { checkpointName } from '../differential/stream.ts';
import { most } from './limits.ts';
import { groupOf } from './records.ts';
import { meetsFacts, exceptedPeople, peopleOf } from './rosters.ts';
import { actorPeople, areEnough, isAsked } from './steps.ts';
import { deadline } from './time.ts';
import type { Act, Case, Opening, Refusal, Roll } from './world.ts';

/** A draw that is open in a case. */
export interface OpenDraw {
  readonly subject: Case;
  readonly opening: Opening;
  readonly draw: CharterDraw;
}

/** The hash of a secret: for this case, draw and person, so it serves nobody else. */
export function drawHash(at: { readonly case: string; readonly entry: number; readonly person: string }, secret: string): string {
  return sha256Hex(utf8Encode(`gdo-draw-v1\0${at.case} ${at.entry} ${at.person} ${secret}`));
}

function given({ subject, opening }: OpenDraw, verb: string): ReadonlyMap<string, string> {
  return new Map(subject.acts.filter((act) => act.entry === opening.entry && act.verb === verb).map((act) => [act.person, act.secret ?? '']));
}

/** The end of the time in which a seed is committed and revealed; without a seed the draw waits for no one. */
export function drawDueMs(open: OpenDraw): number {
  const { opening, draw } = open;
  if (draw.seed === undefined) return opening.atMs;
  const committed = given(open, 'commit');
  const revealed = given(open, 'reveal');
  // Done when all who committed have revealed.
  if (areEnough(open, draw.seed.committedBy, committed.size) && committed.size > 0 && revealed.size === committed.size) return opening.atMs;
  return deadline(opening.atMs, draw.seed.within, opening.roll.charter.organization.dayEnds);
}

/** The people who can be picked, in the order of their names. */
function pool({ subject, opening, draw }: OpenDraw): readonly string[] {
  const { picks } = draw;
  if (picks === undefined) return [];
  const excepted = exceptedPeople(opening.roll, subject, picks.except);
  const all = [...new Set(peopleOf(opening.roll, subject, picks.role))];
  return all.filter((person) => !excepted.includes(person) && meetsFacts(opening.roll, person, picks.who, [picks.role])).toSorted();
}

/** What the draw gives when it is made: the people picked, or the result without any. `height` is the checkpoint whose id is the seed where none is committed. */
export function drawn(open: OpenDraw, height: number): { readonly result: string; readonly people: readonly string[] } {
  const { subject, opening, draw } = open;
  let seed = sha256Bytes(utf8Encode(checkpointName(height)));
  if (draw.seed !== undefined) {
    const revealed = given(open, 'reveal');
    if (revealed.size === 0 || !areEnough(open, draw.seed.committedBy, revealed.size)) return { result: 'failed', people: [] };
    const secrets = [...revealed].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, secret]) => Buffer.from(secret, 'hex'));
    seed = sha256Bytes(Buffer.concat(secrets));
  }
  const names = pool(open);
  const count = draw.picks?.count ?? 0;
  if (names.length < count) return { result: 'empty', people: [] };
  const order = lotOrder(lotSeed(seed, subject.id, String(opening.entry)), names, [...names.keys()]).map((index) => names[index] ?? '');
  const picked = pickedOf(open, order, count);
  return picked.length < count ? { result: 'empty', people: [] } : { result: 'drawn', people: picked };
}

/** S115: in the order of the lot, whoever breaks a limit is skipped; a share is of those to be picked. */
function pickedOf({ opening: { roll }, draw }: OpenDraw, order: readonly string[], count: number): readonly string[] {
  const picked: string[] = [];
  for (const person of order) {
    const keeps = draw.limits.every((limit) => {
      const attributes = limit.per.flatMap((per) => (per.kind === 'each' ? [per.name] : []));
      const alike = picked.filter((one) => attributes.every((attribute) => groupOf(roll, attribute, one) === groupOf(roll, attribute, person)));
      return alike.length < most(limit, count);
    });
    if (keeps && picked.length < count) picked.push(person);
  }
  return picked;
}

const isHex = (value: string): boolean => /^[0-9a-f]{64}$/.test(value);

/** Takes a commitment or a secret, or says why not. */
export function drawRefusal(open: OpenDraw, act: Act, now: Roll): Refusal {
  const { subject, opening, draw } = open;
  if (draw.seed === undefined || (act.verb !== 'commit' && act.verb !== 'reveal'))
    return { codes: ['GDO1050', 'GDO1052'], reason: 'a draw takes no such acts' };
  const value = act.secret ?? '';
  const committed = given(open, 'commit');
  // Who has committed may reveal, whatever they hold by then: others count on that part of the seed.
  const codes = act.verb === 'reveal' || isAsked(open, draw.seed.committedBy, act.person, now) ? [] : ['GDO1040'];
  if (act.verb === 'commit') {
    if (given(open, 'reveal').size > 0) return { codes: [], reason: 'a secret is out' };
  } else {
    if (given(open, 'reveal').has(act.person)) return { codes: [], reason: 'it is out already' };
    if (!areEnough(open, draw.seed.committedBy, committed.size)) return { codes: [], reason: 'not enough have committed' };
    const own = drawHash({ case: subject.id, entry: opening.entry, person: act.person }, value);
    if (!isHex(value) || committed.get(act.person) !== own) codes.push('GDO1052', 'GDO1040', 'GDO1050');
  }
  return codes.length === 0 ? undefined : { codes, reason: 'not by this person, or another secret' };
}

/** Those who are asked for a part of the seed. */
export function committers(open: OpenDraw): readonly string[] {
  return open.draw.seed === undefined ? [] : actorPeople(open, open.draw.seed.committedBy);
}
