#!/usr/bin/env node
// The command on the PATH after `npm link`: runs the bundle. Install scripts are off, so in a fresh clone the bundle is built on first use.
import { existsSync } from 'node:fs';

const bundle = new URL('../dist/gdo.js', import.meta.url);
if (!existsSync(bundle)) {
  process.stderr.write('gdo is built once, on first use ...\n');
  await import('../build.mjs');
}
await import(bundle.href);
