// Mutants that no test can notice in terms that were served, in instants at which something is due, in what lapses and in what a step holds, each with the
// reason; equivalents.ts holds the others.
import type { Equivalent } from './equivalents.ts';

/** What stood there, what it became, and why that changes nothing. */
type Row = readonly [was: string, becomes: string, reason: string];

const stranger = '["Stryker was here"]';

const alone = 'whoever shares a limit with nobody is a group alone: the same terms are counted, as theirs or as those of that group';
const unread = 'terms of a group that no limit asks for are kept, and nobody reads them';
const onlyRows = 'what is kept of terms is a list of rows, and each row is one';
const shorter = 'a shorter way to the same answer';

const rows: Readonly<Record<string, readonly Row[]>> = {
  'engine/term-limit.ts': [
    ["per.kind === 'each' && per.name !== 'person'", 'true', alone],
    ["per.kind === 'each' && per.name !== 'person'", "per.kind === 'each' || per.name !== 'person'", alone],
    ["per.kind === 'each'", 'true', 'only a line per somebody or something has a name'],
    ["per.name !== 'person'", 'true', alone],
    ["'person'", '""', alone],
    ["limit.counted === 'terms'", 'true', unread],
    ['attributesOf(role).length === 0', 'false', 'a number of changes is noted that no limit asks for'],
    [
      "readEntry(state, `role/${role}/${member}`)?.['attributes']",
      "readEntry(state, `role/${role}/${member}`)['attributes']",
      'whose term it is holds the role when this is asked',
    ],
    ['one.fromMs === fromMs', 'true', 'a role is given back only where nobody was granted it since: what goes on again is what ended last'],
    ['waivedThrough === undefined', 'false', 'of no process there is no case'],
    ['[]', stranger, `${onlyRows}; limits of nobody are of a group that nobody is in; and a grant is made only where each limit it passes is waived`],
  ],
  'engine/due.ts': [
    ['step.limits.length === 0', 'false', shorter],
    ['added.length > 0', 'true', 'nothing is met by an act that counts for nothing asked'],
    ['added.length > 0', 'added.length >= 0', 'nothing is met by an act that counts for nothing asked'],
    ['rows.length === 1', 'false', shorter],
  ],
  'engine/lapsed.ts': [
    ['names.length === 0', 'false', shorter],
    ['found !== undefined', 'false', 'it is only remembered, and would be made the same again'],
  ],
  'engine/hold.ts': [['step.holds.length === 0', 'false', shorter]],
};

/** All of them, by file. */
export const equalInTerms: readonly Equivalent[] = Object.entries(rows).flatMap(([file, all]) =>
  all.map(([was, becomes, reason]) => ({ file, was, becomes, reason })),
);
