// The engine's step alone: ballots into one open vote, against state machine libraries, and against itself with more voters.
import { machines } from './peers/machines.mjs';
import { ballotLine, engine, openVote, shuffled } from './peers/gdo.mjs';
import { lowerQuartiles } from './clock.mjs';

const { decodeEvent, engine1, zeros64 } = engine;
const choices = ['yes', 'no', 'yes', 'abstain', 'yes'];
/** Ballots of one round; as many as an epoch of the ledger may hold would be 65,536. */
const roundSize = 10_000;

const batch = { id: zeros64, device: zeros64, actor: 'x', seq: 1, count: 1, prev: zeros64, deps: [], base: zeros64, events: [], changes: [], charters: [] };
const context = { receivedMs: 2_000, batch, without: [] };

/** Rounds of ballots for gdo: read from the bytes of their lines, outside of what is timed. */
function gdoRounds(voters) {
  const house = openVote(voters);
  const pick = shuffled(voters);
  let sent = 0;
  const draft = engine1.begin(house.state);
  return {
    prepare: () =>
      Array.from({ length: roundSize }, () => {
        const place = sent;
        sent += 1;
        return decodeEvent(ballotLine(house, pick(place), 2 + Math.floor(place / voters), choices[place % choices.length])).event;
      }),
    run: (events) => {
      for (const event of events) if (engine1.apply(draft, event, context).verdict.kind !== 'ok') throw new Error('a ballot was refused');
    },
  };
}

function machineRounds(machine, names) {
  const pick = shuffled(names.length);
  let sent = 0;
  return {
    prepare: () =>
      Array.from({ length: roundSize }, () => {
        const place = sent;
        sent += 1;
        // A name of its own, as one that came in from outside.
        return { type: 'ballot', by: Buffer.from(names[pick(place)]).toString('latin1'), choice: choices[place % choices.length] };
      }),
    run: (events) => {
      for (const event of events) machine.send(event);
    },
  };
}

/**
 * Rows of the table: gdo at each number of voters, and each library at 1,000.
 * @param sizes - numbers of voters, 10 and 1,000 among them: the others are compared with these
 */
export function stepRows(sizes = [10, 1_000, 10_000, 1_000_000]) {
  const names = Array.from({ length: 1_000 }, (_, index) => `m${String(index).padStart(7, '0')}`);
  const libraries = machines(names);
  const runners = [...sizes.map(gdoRounds), ...libraries.map((machine) => machineRounds(machine, names))];
  const rates = lowerQuartiles(runners, 25).map((seconds) => roundSize / seconds);
  const own = rates[sizes.indexOf(1_000)];
  const ten = rates[sizes.indexOf(10)];
  const growth = { 10_000: 0.8, 1_000_000: 0.5 };
  return [
    ...sizes.map((voters, index) => ({
      what: `engine step, ${voters.toLocaleString('en')} voters`,
      rate: rates[index],
      ratio: voters === 10 ? undefined : rates[index] / ten,
      goal: growth[voters],
      against: 'gdo, 10 voters',
    })),
    ...libraries.map((library, index) => ({
      what: `${library.name}, 1,000 voters`,
      rate: rates[sizes.length + index],
      ratio: own / rates[sizes.length + index],
      goal: library.goal,
      against: 'gdo, 1,000 voters',
    })),
  ];
}
