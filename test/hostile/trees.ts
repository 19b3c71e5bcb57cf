// Hostile content: trees and histories that a proposal may not bring (node.md section 3.5 and 3.6, T28, T30).
import { buildPack } from '../../node/git/pack.ts';
import { blobObject, objectId, plainCommit, treeObject, type GitObject } from '../../node/git/object.ts';
import type { Dice } from '../vectors/dice.ts';
import type { Target } from './target.ts';
import { none, pushBytes } from './wire.ts';

/** One hostile push: what it is, the codes it may be refused with, and its bytes. */
export interface HostileInput {
  readonly name: string;
  readonly codes: readonly string[];
  readonly bytes: Uint8Array;
}

/** Makes one input of a kind; `round` counts the inputs of the kind made before. */
export type Maker = (target: Target, dice: Dice, round: number) => HostileInput | Promise<HostileInput>;

const file = blobObject(Buffer.from('x\n'));
const fileId = objectId(file);

/** Names that some system cannot hold, or opens as something else. */
const names: readonly string[] = [
  '.git', '.GIT', '.Git', 'git~1', 'GIT~1', 'git~2', '.g\u200cit', '.gi\u200dt', '\u200e.git', '.git\u2060', '.git ', '.git.', '.git. ', '.git::$INDEX_ALLOCATION', '.git:x',
  '.gitmodules', 'gitmod~1', '.', '..', 'con', 'CON', 'con.txt', 'aux.h', 'nul', 'NUL.tar.gz', 'prn', 'com1', 'com9.log', 'lpt1', 'CONIN$', 'a:b', 'a\\b', 'a\\..\\b', 'a*', 'a?', 'a"b',
  'a<b', 'a>b', 'a|b', ' a', 'a ', 'a.', 'a..', '...', '\u0001', 'a\u0007b', 'a\nb', 'a\tb', 'a\u001b[31m', 'a\u007f', 'a\u0085', 'e\u0301', 'A\u030a', '\u1100\u1161', 'x'.repeat(256), 'ä'.repeat(128),
  '\ud7ff\uffff', '\ue000', '\u0378', '\ufdd0', 'com¹', 'C\u0327',
]; // prettier-ignore

const rawNames: readonly Uint8Array[] = [
  Buffer.from([0xff]),
  Buffer.from([0xc0, 0xaf]),
  Buffer.from([0xed, 0xa0, 0x80]),
  Buffer.from([0x61, 0x80]),
  Buffer.from([0xf5, 0x80, 0x80, 0x80]),
];
const modes: readonly string[] = ['120000', '160000', '100664', '100600', '100777', '100666', '0100644', '040000', '100', '777777', '120644', '20000', '60000'];
const twins: readonly (readonly [string, string])[] = [
  ['README', 'readme'],
  ['straße', 'STRASSE'],
  ['\u212a', 'k'],
  ['ς', 'Σ'],
  ['ﬁ', 'FI'],
  ['Ö', 'ö'],
];

function rawTree(entries: readonly (readonly [mode: string, name: Uint8Array, id: string])[]): GitObject {
  return {
    kind: 'tree',
    bytes: Buffer.concat(entries.flatMap(([mode, name, id]) => [Buffer.from(`${mode} `), name, Buffer.from([0]), Buffer.from(id, 'hex')])),
  };
}

/** Packs a history and pushes its end as a proposal of ben's. */
function proposal(target: Target, objects: readonly GitObject[], head: string): Uint8Array {
  const next = head;
  return pushBytes([{ old: none, next, ref: `refs/gdo/proposal/${target.device}/topic` }], buildPack(objects));
}

function commitOf(tree: string, parents: readonly string[], message = 'x\n'): GitObject {
  return plainCommit({ tree, parents, person: 'Ben <ben@example.org>', seconds: 1_700_000_000, message });
}

function withTree(target: Target, tree: GitObject, others: readonly GitObject[] = [file]): Uint8Array {
  const commit = commitOf(objectId(tree), [target.view.mainCommit]);
  return proposal(target, [...others, tree, commit], objectId(commit));
}

