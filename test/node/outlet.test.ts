// Output without a stream, on real pipes and files: whole, in order, and quiet where nobody reads.
import { spawnSync } from 'node:child_process';
import { closeSync, constants, existsSync, mkdtempSync, openSync, readFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { outletOf } from '../../node/outlet.ts';

function place(name: string): string {
  return join(mkdtempSync(join(tmpdir(), 'gdo-outlet-')), name);
}

function pipe(): string {
  const path = place('pipe');
  expect(spawnSync('mkfifo', [path]).status).toBe(0);
  return path;
}

function noStream(): never {
  throw new Error('a stream was opened');
}

describe('an outlet', () => {
  it('writes what it is told, letters of any alphabet too, and opens no stream for it', () => {
    const path = place('file');
    const descriptor = openSync(path, 'w');
    const outlet = outletOf(descriptor, noStream);
    outlet.write('Rat der ');
    outlet.write('Stühle ─ 議会\n');
    closeSync(descriptor);
    expect([readFileSync(path, 'utf8'), outlet.hasFailed()]).toEqual(['Rat der Stühle ─ 議会\n', false]);
  });

  it('gives a pipe that does not wait the rest when it has room, in order', async () => {
    const path = pipe();
    // Open for both, so that opening waits for nobody. A pipe holds 64 KiB.
    const writing = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
    const outlet = outletOf(writing, () => new Socket({ fd: writing, readable: false }));
    const [first, second] = [`${'é'.repeat(150_000)}\n`, 'and then the rest\n'];
    outlet.write(first);
    outlet.write(second);
    const reader = new Socket({ fd: openSync(path, constants.O_RDONLY | constants.O_NONBLOCK), writable: false });
    let read = Buffer.alloc(0);
    for await (const part of reader) {
      read = Buffer.concat([read, Buffer.from(part)]);
      if (read.length >= Buffer.byteLength(first + second)) break;
    }
    reader.destroy();
    expect([read.toString('utf8') === first + second, outlet.hasFailed()]).toEqual([true, false]);
  });

  it('is quiet when the reader has gone away', () => {
    const path = pipe();
    const reading = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const writing = openSync(path, constants.O_WRONLY);
    closeSync(reading);
    const outlet = outletOf(writing, noStream);
    outlet.write('for nobody\n');
    outlet.write('nor this\n');
    closeSync(writing);
    expect(outlet.hasFailed()).toBe(false);
  });

  it.runIf(existsSync('/dev/full'))('says so when the disk is full', () => {
    const full = openSync('/dev/full', 'w');
    const outlet = outletOf(full, noStream);
    outlet.write('lost\n');
    closeSync(full);
    expect(outlet.hasFailed()).toBe(true);
  });
});
