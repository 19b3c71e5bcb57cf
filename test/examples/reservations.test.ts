// The calendar of examples/reservations: iCalendar in and out, slots that never overlap in UTC, and the night in which clocks change.
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { judge, needing, runProgram } from './application.ts';
import type { Tree } from './application.ts';

const dapp = 'reservations/dapps/reservations.py';
const itPython = needing('python3');
const folder = mkdtempSync(join(tmpdir(), 'gdo-calendar-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Slot {
  readonly from: string;
  readonly to: string;
  readonly thing?: string;
  readonly person?: string;
}

/** A slot as `import` writes it. `from` and `to` are hours of 9 March 2027, such as `1900`. */
function slot({ from, to, thing = 'laser', person = 'dee' }: Slot): readonly [path: string, text: string] {
  const at = (hours: string): string => `20270309T${hours}00Z`;
  const fields = [
    `UID:${thing}-${from}-${person}`,
    'DTSTAMP:20270301T120000Z',
    `DTSTART:${at(from)}`,
    `DTEND:${at(to)}`,
    `RESOURCES:${thing}`,
    `CONTACT:${person}`,
  ];
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//gdo//reservations//EN', 'BEGIN:VEVENT', ...fields, 'END:VEVENT', 'END:VCALENDAR'];
  return [`reservations/${thing}/20270309T${from}Z.ics`, lines.map((line) => `${line}\r\n`).join('')];
}

function tree(...slots: readonly Slot[]): Tree {
  return Object.fromEntries(slots.map(slot));
}

let calendars = 0;

/** Imports a calendar into a fresh folder. @returns the files written, by path, or what was said instead */
function imported(text: string): Tree | string {
  const place = join(folder, `in-${(calendars += 1)}`);
  const file = `${place}.ics`;
  writeFileSync(file, text);
  const { exit, out } = runProgram(dapp, ['import', file, place]);
  if (exit !== 0) return out.trim();
  const names = readdirSync(place, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ics'));
  return Object.fromEntries(names.toSorted().map((name) => [name, readFileSync(join(place, name), 'utf8')]));
}

function exported(files: Tree): string {
  const paths = Object.entries(files).map(([name, text], index) => {
    const path = join(folder, `out-${(calendars += 1)}-${index}.ics`);
    writeFileSync(path, text);
    return [name, path] as const;
  });
  return runProgram(dapp, ['export', ...paths.map(([, path]) => path)]).out;
}

/** A calendar as another program writes it: zones by name, folded lines, parts that mean nothing here. */
function foreign(...eventLines: readonly (readonly string[])[]): string {
  const events = eventLines.flatMap((lines, index) => [
    'BEGIN:VEVENT',
    `UID:${index}@desk`,
    'DTSTAMP:20270301T120000Z',
    'RESOURCES:laser',
    'CONTACT:dee',
    ...lines,
    'X-NOTE;CN="a:b":ignored',
    'END:VEVENT',
  ]);
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VTIMEZONE', 'TZID:America/Chicago', 'END:VTIMEZONE', ...events, 'END:VCALENDAR', ''].join('\r\n');
}

describe('slots in examples/reservations (R35)', () => {
  itPython('are half-open: one begins where another ends, and none begins a minute earlier', () => {
    expect(judge(dapp, tree({ from: '1900', to: '2100' }, { from: '2100', to: '2200', person: 'eli' }))).toBe('accept');
    expect(judge(dapp, tree({ from: '1900', to: '2100' }, { from: '2059', to: '2200', person: 'eli' }))).toEqual([
      'reservations/laser/20270309T2059Z.ics: laser is reserved then by dee',
    ]);
    expect(judge(dapp, tree({ from: '1900', to: '2100' }, { from: '1930', to: '2000', person: 'eli' }, { from: '2030', to: '2045', person: 'fay' }))).toEqual([
      'reservations/laser/20270309T1930Z.ics: laser is reserved then by dee',
      'reservations/laser/20270309T2030Z.ics: laser is reserved then by dee',
    ]);
    expect(judge(dapp, tree({ from: '1900', to: '2100' }, { from: '1900', to: '2100', thing: 'lathe', person: 'eli' }))).toBe('accept');
  });

  itPython('last four hours at most, and a person has three ahead', () => {
    expect(judge(dapp, tree({ from: '1900', to: '2300' }))).toBe('accept');
    expect(judge(dapp, tree({ from: '1859', to: '2300' }))).toEqual(['reservations/laser/20270309T1859Z.ics: it is longer than 4 hours']);
    const hours = ['0900', '1000', '1100', '1200', '1300'];
    const slots = hours.slice(0, 4).map((from, index) => ({ from, to: hours[index + 1] ?? '' }));
    expect(judge(dapp, tree(...slots.slice(0, 3)))).toBe('accept');
    expect(judge(dapp, tree(...slots))).toEqual(['reservations/laser/20270309T1200Z.ics: dee has 3 other slots ahead']);
  });

  itPython('lie where their beginning says, in the one form that import writes', () => {
    const [path, text] = slot({ from: '1900', to: '2100' });
    const refused = (file: string, bytes: string): void => expect([file, judge(dapp, { [file]: bytes })]).not.toEqual([file, 'accept']);
    refused('reservations/laser/20270309T1800Z.ics', text);
    refused('reservations/lathe/20270309T1900Z.ics', text);
    refused('reservations/free.txt', 'laser: dee');
    for (const [from, to] of [
      ['\r\n', '\n'],
      ['DTEND:20270309T210000Z', 'DTEND:20270309T190000Z'],
      ['DTEND:20270309T210000Z', 'DURATION:PT2H'],
      ['DTSTART:20270309T190000Z', 'DTSTART:20270309T190000'],
      ['DTSTART:20270309T190000Z', 'DTSTART;TZID=America/Chicago:20270309T130000'],
      ['END:VEVENT', 'RRULE:FREQ=DAILY\r\nEND:VEVENT'],
      ['CONTACT:dee\r\n', ''],
      ['CONTACT:dee', 'CONTACT:dee\r\nCONTACT:eli'],
    ] as const)
      refused(path, text.replaceAll(from, to));
  });

  itPython('are given back by removing the file', () => {
    expect(judge(dapp, {}, tree({ from: '1900', to: '2100' }))).toBe('accept');
  });
});

describe('calendars in examples/reservations (R35, RFC 5545)', () => {
  itPython('go in, out and in again as the same slots', () => {
    const long = 'Letters\\, signs\\; a line far longer than the seventy-five bytes that RFC 5545 allows — with a dash and a \\n second line';
    const files = imported(
      foreign(
        ['DTSTART:20270309T190000Z', 'DTEND:20270309T210000Z', `SUMMARY:${long.slice(0, 60)}\r\n ${long.slice(60)}`],
        ['DTSTART:20270310T190000Z', 'DURATION:PT1H30M'],
      ),
    );
    if (typeof files === 'string') throw new Error(files);
    expect(Object.keys(files)).toEqual(['reservations/laser/20270309T1900Z.ics', 'reservations/laser/20270310T1900Z.ics']);
    expect(judge(dapp, files)).toBe('accept');
    const calendar = exported(files);
    for (const line of calendar.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(calendar.replaceAll('\r\n ', '')).toContain(`SUMMARY:${long}`);
    expect(imported(calendar)).toEqual(files);
  });

  it.skipIf(!existsSync('/usr/share/zoneinfo/America/Chicago'))('keep their true length in the night in which clocks change, and never overlap in UTC', () => {
    const night = (from: string, to: string): readonly string[] => [`DTSTART;TZID=America/Chicago:${from}`, `DTEND;TZID=America/Chicago:${to}`];
    const spring = imported(foreign(night('20270314T013000', '20270314T033000'), night('20270314T033000', '20270314T043000')));
    if (typeof spring === 'string') throw new Error(spring);
    expect(Object.values(spring).map((text) => [...String(text).matchAll(/^DT(?:START|END):(.*)\r$/gm)].map(([, instant]) => instant))).toEqual([
      ['20270314T073000Z', '20270314T083000Z'],
      ['20270314T083000Z', '20270314T093000Z'],
    ]);
    expect(judge(dapp, spring)).toBe('accept');
    const autumn = imported(foreign(night('20271107T003000', '20271107T013000'), night('20271107T013000', '20271107T023000')));
    if (typeof autumn === 'string') throw new Error(autumn);
    expect(Object.values(autumn).map((text) => [...String(text).matchAll(/^DT(?:START|END):(.*)\r$/gm)].map(([, instant]) => instant))).toEqual([
      ['20271107T053000Z', '20271107T063000Z'],
      ['20271107T063000Z', '20271107T083000Z'],
    ]);
    expect(judge(dapp, autumn)).toBe('accept');
  });

  itPython('that float, repeat, name no zone of this world or leave the folder are not taken', () => {
    for (const lines of [
      ['DTSTART:20270309T190000', 'DTEND:20270309T210000'],
      ['DTSTART;VALUE=DATE:20270309', 'DTEND;VALUE=DATE:20270310'],
      ['DTSTART;TZID=Moon/Tycho:20270309T190000', 'DTEND:20270309T210000Z'],
      ['DTSTART;TZID=../../etc/passwd:20270309T190000', 'DTEND:20270309T210000Z'],
      ['DTSTART:20270230T190000Z', 'DTEND:20270309T210000Z'],
      ['DTSTART:20270309T190000Z', 'DTEND:20270309T210000Z', 'RRULE:FREQ=DAILY'],
    ])
      expect(imported(foreign(lines))).toMatch(/^not taken: /);
    const escape = foreign(['DTSTART:20270309T190000Z', 'DTEND:20270309T210000Z']).replace('RESOURCES:laser', 'RESOURCES:../../laser');
    expect(imported(escape)).toMatch(/^not taken: .* names no thing/);
  });
});
