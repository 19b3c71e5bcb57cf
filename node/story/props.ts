// What the maker space's story takes from the examples: its bylaws, and the books with an image of the program that judges them.
import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { connectContainers } from '../dapps/containers.ts';
import type { BooksProp } from './books.ts';
import type { SpaceProps } from './space.ts';
import type { Stage } from './stage.ts';

/** What the examples name where an image of one's own belongs. */
const noImage = '0'.repeat(64);
/** Enough for the books of the example, and not for all that somebody may bring. */
const limits = { memoryBytes: 33_554_432, timeoutMs: 120_000 };

/** Gathers the props. @param examples - the folder of the examples */
export async function spaceProps(stage: Stage, examples: string): Promise<SpaceProps> {
  const space = join(examples, 'makerspace');
  return { ...storyProps(stage, join(space, 'bylaws')), books: await booksProp(join(examples, 'accounting')), flags: join(space, 'programs', 'flags.mjs') };
}

/** What every story needs. @param folder - where its bylaws are */
export function storyProps(stage: Stage, folder: string): Pick<SpaceProps, 'bylaws' | 'copy'> {
  return {
    bylaws: readdirSync(folder).map((name) => ({ path: `bylaws/${name}`, text: readFileSync(join(folder, name), 'utf8') })),
    copy: (from, to) => cpSync(stage.place(from), stage.place(to), { recursive: true }),
  };
}

async function booksProp(folder: string): Promise<BooksProp> {
  const connected = await connectContainers(process.env['DOCKER_HOST']);
  if (connected.kind === 'absent') return { kind: 'missing', reason: connected.reason };
  const program = join(folder, 'dapps', 'accounting.py');
  const built = spawnSync('sh', [join(folder, '..', 'image.sh'), program], { encoding: 'utf8' });
  const image = /^sha256:([0-9a-f]{64})$/m.exec(built.stdout)?.[1];
  if (image === undefined) return { kind: 'missing', reason: `no image could be built of this machine's Python: ${built.stderr.trim()}` };
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  const manifest: unknown = JSON.parse(read('dapps/accounting.json'));
  return {
    kind: 'ready',
    books: {
      files: [
        { path: 'bylaws/README.gdo.md', text: read('README.gdo.md').replace(noImage, image) },
        { path: 'bylaws/tests.gdo', text: read('tests.gdo') },
        { path: 'books/2027.journal', text: read('books/2027.journal') },
        { path: 'dapps/accounting.py', text: read('dapps/accounting.py') },
        { path: 'dapps/accounting.json', text: `${JSON.stringify(sorted({ ...Object(manifest), limits }))}\n` },
      ],
    },
  };
}

/** Manifests are canonical: their keys ascend. */
function sorted(row: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(row).toSorted(([left], [right]) => (left < right ? -1 : 1)));
}
