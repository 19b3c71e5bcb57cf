// What cyd's application does in a page, with nothing but what `gdo/browser` offers: opens the ledger of her organization at its node, approves a change, hands over what a
// deaf node did not take, and sees the change merged.
import {
  charterOf,
  handOver,
  memberOf,
  openCases,
  openRemoteLedger,
  readEntry,
  recordHere,
  recordRemotely,
  refreshRemoteLedger,
  seedSigner,
  verifyCase,
  webSigner,
  WorldError,
  type RemoteLedger,
} from '../../node/browser.ts';

const { genesis, zero, seed } = JSON.parse(await (await fetch('/given/member-page.ts')).text());
const { origin } = new URL(import.meta.url);
const address = `${origin}/git/maple`;
const fact = { kind: 'fact', body: { data: { door: 'front' }, type: 'door.opened' } } as const;

/** The code of what is thrown. */
async function codeOf(act: () => Promise<unknown>): Promise<string> {
  try {
    await act();
    return 'nothing was thrown';
  } catch (error) {
    return error instanceof WorldError ? error.code : String(error);
  }
}

async function untilMerged(ledger: RemoteLedger): Promise<RemoteLedger> {
  let now = ledger;
  for (let turn = 0; turn < 300 && now.view.merges.length === 0; turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    ({ ledger: now } = await refreshRemoteLedger(now));
  }
  return now;
}

async function story(): Promise<unknown> {
  const signer = seedSigner(Uint8Array.from(seed));
  const opened = await openRemoteLedger({ address, genesis, checkpoint: { height: 0, id: zero } });
  const [open] = openCases(opened.view.state);
  if (open === undefined) throw new Error('no case is open');
  // Nobody listens there: what is signed meanwhile lies here, and travels with the next record.
  const deaf = await recordRemotely({ ...opened, remote: { address: `${origin}/nowhere` } }, signer, { events: [fact], clockMs: Date.now() });
  const carried = await handOver(deaf.ledger);
  const approval = { kind: 'act', case: open.id, body: { stage: open.entry, verb: 'approve' } } as const;
  const approved = await recordRemotely({ ...deaf.ledger, remote: opened.remote }, signer, { events: [approval], clockMs: Date.now() });
  const merged = await untilMerged(approved.ledger);
  const pair = await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']);
  if (!('privateKey' in pair)) throw new Error('the browser made one key');
  const stranger = await webSigner(pair);
  const { view } = merged;
  return {
    org: view.org,
    member: memberOf(view.state, signer.device),
    processes: charterOf(view.state, view.bylawsHash)?.processes.length,
    deaf: deaf.reached.kind,
    approved: approved.reached.kind,
    verdicts: [...deaf.events, ...approved.events].map((id) => view.verdicts.get(id)?.verdict.kind),
    main: view.mainCommit,
    merges: view.merges.length,
    tip: view.tip.id,
    state: view.tip.statement.state,
    steps: verifyCase(view, open.number)?.steps.length,
    key: readEntry(view.state, `key/${signer.device}`)?.['member'],
    stranger: await codeOf(() => recordHere(merged, stranger, { events: [fact], clockMs: Date.now() })),
    otherOrganization: await codeOf(() => openRemoteLedger({ address, genesis: '0'.repeat(64) })),
    otherLine: await codeOf(() => openRemoteLedger({ address, genesis, checkpoint: { height: 0, id: '0'.repeat(64) } })),
    nobody: await codeOf(() => openRemoteLedger({ address: `${origin}/nowhere`, genesis })),
    carried: btoa(String.fromCodePoint(...carried)),
  };
}

/** A page that fails must say so, or the test waits for nothing. */
async function told(): Promise<unknown> {
  try {
    return await story();
  } catch (error) {
    return { failed: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

await fetch('/answer/member-page.ts', { method: 'POST', body: JSON.stringify(await told()) });
