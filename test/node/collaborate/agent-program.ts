// An agent as a process of its own, for tests that kill it: it pays what two decisions ask for, at a peer over HTTP, and dies at the place it is told.
import { appendFileSync } from 'node:fs';
import { carryOut } from '../../../node/collaborate/agent.ts';
import { fileJournal } from '../../../node/collaborate/journal.ts';

const [journalPath = '', peerUrl = '', peer = '', place = '0'] = process.argv.slice(2);

let places = 0;
/** Dies at the place whose number was given, as in a power cut: nothing runs afterwards. */
function reach(beforeDying: () => void = () => undefined): void {
  places += 1;
  if (places !== Number(place)) return;
  beforeDying();
  process.kill(process.pid, 'SIGKILL');
  // The signal may take a moment; nothing else may happen in it.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

const journal = fileJournal(journalPath);
const acts = ['pay-rent', 'pay-power'].map((key) => ({ key }));
const outcome = await carryOut(acts, {
  journal: {
    standing: journal.standing,
    begin: (key) => {
      reach();
      // Half a line reached the disk.
      reach(() => appendFileSync(journalPath, '{"begun":"pay'));
      journal.begin(key);
      reach();
    },
    finish: (key, receipt) => {
      reach();
      reach(() => appendFileSync(journalPath, '{"done":"pay'));
      journal.finish(key, receipt);
      reach();
    },
  },
  peer: peer === 'keeps-keys' ? 'keeps-keys' : 'keeps-nothing',
  perform: async ({ key }) => {
    reach();
    const answer = await fetch(`${peerUrl}/${key}`, { method: 'POST', headers: { 'idempotency-key': key } });
    const receipt = await answer.text();
    reach();
    if (!answer.ok) throw new Error(receipt);
    return receipt;
  },
  note: (sentence) => process.stderr.write(`${sentence}\n`),
});
process.stdout.write(`${JSON.stringify({ ...outcome, places })}\n`);
