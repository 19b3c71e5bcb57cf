// Holds the supply chain: every installed package runs on the oldest supported Node, is in the lock file, and brings no unlisted install script.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { satisfies } from 'semver';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const oldestNode = '20.19.0';

/** Packages that have an install script. None is run (`ignore-scripts`), and nothing here needs what they would build. */
const scriptsAllowed: readonly string[] = ['node_modules/cpu-features', 'node_modules/esbuild', 'node_modules/protobufjs', 'node_modules/ssh2'];

interface Locked {
  readonly version?: string;
  readonly hasInstallScript?: boolean;
  readonly optional?: boolean;
  readonly engines?: { readonly node?: string };
}

const lockedOf = (path: string): readonly (readonly [path: string, locked: Locked])[] => {
  const lock: { readonly packages: Readonly<Record<string, Locked>> } = JSON.parse(readFileSync(`${root}${path}`, 'utf8'));
  return Object.entries(lock.packages).filter(([name]) => name !== '');
};

const locked = lockedOf('package-lock.json');
const installed = lockedOf('node_modules/.package-lock.json');

describe('the installed packages', () => {
  it(`all accept Node ${oldestNode}, by the lock file and by their own package files`, () => {
    const manifests = installed.filter(([path]) => existsSync(`${root}${path}/package.json`));
    expect(manifests.length).toBeGreaterThan(50);
    const own = manifests.map(([path]): readonly [string, Locked] => [path, JSON.parse(readFileSync(`${root}${path}/package.json`, 'utf8'))]);
    const refusing = [...locked, ...own].filter(([, entry]) => !satisfies(oldestNode, entry.engines?.node ?? '*'));
    expect(refusing.map(([path, entry]) => `${path} wants node ${entry.engines?.node}`)).toEqual([]);
  });

  it('are those of the lock file, at its versions', () => {
    const versions = new Map(locked.map(([path, entry]) => [path, entry.version]));
    expect(installed.filter(([path, entry]) => versions.get(path) !== entry.version).map(([path]) => path)).toEqual([]);
  });

  it('have an install script only where the list allows it', () => {
    const scripts = locked.filter(([, entry]) => entry.hasInstallScript === true).map(([path]) => path);
    expect(scripts).toEqual(scriptsAllowed);
    expect(readFileSync(`${root}.npmrc`, 'utf8')).toContain('ignore-scripts=true');
  });
});
