// To which keys something is sealed that is for a role: those of the people who hold it now. Keys that were revoked, or that somebody signed two branches with, get nothing.
import { entriesUnder, holdersOf, isFrozen, readArmour, readBatchCommit, readPublicKey } from '../../engine/index.ts';
import { keyDevice } from '../ledger/keys.ts';
import type { LedgerView } from '../ledger/view.ts';

/** One holder. `unknown`: keys that this copy has only the name of, because it dropped what enrolled them. */
export interface RoleHolder {
  readonly member: string;
  readonly keys: readonly Uint8Array[];
  readonly unknown: readonly string[];
}

/** The holders of a role with their keys, ascending by member. */
export async function holderKeys(view: LedgerView, role: string): Promise<readonly RoleHolder[]> {
  const { state, charter } = view;
  const known = knownKeys(view);
  const devices = entriesUnder(state, 'key/').flatMap(([key, value]): readonly (readonly [member: unknown, device: string])[] => {
    const device = key.slice('key/'.length);
    return value['revoked'] !== undefined || isFrozen(state, device) ? [] : [[value['member'], device]];
  });
  const holders: RoleHolder[] = [];
  for (const member of holdersOf(state, charter, role)) {
    const keys: Uint8Array[] = [];
    const unknown: string[] = [];
    for (const [owner, device] of devices) {
      if (owner !== member) continue;
      const key = known.get(device) ?? (await signingKey(view, device));
      if (key === undefined) unknown.push(device);
      else keys.push(key);
    }
    holders.push({ member, keys, unknown });
  }
  return holders;
}

/** Public keys by device, as the founding and the events that are here name them. A device is the hash of its key, so none can stand for another. */
function knownKeys({ genesis, verdicts, pending }: LedgerView): ReadonlyMap<string, Uint8Array> {
  const events = [...[...verdicts.values()].map(({ event }) => event), ...pending.flatMap(({ batch }) => batch.events)];
  const enrolled = events.flatMap(({ kind, body }) => (kind === 'key.enrol' && typeof body['key'] === 'string' ? [body['key']] : []));
  const keys = [...genesis.members.flatMap(([, texts]) => texts), ...enrolled].flatMap((text) => readPublicKey(text) ?? []);
  return new Map(keys.map((key) => [keyDevice(key), key]));
}

/** The key of a device as its newest commit shows it, which stays where the events of old batches are dropped. */
async function signingKey({ repository }: LedgerView, device: string): Promise<Uint8Array | undefined> {
  const head = await repository.resolve(`refs/gdo/log/${device}`);
  const object = head === undefined ? undefined : await repository.readObject(head);
  const read = object?.kind === 'commit' ? readBatchCommit(object.bytes) : undefined;
  const signature = read?.kind === 'ok' ? readArmour(read.armour) : undefined;
  const key = signature?.kind === 'ok' ? signature.signature.key : undefined;
  return key !== undefined && keyDevice(key) === device ? key : undefined;
}
