// Temporary.
import { emptyState, engineZero, writeEntry, type Charter, type EngineRules, type State, type ZeroDraft } from '../../engine/index.ts';
export function engines(n: number): EngineRules<ZeroDraft> | undefined { return n === 1 ? engineZero : undefined; }
export function nextDueMs(_: State): number | undefined { return undefined; }
export function initialState(g: { org: string; timeMs: number; charter: Charter; bylawsHash: string; members: readonly (readonly [string, readonly string[]])[]; roles: readonly (readonly [string, readonly string[]])[]; witnesses: readonly (readonly [string, number])[]; content: readonly (readonly [string, string])[] }): State {
  let s = emptyState;
  for (const [id, ds] of g.members) { s = writeEntry(s, `member/${id}`, { since: g.timeMs }); for (const d of ds) s = writeEntry(s, `key/${d}`, { member: id, since: g.timeMs }); }
  for (const [r, ids] of g.roles) for (const id of ids) s = writeEntry(s, `role/${r}/${id}`, { since: g.timeMs });
  for (const [p, e] of g.content) s = writeEntry(s, `content/${p}`, { entry: e });
  return writeEntry(s, 'current', { bylaws: g.bylawsHash, engine: 1, cases: 0 });
}
