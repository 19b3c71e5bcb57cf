// Every sample text of the design papers parses without a finding.
import { readFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { parseBylaws } from '../../language/index.ts';
import { itShared } from '../shared.ts';

const samples = [
  'assembly',
  'commons',
  'council',
  'democracy',
  'doors',
  'makerspace',
  'module-elections',
  'monarchy',
  'resolution',
  'rfc',
  'steering',
  'treasury',
];

describe('the sample texts', () => {
  for (const sample of samples) {
    itShared(`design/language-samples/${sample}.gdo`, `${sample} parses without a finding`, (path) => {
      expect(parseBylaws({ path: `${sample}.gdo`, text: readFileSync(path, 'utf8') }).diagnostics).toEqual([]);
    });
  }
});
