// Looks at the programs that gdo uses: Node itself, git, the tools of util-linux and OpenSSH, the container engine. It starts each once, to ask for its version.
import { connectContainers } from '../dapps/containers.ts';
import { hasGit, placeOf, runGit } from '../git/child.ts';
import { attention, fault, good, type Finding } from './finding.ts';

/** Oldest versions that are used (security.md section 8). */
const oldest = { node: '20.19', git: '2.39', engine: '20.10' } as const;

/** What the programs are looked at for. */
export interface ToolQuestion {
  /** `node`: it receives and closes epochs; `person`: it reads and signs. */
  readonly use: 'node' | 'person';
  /** DOCKER_HOST of the container engine, where one is wanted. */
  readonly engine: string | undefined;
}

/** Looks at every program. */
export async function lookAtTools(question: ToolQuestion): Promise<readonly Finding[]> {
  return [nodeFinding(process.versions.node), await gitFinding(question.use), ...toolFindings(question.use), await engineFinding(question)];
}

/** Whether a version such as `2.39.5 (Apple Git-154)` is at least another. Pure. */
export function isAtLeast(version: string, least: string): boolean {
  const parts = (text: string): readonly number[] => (/^[0-9]+(\.[0-9]+)*/.exec(text)?.[0] ?? '').split('.').map(Number);
  const [have, want] = [parts(version), parts(least)];
  const index = want.findIndex((part, at) => (have[at] ?? 0) !== part);
  return index < 0 || (have[index] ?? 0) > (want[index] ?? 0);
}

function nodeFinding(version: string): Finding {
  return isAtLeast(version, oldest.node) ? good('Node', version) : fault('Node', 'GDO4023', version, `install Node ${oldest.node} or newer`);
}

async function gitFinding(use: ToolQuestion['use']): Promise<Finding> {
  if (!hasGit()) {
    const found = 'not installed: the portable adapter reads, signs, and fetches over HTTP';
    const help = `install git ${oldest.git} or newer to receive pushes and close epochs`;
    return use === 'node' ? fault('git', 'GDO5024', found, help) : attention('git', found, help, 'GDO5024');
  }
  const end = await runGit({ arguments: ['version'] });
  const version = end.output
    .toString('utf8')
    .trim()
    .replace(/^git version /, '');
  if (!isAtLeast(version, oldest.git)) return fault('git', 'GDO4023', version, `install git ${oldest.git} or newer`);
  return good('git', `${version}, used for everything (the portable adapter is not needed)`);
}

function toolFindings(use: ToolQuestion['use']): readonly Finding[] {
  const keys =
    placeOf('ssh-keygen') === undefined
      ? attention('ssh-keygen', 'not installed', 'install OpenSSH to sign with a key that has a passphrase, or that an agent holds')
      : good('ssh-keygen', 'installed');
  if (use === 'person') return [keys];
  return [
    keys,
    placeOf('prlimit') === undefined
      ? attention('prlimit', 'not installed: packs of strangers unpack under limits of git only', 'install util-linux')
      : good('prlimit', 'installed: packs of strangers unpack under limits of the system'),
    placeOf('flock') === undefined
      ? fault('flock', 'GDO5024', 'not installed: two nodes could work on one ledger', 'install util-linux')
      : good('flock', 'installed: one node per ledger'),
  ];
}

async function engineFinding({ use, engine }: ToolQuestion): Promise<Finding> {
  if (engine === undefined && use === 'node')
    return attention('containers', 'no engine is configured: programs that check a merge do not run, and such cases wait', 'name its socket as `containers`');
  const connected = await connectContainers(engine);
  if (connected.kind === 'absent') {
    const found = `no engine answers (${connected.reason})`;
    const help = 'start it, or have the right to use its socket; without it programs that check a merge do not run';
    return engine === undefined ? attention('containers', found, help, 'GDO3001') : fault('containers', 'GDO3001', found, help);
  }
  const { version } = connected.engine;
  return isAtLeast(version, oldest.engine) || version === 'unknown'
    ? good('containers', `engine ${version} answers`)
    : fault('containers', 'GDO4023', `engine ${version}`, `install ${oldest.engine} or newer`);
}
