// Numbered documents: judges `documents/`, one file for each number. A number is used once, a document says what it obsoletes and updates, and the other one says it back.
// Of what was decided before, nothing changes but the lines that later documents add to its head. `node documents.mjs FOLDER` prints the list of documents instead.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeSync } from 'node:fs';

const reasonsMost = 20;
const reasonLengthMost = 200;
/** The lines of a head in their order; the first stands in every document. */
const lists = ['Obsoletes', 'Updates', 'Obsoleted by', 'Updated by'];
/** What one document says, and what the other one then has to say. */
const answers = [
  ['Obsoletes', 'Obsoleted by'],
  ['Updates', 'Updated by'],
];

/** Reads a case: one line of JSON, then each file as its length on a line, and its bytes. */
function readCase(input) {
  let at = input.indexOf(10) + 1;
  const head = JSON.parse(input.subarray(0, at).toString('utf8'));
  const files = new Map();
  for (const [path, , , length] of head.files) {
    const end = input.indexOf(10, at) + 1;
    if (input.subarray(at, end).toString('latin1') !== `${length}\n` || input.length < end + length) throw new Error('the input is not framed as declared');
    files.set(path, input.subarray(end, end + length));
    at = end + length;
  }
  return { files, change: head.change };
}

/** The text of bytes that are UTF-8. */
function textOf(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** The number of a document by its path, such as 12 of `documents/0012.md`. */
function numberOf(path) {
  const digits = /^documents\/([0-9]{4})\.md$/.exec(path)?.[1];
  return digits === undefined || digits === '0000' ? undefined : Number(digits);
}

/** The head of a document as it is written: a status, and the lists that are not empty. */
function written(document) {
  const rows = lists.filter((name) => document[name].length > 0).map((name) => `${name}: ${document[name].join(', ')}\n`);
  return `# ${document.number}. ${document.title}\n\nStatus: ${document['Obsoleted by'].length > 0 ? 'obsolete' : 'in force'}\n${rows.join('')}\n`;
}

/** Reads a document. Returns it, or a sentence about what is wrong. */
function read(path, bytes) {
  const number = numberOf(path);
  if (number === undefined) return 'a document lies at documents/0001.md, with four digits';
  const text = textOf(bytes);
  if (text === undefined) return 'it is not UTF-8';
  const [, told, title = ''] = /^# ([1-9][0-9]{0,3})\. ([^\n]{1,100})\n/.exec(text) ?? [];
  if (told !== String(number)) return `its first line is not # ${number}. and a title`;
  const end = text.indexOf('\n\n', text.indexOf('\n\n') + 2);
  if (end < 0) return 'it has no text below its head';
  const document = { number, title, body: text.slice(end + 2) };
  for (const name of lists) {
    const row = new RegExp(`^${name}: ([0-9, ]+)$`, 'm').exec(text.slice(0, end));
    document[name] = row === null ? [] : row[1].split(', ').map(Number);
  }
  // One way to write a head, so that it can be written again as it was before.
  if (written(document) !== text.slice(0, end + 2)) return `its head is not a Status of ${document['Obsoleted by'].length > 0 ? 'obsolete' : 'in force'}, then ${lists.join(', ')}`;
  const wrong = lists.find((name) => document[name].some((one, index) => !Number.isInteger(one) || one < 1 || (index > 0 && one <= document[name][index - 1])));
  return wrong === undefined ? document : `the numbers behind ${wrong} do not ascend`;
}

/** Sentences about documents that do not say the same of each other. */
function disagreements(documents) {
  const found = [];
  for (const document of documents.values()) {
    for (const [says, back] of answers) {
      for (const other of document[says]) {
        if (other >= document.number) found.push(`document ${document.number} ${says.toLowerCase()} ${other}, which is not older`);
        else if (!documents.has(other)) found.push(`document ${document.number} ${says.toLowerCase()} ${other}, and there is none`);
        else if (!documents.get(other)[back].includes(document.number)) found.push(`document ${other} does not say \`${back}: ${document.number}\``);
      }
      for (const other of document[back])
        if (documents.get(other)?.[says].includes(document.number) !== true) found.push(`document ${document.number} is ${back.toLowerCase()} ${other}, which does not say so`);
    }
  }
  return found;
}

/** Sentences about documents that were changed in more than what the new ones say of them. */
function rewritten(change, documents) {
  const fresh = new Set(change.filter(([, old]) => old === 'absent').map(([path]) => numberOf(path)));
  const found = [];
  const olderMost = Math.max(0, ...[...documents.keys()].filter((number) => !fresh.has(number)), ...change.filter(([, , now]) => now === 'absent').map(([path]) => numberOf(path) ?? 0));
  for (const [path, old, now] of change) {
    const number = numberOf(path);
    if (now === 'absent') found.push(`${path}: a document is not removed`);
    else if (old === 'absent' && number !== undefined && number <= olderMost) found.push(`${path}: the next number is ${olderMost + 1}`);
    else if (old !== 'absent' && documents.has(number)) {
      const before = { ...documents.get(number) };
      for (const name of ['Obsoleted by', 'Updated by']) before[name] = before[name].filter((one) => !fresh.has(one));
      const digest = createHash('sha256').update(`${written(before)}${before.body}`).digest('hex');
      if (digest !== old.split(':').at(-1)) found.push(`${path}: what was decided stays; write a document that updates it`);
    }
  }
  return found;
}

/** Judges a tree and what changed in it. Returns the documents and sentences about what is wrong. */
function judge(files, change) {
  const documents = new Map();
  const wrong = [];
  for (const [path, bytes] of files) {
    if (!path.startsWith('documents/')) continue;
    const document = read(path, bytes);
    if (typeof document === 'string') wrong.push(`${path}: ${document}`);
    else documents.set(document.number, document);
  }
  const changed = change.filter(([path]) => path.startsWith('documents/'));
  return { documents, wrong: [...wrong, ...rewritten(changed, documents), ...disagreements(documents)] };
}

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  const { files, change } = readCase(readFileSync(0));
  const reasons = judge(files, change).wrong.slice(0, reasonsMost).map((reason) => reason.slice(0, reasonLengthMost));
  // Members in the order of their names: the verdict is canonical JSON.
  writeSync(1, `${JSON.stringify({ reasons, v: 1, verdict: reasons.length > 0 ? 'reject' : 'accept' })}\n`);
} else {
  const names = readdirSync(folder).toSorted();
  const { documents, wrong } = judge(new Map(names.map((name) => [`documents/${name}`, readFileSync(`${folder}/${name}`)])), []);
  for (const { number, title, 'Obsoleted by': by } of documents.values()) writeSync(1, `${number}\t${by.length > 0 ? `obsoleted by ${by.join(', ')}` : 'in force'}\t${title}\n`);
  for (const sentence of wrong) writeSync(1, `${sentence}\n`);
  process.exitCode = wrong.length > 0 ? 1 : 0;
}
