// Every election of the shared cases, counted by the parameters of examples/elections/parameters.json and held against what was published.
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fieldsOf } from '../../../node/count/rule-words.ts';
import { itShared } from '../../shared.ts';
import { countedAsPublished, entries, folder } from './published.ts';

describe('published elections are reproduced', () => {
  for (const entry of entries()) {
    const rule = JSON.stringify(entry.rule);
    const kinds = [...entry.compare.keys()].join(' ');
    itShared(`${folder}/${entry.file}`, `${entry.file} by ${rule.slice(0, 90)}: ${kinds}`, (path) => {
      countedAsPublished(entry, path);
    });
  }

  it('every parameter of every count is justified by a sentence', () => {
    for (const entry of entries()) {
      const parameters = [...(fieldsOf(entry.rule) ?? new Map<string, unknown>()).keys()].filter((name) => name !== 'method' && name !== 'seats');
      for (const name of parameters) expect([entry.file, name, typeof entry.because.get(name)]).toEqual([entry.file, name, 'string']);
      // A reason for what the rule does not have would be a reason somebody copied.
      for (const name of entry.because.keys()) expect([entry.file, name, parameters.includes(name)]).toEqual([entry.file, name, true]);
    }
  });

  itShared(folder, 'no election file is left uncounted', (path) => {
    const counted = new Set(entries().map((entry) => entry.file));
    const files = readdirSync(path).filter((file) => file.endsWith('.json') && file !== 'multi-method.json');
    expect(files.filter((file) => !counted.has(file))).toEqual([]);
    expect(files.length).toBeGreaterThanOrEqual(20);
  });
});
