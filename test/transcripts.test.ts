// Plays every transcript in test/transcripts and compares what is printed and how each command ends. `npm run golden` rewrites them.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { matches, playTranscript, readTranscript } from './transcripts/transcript.ts';
import type { Played } from './transcripts/transcript.ts';

const folder = fileURLToPath(new URL('transcripts/', import.meta.url));
/** The first page is a transcript too: what it shows happens. */
const readme = '../../README.md';
const rewriting = process.env['GDO_GOLDEN'] === '1';

/** Puts what was printed in the place of what was expected; wildcards that still match stay. */
function rewritten(text: string, played: readonly Played[]): string {
  const lines = text.split('\n');
  for (const { command, printed } of played.toReversed()) {
    if (matches(command.expected, printed)) continue;
    const count = command.expected.split('\n').length - 1;
    lines.splice(command.line, count, ...printed.split('\n').slice(0, -1));
  }
  return lines.join('\n');
}

describe('transcripts', () => {
  const names = readdirSync(folder).filter((name) => name.endsWith('.md'));

  it('are there', () => {
    expect(names.length).toBeGreaterThan(0);
  });

  it.each([...names, readme])('%s happens as it is written', async (name) => {
    const text = readFileSync(`${folder}${name}`, 'utf8');
    const fences = readTranscript(text);
    const played = await playTranscript(fences);
    if (rewriting) writeFileSync(`${folder}${name}`, rewritten(text, played));
    for (const [index, { command, printed, exit }] of played.entries()) {
      if (!rewriting && !matches(command.expected, printed))
        expect(`line ${command.line}: $ ${command.text}\n${printed}`).toBe(`line ${command.line}: $ ${command.text}\n${command.expected}`);
      const asked = played[index + 1]?.command.text === 'echo $?';
      if (!asked) expect([`line ${command.line}: $ ${command.text}`, exit]).toEqual([`line ${command.line}: $ ${command.text}`, 0]);
    }
  });
});
