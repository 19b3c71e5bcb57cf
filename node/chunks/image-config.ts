// The configuration of a container image: JSON that names its uncompressed layers, so that its SHA-256 is the identity of the whole image (OCI image spec, config.md).
// Decoding only.
import { createHash } from 'node:crypto';

/** No configuration that anybody uses comes near. */
export const configBytesMax: number = 1024 * 1024;
/** Container engines take no more. */
const layersMax = 127;

/** What is read of a configuration. `layers`: SHA-256 of each uncompressed layer, lowest first, 64 hex digits. */
export interface ImageConfig {
  readonly digest: string;
  readonly platform: string;
  readonly layers: readonly string[];
}

/** Reads a configuration. @returns one sentence that says what is wrong with any other bytes */
export function readImageConfig(bytes: Uint8Array): ImageConfig | string {
  const json = jsonOf(bytes);
  if (json === undefined) return 'its configuration is no JSON';
  const { os, architecture, variant, rootfs } = fieldsOf(json);
  const { type, diff_ids: layers } = fieldsOf(rootfs);
  if (typeof os !== 'string' || typeof architecture !== 'string' || type !== 'layers' || !Array.isArray(layers)) return 'its configuration names no layers';
  const platform = [os, architecture, ...(typeof variant === 'string' && variant !== '' ? [variant] : [])].join('/');
  if (!/^[a-z0-9]+(\/[a-z0-9.]+){1,2}$/.test(platform)) return 'its configuration names no platform';
  const named = layers.map((layer) => digestOf(layer));
  if (named.length === 0 || named.length > layersMax) return `it has ${named.length} layers`;
  const known = named.filter((layer) => layer !== undefined);
  if (known.length !== named.length) return 'its configuration names a layer by no SHA-256';
  return { digest: createHash('sha256').update(bytes).digest('hex'), platform, layers: known };
}

/** The hexadecimal digits of `sha256:<64 hex>`. */
export function digestOf(value: unknown): string | undefined {
  return typeof value === 'string' ? /^sha256:([0-9a-f]{64})$/.exec(value)?.[1] : undefined;
}

/** Decodes JSON of strangers. @returns undefined where it is none */
export function jsonOf(bytes: Uint8Array): unknown {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return value;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined;
    throw error;
  }
}

/** The fields of a JSON object; none of anything else. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value)) : {};
}
