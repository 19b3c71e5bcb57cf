// What came up in a stream, read from the world at its end: a construct that stands in a text has also done something. It judges nothing.
import { isDecisionHeld } from '../interpreter/held.ts';
import { attributeOf, pointsOf } from '../interpreter/records.ts';
import { rollNow } from '../interpreter/rosters.ts';
import { castIn, weighed } from '../interpreter/delegated.ts';
import { weightOf } from '../interpreter/sizes.ts';
import type { OpenVote, World } from '../interpreter/world.ts';

type Situation = readonly [name: string, has: (world: World) => boolean];

function anyVote(world: World, holds: (open: OpenVote, index: number) => boolean): boolean {
  return world.cases.some((subject, index) => subject.openings.some(({ votes }) => votes.some((open) => holds(open, index))));
}

const situationList: readonly Situation[] = [
  [
    'certified',
    ({ charter, joined, ...world }) =>
      charter.attributes.some(({ name }) =>
        [...joined.keys()].some((person) => attributeOf(rollNow({ charter, joined, ...world }), name, person) !== undefined),
      ),
  ],
  ['reported', ({ records }) => records.reports.length > 0],
  ['certificate given', ({ records }) => records.certificates.length > 0],
  ['points given', ({ records }) => records.awards.length > 0],
  [
    'points decayed',
    (world) =>
      world.charter.points.some((points) =>
        [...world.joined.keys()].some(
          (person) =>
            pointsOf(rollNow(world), points, person) <
            world.records.awards.filter((one) => one.person === person).reduce((sum, one) => sum + BigInt(one.amount), 0n),
        ),
      ),
  ],
  ['recused by an attribute', (world) => anyVote(world, ({ recused }) => recused.length > 0)],
  ['recused on request', ({ cases }) => cases.some(({ requests }) => requests.some(({ decided }) => decided))],
  ['request not decided', ({ cases }) => cases.some(({ requests }) => requests.some(({ decided }) => !decided))],
  ['sealed ballot sent', (world) => anyVote(world, ({ commitments }) => commitments.size > 0)],
  ['sealed ballot opened', (world) => anyVote(world, ({ vote, ballots }) => vote.ballots === 'sealed' && ballots.length > 0)],
  ['vote extended', (world) => anyVote(world, ({ extensions }) => extensions.some((count) => count > 0))],
  ['result held', (world) => anyVote(world, ({ vote, result }) => vote.holdsFor !== undefined && vote.passes.some((line) => line.result === result))],
  ['weights differ', (world) => anyVote(world, (open) => new Set(open.ballots.map(({ person }) => weightOf(open, person))).size > 1)],
  [
    'ballot taken by delegation',
    (world) =>
      world.cases.some((subject) =>
        subject.openings.some(({ votes }) =>
          votes.some(
            (open) =>
              open.phase === 'closed' &&
              [...castIn(subject, open, rollNow(world)).keys()].some(
                (person) => open.recused.length === 0 && !open.ballots.some((ballot) => ballot.person === person),
              ),
          ),
        ),
      ),
  ],
  [
    'ballot taken in part',
    (world) =>
      world.cases.some((subject) =>
        subject.openings.some(({ votes }) =>
          votes.some(
            (open) =>
              open.phase === 'closed' && [...(weighed(subject, open, rollNow(world)).parts ?? [])].some(([person, weight]) => weight < weightOf(open, person)),
          ),
        ),
      ),
  ],
  ['term served', ({ terms }) => terms.length > 0],
  ['limit of terms waived', ({ waived }) => waived.length > 0],
  ['cap waived', ({ holdings }) => holdings.some(({ letInThrough }) => letInThrough !== undefined)],
  ['people drawn', ({ cases }) => cases.some(({ drawn }) => drawn.size > 0)],
  ['secrets revealed', ({ cases }) => cases.some(({ acts }) => acts.some(({ verb }) => verb === 'reveal'))],
  ['waits for a seat', ({ waiting }) => waiting.length > 0],
  ['vacancy', ({ vacancies }) => vacancies.length > 0],
  ['duty owed in a case', ({ owed }) => owed.some(({ of }) => of !== undefined)],
  ['duty done', ({ owed }) => owed.some(({ done }) => done.length > 0)],
  ['role lost by a report', ({ lapsed }) => lapsed.length > 0],
  ['vote missed', ({ closedVotes }) => closedVotes.some(({ roster, voted }) => voted.length < roster.length)],
  ['merged', ({ cases }) => cases.some(({ merge }) => merge?.standing === 'merged')],
  ['stale', ({ cases }) => cases.some(({ merge }) => merge?.standing === 'stale')],
  ['merge refused', ({ cases }) => cases.some(({ merge }) => merge?.standing === 'refused')],
  ['new bylaws', ({ adopted }) => adopted > 0],
  ['judged by older bylaws', ({ bylawsHash, cases }) => cases.some((subject) => subject.ended === undefined && subject.bylawsHash !== bylawsHash)],
  ['begun anew', ({ cases }) => cases.some(({ begunAnew }) => begunAnew)],
  ['taken back', ({ cases }) => cases.some(({ reversedMs }) => reversedMs !== undefined)],
  ['decision held', (world) => world.cases.some((subject) => isDecisionHeld(world, subject))],
  ['waits for its outcome', ({ cases }) => cases.some(({ awaits }) => awaits !== undefined)],
  ['struck', ({ cases }) => cases.some(({ struck }) => struck.length > 0)],
  ['lapsed', ({ charter, cases }) => cases.some((subject) => subject.charter.protections.length > charter.protections.length)],
  ['paid', ({ payments }) => payments.length > 0],
  ['locked', ({ locks }) => locks.length > 0],
  ['released', ({ locks }) => locks.some(({ released }) => released)],
  [
    'the next was asked',
    ({ cases }) => cases.some(({ openings }) => openings.some(({ asked }) => asked.some(({ which, person }) => which === 'next' && person !== undefined))),
  ],
  [
    'nobody was next',
    ({ cases }) => cases.some(({ openings }) => openings.some(({ asked }) => asked.some(({ which, person }) => which === 'next' && person === undefined))),
  ],
];

/** The names of all situations. */
export const situations: readonly string[] = situationList.map(([name]) => name);

/** The situations that came up in a world. */
export function situationsIn(world: World): ReadonlySet<string> {
  return new Set(situationList.flatMap(([name, has]) => (has(world) ? [name] : [])));
}
