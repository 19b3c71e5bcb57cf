// Holds THREAT_MODEL.md: every threat of the design paper is there, every test it names exists, and what has no test says what is missing.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { titles } from './titles.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = readFileSync(`${root}THREAT_MODEL.md`, 'utf8');

interface Threat {
  readonly id: string;
  readonly tests: readonly (readonly [file: string, title: string])[];
  readonly missing: readonly string[];
}

const threats = page
  .split(/^(?=\*\*T\d\d )/m)
  .slice(1)
  .map((text): Threat => {
    const lines = text.split('\n').filter((line) => line.startsWith('- '));
    return {
      id: text.slice(2, 5),
      tests: lines.flatMap((line) => {
        const match = /^- (test\/\S+\.test\.ts): (.+)$/.exec(line);
        return match === null ? [] : [[match[1] ?? '', match[2] ?? ''] as const];
      }),
      missing: lines.flatMap((line) => /^- not yet: (.+)$/.exec(line)?.[1] ?? []),
    };
  });

it('The page has every threat from T01 to T42 once', () => {
  expect(threats.map((threat) => threat.id).toSorted()).toEqual(Array.from({ length: 42 }, (_, index) => `T${String(index + 1).padStart(2, '0')}`));
});

it.each(threats.map((threat) => [threat.id, threat] as const))('%s: each test that is named for it exists, or what is missing is said', (_, threat) => {
  for (const [file, title] of threat.tests) {
    expect(existsSync(`${root}${file}`), file).toBe(true);
    expect(titles(file), `${file} has no title with: ${title}`).toContain(title);
  }
  expect(threat.tests.length + threat.missing.length).toBeGreaterThan(0);
});

it('A title that nobody wrote is not found, so that this test can fail', () => {
  expect(titles('test/node/ledger/hostile.test.ts')).not.toContain('T01: something that no test says');
});

it('SECURITY.md leads to the page', () => {
  expect(readFileSync(`${root}SECURITY.md`, 'utf8')).toContain('(THREAT_MODEL.md)');
});
