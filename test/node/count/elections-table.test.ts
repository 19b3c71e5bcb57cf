// docs/elections.md: every count of the published elections as a table, written from the counts themselves. GDO_GOLDEN=1 writes it.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { CountRecord } from '../../../engine/index.ts';
import { fieldsOf } from '../../../node/count/rule-words.ts';
import { itShared, shared } from '../../shared.ts';
import { type Entry, at, countedAsPublished, entries, folder, json } from './published.ts';

const page = fileURLToPath(new URL('../../../docs/elections.md', import.meta.url));

const head = `# Published elections, counted again

Written by \`GDO_GOLDEN=1 npx vitest run test/node/count/elections-table.test.ts\`; do not edit. One row for each count in [parameters.json](../examples/elections/parameters.json),
where every parameter has the sentence of the source that justifies it. *held against* names what the result is compared with: winners, the whole order, points,
the matrix of pairs, rounds, or an STV report with quota, exclusions and final votes. *authority* says who published that; *computed* is a result of another
program, named in the file. The same rule counts a file of yours: \`gdo count FILE --method ...\`.

| file | method and parameters | held against | authority | result |
| --- | --- | --- | --- | --- |
`;

function parametersOf(entry: Entry): string {
  const rule = fieldsOf(entry.rule) ?? new Map<string, unknown>();
  const shown = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value));
  const parts = [...rule]
    .filter(([name]) => name !== 'method')
    .map(([name, value]) => `${name} ${Array.isArray(value) && value.length === 0 ? 'none' : shown(value)}`);
  return `**${String(rule.get('method'))}** ${parts.join(', ')}`;
}

function authorityOf(entry: Entry): string {
  if (entry.compareIn !== entry.file) return `computed, multi-method.json`;
  const document = json(readFileSync(shared(`${folder}/${entry.file}`), 'utf8'));
  const own = String(at(document, ['expected', 'authority']));
  const isComputed = [...entry.compare].filter(([, place]) => /computed|byRule|IfUnranked/iu.test(JSON.stringify(place))).map(([kind]) => kind);
  if (isComputed.length === 0 || own.startsWith('computed')) return own;
  return isComputed.length === entry.compare.size ? 'computed' : `${own}; ${isComputed.join(', ')}: computed`;
}

function resultOf(record: CountRecord): string {
  return record.outcome.kind === 'elected' ? `as published: ${record.outcome.winners.join(', ')}` : record.outcome.kind;
}

itShared(folder, 'docs/elections.md says of every published election what the count of today says', () => {
  const rows = entries().map((entry) => {
    const record = countedAsPublished(entry, shared(`${folder}/${entry.file}`));
    const cells = [entry.file, parametersOf(entry), [...entry.compare.keys()].join(', '), authorityOf(entry), resultOf(record)];
    return `| ${cells.map((cell) => cell.replaceAll('|', '/')).join(' | ')} |`;
  });
  const text = `${head}${rows.join('\n')}\n`;
  if (process.env['GDO_GOLDEN'] === '1') writeFileSync(page, text);
  expect(text).toBe(readFileSync(page, 'utf8'));
});
