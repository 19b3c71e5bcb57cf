// The elections that `gdo explain` names: counted again with one parameter changed, each gives the seat to whom the page says.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type CountRule, count } from '../../../engine/index.ts';
import { explainedWords } from '../../../node/cli/explain-words.ts';
import { readElectionJson } from '../../../node/count/election-json.ts';
import { itShared } from '../../shared.ts';

const folder = 'cases/elections';
const sorted = (names: readonly string[]): string[] => [...names].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));

function winners(path: string, rule: CountRule): readonly string[] {
  const { outcome } = count(readElectionJson(JSON.parse(readFileSync(path, 'utf8'))).profile, rule, []);
  return outcome.kind === 'elected' ? sorted(outcome.winners) : [outcome.kind];
}

const page = (word: string): string => explainedWords.find(({ words }) => words.includes(word))?.mattered ?? '';

const asPublished = { method: 'schulze', unranked: 'not-compared', equalRanks: 'allowed', strength: 'winning-votes', seats: 4, cap: 'none' } as const;
const elected2021 = ['cblecker', 'justaugustus', 'parispittman', 'tpepper'];

itShared(`${folder}/k8s-steering-2021.json`, 'Kubernetes 2021 gives one seat to another person by each of three parameters', (path) => {
  const changed: readonly (readonly [word: string, rule: CountRule, loses: string, gains: string])[] = [
    ['unranked', { ...asPublished, unranked: 'tied-last' }, 'cblecker', 'deads2k'],
    ['equal-ranks', { ...asPublished, equalRanks: 'refused' }, 'tpepper', 'iancoldwater'],
    ['winning-votes', { ...asPublished, strength: 'margins' }, 'cblecker', 'deads2k'],
  ];
  expect(winners(path, asPublished)).toEqual(elected2021);
  for (const [word, rule, loses, gains] of changed) {
    expect(winners(path, rule), word).toEqual(sorted([...elected2021.filter((name) => name !== loses), gains]));
    expect(page(word)).toContain(loses);
    expect(page(word)).toContain(gains);
  }
});

itShared(`${folder}/debian-dpl-2006.json`, 'Debian 2006 elects another leader where what a ballot leaves out is not compared', (path) => {
  const debian = { ...asPublished, seats: 1, unranked: 'tied-last' } as const;
  expect(winners(path, debian)).toEqual(['anthony-towns']);
  expect(winners(path, { ...debian, unranked: 'not-compared' })).toEqual(['steve-mcintyre']);
  expect(page('unranked')).toContain('Anthony Towns; not compared, Steve McIntyre wins');
});

itShared(`${folder}/k8s-steering-2017.json`, 'Kubernetes 2017 seats Michael Rubin fourth without its cap', (path) => {
  const rule = { ...asPublished, seats: 6 } as const;
  const capped = winners(path, { ...rule, cap: [{ attribute: 'affiliation', seatsMax: 4, sitting: [{ value: 'Google', seats: 3 }] }] });
  expect(capped).not.toContain('michael-rubin');
  expect(winners(path, { ...rule, seats: 4 })).toContain('michael-rubin');
  expect(page('affiliation-cap')).toContain('Michael Rubin');
});

itShared(`${folder}/burlington-2009-mayor.json`, 'Burlington 2009 has three mayors by three methods', (path) => {
  const one = { seats: 1, cap: 'none' } as const;
  const names = [
    winners(path, { method: 'plurality', equalRanks: 'refused', ...one }),
    winners(path, { method: 'irv', unranked: 'exhausted', equalRanks: 'refused', ...one }),
    winners(path, { method: 'condorcet', unranked: 'tied-last', equalRanks: 'allowed', ...one }),
  ];
  expect(names).toEqual([['wright'], ['kiss'], ['montroll']]);
  expect(page('counting')).toMatch(/Wright.*Kiss.*Montroll/);
});

it.each(['winning-votes', 'unranked', 'equal-ranks', 'affiliation-cap', 'tie', 'counting'])('the page about %s names what it decided', (word) => {
  expect(page(word)).toMatch(/\d{4}/);
});
