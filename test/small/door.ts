// R38: a door on a small computer: one processor, 256 MB of memory, 200 MB of disk with everything that is installed, no network. It holds a slice of a real ledger,
// and what it answers is decided again outside.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeCanonical } from '../../engine/index.ts';
import { decideWish } from '../../node/doors/door.ts';
import { readUses, type UseRecord } from '../../node/doors/use-record.ts';
import { closeEpoch } from '../../node/gate/checkpoint-round.ts';
import { appendEvents } from '../../node/ledger/append.ts';
import { checkSlice, makeSlice, type CheckedSlice } from '../../node/ledger/slice.ts';
import { votesPath, voteStore } from '../../node/ledger/votes.ts';
import { testSigner } from '../node/ledger/small-ledger.ts';
import { foundLarge } from '../nodes/large-ledger.ts';
import { forgetComputer, makeComputer, runComputer, type Computer } from './computer.ts';
import type { DoorSaid } from './in-door.ts';
import { bringsNewer, swipeOf } from './swipes.ts';

/** What the row of R38 gives a small computer. */
const memoryMegabytes = 256;
const diskBytesMost = 200_000_000;

const bylaws = `gdo 1
organization "Space"
  local time "-06:00"
end
role member plural members
  held by anyone
  gained through joining
  lost through resignation
end
role officer plural officers
  held by 1 to 5 people
end
right enter "Members"
  covers "doors/**" except "doors/cellar"
  held by members
  offline for at most 30 days
end
right use-laser
  covers "machines/laser"
  held by members
  limit 2 uses per person per 1 day
  locked by any member released by any officer
  offline for at most 7 days
end
process joining
  started by any person
  step wait
    after 1 day go to accepted
  end
end
`;

/** How many members the organization has and how often they come. `disk`: in memory of the container's own, or a file system in a file, which takes rights of the machine. */
export interface DoorRequest {
  readonly members: number;
  readonly swipes: number;
  readonly disk: 'memory' | 'file';
}

/** What came of it. `differences`: answers or records that are others than those decided outside, each in a sentence. */
export interface DoorFigures {
  readonly said: DoorSaid;
  readonly installedBytes: number;
  readonly sliceBytes: number;
  readonly reasons: ReadonlyMap<string, number>;
  readonly differences: readonly string[];
}

/** Runs a door in a container and decides all of it again. @throws Error with what the container said where it did not come to its end */
export async function doorOnSmallComputer({ members, swipes, disk }: DoorRequest): Promise<DoorFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'gdo-small-'));
  let computer: Computer | undefined;
  try {
    const { org, slices } = await twoSlices(folder, members);
    const files = [...slices.keys()].map((index) => [`${index + 1}.ndjson`, join(folder, `${index + 1}.ndjson`)] as const);
    computer = makeComputer({ program: 'in-door', tools: [], files });
    const words = [org, String(swipes), String(members)];
    const free = diskBytesMost - computer.bytes;
    const run = (mounted: readonly string[]): ReturnType<typeof runComputer> =>
      runComputer(computer ?? { image: '', bytes: 0 }, { memoryMegabytes, disk: mounted, words });
    const end = disk === 'memory' ? await run(['--tmpfs', `/data:rw,mode=1777,size=${free}`]) : await onFile(join(folder, 'disk'), free, run);
    if (end.code !== 0) throw new Error(`the door ended with ${end.code}: ${end.errors}`);
    const said: DoorSaid = JSON.parse(end.output);
    writeFileSync(join(folder, 'uses.ndjson'), said.uses);
    const uses = readUses(join(folder, 'uses.ndjson'));
    const reasons = new Map<string, number>();
    for (const { reason } of uses) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    const differences = decidedAgain(said, { uses, slices, members, swipes });
    return { said, installedBytes: computer.bytes, sliceBytes: slices[1]?.bytes ?? 0, reasons, differences };
  } finally {
    if (computer !== undefined) forgetComputer(computer);
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Held {
  readonly slice: CheckedSlice;
  readonly bytes: number;
}

/** A ledger, its slice, and the next one, after the laser was locked. */
async function twoSlices(folder: string, members: number): Promise<{ readonly org: string; readonly slices: readonly Held[] }> {
  const roles = (names: readonly string[]): readonly (readonly [string, readonly string[]])[] => [
    ['member', names],
    ['officer', names.slice(0, 1)],
  ];
  const { repository, view: first } = await foundLarge(join(folder, 'ledger.git'), {
    name: 'Space',
    bylaws,
    people: members,
    roles,
    timeMs: Date.now() - 180_000,
  });
  const votes = voteStore(votesPath(repository));
  const slices: Held[] = [];
  let view = first;
  for (const minutesAgo of [2, 1]) {
    const clockMs = Date.now() - minutesAgo * 60_000;
    const lock = { kind: 'lock', body: { thing: 'machines/laser', text: 'The lens is broken' } } as const;
    if (minutesAgo === 1) ({ view } = await appendEvents(view, testSigner('m1'), { events: [lock], clockMs }));
    ({ view } = await closeEpoch({ view, signer: testSigner('m0'), votes, clockMs: clockMs + 1_000 }));
    const bytes = await makeSlice(view);
    if (bytes === undefined) throw new Error('a vote is missing');
    const slice = checkSlice(bytes, { org: view.org });
    if (slice.kind === 'refused') throw new Error(`${slice.code} ${slice.reason}`);
    writeFileSync(join(folder, `${slices.length + 1}.ndjson`), bytes);
    slices.push({ slice, bytes: bytes.length });
  }
  repository.close();
  return { org: view.org, slices };
}

/** Runs with a file system of so many bytes at `/data`, which is a file here: what is written there is on the disk when it says so. */
async function onFile(place: string, bytes: number, run: (mounted: readonly string[]) => ReturnType<typeof runComputer>): ReturnType<typeof runComputer> {
  mkdirSync(`${place}.mounted`);
  writeFileSync(place, '');
  truncateSync(place, bytes);
  execFileSync('mkfs.ext4', ['-q', '-m', '0', place]);
  execFileSync('mount', ['-o', 'loop', place, `${place}.mounted`]);
  try {
    return await run(['--volume', `${place}.mounted:/data`]);
  } finally {
    execFileSync('umount', [`${place}.mounted`]);
  }
}

/** Decides every swipe at the instant at which the door decided it, by the slice it should have had, and says what differs. */
function decidedAgain(
  said: DoorSaid,
  {
    uses,
    slices,
    members,
    swipes,
  }: { readonly uses: readonly UseRecord[]; readonly slices: readonly Held[]; readonly members: number; readonly swipes: number },
): readonly string[] {
  const differences: string[] = [];
  if (uses.length !== swipes || said.answers.length !== swipes)
    return [`${uses.length} uses were written down and ${said.answers.length} answered, of ${swipes}`];
  let held = slices[0];
  for (const [number, use] of uses.entries()) {
    if (bringsNewer(number, swipes)) held = slices[1];
    if (held === undefined) throw new Error('there are two slices');
    const decision = decideWish(held.slice, uses.slice(0, number), { ...swipeOf(number, members), atMs: use.atMs, offsetMinutes: -360 });
    const answer = JSON.stringify({ ...decision.answer, checkpoint: held.slice.checkpoint.height });
    if (answer !== said.answers[number]) differences.push(`swipe ${number}: ${said.answers[number]} there and ${answer} here`);
    if (!bytesOf(use).equals(bytesOf(decision.use))) differences.push(`swipe ${number}: another use was written down`);
  }
  return differences;
}

function bytesOf(use: UseRecord): Buffer {
  return Buffer.from(encodeCanonical({ ...use }));
}
