// Counts the same ballots with gdo's engine and with the npm package `votes`, and prints CPU times and their ratio.
// It measures; who is right is held by the tests. Run `npm run build` in the root first, then `npm ci && npm run bench` here.
import { Borda, FirstPastThePost, InstantRunoff, RankedPairs, Schulze, utils } from 'votes';
import { ballotTableBuilder, count } from '../../dist/engine.js';

const runs = 5;
const sizes = [
  { ballots: 1_000, options: 10 },
  { ballots: 20_000, options: 10 },
  { ballots: 1_000, options: 40 },
];

/** A fixed sequence of whole numbers below `below`: every run counts the same ballots. */
function sequence(seed) {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

/**
 * Full rankings without equals, so that all parameters a method can have mean the same to both programs. Options are drawn near their number,
 * so that somebody wins clearly; the weights of the ballots are 1.
 */
function rankings({ ballots, options }) {
  const next = sequence(20270301);
  return Array.from({ length: ballots }, () => {
    const places = Array.from({ length: options }, (_, option) => [option + next(options + 3), option]);
    return places.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]).map(([, option]) => option);
  });
}

function inputs(size) {
  const names = Array.from({ length: size.options }, (_, option) => `o${String(option).padStart(2, '0')}`);
  const orders = rankings(size);
  const candidates = names.map((id) => ({ id, name: id }));
  const table = ballotTableBuilder(size.options);
  for (const order of orders) {
    const places = Array.from({ length: size.options }, () => 0);
    order.forEach((option, place) => (places[option] = place + 1));
    table.append(1n, places);
  }
  return {
    // `votes` excludes all the weakest of a round at once; gdo asks for a rule, and gets an order.
    ties: [{ kind: 'decided', by: 'the bench', order: names }],
    theirs: { candidates: names, ballots: orders.map((order) => ({ ranking: order.map((option) => [names[option]]), weight: 1 })) },
    ranked: { kind: 'ranked', candidates, ballots: orders.map((order) => ({ weight: 1n, ranks: order.map((option) => [names[option]]) })) },
    table: { kind: 'table', candidates, table: table.finish() },
  };
}

const one = { seats: 1, cap: 'none' };
const inPairs = { unranked: 'tied-last', equalRanks: 'allowed' };
const matrixOf = ({ ballots, candidates }) => utils.matrixFromBallots(ballots, candidates);
const methods = [
  ['plurality', { method: 'plurality', equalRanks: 'refused', ...one }, (input) => new FirstPastThePost(input).ranking()],
  ['borda', { method: 'borda', ...inPairs, ...one }, (input) => new Borda(input).ranking()],
  ['irv', { method: 'irv', unranked: 'exhausted', equalRanks: 'refused', ...one }, (input) => new InstantRunoff(input).ranking()],
  ['schulze', { method: 'schulze', strength: 'winning-votes', ...inPairs, ...one }, (input) => new Schulze(matrixOf(input)).ranking()],
  ['ranked-pairs', { method: 'ranked-pairs', strength: 'winning-votes', ...inPairs, ...one }, (input) => new RankedPairs(matrixOf(input)).ranking()],
];

/** The median CPU time of several runs in milliseconds, and the result of the last. */
function timed(run) {
  const times = [];
  let result;
  for (let index = 0; index < runs; index += 1) {
    const before = process.cpuUsage();
    result = run();
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1_000);
  }
  return { ms: times.toSorted((a, b) => a - b)[Math.floor(runs / 2)] ?? 0, result };
}

const winnersOf = ({ outcome }) => (outcome.kind === 'elected' ? outcome.winners : outcome.kind === 'tied' ? outcome.tied : [outcome.kind]).join('=');
const rows = [];
for (const size of sizes) {
  const { theirs, ranked, table, ties } = inputs(size);
  for (const [name, rule, votes] of methods) {
    const a = timed(() => votes(theirs));
    const b = timed(() => count(ranked, rule, ties));
    const c = timed(() => count(table, rule, ties));
    const winners = [a.result[0]?.join('=') ?? '', winnersOf(b.result), winnersOf(c.result)];
    const ratio = (ms) => (a.ms / Math.max(ms, 0.001)).toFixed(1);
    rows.push({
      method: name,
      ballots: size.ballots,
      options: size.options,
      'votes ms': a.ms.toFixed(1),
      'gdo ms': b.ms.toFixed(1),
      'votes / gdo': ratio(b.ms),
      'gdo table ms': c.ms.toFixed(1),
      'votes / gdo table': ratio(c.ms),
      winner: new Set(winners).size === 1 ? winners[0] : `DIFFERS ${winners.join(' | ')}`,
    });
  }
}

const columns = Object.keys(rows[0]);
const widths = columns.map((column) => Math.max(column.length, ...rows.map((row) => String(row[column]).length)));
const line = (cells) =>
  cells
    .map((cell, index) => String(cell).padEnd(widths[index]))
    .join('  ')
    .trimEnd();
console.log(`CPU time, median of ${runs} runs; node ${process.versions.node}; votes 3.0.0. A ratio above 1: gdo needs less.\n`);
console.log([line(columns), line(widths.map((width) => '-'.repeat(width))), ...rows.map((row) => line(columns.map((column) => row[column])))].join('\n'));
if (rows.some((row) => row.winner.startsWith('DIFFERS'))) process.exitCode = 1;
