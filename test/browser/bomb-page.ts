// Opens repositories at addresses that send what nobody should unpack, one after another, and tells how each of them ended.
import { openRemoteLedger, WorldError } from '../../node/browser.ts';

const addresses: readonly string[] = JSON.parse(await (await fetch('/given/bomb-page.ts')).text());
const { origin } = new URL(import.meta.url);
const ends: string[] = [];
for (const address of addresses) {
  try {
    await openRemoteLedger({ address: `${origin}${address}`, genesis: '0'.repeat(64) });
    ends.push('opened');
  } catch (error) {
    ends.push(error instanceof WorldError ? error.code : String(error));
  }
}
await fetch('/answer/bomb-page.ts', { method: 'POST', body: JSON.stringify(ends) });
