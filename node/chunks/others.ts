// What other copies have, as they say themselves: asked once at the beginning of a turn, and once more before something goes.
import { WorldError } from '../cli/command.ts';
import type { Repository } from '../git/repository.ts';
import { listRemote } from '../git/transport.ts';
import type { Copy } from './bring-pieces.ts';
import type { Note } from './content-note.ts';
import type { NamedContent } from './contents.ts';
import { blobRefs } from './put-content.ts';

/** What others have. Of a content with two commits one is false: each commit is a content of its own. */
export class Others {
  private readonly byKey = new Map<string, { readonly content: NamedContent; readonly copies: Copy[] }>();
  private readonly ask: (copy: Copy) => Promise<readonly NamedContent[]>;
  private readonly all: readonly Copy[];

  constructor(all: readonly Copy[], ask: (copy: Copy) => Promise<readonly NamedContent[]>) {
    this.all = all;
    this.ask = ask;
  }

  add(copy: Copy, contents: readonly NamedContent[]): void {
    for (const content of contents) {
      const key = keyOf(content);
      const row = this.byKey.get(key) ?? { content, copies: [] };
      row.copies.push(copy);
      this.byKey.set(key, row);
    }
  }

  contents(): readonly NamedContent[] {
    return [...this.byKey.values()].map(({ content }) => content);
  }

  with(content: NamedContent): readonly Copy[] {
    return this.byKey.get(keyOf(content))?.copies ?? [];
  }

  /** Asks anew how many have it. */
  async count(content: NamedContent): Promise<number> {
    const answers = await Promise.all(this.all.map((copy) => this.ask(copy)));
    return answers.filter((contents) => contents.some((one) => keyOf(one) === keyOf(content))).length;
  }
}

/** One content of one commit. */
export const keyOf: (content: Pick<NamedContent, 'sha256' | 'commit'>) => string = ({ sha256, commit }) => `${sha256} ${commit}`;

/** Asks every copy. One that does not answer has nothing. */
export async function listOthers(repository: Repository, copies: readonly Copy[], note: Note): Promise<Others> {
  const ask = async ({ name, remote }: Copy): Promise<readonly NamedContent[]> => {
    try {
      const refs = await listRemote(repository, remote);
      return refs.flatMap(({ ref, id }) => {
        const sha256 = ref.startsWith(`${blobRefs}/`) ? ref.slice(blobRefs.length + 1) : '';
        return /^[0-9a-f]{64}$/.test(sha256) ? [{ sha256, ref, commit: id }] : [];
      });
    } catch (error) {
      if (!(error instanceof WorldError) || error.code !== 'GDO4002') throw error;
      // Pulling says already that a peer is away.
      note({ level: 'debug', what: 'no contents of peer', code: 'GDO4002', reason: `${name}: ${error.message}` });
      return [];
    }
  };
  const others = new Others(copies, ask);
  for (const copy of copies) others.add(copy, await ask(copy));
  return others;
}