/** A tree inside of so many folders, which changes nothing about what is wrong with it. */
function inFolders(tree: GitObject, depth: number): { readonly root: GitObject; readonly objects: readonly GitObject[] } {
  const objects: GitObject[] = [];
  let root = tree;
  for (let level = 0; level < depth; level += 1) {
    objects.push(root);
    root = treeObject([{ mode: '40000', name: Buffer.from(`d${level}`), id: objectId(root) }]);
  }
  return { root, objects };
}

function treeOfNames(target: Target, name: string, entries: readonly (readonly [mode: string, name: Uint8Array, id: string])[], depth: number): HostileInput {
  const { root, objects } = inFolders(rawTree(entries), depth);
  return { name, codes: ['GDO2014'], bytes: withTree(target, root, [file, ...objects]) };
}

const repeated = (levels: number, width: number, leaf: GitObject): { readonly root: GitObject; readonly objects: readonly GitObject[] } => {
  const objects = [leaf];
  let root = leaf;
  for (let level = 0; level < levels; level += 1) {
    const id = objectId(root);
    const mode = level === 0 ? '100644' : '40000';
    root = treeObject(Array.from({ length: width }, (_, index) => ({ mode, name: Buffer.from(`n${index}`), id })));
    objects.push(root);
  }
  return { root, objects: objects.slice(0, -1) };
};

