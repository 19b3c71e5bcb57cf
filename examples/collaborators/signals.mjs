// Signals of fraud in a market of `std/market`, each with its evidence: rings that order from each other, buyers who enrolled their seller, and bursts.
// A signal is no penalty and counts for nothing: people look into it. It has no chance and no clock: one ledger gives one answer.
// Usage, in a copy of the ledger:  gdo log --json | node signals.mjs
import { readFileSync } from 'node:fs';

/** Below so many accepted orders nothing is said of a seller: a shop has to begin somewhere. */
const ordersLeast = 4;
/** A buyer of at least half of what a seller sold carries the seller. */
const carries = (part, whole) => 2 * part >= whole;
/** So many orders within a day, and half of all that the seller ever had, are a burst. */
const burstLeast = 10;
const dayMs = 86_400_000;

const { events } = JSON.parse(readFileSync(0, 'utf8'));
const counted = events.filter(({ verdict }) => verdict?.kind === 'ok');

/** Orders that their buyers accepted: the author of a case approves it once. */
const open = new Map();
const orders = [];
const enrolledBy = new Map();
for (const { event, case: of, kind, actor, body, receivedMs } of counted) {
  if (kind === 'propose' && /^market(?:-|$)/.test(body.process)) open.set(event, { buyer: actor, seller: body.subject });
  else if (kind === 'key.enrol' && !enrolledBy.has(body.member)) enrolledBy.set(body.member, actor);
  else if (kind === 'act' && body.verb === 'approve' && open.get(of)?.buyer === actor) {
    orders.push({ ...open.get(of), atMs: receivedMs, order: of });
    open.delete(of);
  }
}

const bySeller = new Map();
for (const order of orders) bySeller.set(order.seller, [...(bySeller.get(order.seller) ?? []), order]);

/** Buyers who carry a seller, each with the orders that show it. */
const carriers = new Map();
for (const [seller, sold] of bySeller) {
  if (sold.length < ordersLeast) continue;
  for (const buyer of new Set(sold.map((one) => one.buyer))) {
    const part = sold.filter((one) => one.buyer === buyer);
    if (carries(part.length, sold.length)) carriers.set(seller, [...(carriers.get(seller) ?? []), { buyer, part, whole: sold.length }]);
  }
}

/** One order for all names, whatever the language of the machine. */
const byName = (left, right) => (left < right ? -1 : left > right ? 1 : 0);
const flags = [];
const flag = (signal, people, words, evidence) => flags.push([signal, people.join(', '), words, evidence.map(({ order }) => order.slice(0, 8)).join(' ')].join('\t'));

/** Whoever is carried by somebody, who is carried by somebody, and so on back to the first: a ring, told once, from its first name. */
for (const first of [...carriers.keys()].toSorted(byName)) {
  const paths = [[first]];
  while (paths.length > 0) {
    const path = paths.shift();
    for (const { buyer } of carriers.get(path.at(-1)) ?? []) {
      if (buyer === first && path.length > 1) {
        const evidence = path.flatMap((seller, index) => carriers.get(seller).find((one) => one.buyer === (path[index + 1] ?? first)).part);
        flag('ring', path.toSorted(byName), `at least half of what each of them sold went to the next: ${evidence.length} orders`, evidence);
      } else if (buyer > first && !path.includes(buyer)) paths.push([...path, buyer]);
    }
  }
}

for (const [seller, found] of [...carriers].toSorted(([left], [right]) => byName(left, right)))
  for (const { buyer, part, whole } of found)
    if (enrolledBy.get(seller) === buyer || enrolledBy.get(buyer) === seller)
      flag('linked', [buyer, seller], `${part.length} of ${whole} orders of ${seller} are by ${buyer}, and one of the two enrolled the key of the other`, part);

for (const [seller, sold] of [...bySeller].toSorted(([left], [right]) => byName(left, right))) {
  const sorted = sold.toSorted((left, right) => left.atMs - right.atMs);
  const windows = sorted.map((one, from) => sorted.slice(from).filter(({ atMs }) => atMs - one.atMs < dayMs));
  const most = windows.reduce((best, window) => (window.length > best.length ? window : best), []);
  if (most.length >= burstLeast && carries(most.length, sold.length)) flag('burst', [seller], `${most.length} of ${sold.length} orders within one day`, most);
}

for (const line of flags) process.stdout.write(`${line}\n`);
