// The Charter a command works on, or the findings that stand in its way. Reading and judging are load-bylaws.ts's.
import type { Compiled } from '../../compiler/index.ts';
import type { Charter } from '../../engine/index.ts';
import type { Diagnostic } from '../../language/index.ts';
import { drawFindings } from './frame.ts';
import { loadBylaws } from './load-bylaws.ts';
import type { LoadedBylaws } from './load-bylaws.ts';
import { placed } from './scenario-report.ts';
import { counted } from './table.ts';
import type { World } from './world.ts';

/** Compiled bylaws that have a Charter. `notRun` are sentences about rules that this version does not carry out (GDO035). */
export interface OwnCharter {
  readonly charter: Charter;
  readonly compiled: Compiled;
  readonly notRun: readonly string[];
}

/** Rules this version cannot run are sound rules: they can be read, drawn and compiled, but never without saying so. */
const notRunCode = 'GDO035';

const modulesOnly = 'These files hold modules only: there is nothing to write';

/** In a machine format every failure is in that format: the first error as the failure, and all of them behind it. */
function failureDocument(loaded: LoadedBylaws, errors: readonly Diagnostic[], exit: number): string {
  const [first] = errors;
  const { code, message, help } = first ?? { code: 'GDO5002', message: modulesOnly, help: 'name the files of an organization' };
  const findings = errors.map((error) => ({ code: error.code, message: error.message, ...placed(error.place, loaded) }));
  return `${JSON.stringify({ schema: 'gdo-failure/1', code, message, help, exit, findings })}\n`;
}

/** Loads the bylaws below the folder; undefined after showing the errors, where there are any beside GDO035. */
export async function ownCharter(world: World): Promise<OwnCharter | undefined> {
  const loaded = await loadBylaws(world.cwd, []);
  return taken(
    loaded,
    loaded.findings.filter((finding) => finding.severity === 'error' && finding.code !== notRunCode),
    { world, exit: 1 },
  );
}

/** The same for a picture: errors about what the rules lead to do not stand in the way of seeing it. */
export async function drawnCharter(world: World): Promise<OwnCharter | undefined> {
  const loaded = await loadBylaws(world.cwd, []);
  const errors = loaded.findings.filter((finding) => finding.severity === 'error' && finding.code !== notRunCode);
  return taken(loaded, loaded.compiled?.charter === undefined ? errors : [], { world, exit: 3 });
}

/** Where a refusal is shown, and with which code the command then ends. */
interface Ending {
  readonly world: World;
  readonly exit: number;
}

function taken(loaded: LoadedBylaws, errors: readonly Diagnostic[], { world, exit }: Ending): OwnCharter | undefined {
  const charter = loaded.compiled?.charter;
  if (charter === undefined || loaded.compiled === undefined || errors.length > 0) {
    if (world.json) world.stdout(failureDocument(loaded, errors, exit));
    else world.stderr(errors.length === 0 ? `${modulesOnly}.\n` : drawFindings(errors, loaded.texts, world));
    return undefined;
  }
  const notRun = loaded.findings.flatMap((finding) => (finding.code === notRunCode ? [finding.message] : []));
  if (notRun.length > 0 && world.verbosity > 0) world.stderr(`This version cannot run ${counted(notRun.length, 'rule')} of these bylaws yet: gdo check\n`);
  return { charter, compiled: loaded.compiled, notRun };
}