/** Kinds of hostile content, by name. */
export const treeMakers: readonly (readonly [kind: string, make: Maker])[] = [
  [
    'name',
    (target, dice, round) =>
      treeOfNames(
        target,
        `name ${JSON.stringify(names[round % names.length])}`,
        [['100644', Buffer.from(names[round % names.length] ?? ''), fileId]],
        dice.below(4),
      ),
  ],
  [
    'folder-name',
    (target, dice, round) => {
      const { root, objects } = inFolders(rawTree([['100644', Buffer.from('x'), fileId]]), 0);
      const name = names[round % names.length] ?? '';
      const outer = inFolders(rawTree([['40000', Buffer.from(name), objectId(root)]]), dice.below(3));
      return { name: `folder ${JSON.stringify(name)}`, codes: ['GDO2014'], bytes: withTree(target, outer.root, [file, root, ...objects, ...outer.objects]) };
    },
  ],
  [
    'bytes-name',
    (target, dice, round) =>
      treeOfNames(target, 'name that is not UTF-8', [['100644', rawNames[round % rawNames.length] ?? Buffer.from([0xff]), fileId]], dice.below(4)),
  ],
  [
    'mode',
    (target, dice, round) =>
      treeOfNames(target, `mode ${modes[round % modes.length]}`, [[modes[round % modes.length] ?? '', Buffer.from('a'), fileId]], dice.below(4)),
  ],
  [
    'twins',
    (target, dice, round) => {
      const pair = twins[round % twins.length] ?? twins[0] ?? ['a', 'A'];
      const entries = pair.map((name) => ({ mode: '100644', name: Buffer.from(name), id: fileId }));
      const { root, objects } = inFolders(treeObject(entries), dice.below(3));
      return { name: `neighbours ${pair.join(' ')}`, codes: ['GDO2014'], bytes: withTree(target, root, [file, ...objects]) };
    },
  ],
  [
    'unsorted',
    (target, dice) =>
      treeOfNames(
        target,
        'names out of order',
        [
          ['100644', Buffer.from('b'), fileId],
          ['100644', Buffer.from('a'), fileId],
        ],
        dice.below(4),
      ),
  ],
  [
    'twice',
    (target, dice) =>
      treeOfNames(
        target,
        'one name twice',
        [
          ['100644', Buffer.from('a'), fileId],
          ['100755', Buffer.from('a'), fileId],
        ],
        dice.below(4),
      ),
  ],
  [
    'torn-tree',
    (target, dice) => {
      const whole = rawTree([['100644', Buffer.from('a'), fileId]]).bytes;
      const tree: GitObject = { kind: 'tree', bytes: whole.subarray(0, 1 + dice.below(whole.length - 1)) };
      return { name: 'a tree that ends early', codes: ['GDO1010', 'GDO2014'], bytes: withTree(target, tree) };
    },
  ],
  [
    'deep',
    (target, dice) => {
      const { root, objects } = inFolders(rawTree([['100644', Buffer.from('a'), fileId]]), 33 + dice.below(300));
      return { name: 'folders in folders', codes: ['GDO2014'], bytes: withTree(target, root, [file, ...objects]) };
    },
  ],
  [
    'tree-bomb',
    (target, dice) => {
      const { root, objects } = repeated(8 + dice.below(4), 10, file);
      return { name: 'few trees that name many files', codes: ['GDO2014'], bytes: withTree(target, root, objects) };
    },
  ],
  [
    'many-names',
    (target) => {
      const tree = treeObject(Array.from({ length: 100_001 }, (_, index) => ({ mode: '100644', name: Buffer.from(`f${index}`), id: fileId })));
      return { name: '100,001 names in one folder', codes: ['GDO2014'], bytes: withTree(target, tree) };
    },
  ],
  [
    'long-path',
    (target, dice) => {
      let root = rawTree([['100644', Buffer.from('a'), fileId]]);
      const objects: GitObject[] = [];
      for (let level = 0; level < 5 + dice.below(3); level += 1) {
        objects.push(root);
        root = treeObject([{ mode: '40000', name: Buffer.from(`${level}${'p'.repeat(249)}`), id: objectId(root) }]);
      }
      return { name: 'a path over 1,024 bytes', codes: ['GDO2014'], bytes: withTree(target, root, [file, ...objects]) };
    },
  ],
  [
    'named-bytes',
    (target, dice) => {
      const { root, objects } = repeated(2, 190 + dice.below(20), blobObject(Buffer.alloc(65_536, 1)));
      return { name: 'one file under so many names that they are over 2 GiB', codes: ['GDO2014'], bytes: withTree(target, root, objects) };
    },
  ],
  [
    'missing',
    (target, dice, round) => {
      const absent = dice.below(16).toString(16).repeat(40).replace(/^0+$/, '1'.repeat(40));
      const tree = treeObject([{ mode: round % 3 === 1 ? '40000' : '100644', name: Buffer.from('a'), id: round % 3 === 2 ? fileId : absent }]);
      const commit = commitOf(objectId(tree), [round % 3 === 2 ? absent : target.view.mainCommit]);
      return { name: 'something is missing', codes: ['GDO1022'], bytes: proposal(target, [file, tree, commit], objectId(commit)) };
    },
  ],
  [
    'history',
    (target, dice) => {
      const tree = treeObject([{ mode: '100644', name: Buffer.from('a'), id: fileId }]);
      const commits: GitObject[] = [];
      for (let index = 0; index < 1_001 + dice.below(50); index += 1)
        commits.push(commitOf(objectId(tree), [index === 0 ? target.view.mainCommit : objectId(commits[index - 1] ?? file)], `${index}\n`));
      return { name: 'a thousand commits and more', codes: ['GDO2014'], bytes: proposal(target, [file, tree, ...commits], objectId(commits.at(-1) ?? file)) };
    },
  ],
  [
    'past',
    (target, dice) => {
      const bad = rawTree([['120000', Buffer.from('a'), fileId]]);
      const good = treeObject([{ mode: '100644', name: Buffer.from('a'), id: fileId }]);
      const commits = [commitOf(objectId(bad), [target.view.mainCommit])];
      for (let index = 0; index <= dice.below(5); index += 1) commits.push(commitOf(objectId(good), [objectId(commits.at(-1) ?? file)], `${index}\n`));
      return {
        name: 'a symbolic link in a commit before the last',
        codes: ['GDO2014'],
        bytes: proposal(target, [file, bad, good, ...commits], objectId(commits.at(-1) ?? file)),
      };
    },
  ],
];
