// Fobs that opened something after they were disabled: the office compares the uses that doors have signed with its list, and says what to look at.
// A flag is no penalty: people look into it. Usage, in a copy of the ledger: gdo log --person front-door --json | node flags.mjs access/fobs.csv
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const [list = ''] = process.argv.slice(2);
if (list === '') {
  process.stderr.write('gdo log --person DOOR --json | node flags.mjs access/fobs.csv\n');
  process.exit(2);
}

const git = (...words) => execFileSync('git', words, { encoding: 'utf8', maxBuffer: 2 ** 26 });

/** Every version of the list that was accepted, newest first: when it was written, and who has a fob that opens. */
const versions = git('log', '--format=%H %ct', 'main', '--', list)
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => {
    const [commit, seconds] = line.split(' ');
    const rows = git('show', `${commit}:${list}`).split('\n').slice(1).map((row) => row.split(','));
    return { fromMs: Number(seconds) * 1000, known: new Set(rows.map((row) => row[1])), active: new Set(rows.filter((row) => row[2] === 'active').map((row) => row[1])) };
  });

const day = (ms) => `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

for (const { body, kind, tsMs, verdict } of JSON.parse(readFileSync(0, 'utf8')).events) {
  const person = body.subject;
  if (kind !== 'fact' || body.type !== 'right.used' || body.data.reason !== 'allowed' || person === undefined || verdict.kind !== 'ok') continue;
  const at = versions.findIndex(({ fromMs }) => fromMs <= tsMs);
  const then = versions[at];
  if (then === undefined || then.active.has(person) || !then.known.has(person)) continue;
  // The oldest of the versions in a row in which nothing of theirs opens.
  let since = then;
  for (const older of versions.slice(at + 1)) {
    if (older.active.has(person) || !older.known.has(person)) break;
    since = older;
  }
  process.stdout.write(`${person}\t${day(tsMs)}\t${body.data.thing} opened by a fob disabled at ${day(since.fromMs)}\n`);
}
