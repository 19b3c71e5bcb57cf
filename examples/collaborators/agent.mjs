// An agent in twenty lines: it tells a web service of every decision, with a key by which the service knows what it was told already.
// Usage: node agent.mjs CLONE KEY JOURNAL-FILE URL
import { carryOut, collaborate, fileJournal, finalDecisions } from 'gdo/node';

const [directory, key, journalFile, url] = process.argv.slice(2);
const journal = fileJournal(journalFile);
const ending = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => ending.abort());
const note = (sentence) => console.error(sentence);

const perform = async (decision) => {
  const answer = await fetch(url, { method: 'POST', headers: { 'idempotency-key': decision.key }, body: JSON.stringify(decision) });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  return answer.text();
};
const turn = async ({ view, stop }) => {
  const { done, failed } = await carryOut(finalDecisions(view), { journal, perform, peer: 'keeps-keys', note }, stop);
  if (done + failed > 0) console.log(`told of ${done}, failed ${failed}`);
};
await collaborate({ directory, key, everyMs: 1_000, stop: ending.signal, note, turn });
