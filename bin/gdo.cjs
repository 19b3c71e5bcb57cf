#!/usr/bin/env node
// The command on the PATH after `npm link`: starts the program. Install scripts are off, so in a fresh clone the program is built on first use.
// CommonJS, because the loader of modules alone costs a tenth of a short command.
const fs = require('node:fs');
const path = require('node:path');

const launch = path.join(__dirname, '../dist/launch.cjs');
if (fs.existsSync(launch)) {
  require(launch);
} else {
  process.stderr.write('gdo is built once, on first use ...\n');
  void import('../build.mjs').then(() => require(launch));
}
