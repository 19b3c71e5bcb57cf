// The manifest of a dapp, `dapps/<name>.json`: governed content that says how its container is run (node.md section 5.1). Decoding only.
import { areReadPatterns, byCodeUnit, decodeCanonical, isHex64, isList } from '../../engine/index.ts';
import type { Json } from '../../engine/index.ts';
import type { OutputMode } from './result.ts';
import { memoryBytesDefault, memoryBytesMax } from './profile.ts';

/**
 * A manifest after decoding. `reads` are patterns of paths, and of state keys where they begin with a slash, ascending and each once; undefined: the whole
 * tree and nothing of the state.
 */
export interface DappManifest {
  readonly name: string;
  readonly command: readonly string[];
  readonly output: OutputMode;
  readonly role: 'check' | 'service';
  readonly reads: readonly string[] | undefined;
  readonly timeoutMs: number;
  readonly memoryBytes: number;
  readonly outputBytesMax: number;
  readonly determinism: 'deterministic' | 'advisory';
  readonly images: readonly ManifestImage[];
}

/** One image of a dapp. `image` is `sha256:<64 hex>`; `content` the SHA-256 of its archive, where that is kept. */
export interface ManifestImage {
  readonly platform: string;
  readonly image: string;
  readonly content?: string;
}

/** Ceilings of node.md section 5.1; a manifest may only lower them. */
const timeoutMsMax = 300_000;
const outputBytesCeiling = 1_048_576;
const argumentsMax = 64;

const fields: readonly string[] = ['command', 'determinism', 'images', 'limits', 'name', 'output', 'reads', 'role', 'v'];

/**
 * Decodes a manifest. @returns the manifest, or one sentence that says what is wrong with it (the run is then GDO3006, "not as declared").
 * @param bytes - canonical JSON, one final line feed allowed
 */
export function decodeManifest(
  bytes: Uint8Array,
): { readonly kind: 'ok'; readonly manifest: DappManifest } | { readonly kind: 'refused'; readonly reason: string } {
  const trimmed = bytes.at(-1) === 0x0a ? bytes.subarray(0, -1) : bytes;
  const decoded = decodeCanonical(trimmed);
  if (decoded.kind === 'refused') return refused(`it is not canonical JSON: ${decoded.reason}`);
  const { v, name, role, command, output, reads, limits, determinism, images } = decoded.value;
  const unknown = Object.keys(decoded.value).find((key) => !fields.includes(key));
  if (unknown !== undefined) return refused(`the field \`${unknown}\` is not known`);
  if (v !== 1 || typeof name !== 'string') return refused('`v` must be 1 and `name` a word');
  if (role !== undefined && role !== 'check' && role !== 'service') return refused('`role` must be `check` or `service`');
  const words = strings(command);
  if (words === undefined || words.length === 0 || words.length > argumentsMax) return refused('`command` must be a list of words');
  if (output !== 'verdict' && output !== 'exit') return refused('`output` must be `verdict` or `exit`');
  if (determinism !== undefined && determinism !== 'deterministic' && determinism !== 'advisory')
    return refused('`determinism` must be `deterministic` or `advisory`');
  const named = reads === undefined ? [] : strings(reads);
  const patterns = named === undefined ? undefined : [...new Set(named)].toSorted(byCodeUnit);
  if (patterns === undefined || (patterns.length > 0 && !areReadPatterns(patterns))) return refused('`reads` must be a list of at most 64 patterns');
  const rows = readImages(images);
  if (rows === undefined) return refused('`images` must be rows of a platform, the hash of an image, and the hash of its archive');
  const bounds = readLimits(limits);
  if (bounds === undefined) return refused('`limits` may only lower the timeout (300 s), memory (512 MiB) and output (1 MiB)');
  const read = patterns.length === 0 ? undefined : patterns;
  return {
    kind: 'ok',
    manifest: { name, role: role ?? 'check', command: words, output, reads: read, determinism: determinism ?? 'deterministic', images: rows, ...bounds },
  };
}

function refused(reason: string): { readonly kind: 'refused'; readonly reason: string } {
  return { kind: 'refused', reason };
}

function strings(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const words: string[] = [];
  for (const entry of value) {
    if (typeof entry !== 'string') return undefined;
    words.push(entry);
  }
  return words;
}

const platforms: readonly string[] = ['linux/amd64', 'linux/arm64', 'linux/arm/v7'];

/** Rows of `[platform, image, archive]`, the last of which may be missing; each platform once. */
function readImages(value: Json | undefined): readonly ManifestImage[] | undefined {
  if (value === undefined) return [];
  if (!isList(value) || value.length > platforms.length) return undefined;
  const rows: ManifestImage[] = [];
  for (const row of value) {
    const [platform, image, content] = isList(row) && (row.length === 2 || row.length === 3) ? row : [];
    if (typeof platform !== 'string' || !platforms.includes(platform) || rows.some((one) => one.platform === platform)) return undefined;
    if (typeof image !== 'string' || !/^sha256:[0-9a-f]{64}$/.test(image)) return undefined;
    if (content !== undefined && (typeof content !== 'string' || !isHex64(content))) return undefined;
    rows.push({ platform, image, ...(content === undefined ? {} : { content }) });
  }
  return rows;
}

interface Limits {
  readonly timeoutMs: number;
  readonly memoryBytes: number;
  readonly outputBytesMax: number;
}

function readLimits(value: unknown): Limits | undefined {
  const limits: Record<string, unknown> = typeof value === 'object' && value !== null ? { ...value } : {};
  if (value !== undefined && (typeof value !== 'object' || Array.isArray(value))) return undefined;
  if (Object.keys(limits).some((key) => !['memoryBytes', 'outputBytes', 'timeoutMs'].includes(key))) return undefined;
  const timeoutMs = within(limits['timeoutMs'], { fallback: 60_000, most: timeoutMsMax });
  const memoryBytes = within(limits['memoryBytes'], { fallback: memoryBytesDefault, most: memoryBytesMax });
  const outputBytesMax = within(limits['outputBytes'], { fallback: outputBytesCeiling, most: outputBytesCeiling });
  if (timeoutMs === undefined || memoryBytes === undefined || outputBytesMax === undefined) return undefined;
  return { timeoutMs, memoryBytes, outputBytesMax };
}

function within(value: unknown, range: { readonly fallback: number; readonly most: number }): number | undefined {
  if (value === undefined) return range.fallback;
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 1 || value > range.most) return undefined;
  return value;
}
