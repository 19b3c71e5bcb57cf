// The state an organization begins with, computed from its genesis alone (ledger.md section 7).
import type { Charter } from './bylaws.ts';
import { contentKey } from './area.ts';
import { jsonOf, writeCurrent } from './case.ts';
import { enterRole, firstTermEndMs } from './role-change.ts';
import { isOpenRole, roleOf } from './roster.ts';
import type { State } from './state.ts';
import { emptyState, entriesUnder, eraseEntry, readEntry, writeEntry } from './state.ts';
import { noteSunsets } from './sunset.ts';

/** What a genesis says. Members and holders are in written order, which deals first terms into groups (S14). */
export interface GenesisFacts {
  readonly org: string;
  readonly timeMs: number;
  readonly charter: Charter;
  readonly bylawsHash: string;
  readonly members: readonly (readonly [id: string, devices: readonly string[]])[];
  readonly roles: readonly (readonly [role: string, ids: readonly string[]])[];
  readonly witnesses: readonly (readonly [device: string, weight: number])[];
  /** Governed paths of the first tree with `<mode>:<sha256>`. */
  readonly content: readonly (readonly [path: string, entry: string])[];
}

/** Builds the first state. Roles that everybody holds get no entries; holders who are not members are left out. Pure. */
export function initialState(genesis: GenesisFacts): State {
  const { charter, timeMs } = genesis;
  let state = writeEntry(emptyState, `bylaws/${genesis.bylawsHash}`, { charter: jsonOf(charter) });
  state = writeCurrent(state, { bylaws: genesis.bylawsHash, engine: 1, cases: 0, acceptances: 0, timeMs });
  for (const [member, devices] of genesis.members) {
    state = writeEntry(state, `member/${member}`, { since: timeMs });
    for (const device of devices) state = writeEntry(state, `key/${device}`, { member, since: timeMs });
  }
  for (const [name, ids] of genesis.roles) {
    const role = roleOf(charter, name);
    if (role === undefined || isOpenRole(role)) continue;
    let order = 0;
    ids.forEach((member, place) => {
      if (readEntry(state, `member/${member}`) === undefined) return;
      const untilMs = firstTermEndMs(timeMs, role, place);
      const isNew = readEntry(state, `role/${name}/${member}`) === undefined;
      state = enterRole(state, charter, { role, member, atMs: timeMs, order, ...(untilMs === undefined ? {} : { untilMs }) });
      if (isNew) order += 1;
    });
  }
  for (const [device, weight] of genesis.witnesses) {
    const member = readEntry(state, `key/${device}`)?.['member'];
    if (typeof member === 'string') state = writeEntry(state, `witness/${device}`, { member, weight });
  }
  for (const [path, entry] of genesis.content) state = writeEntry(state, contentKey(path), { entry });
  // Nothing was before the first checkpoint.
  for (const [key] of entriesUnder(state, 'was/')) state = eraseEntry(state, key);
  return noteSunsets(state, charter, timeMs);
}
