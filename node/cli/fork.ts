// `gdo fork`: members go on from the last final checkpoint as an organization of their own. Nobody else has to agree; each of them signs.
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { charterAsWritten, decodeGenesis, deviceOf, encodeCanonical, isIdentifier } from '../../engine/index.ts';
import { makeClone, mustTakeClone } from '../git/half-clone.ts';
import { fetchRefs } from '../git/transport.ts';
import { forkProblem, heldRoles } from '../ledger/fork.ts';
import { draftGenesis, foundLedger, missingSignatures, readGenesisDraft, signGenesis, writeGenesisDraft } from '../ledger/genesis.ts';
import type { GenesisDraft } from '../ledger/genesis.ts';
import { openKey, readPublicKey } from '../ledger/keys.ts';
import type { Signer } from '../ledger/keys.ts';
import { openLedger } from '../ledger/replay.ts';
import { followMain } from '../ledger/sync.ts';
import { memberOf } from '../ledger/view.ts';
import { replaceFile } from './bylaws-files.ts';
import type { CommandDefinition, OptionValue } from './command.ts';
import { UsageError, WorldError } from './command.ts';
import { keyPath, namedWitnesses } from './found.ts';
import { withLedger } from './session.ts';
import type { Session } from './session.ts';
import { visible } from './terminal.ts';

/** The command `gdo fork`. Exits 0, 1 (what was begun is no fork of this organization), 2, 3. */
export const forkCommand: CommandDefinition = {
  name: 'fork',
  group: 'keep',
  summary: 'go on as an organization of your own, without asking anybody',
  arguments: '[PERSON=KEYFILE...]',
  options: [
    ['--into <dir>', 'where the fork lives: a new folder'],
    ['--key <file>', 'sign with this key'],
    ['--witness <person...>', 'whose key witnesses and finishes decisions; of several a quorum does (default: the first person named)'],
    ['--join <file>', 'add your signature to a fork that others began'],
    ['--out <file>', 'where the fork goes on its way to the others (default: fork.json)'],
  ],
  examples: ['gdo fork bo cy=cy.pub --into shed-too', 'gdo fork --join fork.json --into shed-too'],
  run: (positional, options, world) => withLedger(world, (session) => fork(session, positional, options)),
};

async function fork(session: Session, positional: readonly string[], options: Readonly<Record<string, OptionValue>>): Promise<number> {
  const { world, view } = session;
  const { into, join } = options;
  if (typeof into !== 'string') throw new UsageError('GDO5002', 'Where will the fork live?', 'name a new folder:  gdo fork bo cy=cy.pub --into DIR');
  const folder = resolve(world.cwd, into);
  await mustTakeClone(folder);
  const signer = openKey(keyPath(options, world), world.env);
  const draft = typeof join === 'string' ? readDraft(resolve(world.cwd, join)) : await newDraft(session, positional, { options, signer });
  const genesis = decodeGenesis(draft.statement);
  const problem = genesis.kind === 'refused' ? genesis.reason : forkProblem(view, genesis.statement);
  if (problem !== undefined) {
    world.stderr(`✗ GDO1070 This is no fork of ${visible(view.name)}: ${visible(problem)}.\n`);
    return 1;
  }
  const signed = await signGenesis(draft, signer);
  const missing = missingSignatures(signed).map(([member]) => member);
  if (missing.length > 0) {
    const out = resolve(world.cwd, typeof options['out'] === 'string' ? options['out'] : 'fork.json');
    await replaceFile(out, writeGenesisDraft(signed));
    if (world.json) world.stdout(`${JSON.stringify({ schema: 'gdo-fork/1', founded: false, file: out, missing })}\n`);
    else world.stdout(`Signed. Still to sign: ${missing.join(', ')}.\nEach of them runs:  gdo fork --join ${visible(out)} --into DIR\n`);
    return 0;
  }
  return foundFork(session, signed, folder);
}

function readDraft(path: string): GenesisDraft {
  const draft = existsSync(path) ? readGenesisDraft(readFileSync(path, 'utf8')) : undefined;
  if (draft === undefined) throw new WorldError('GDO5022', `${visible(path)} is not a fork that \`gdo fork\` wrote`, 'ask whoever began it for the file');
  return draft;
}

/** The statement of a fork: bylaws, files and roles of the last final checkpoint, of the people named. */
async function newDraft(
  { view, repository, world }: Session,
  positional: readonly string[],
  { options, signer }: { readonly options: Readonly<Record<string, OptionValue>>; readonly signer: Signer },
): Promise<GenesisDraft> {
  if (positional.length === 0) throw new UsageError('GDO5002', 'Who leaves?', 'gdo fork bo cy=cy.pub --into DIR   (yourself without a file)');
  const members = positional.map((word) => {
    const [id = '', file] = word.split('=');
    const key = file === undefined ? signer.publicKey : readPublicKey(resolve(world.cwd, file));
    if (!isIdentifier(id) || memberOf(view.state, deviceOf(key)) !== id)
      throw new UsageError(
        'GDO5003',
        `${file === undefined ? 'The chosen key' : visible(file)} is no key of \`${visible(id)}\` in ${visible(view.name)}`,
        `${file === undefined ? `others are named with theirs:  ${visible(id)}=KEY.pub;  ` : ''}the keys of everybody:  gdo key list`,
      );
    return { id, key };
  });
  const ids = members.map(({ id }) => id);
  if (new Set(ids).size !== ids.length) throw new UsageError('GDO5002', 'Somebody is named twice', 'each person once');
  const named = namedWitnesses(options['witness']);
  const witnesses = members.filter(({ id }, index) => (named.length > 0 ? named.includes(id) : index === 0));
  if (named.some((id) => !ids.includes(id))) throw new UsageError('GDO5003', 'The witness is not among the people named', 'name one of them');
  return draftGenesis(repository, {
    name: view.name,
    nonce: Buffer.from(world.randomBytes(32)).toString('hex'),
    timeMs: Math.max(world.clockMs(), view.tip.timeMs + 1),
    bylaws: encodeCanonical(JSON.parse(JSON.stringify(charterAsWritten(view.state)))),
    members: members.map(({ id, key }) => [id, [key]]),
    roles: heldRoles(view.state, ids),
    witnesses: witnesses.map(({ key }) => deviceOf(key)),
    mainCommit: view.mainCommit,
    parent: { org: view.org, checkpoint: view.tip.id },
  });
}

async function foundFork({ repository, view, world }: Session, draft: GenesisDraft, folder: string): Promise<number> {
  if ((await repository.resolve('refs/heads/main')) !== view.mainCommit)
    throw new WorldError('GDO2003', 'Main of this copy is not what was accepted', 'fetch it first:  gdo sync');
  const founded = await makeClone(folder, async ({ repository: created, shows }) => {
    await fetchRefs(created, { address: repository.gitDirectory }, ['+refs/heads/main:refs/gdo-incoming/heads/main']);
    const made = await foundLedger(created, draft);
    shows(view.mainCommit);
    await followMain(await openLedger(created));
    return made;
  });
  const people = founded.genesis.members.map(([id]) => id);
  if (world.json)
    world.stdout(`${JSON.stringify({ schema: 'gdo-fork/1', founded: true, org: founded.org, parent: founded.genesis.parent, members: people })}\n`);
  else
    world.stdout(
      `Forked ${visible(view.name)} at checkpoint ${view.tip.height} with ${people.join(', ')}.\n  organization  ${founded.org}\n  folder        ${visible(folder)}\n  Bylaws, files and the roles of these people go on; open cases and balances stay behind.\n`,
    );
  return 0;
}
