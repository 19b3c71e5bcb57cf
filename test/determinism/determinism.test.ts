// A small part of `npm run determinism`: one corpus gives one root on this Node under another locale, time zone and stack size.
import { describe, expect, it } from 'vitest';
import { bundleCorpus, corpusCharters } from './bundle.ts';
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

  it('is made up from its seed: the same again, and another for another seed', () => {
    const [once, again, other] = [playCorpus(few, size), playCorpus(few, size), playCorpus(few, { ...size, seed: 8 })];
    expect(again).toEqual(once);
    expect(other.root).not.toBe(once.root);
    expect(once.accepted).toBeGreaterThan(once.events / 5);
    expect(once.rows.map(([name]) => name)).toEqual(few.map(({ name }) => name));
  });
});
