// The Charter a command works on, or the findings that stand in its way. Reading and judging are load-bylaws.ts's.
import type { Compiled } from '../../compiler/index.ts';
import type { Charter } from '../../engine/index.ts';
import { drawFindings } from './frame.ts';
import { loadBylaws } from './load-bylaws.ts';
import type { World } from './world.ts';

/** Compiled bylaws that have a Charter. */
export interface OwnCharter {
  readonly charter: Charter;
  readonly compiled: Compiled;
}

/** Loads the bylaws below the folder; undefined after showing the errors, where there are any. */
export async function ownCharter(world: World): Promise<OwnCharter | undefined> {
  const loaded = await loadBylaws(world.cwd, []);
  const errors = loaded.findings.filter((finding) => finding.severity === 'error');
  const charter = loaded.compiled?.charter;
  if (charter !== undefined && loaded.compiled !== undefined && errors.length === 0) return { charter, compiled: loaded.compiled };
  world.stderr(drawFindings(errors, loaded.texts, world));
  if (errors.length === 0) world.stderr('These files hold modules only: there is nothing to write.\n');
  return undefined;
}
