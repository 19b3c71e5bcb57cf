// The chapter of the outage in memory, with the node's own program: what everybody signed on real git comes together in every order and over every cut.
import { closeEpochs } from '../gate/steward.ts';
import { objectsBeyond } from '../git/reachable.ts';
import { openRepository, type RefEntry, type Repository } from '../git/repository.ts';
import type { GitObject } from '../git/object.ts';
import { logRef } from '../ledger/append.ts';
import type { StoredBatch } from '../ledger/batch.ts';
import type { Signer } from '../ledger/keys.ts';
import { openLedger } from '../ledger/replay.ts';
import type { LedgerView } from '../ledger/view.ts';
import { growingFile, voteStoreIn, votesPath } from '../ledger/votes.ts';
import { cargo, pushOver, unload } from './carry.ts';
import { Disk } from './disk.ts';
import { everyWay, type Disks, type Phase, type Step, type Ways } from './ways.ts';

/** Whose repository lies where. */
export interface Place {
  readonly name: string;
  readonly path: string;
}

/** Everybody's disk when the network went. */
export interface Before {
  readonly disks: Disks;
  /** What each of them knew then. */
  readonly views: ReadonlyMap<string, LedgerView>;
  /** What was read of disks since, by what lay on them. */
  readonly read: Map<string, LedgerView>;
}

/** The node, and who signs its checkpoints. */
export interface Office {
  readonly node: string;
  readonly steward: Signer;
}

/** What one person or door signed in one go: what it wrote, and where its refs stand then. */
interface Signed {
  readonly objects: readonly GitObject[];
  readonly refs: readonly RefEntry[];
}

/** Copies what lies on real disks into memory. */
export async function diskImages(places: readonly Place[]): Promise<Before> {
  const disks = new Map<string, Disk>();
  const views = new Map<string, LedgerView>();
  for (const { name, path } of places) {
    const repository = openRepository(path);
    try {
      const refs = [...(await repository.list('refs/gdo')), ...(await repository.list('refs/heads/main'))];
      const heads = refs.map(({ id }) => id);
      const disk = Disk.holding(await objectsBeyond(repository, heads, []), refs, growingFile(votesPath(repository)).read());
      disks.set(name, disk);
      views.set(name, await openLedger(disk.repository));
    } finally {
      repository.close();
    }
  }
  return { disks, views, read: new Map() };
}

/** The steps in which somebody signed what lies on a real disk now and was not known before, oldest first. */
async function signings({ name, path }: Place, before: Before, device: string): Promise<readonly Step[]> {
  const repository = openRepository(path);
  try {
    const known = new Set(before.views.get(name)?.batches.keys());
    const view = await openLedger(repository);
    const own = [...view.batches.values()].filter(({ batch }) => batch.device === device && !known.has(batch.id));
    const proposals = await repository.list(`refs/gdo/proposal/${device}`);
    const steps: Step[] = [];
    for (const [index, goes] of inOneGo(own).entries()) {
      const heads = new Set(goes.flatMap(({ batch }) => batch.events.map(({ body }) => body['head'])));
      const last = goes.at(-1)?.commit ?? '';
      const refs = [{ ref: logRef(device), id: last }, ...proposals.filter(({ id }) => heads.has(id))];
      steps.push(signing(`${name} signs ${index + 1}`, name, await signedOf(repository, refs)));
    }
    return steps;
  } finally {
    repository.close();
  }
}

/** Batches by the command that signed them: they have one time. */
function inOneGo(own: readonly StoredBatch[]): readonly (readonly StoredBatch[])[] {
  const goes = new Map<number, StoredBatch[]>();
  for (const stored of own.toSorted((left, right) => left.batch.seq - right.batch.seq)) {
    const atMs = stored.batch.events[0]?.tsMs ?? 0;
    goes.set(atMs, [...(goes.get(atMs) ?? []), stored]);
  }
  return [...goes.values()];
}

async function signedOf(repository: Repository, refs: readonly RefEntry[]): Promise<Signed> {
  const heads = refs.map(({ id }) => id);
  return { refs, objects: await objectsBeyond(repository, heads, []) };
}

