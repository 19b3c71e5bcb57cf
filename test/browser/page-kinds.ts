// The way to have a repository in a page: in memory.
import { memoryKind, type Kind } from '../node/git/kind.ts';

/** What the contract of repositories runs over here. */
export const kinds: readonly Kind[] = [memoryKind('no git, in a browser')];
