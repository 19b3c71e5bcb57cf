// The twelfth step: a program in a container judges the books of a maker space at the merge, and once it runs out of memory. It needs a container engine.
import { join } from 'node:path';
import { setStage, type Stage } from './stage.ts';

/** Files of the application `accounting`, by path, with the hash of an image that was built of its program. */
export interface Books {
  readonly files: readonly { readonly path: string; readonly text: string }[];
}

/** The application with its image, or the sentence why it cannot be played here. */
export type BooksProp = { readonly kind: 'ready'; readonly books: Books } | { readonly kind: 'missing'; readonly reason: string };

const people = ['ana', 'bo', 'chi', 'dee', 'eli'] as const;
const node = 'books.git';
const path = 'books/2027.journal';

/** More bookings than 32 MiB hold once they are read. */
const oldBookings = 40_000;

/** Plays the step on a stage of its own beside the story: another organization, whose rules name an image of this machine. */
export async function playBooks(stage: Stage, { files }: Books): Promise<void> {
  const own = setStage({ folder: stage.place('books'), seed: 'books', print: stage.print });
  await foundBooks(own, files);
  stage.tell(
    'Copper Creek keeps its books as examples/accounting does: a program in a container, with 32 MiB of memory, looks at each booking before it is merged.',
  );
  const journal = files.find((file) => file.path === path)?.text ?? '';
  const next = async (number: number, title: string, lines: readonly string[], exit: number): Promise<void> => {
    for (const line of lines) own.note(line);
    await booking(own, { number, title, files: { [path]: `${journal}\n${lines.join('\n')}\n` } }, exit);
  };
  stage.tell('A booking that is a cent short:');
  await next(1, 'Dues of Dee', ['2027-01-20 * (DUES-2) Dee', '    Assets:Bank  25.00 EUR', '    Income:Dues  -24.99 EUR'], 1);
  stage.tell('A refund that is more than its charge, of which 4.00 were given back before:');
  await next(2, 'Refund too much', ['2027-01-20 * (LASER-1S) Dee  ; refund: LASER-1', '    Income:Laser  5.61 EUR', '    Assets:Cash'], 1);
  stage.tell('And one that is right:');
  await next(3, 'Refund the rest', ['2027-01-20 * (LASER-1S) Dee  ; refund: LASER-1', '    Income:Laser  5.60 EUR', '    Assets:Cash'], 0);
  // Last, for the node would try this one again at each round.
  stage.tell('Eli brings thirty years of books in one go. No verdict is never a yes: nothing is merged, and the exit code is 3.');
  await booking(own, { number: 4, title: 'Thirty years of books', files: { 'books/1990.journal': manyBookings() } }, 3);
  if (own.quietGit('ana', node, ['ls-tree', '--name-only', 'main', 'books/']).trim() !== path) throw new Error('something was merged without a verdict');
}

/** Founds the organization and gives everybody a copy. Its ids follow from the image, which is not the same on every machine, so none is shown. */
async function foundBooks(stage: Stage, files: Books['files']): Promise<void> {
  stage.quietGit('ana', '.', ['init', '-q', '--initial-branch=main', 'ana']);
  for (const file of files) stage.write('ana', file.path, file.text);
  stage.quietGit('ana', 'ana', ['add', '.']);
  stage.quietGit('ana', 'ana', ['commit', '-q', '-m', 'Write down how we keep books']);
  for (const person of people) await stage.quietly(person, '.', ['key', 'new', join('people', person, 'id_ed25519')]);
  const keys = people.map((person) => `${person}=../people/${person}/id_ed25519.pub`);
  await stage.quietly('ana', 'ana', ['found', ...keys, '--out', '../founding.json']);
  for (const person of people.slice(1)) await stage.quietly(person, 'ana', ['found', '--join', '../founding.json', '--out', '../founding.json']);
  stage.quietGit('ana', '.', ['clone', '-q', '--mirror', 'ana', node]);
  await stage.quietly('ana', node, ['hook', 'install', '--server']);
  for (const person of ['bo', 'eli']) {
    stage.quietGit(person, '.', ['clone', '-q', node, person]);
    stage.quietGit(person, person, ['remote', 'set-url', 'origin', `../${node}`]);
    await stage.quietly(person, person, ['sync']);
  }
}

interface Booking {
  readonly number: number;
  readonly title: string;
  readonly files: Readonly<Record<string, string>>;
}

/** Eli proposes a booking, Bo approves it, and the node is asked to merge it. @param exit - what that comes to */
async function booking(stage: Stage, { number, title, files }: Booking, exit: number): Promise<void> {
  const round = async (): Promise<void> => {
    stage.wait(1 / 60);
    await stage.quietly('ana', node, ['sync']);
    for (const person of ['bo', 'eli']) await stage.quietly(person, person, ['sync']);
  };
  await round();
  stage.quietGit('eli', 'eli', ['switch', '-q', '-C', `booking-${number}`, 'main']);
  for (const [name, text] of Object.entries(files)) stage.write('eli', name, text);
  stage.quietGit('eli', 'eli', ['add', '.']);
  stage.quietGit('eli', 'eli', ['commit', '-q', '-m', title]);
  await stage.quietly('eli', 'eli', ['start', 'booking', '--title', title]);
  stage.quietGit('eli', 'eli', ['switch', '-q', 'main']);
  await round();
  // What the program says to it, in its own words; anybody can ask.
  if (exit === 1) await stage.gdo('eli', 'eli', ['dapp', 'run', 'accounting', '--case', `${number}`], 1);
  await stage.quietly('bo', 'bo', ['act', `${number}`, 'approve']);
  await stage.gdo('ana', node, ['merge', `${number}`], exit);
}

function manyBookings(): string {
  const lines = ['account Assets:Till', 'account Income:Tickets', ''];
  for (let number = 1; number <= oldBookings; number += 1) {
    const day = `19${90 + (number % 9)}-0${1 + (number % 9)}-${10 + (number % 18)}`;
    lines.push(`${day} * (T-${number}) Visitor ${number}`, '    Assets:Till  1.50 EUR', '    Income:Tickets', '');
  }
  return lines.join('\n');
}
