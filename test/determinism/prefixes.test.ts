// What holds after every epoch of streams that nobody would write: loading a snapshot instead of replaying changes nothing, a replay gives the same bytes,
// verdicts that were final stay, and a person counts once.
import { describe, expect, it } from 'vitest';
import { compileBylaws } from '../../compiler/index.ts';
import { entriesUnder, foldEpoch, openCases, stateRoot, type Charter, type State } from '../../engine/index.ts';
import { parseBylaws } from '../../language/index.ts';
import { readSnapshot, snapshotBytes } from '../../node/index.ts';
import { corpusCharters } from './bundle.ts';
import { spokenBy, streamEpochs } from './stream.ts';

const charters = corpusCharters()
  .filter(({ name }) => ['scala-sip', 'debian-constitution', 'noisebridge', 'kubernetes-steering'].includes(name))
  .map(({ name, files }) => {
    const { charter, hash } = compileBylaws(files.map((file) => parseBylaws(file).file));
    if (charter === undefined || hash === undefined) throw new Error(`${name} does not compile`);
    return { name, charter, hash };
  });

const size = { seed: 11, events: 160 };
/** Where candidates have to be nominated few streams come to a ballot, so that several are played for it. */
const seeds = [11, 12, 15, 16, 18];

function loaded(state: State): State {
  const read = readSnapshot(snapshotBytes(state), stateRoot(state));
  if (read.kind === 'refused') throw new Error(read.reason);
  return read.state;
}

/** Every ballot of a case stands under its voter's name, once, and the tally that people see counts as many. */
function countsOnce(state: State): boolean {
  return openCases(state).every((view) =>
    view.tallies.every((tally) => {
      const people = view.acts.filter((act) => act.verb === 'vote').flatMap((act) => act.done);
      return tally.voted <= Math.max(tally.voters, new Set(people).size) && (view.acts.length > 1 || new Set(people).size === people.length);
    }),
  );
}

function rerun(charter: Charter, hash: string): readonly string[] {
  return [...streamEpochs(charter, hash, size)].map(({ result }) => [stateRoot(result.state), ...spokenBy(result)].join('\n'));
}

describe.each(charters)('after every epoch of $name', ({ charter, hash }) => {
  it('a fold from the snapshot, its batches the other way round, gives the same state and verdicts', () => {
    let epochs = 0;
    for (const { input, result } of streamEpochs(charter, hash, size)) {
      const again = foldEpoch({ ...input, state: loaded(input.state), batches: input.batches.toReversed() });
      expect(spokenBy(again)).toEqual(spokenBy(result));
      expect(Buffer.from(snapshotBytes(again.state)).equals(snapshotBytes(result.state))).toBe(true);
      expect(stateRoot(again.state)).toBe(stateRoot(result.state));
      epochs += 1;
    }
    expect(epochs).toBeGreaterThan(5);
  });

  it('verdicts and roots that were final stay what they were, however the stream goes on', () => {
    const whole = rerun(charter, hash);
    const half = [...streamEpochs(charter, hash, { ...size, events: size.events / 2 })].map(({ result }) =>
      [stateRoot(result.state), ...spokenBy(result)].join('\n'),
    );
    expect(whole.slice(0, half.length)).toEqual(half);
    expect(half.length).toBeLessThan(whole.length);
    expect(rerun(charter, hash)).toEqual(whole);
  });

  it('a person has one ballot in a vote and counts once (S10, S34)', () => {
    let ballots = 0;
    for (const { result } of seeds.flatMap((seed) => [...streamEpochs(charter, hash, { ...size, seed })])) {
      expect(countsOnce(result.state)).toBe(true);
      // A person's ballot has one place in a vote, so that a second one replaces it.
      const cast = entriesUnder(result.state, 'ballot/');
      for (const [key, value] of cast) expect(value['by']).toBe(key.slice(key.lastIndexOf('/') + 1));
      ballots += cast.length;
    }
    expect(ballots).toBeGreaterThan(0);
  });
});
