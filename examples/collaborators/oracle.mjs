// An oracle in twenty lines: it reads a meter, which is a file here, and reports each new reading as a fact signed with its own key.
// Usage: node oracle.mjs CLONE KEY METER-FILE
import { readFileSync } from 'node:fs';
import { collaborate } from 'gdo/node';

const [directory, key, meter] = process.argv.slice(2);
const ending = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => ending.abort());

await collaborate({
  directory,
  key,
  everyMs: 1_000,
  stop: ending.signal,
  note: (sentence) => console.error(sentence),
  turn: async ({ report }) => {
    const [day, kilowattHours] = readFileSync(meter, 'utf8').trim().split(' ');
    // The day names the reading: started again, the oracle does not report it twice.
    if (await report({ id: day, type: 'meter.read', data: { kilowattHours: Number(kilowattHours) } })) console.log(`reported ${day}`);
  },
});
