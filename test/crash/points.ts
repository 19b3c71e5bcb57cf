// The places at which a node can be killed: before and after every call of the git port and of the file of votes, and in the middle of a vote.
import type { Repository } from '../../node/git/repository.ts';
import type { GrowingFile } from '../../node/ledger/votes.ts';

/** Called at every place, in order, with its name. */
export type Reach = (place: string) => void;

/** A repository that tells of each of its calls. */
export function watchedRepository(repository: Repository, reach: Reach): Repository {
  const watched =
    <Arguments extends readonly unknown[], Value>(name: string, call: (...given: Arguments) => Promise<Value>) =>
    async (...given: Arguments): Promise<Value> => {
      reach(`before ${name}`);
      const value = await call(...given);
      reach(`after ${name}`);
      return value;
    };
  return {
    gitDirectory: repository.gitDirectory,
    workTree: repository.workTree,
    adapter: repository.adapter,
    environment: repository.environment,
    openPack: repository.openPack,
    close: repository.close,
    readObject: watched('readObject', repository.readObject),
    readMany: watched('readMany', repository.readMany),
    readChunk: watched('readChunk', repository.readChunk),
    sizes: watched('sizes', repository.sizes),
    writeObjects: watched('writeObjects', repository.writeObjects),
    resolve: watched('resolve', repository.resolve),
    list: watched('list', repository.list),
    updateRefs: watched('updateRefs', repository.updateRefs),
    walk: watched('walk', repository.walk),
    isAncestor: watched('isAncestor', repository.isAncestor),
    currentBranch: watched('currentBranch', repository.currentBranch),
    setting: watched('setting', repository.setting),
    showFiles: watched('showFiles', repository.showFiles),
  };
}

/** A file of votes that tells of each of its calls, and of each vote that is half on disk: `torn` is then true at the next place. */
export function watchedVotes(file: GrowingFile, reach: Reach, tear: (place: string) => boolean): GrowingFile {
  return {
    read: () => {
      reach('before votes.read');
      return file.read();
    },
    append: (text) => {
      reach('before votes.append');
      if (tear('in votes.append')) file.append(text.slice(0, Math.floor(text.length / 2)));
      reach('in votes.append');
      file.append(text);
      reach('after votes.append');
    },
  };
}
