// A dapp in JavaScript: one case comes in on standard input, one verdict goes out. Same input, same bytes; there is no network, no clock, no chance here.
// It accepts a change when every file below fees/ is one whole number of at most 5000 and a line feed. Write your own rule in `judge`.
import { readFileSync, writeSync } from 'node:fs';

const most = 5000;

/** Sees one file. Undefined: no matter of this dapp; true: right; a text: why not. */
function judge(path, content) {
  if (!path.startsWith('fees/')) return undefined;
  const text = content.toString('latin1');
  if (!/^[0-9]{1,9}\n$/.test(text)) return `${path} is not one whole number and a line feed`;
  return Number(text) <= most ? true : `${path} asks ${text.trim()}, more than ${most}`;
}

/** The files of a case: one line of JSON names them, then each comes as its length, a line feed, and its bytes. */
function* files(input) {
  let at = input.indexOf(10) + 1;
  const head = JSON.parse(input.subarray(0, at).toString('utf8'));
  for (const [path, , , length] of head.files) {
    const end = input.indexOf(10, at) + 1;
    if (input.subarray(at, end).toString('latin1') !== `${length}\n` || input.length < end + length) throw new Error('the input is not framed as declared');
    yield [path, input.subarray(end, end + length)];
    at = end + length;
  }
}

const answers = [...files(readFileSync(0))].map(([path, content]) => judge(path, content));
const reasons = answers.filter((answer) => typeof answer === 'string').slice(0, 20);
const score = answers.filter((answer) => answer === true).length;
// Members in the order of their names: the verdict is canonical JSON.
const verdict = reasons.length > 0 ? { reasons, score, v: 1, verdict: 'reject' } : { score, v: 1, verdict: 'accept' };
writeSync(1, `${JSON.stringify(verdict)}\n`);
