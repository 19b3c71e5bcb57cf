// The list of commands and where each lives. It runs nothing: a command's file is imported only when the command is asked for.
import type { CommandDefinition } from './command.ts';

/** One line of `gdo --help`, and how to get the command. A test holds group and summary equal to the definition's. */
export interface CommandEntry {
  readonly name: string;
  readonly group: CommandDefinition['group'];
  readonly summary: string;
  readonly load: () => Promise<CommandDefinition>;
  /** Starts what takes a while, before the command is loaded and its words are read. */
  readonly begin?: (words: readonly string[]) => Promise<void>;
}

/** For commands that put large files where this word is among theirs. */
function beginPut(verb: string): NonNullable<CommandEntry['begin']> {
  return async (words) => {
    if (words.includes(verb)) (await import('../chunks/begin-put.ts')).beginPut(words);
  };
}

/** Every command that exists, in the order of cli.md section 3. */
export const commands: readonly CommandEntry[] = [
  { name: 'init', group: 'write', summary: 'write bylaws to start from', load: async () => (await import('./init.ts')).initCommand },
  { name: 'check', group: 'write', summary: 'look for holes in the bylaws', load: async () => (await import('./check.ts')).checkCommand },
  { name: 'explain', group: 'write', summary: 'the page for a finding, a refusal or a word', load: async () => (await import('./explain.ts')).explainCommand },
  { name: 'fmt', group: 'write', summary: 'write bylaws in their canonical form', load: async () => (await import('./fmt.ts')).fmtCommand },
  { name: 'test', group: 'write', summary: 'play the scenarios of the bylaws', load: async () => (await import('./test.ts')).testCommand },
  { name: 'sim', group: 'write', summary: 'try a process out on a virtual clock', load: async () => (await import('./sim.ts')).simCommand },
  { name: 'diff', group: 'write', summary: 'what a change of the bylaws means to people', load: async () => (await import('./diff.ts')).diffCommand },
  { name: 'docs', group: 'write', summary: 'the bylaws as a document to read and to print', load: async () => (await import('./docs.ts')).docsCommand },
  { name: 'graph', group: 'write', summary: 'a picture of a process', load: async () => (await import('./graph.ts')).graphCommand },
  { name: 'compile', group: 'write', summary: 'the bylaws for machines', load: async () => (await import('./compile.ts')).compileCommand },
  { name: 'count', group: 'write', summary: 'count an election file by itself', load: async () => (await import('./count.ts')).countCommand },
  {
    name: 'status',
    group: 'decide',
    summary: 'what waits for me, what is open, what was decided',
    load: async () => (await import('./status.ts')).statusCommand,
  },
  { name: 'start', group: 'decide', summary: 'open a case for the current changes', load: async () => (await import('./start.ts')).startCommand },
  { name: 'vote', group: 'decide', summary: 'cast or change a ballot', load: async () => (await import('./vote.ts')).voteCommand },
  {
    name: 'act',
    group: 'decide',
    summary: 'endorse, object, raise, attend ...; report, lock, resign',
    load: async () => (await import('./act.ts')).actCommand,
  },
  { name: 'log', group: 'decide', summary: 'events in fold order with their signers', load: async () => (await import('./log.ts')).logCommand },
  { name: 'verify', group: 'decide', summary: 're-decide offline, with reasons', load: async () => (await import('./verify.ts')).verifyCommand },
  {
    name: 'prove',
    group: 'decide',
    summary: 'a proof of one file at a date, checkable without the repository',
    load: async () => (await import('./prove.ts')).proveCommand,
  },
  {
    name: 'key',
    group: 'decide',
    summary: 'make and choose your signing key; list, add and revoke keys',
    load: async () => (await import('./key.ts')).keyCommand,
  },
  { name: 'seal', group: 'decide', summary: 'a file that only the holders of a role can read', load: async () => (await import('./seal.ts')).sealCommand },
  { name: 'unseal', group: 'decide', summary: 'sealed files: which there are, and open one', load: async () => (await import('./unseal.ts')).unsealCommand },
  {
    name: 'erase',
    group: 'decide',
    summary: 'take a sealed file away for good, and ask every copy to',
    load: async () => (await import('./erase.ts')).eraseCommand,
  },
  {
    name: 'audit',
    group: 'keep',
    summary: 'check every byte, signature and verdict of the ledger',
    load: async () => (await import('./audit.ts')).auditCommand,
  },
  { name: 'found', group: 'keep', summary: 'found an organization with the first keys', load: async () => (await import('./found.ts')).foundCommand },
  {
    name: 'merge',
    group: 'keep',
    summary: "let this clone's node judge and merge a decided change",
    load: async () => (await import('./merge.ts')).mergeCommand,
  },
  {
    name: 'dapp',
    group: 'keep',
    summary: 'programs that judge merges: begin, try, attest, look again',
    load: async () => (await import('./dapp.ts')).dappCommand,
  },
  { name: 'sync', group: 'keep', summary: 'fetch, fold and push ledgers with the peers', load: async () => (await import('./sync.ts')).syncCommand },
  {
    name: 'fork',
    group: 'keep',
    summary: 'go on as an organization of your own, without asking anybody',
    load: async () => (await import('./fork.ts')).forkCommand,
  },
  {
    name: 'rejoin',
    group: 'keep',
    summary: 'bring a fork back, with what both sides changed by name',
    load: async () => (await import('./rejoin.ts')).rejoinCommand,
  },
  {
    name: 'bundle',
    group: 'keep',
    summary: 'carry a ledger on a stick: out as one file, and in again',
    load: async () => (await import('./bundle.ts')).bundleCommand,
  },
  {
    name: 'slice',
    group: 'keep',
    summary: 'what a door needs of a ledger: written, checked, asked',
    load: async () => (await import('./slice.ts')).sliceCommand,
  },
  {
    name: 'prune',
    group: 'keep',
    summary: 'drop what old records say, as far as the bylaws allow',
    load: async () => (await import('./prune.ts')).pruneCommand,
  },
  {
    name: 'store',
    group: 'keep',
    summary: 'large content in chunks: put, get, verify, drop, prune',
    load: async () => (await import('./store.ts')).storeCommand,
    begin: beginPut('put'),
  },
  {
    name: 'image',
    group: 'keep',
    summary: 'container images in and out of the repository',
    load: async () => (await import('./image.ts')).imageCommand,
    begin: beginPut('add'),
  },
  {
    name: 'comment',
    group: 'keep',
    summary: 'the text of the comment on a pull request',
    load: async () => (await import('./comment.ts')).commentCommand,
  },
  { name: 'hook', group: 'keep', summary: 'put the gate into a repository as a hook', load: async () => (await import('./hook.ts')).hookCommand },
  {
    name: 'node',
    group: 'keep',
    summary: 'run a node, look after it, or receive one push',
    load: async () => (await import('./node.ts')).nodeCommand,
  },
  { name: 'completion', group: 'keep', summary: 'completion for bash, zsh or fish', load: async () => (await import('./completion.ts')).completionCommand },
];

/** Groups in order, with the heading of `gdo --help`. */
export const groups: readonly (readonly [group: CommandDefinition['group'], heading: string])[] = [
  ['write', 'write    bylaws, and find out what they do'],
  ['decide', 'decide   together, by the bylaws'],
  ['keep', 'keep     the ledger and its nodes'],
];

/** Flags that every command takes, as commander writes them. */
export const globalFlags: readonly (readonly [flags: string, description: string])[] = [
  ['-C <dir>', 'work in this folder'],
  ['--json', 'one JSON document instead of text'],
  ['--color <when>', 'auto, always or never'],
  ['--plain', 'ASCII only, no boxes'],
  ['-q, --quiet', 'results only'],
  ['-v, --verbose', 'say more; twice for details of a crash'],
  ['--help', 'this text'],
  ['--version', 'the version'],
];
