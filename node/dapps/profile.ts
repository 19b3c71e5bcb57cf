// The hardened container profile of node.md section 5.4, as code, and the comparison with what the daemon says it made of it.
// It starts nothing; nothing outside this file chooses an option of a container.

/** What a run may vary: only these, all bounded by the profile's ceilings. `hostname` differs between the two runs of one check. */
export interface ProfileChoice {
  /** `sha256:<64 hex>`: a local image; never pulled. */
  readonly image: string;
  /** Replaces the image's command. */
  readonly command: readonly string[];
  readonly memoryBytes: number;
  readonly nanoCpus: number;
  readonly hostname: 'gdo' | 'gdo2';
  /** A check ends with its answer; a service lives until its node ends it. */
  readonly role: 'check' | 'service';
  /** Whose container it is, for the sweep after a crash. */
  readonly owner: string;
  /** A kernel with cgroup v2 has no swappiness of a container and the daemon refuses it; swap is off through `MemorySwap` all the same. */
  readonly swappiness: 'zero' | 'not-known-here';
}

/** Label by which containers of dapps are found again after a crash: `check` or `service`. */
export const dappLabel = 'org.gdo.dapp';
/** Label that names the process that started a container: `<host name>:<process id>`. */
export const ownerLabel = 'org.gdo.owner';

const mebibyte = 1_048_576;

/** Memory of a run where the manifest says nothing. */
export const memoryBytesDefault: number = 128 * mebibyte;
/** The most memory a manifest may ask for. */
export const memoryBytesMax: number = 512 * mebibyte;

/** CPU of the first run of a check: half a core. */
export const nanoCpusDefault = 500_000_000;
/** CPU of the second run: less, so that a program that depends on speed shows itself. */
export const nanoCpusSecondRun = 400_000_000;

/** Options in the shape of the Docker API's create call (18 settings of node.md section 5.4). */
export interface CreateOptions {
  readonly Image: string;
  readonly Cmd: string[];
  readonly Entrypoint: string[];
  readonly User: string;
  readonly Hostname: string;
  readonly Env: string[];
  readonly WorkingDir: string;
  readonly Labels: Record<string, string>;
  readonly NetworkDisabled: boolean;
  /** An image may bring a command that the daemon runs by itself, again and again: it is switched off. */
  readonly Healthcheck: { readonly Test: string[] };
  readonly OpenStdin: boolean;
  readonly StdinOnce: boolean;
  readonly AttachStdin: boolean;
  readonly AttachStdout: boolean;
  readonly AttachStderr: boolean;
  readonly Tty: boolean;
  readonly HostConfig: HostConfig;
}

interface HostConfig {
  readonly NetworkMode: string;
  readonly ReadonlyRootfs: boolean;
  readonly CapDrop: string[];
  readonly CapAdd: string[];
  readonly SecurityOpt: string[];
  readonly Privileged: boolean;
  readonly PidsLimit: number;
  readonly Memory: number;
  readonly MemorySwap: number;
  readonly MemorySwappiness?: number;
  readonly OomKillDisable: boolean;
  readonly NanoCpus: number;
  readonly Ulimits: { readonly Name: string; readonly Soft: number; readonly Hard: number }[];
  readonly Tmpfs: Record<string, string>;
  readonly IpcMode: string;
  readonly CgroupnsMode: 'private';
  readonly ShmSize: number;
  readonly LogConfig: { readonly Type: string; readonly Config: Record<string, string> };
  readonly RestartPolicy: { readonly Name: string; readonly MaximumRetryCount: number };
  readonly AutoRemove: boolean;
}