function signing(step: string, name: string, { objects, refs }: Signed): Step {
  return {
    name: step,
    touches: [name],
    play: async (disks) => {
      const disk = diskOf(disks, name);
      await disk.repository.writeObjects(objects);
      await disk.repository.updateRefs(refs.map(({ ref, id }) => ({ ref, old: disk.refTip(ref), next: id })));
    },
  };
}

function diskOf(disks: Disks, name: string): Disk {
  const disk = disks.get(name);
  if (disk === undefined) throw new Error(`${name} has no disk`);
  return disk;
}

/** A copy fetches what the node has and pushes what the node lacks of its own key, as `gdo sync` does. */
function syncing(step: string, name: string, { before, office, device }: { readonly before: Before; readonly office: Office; readonly device: string }): Step {
  return {
    name: step,
    touches: [name, office.node],
    play: async (disks) => {
      const [own, hub] = [diskOf(disks, name), diskOf(disks, office.node)];
      const previous = await viewOf(own, name, before);
      await unload({ repository: own.repository, previous }, await cargo(hub, own));
      const refs = [...own.refsUnder(logRef(device)), ...own.refsUnder(`refs/gdo/proposal/${device}/`)].filter(([ref, id]) => hub.refTip(ref) !== id);
      if (refs.length === 0) return;
      const view = await viewOf(hub, office.node, before);
      const { verdict } = await pushOver(own, hub, { view, refs: refs.map(([ref]) => ref) });
      if (verdict.kind === 'refused') throw new Error(`the node refused what ${name} signed: ${verdict.refusals[0]?.reason ?? ''}`);
    },
  };
}

function closing({ node, steward }: Office, clockMs: number, before: Before): Step {
  return {
    name: `the node closes at ${clockMs}`,
    touches: [node],
    play: async (disks) => {
      const disk = diskOf(disks, node);
      await closeEpochs({ view: await viewOf(disk, node, before), signer: steward, votes: voteStoreIn(disk.voteFile), clockMs });
    },
  };
}

/** The program starts: what lies on the disk is read again, from what was known before the outage. What equal disks say is read once. */
async function viewOf(disk: Disk, name: string, { views, read }: Before): Promise<LedgerView> {
  const key = `${name} ${disk.fingerprint()}`;
  const known = views.get(name);
  const view = read.get(key) ?? (await openLedger(disk.repository, known && { ...known, repository: disk.repository }));
  read.set(key, view);
  return { ...view, repository: disk.repository };
}

/** Who came back, with the key that signs there. */
export interface Returning extends Place {
  readonly device: string;
}

/** Some who come back while the network holds, and when the node closes checkpoints after that. */
export interface Return {
  readonly returning: readonly Returning[];
  readonly clocksMs: readonly number[];
}

/**
 * Plays the outage in every order and over every cut: each signs alone and brings it to the node in any order; the node closes when all of one return have
 * come; in the end each fetches in any order, and all disks hold one state.
 */
export async function everyReturn(before: Before, returns: readonly Return[], office: Office): Promise<Ways> {
  const phases: Phase[] = [];
  for (const { returning, clocksMs } of returns) {
    const rows: Step[][] = [];
    for (const one of returning) {
      const { device, name } = one;
      rows.push([...(await signings(one, before, device)), syncing(`${name} brings it`, name, { before, office, device })]);
    }
    phases.push(rows, [clocksMs.map((clockMs) => closing(office, clockMs, before))]);
  }
  phases.push(returns.flatMap(({ returning }) => returning.map(({ name, device }) => [syncing(`${name} fetches`, name, { before, office, device })])));
  const replayed = new Map<string, Promise<string>>();
  return everyWay(before.disks, phases, async (disks) => {
    const roots = new Set<string>();
    for (const disk of disks.values()) {
      const key = disk.fingerprint();
      const root = replayed.get(key) ?? rootOn(disk);
      replayed.set(key, root);
      roots.add(await root);
    }
    return [...roots].join(' and ');
  });
}

/** From the genesis, as anybody reads it. */
async function rootOn(disk: Disk): Promise<string> {
  const { tip } = await openLedger(disk.repository);
  return `${tip.statement.state} after ${tip.statement.events} events`;
}
