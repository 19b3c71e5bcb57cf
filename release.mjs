#!/usr/bin/env node
// The tag of a release: an annotated, signed tag whose message holds the SHA-512 of the package, which anybody builds to the same bytes (`npm run package`).
//   node release.mjs sign TAG PACKAGE.tgz --key FILE           the key signs, an ssh key of ed25519
//   node release.mjs verify TAG PACKAGE.tgz --signers FILE     FILE lists who may sign, as `gpg.ssh.allowedSignersFile` of git does; exits 1 where it does not hold
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const usage = `usage:\n  node release.mjs sign TAG PACKAGE.tgz --key FILE\n  node release.mjs verify TAG PACKAGE.tgz --signers FILE\n`;

function stop(code, message) {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}

function readArguments() {
  try {
    return parseArgs({ allowPositionals: true, options: { key: { type: 'string' }, signers: { type: 'string' }, help: { type: 'boolean' } } });
  } catch (error) {
    return stop(2, `${error.message}\n${usage}`);
  }
}

const { positionals, values } = readArguments();
const [act, tag, file] = positionals;
if (values.help === true) {
  process.stdout.write(usage);
  process.exit(0);
}
const isComplete = act === 'sign' ? values.key !== undefined : act === 'verify' && values.signers !== undefined;
if (!isComplete || !/^v\d+\.\d+\.\d+(-[a-z0-9.]+)?$/.test(tag ?? '') || file === undefined) stop(2, usage);

const digest = createHash('sha512').update(readFileSync(file)).digest('base64');
const line = `Gdo-Package: sha512-${digest}`;

if (act === 'sign') {
  const options = ['-c', 'gpg.format=ssh', '-c', `user.signingKey=${values.key}`];
  execFileSync('git', [...options, 'tag', '-s', '-m', `gdo ${tag.slice(1)}\n\n${line}`, '--', tag], { stdio: 'inherit' });
  process.stdout.write(`Signed ${tag}: ${line}\n`);
} else {
  // What the clone itself is configured to believe says nothing.
  const options = [
    '-c',
    'gpg.format=ssh',
    '-c',
    `gpg.ssh.allowedSignersFile=${values.signers}`,
    '-c',
    'gpg.ssh.program=ssh-keygen',
    '-c',
    'gpg.minTrustLevel=undefined',
  ];
  const checked = spawnSync('git', [...options, 'verify-tag', '--raw', `refs/tags/${tag}`], { encoding: 'utf8' });
  if (checked.status !== 0) stop(1, `${tag} is not signed by anybody in ${values.signers}:\n${checked.stderr.trim()}`);
  const text = execFileSync('git', ['cat-file', 'tag', `refs/tags/${tag}`], { encoding: 'utf8' });
  const [head = '', ...rest] = text.split('\n\n');
  const body = rest.join('\n\n').split('-----BEGIN')[0];
  if (!head.split('\n').includes(`tag ${tag}`)) stop(1, `refs/tags/${tag} holds a tag of another name`);
  if (!body.split('\n').includes(line)) stop(1, `${file} is not the package that ${tag} names:\n  here  ${line}`);
  process.stdout.write(`${tag} is signed, and ${file} is its package.\n`);
}