/** Writes the create call of one run. Pure. Source: node.md section 5.4 */
export function createOptions(choice: ProfileChoice): CreateOptions {
  const [program, ...rest] = choice.command;
  return {
    Image: choice.image,
    Entrypoint: program === undefined ? [] : [program],
    Cmd: rest,
    User: '65534:65534',
    Hostname: choice.hostname,
    Env: ['LC_ALL=C', 'TZ=UTC', 'HOME=/tmp'],
    WorkingDir: '/tmp',
    Labels: { [dappLabel]: choice.role, [ownerLabel]: choice.owner },
    NetworkDisabled: true,
    Healthcheck: { Test: ['NONE'] },
    OpenStdin: true,
    StdinOnce: true,
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    Tty: false,
    HostConfig: {
      NetworkMode: 'none',
      ReadonlyRootfs: true,
      CapDrop: ['ALL'],
      CapAdd: [],
      SecurityOpt: ['no-new-privileges'],
      Privileged: false,
      PidsLimit: 64,
      Memory: choice.memoryBytes,
      MemorySwap: choice.memoryBytes,
      ...(choice.swappiness === 'zero' ? { MemorySwappiness: 0 } : {}),
      OomKillDisable: false,
      NanoCpus: choice.nanoCpus,
      Ulimits: [
        { Name: 'nofile', Soft: 256, Hard: 256 },
        { Name: 'fsize', Soft: 64 * mebibyte, Hard: 64 * mebibyte },
        { Name: 'core', Soft: 0, Hard: 0 },
      ],
      Tmpfs: { '/tmp': 'rw,noexec,nosuid,nodev,size=16m,nr_inodes=1024,uid=65534,gid=65534' },
      IpcMode: 'none',
      CgroupnsMode: 'private',
      ShmSize: mebibyte,
      LogConfig: { Type: 'none', Config: {} },
      RestartPolicy: { Name: 'no', MaximumRetryCount: 0 },
      AutoRemove: false,
    },
  };
}

/** The part of `inspect` that is compared; everything arrives as data from the daemon and is not trusted. */
export interface Inspected {
  readonly Image?: unknown;
  readonly Config?: unknown;
  readonly HostConfig?: unknown;
  readonly Mounts?: unknown;
}

/** Settings that a daemon fills in by itself: its runtime, the size of a terminal that is not there, and the paths that it hides, which must be hidden. */
const filledIn: readonly string[] = ['ConsoleSize', 'MaskedPaths', 'ReadonlyPaths', 'Runtime'];
const hiddenPaths: readonly string[] = ['MaskedPaths', 'ReadonlyPaths'];

/**
 * Lists the settings that differ between the call and what the daemon made of it; empty means equal. Pure.
 * What the call does not say must be nothing in the answer too, also settings that this version does not know: a daemon may add nothing that widens
 * the profile, and an image may not bring volumes, which would be writable.
 */
export function profileDifferences(expected: CreateOptions, inspected: Inspected): readonly string[] {
  const host = asRecord(inspected.HostConfig);
  const config = asRecord(inspected.Config);
  const wanted: Readonly<Record<string, unknown>> = { ...expected.HostConfig };
  const keys = [...new Set([...Object.keys(wanted), ...Object.keys(host)])].filter((key) => !filledIn.includes(key));
  const differences = keys.filter((key) => !(key === 'Ulimits' ? sameLimits(expected.HostConfig.Ulimits, host[key]) : sameJson(wanted[key], host[key])));
  const settings = [...differences, ...hiddenPaths.filter((key) => isNothing(host[key]))].map((key) => `HostConfig.${key}`);
  const own = ['User', 'Hostname', 'Entrypoint', 'Cmd', 'WorkingDir', 'Tty', 'NetworkDisabled', 'Healthcheck'] as const;
  for (const key of own) if (!sameJson(expected[key], config[key])) settings.push(`Config.${key}`);
  const environment = config['Env'];
  if (!Array.isArray(environment) || expected.Env.some((one) => !environment.includes(one))) settings.push('Config.Env');
  if (!isNothing(config['Volumes'])) settings.push('Config.Volumes');
  if (!isNothing(inspected.Mounts)) settings.push('Mounts');
  if (inspected.Image !== expected.Image) settings.push('Image');
  return settings.toSorted();
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

/** Nothing, in the ways daemons of different versions write it. */
function isNothing(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === 0 || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

function sameJson(left: unknown, right: unknown): boolean {
  return (isNothing(left) && isNothing(right)) || JSON.stringify(left) === JSON.stringify(right);
}

/** Limits are a set: the daemon may answer them in another order. */
function sameLimits(expected: HostConfig['Ulimits'], actual: unknown): boolean {
  if (!Array.isArray(actual) || actual.length !== expected.length) return false;
  const rows = actual.map((row) => {
    const record = asRecord(row);
    return `${String(record['Name'])}:${String(record['Soft'])}:${String(record['Hard'])}`;
  });
  return expected.every((limit) => rows.includes(`${limit.Name}:${limit.Soft}:${limit.Hard}`));
}
