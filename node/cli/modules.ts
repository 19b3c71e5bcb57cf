// Where the text of an imported module comes from (S73): a file of the repository, or the standard library of this package. It fetches nothing.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { crypto } from './crypto.ts';

/** The text of a module and the SHA-256 of its bytes, as `sha256:<hex>`: what a pin names. */
export interface ModuleText {
  readonly text: string;
  readonly digest: string;
}

/**
 * The paths at which a repository may hold the module, the likeliest first. A repository's own copy goes before the package's, so that rules
 * pinned today can still be read by a later gdo whose standard library has moved on; the pin decides whether the bytes are right. Pure.
 */
export function modulePaths(path: string): readonly string[] {
  const file = path.endsWith('.gdo') ? path : `${path}.gdo`;
  return [file, `bylaws/${file}`];
}

/** Gives bytes of a module with the digest that a pin is compared with. */
export function moduleText(bytes: Uint8Array): ModuleText {
  return { text: Buffer.from(bytes).toString('utf8'), digest: `sha256:${crypto().createHash('sha256').update(bytes).digest('hex')}` };
}

/** Reads `std/<name>` from the package. Undefined: no such module. */
export function standardModule(path: string): ModuleText | undefined {
  const name = /^std\/([a-z]+(?:-[a-z]+)*)$/.exec(path)?.[1];
  if (name === undefined) return undefined;
  // The program and the libraries lie in dist/ and dist/chunks/, this source two folders below the root.
  const places = [`../stdlib/${name}.gdo`, `../../stdlib/${name}.gdo`].map((place) => fileURLToPath(new URL(place, import.meta.url)));
  const found = places.find((place) => existsSync(place));
  return found === undefined ? undefined : moduleText(readFileSync(found));
}

/** The lines that import a module of the package, pinned to its bytes. @param settings - its `set` lines */
export function importText(name: string, settings: string): string {
  const found = standardModule(`std/${name}`);
  if (found === undefined) throw new Error(`the package lacks its module ${name}`);
  return `import ${name} from "std/${name}" pinned "${found.digest}"\n${settings.trim()}\nend`;
}
