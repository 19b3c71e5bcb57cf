// A small part of `npm run determinism`: one corpus gives one root on this Node under another locale, time zone and stack size.
import { describe, expect, it } from 'vitest';
import { constructNames, constructsOf } from '../reference/differential/coverage.ts';
import { allCharters, bundleCorpus, corpusCharters } from './bundle.ts';
import { playCorpus } from './corpus.ts';
import { settings } from './runtimes.ts';

const size = { seed: 7, events: 120 };
const few = corpusCharters().filter((charter) => ['scala-sip', 'noisebridge', 'council'].includes(charter.name));

describe('one corpus', () => {
  it('has one state root whatever the locale, the time zone and the size of the stack', async () => {
    const corpus = await bundleCorpus({ ...size, charters: few });
    const names = ['this node', 'LANG=tr_TR.UTF-8', 'TZ=Pacific/Kiritimati', '--stack-size=300'];
    const roots = new Set<string>();
    for (const variant of settings.filter((one) => names.includes(one.name))) roots.add(await variant.play(corpus));
    expect(roots.size).toBe(1);
    expect([...roots][0]).toContain(playCorpus(few, size).root);
  });

  it('has every construct that the engine runs', () => {
    const text = allCharters()
      .flatMap(({ files }) => files.map((file) => file.text))
      .join('\n');
    const seen = constructsOf(text);
    expect(constructNames.filter((name) => !seen.includes(name))).toEqual([]);
    for (const words of ['counted by score', 'options by', 'beats others', 'other winners', 'offline provisional', 'terms per person in a row'])
      expect(text).toContain(words);
  });

  it('is made up from its seed: the same again, and another for another seed', () => {
    const [once, again, other] = [playCorpus(few, size), playCorpus(few, size), playCorpus(few, { ...size, seed: 8 })];
    expect(again).toEqual(once);
    expect(other.root).not.toBe(once.root);
    expect(once.accepted).toBeGreaterThan(once.events / 5);
    expect(once.rows.map(([name]) => name)).toEqual(few.map(({ name }) => name));
  });
});
