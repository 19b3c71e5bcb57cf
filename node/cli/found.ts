// `gdo found`: founds an organization on the bylaws of main. Every first key signs the same statement, one after another (`--join`).
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { deviceOf, finalityNumbers, isIdentifier } from '../../engine/index.ts';
import type { Charter, Genesis } from '../../engine/index.ts';
import { contentTree } from '../git/content.ts';
import { openRepository } from '../git/repository.ts';
import type { Repository } from '../git/repository.ts';
import { draftGenesis, foundLedger, missingSignatures, readGenesisDraft, signGenesis, writeGenesisDraft } from '../ledger/genesis.ts';
import type { GenesisDraft } from '../ledger/genesis.ts';
import { openKey, readPublicKey } from '../ledger/keys.ts';
import type { Signer } from '../ledger/keys.ts';
import { replaceFile } from './bylaws-files.ts';
import type { CommandDefinition, OptionValue } from './command.ts';
import { UsageError, WorldError } from './command.ts';
import { ownKeyPath } from './own-key.ts';
import { shortHash } from './status-text.ts';
import { visible } from './terminal.ts';
import { treeBylaws } from './tree-bylaws.ts';
import type { World } from './world.ts';

/** The command `gdo found`. Exits 0, 1 (the bylaws have errors), 2, 3. */
export const foundCommand: CommandDefinition = {
  name: 'found',
  group: 'keep',
  summary: 'found an organization with the first keys',
  arguments: '[PERSON=KEYFILE...]',
  options: [
    ['--key <file>', 'sign with this key'],
    ['--witness <person...>', 'whose key witnesses and finishes decisions; of several a quorum does (default: whom the bylaws name, else the first person)'],
    ['--join <file>', 'add your signature to a founding that others began'],
    ['--out <file>', 'where the founding goes on its way to the others (default: founding.json)'],
  ],
  examples: ['gdo found ana=ana.pub bo=bo.pub chi=chi.pub --key ~/.ssh/id_ed25519', 'gdo found --join founding.json --key ~/.ssh/id_ed25519'],
  run: runFound,
};

async function runFound(positional: readonly string[], options: Readonly<Record<string, OptionValue>>, world: World): Promise<number> {
  const signer = openKey(keyPath(options, world), world.env);
  const repository = openRepository(world.cwd);
  try {
    if ((await repository.resolve('refs/gdo/genesis')) !== undefined) {
      throw new WorldError('GDO5020', 'There is a ledger in this repository already', 'found another organization in another repository');
    }
    const join = options['join'];
    const draft = typeof join === 'string' ? readDraft(resolve(world.cwd, join)) : await newDraft(repository, { positional, options, signer, world });
    if (draft === undefined) return 1;
    return await signAndFound(repository, draft, { signer, options, world });
  } finally {
    repository.close();
  }
}

/** The key to sign with: `--key`, else the chosen one. */
export function keyPath(options: Readonly<Record<string, OptionValue>>, world: World): string {
  const given = options['key'];
  return typeof given === 'string' ? resolve(world.cwd, given) : ownKeyPath(world);
}

function readDraft(path: string): GenesisDraft {
  if (!existsSync(path))
    throw new WorldError('GDO5022', `There is no file ${visible(path)}`, 'whoever begins makes it:  gdo found ... --out FILE   and hands it on');
  const draft = readGenesisDraft(readFileSync(path, 'utf8'));
  if (draft === undefined) throw new WorldError('GDO5022', `${visible(path)} is not a founding that \`gdo found\` wrote`, 'ask whoever began it for the file');
  return draft;
}

interface Request {
  readonly positional: readonly string[];
  readonly options: Readonly<Record<string, OptionValue>>;
  readonly signer: Signer;
  readonly world: World;
}

async function newDraft(repository: Repository, request: Request): Promise<GenesisDraft | undefined> {
  const { options, world } = request;
  const members = readMembers(request);
  const mainCommit = await repository.resolve('refs/heads/main');
  if (mainCommit === undefined)
    throw new UsageError(
      'GDO5012',
      'There is no branch `main` with bylaws',
      'commit the folder bylaws/ on main first; a branch of another name gets that one with  git branch -m main',
    );
  const tree = await contentTree(repository, mainCommit);
  if (tree.kind === 'refused')
    throw new WorldError('GDO2014', `The file \`${visible(tree.path)}\` cannot be governed: it ${tree.reason}`, 'rename or remove it, commit, and found again');
  const { compiled, findings, paths } = await treeBylaws(repository, tree.files);
  if (paths.length === 0) throw new UsageError('GDO5012', 'The branch `main` holds no bylaws', 'commit the folder bylaws/ on main first');
  const errors = findings.filter((finding) => finding.severity === 'error').length;
  if (compiled?.charter === undefined || compiled.bytes === undefined || errors > 0) {
    world.stderr(`The bylaws on main have ${errors === 1 ? 'one error' : `${errors} errors`}; an organization is not founded on them. See them:  gdo check\n`);
    return undefined;
  }
  const roles = firstRoles(compiled.charter, members);
  const witnesses = firstWitnesses(compiled.charter, members, namedWitnesses(options['witness']));
  return draftGenesis(repository, {
    name: compiled.charter.organization.name,
    nonce: Buffer.from(world.randomBytes(32)).toString('hex'),
    timeMs: world.clockMs(),
    bylaws: compiled.bytes,
    members: members.map((member) => [member.id, [member.key]]),
    roles,
    witnesses: witnesses.map(({ device }) => device),
    mainCommit,
  });
}

interface Founder {
  readonly id: string;
  readonly key: Uint8Array;
  readonly device: string;
}

/** Reads `ana=ana.pub`; a word without `=` is oneself with the signing key. */
function readMembers({ positional, signer, world }: Request): readonly Founder[] {
  if (positional.length === 0)
    throw new UsageError('GDO5002', 'Who founds the organization?', 'gdo found ana=ana.pub bo=bo.pub   (yourself without a file: gdo found ana)');
  const members = positional.map((word) => {
    const [id = '', file] = word.split('=');
    if (!isIdentifier(id))
      throw new UsageError('GDO5003', `\`${visible(id)}\` cannot be the name of a person here`, 'use small letters, digits and hyphens, such as `ana-maria`');
    const key = file === undefined ? signer.publicKey : readPublicKey(resolve(world.cwd, file));
    return { id, key, device: deviceOf(key) };
  });
  const twice = members.find((member, index) => members.findIndex((other) => other.id === member.id || other.device === member.device) !== index);
  if (twice !== undefined) throw new UsageError('GDO5002', `\`${twice.id}\` or their key is named twice`, 'each person once, each with a key of their own');
  return members;
}

/** The first holders that the bylaws name, all of whom must have a key. */
function firstRoles(charter: Charter, members: readonly Founder[]): readonly (readonly [role: string, ids: readonly string[]])[] {
  const known = new Set(members.map((member) => member.id));
  const named = charter.roles.filter((role) => role.firstHeldBy.length > 0);
  const missing = [...new Set(named.flatMap((role) => role.firstHeldBy))].filter((id) => !known.has(id)).toSorted();
  if (missing.length > 0) {
    throw new UsageError(
      'GDO5002',
      `The bylaws name first holders without a key: ${missing.join(', ')}`,
      `add them:  ${missing.map((id) => `${id}=${id}.pub`).join(' ')}`,
    );
  }
  return named.map((role) => [role.name, role.firstHeldBy.toSorted()]);
}

/** The people that `--witness` names, each once; several words, or one with commas. */
export function namedWitnesses(value: OptionValue): readonly string[] {
  const words = typeof value === 'string' ? [value] : typeof value === 'object' ? value : [];
  return [...new Set(words.flatMap((word) => word.split(',')).filter((word) => word !== ''))];
}

/**
 * Whose keys are the first witnesses: those named, else the first holders of the role that witnesses by a quorum, else the first founder.
 * Source: language.md S103
 */
function firstWitnesses(charter: Charter, members: readonly Founder[], named: readonly string[]): readonly Founder[] {
  const { witnessed } = charter.organization;
  const holders = witnessed?.finality === 'quorum' ? (charter.roles.find(({ name }) => name === witnessed.role)?.firstHeldBy ?? []) : [];
  const ids = named.length > 0 ? named : holders.length > 0 ? holders : members.slice(0, 1).map(({ id }) => id);
  if (ids.length > 1 && witnessed?.finality === 'one')
    throw new UsageError('GDO5003', 'These bylaws are `final by one`, and several witnesses are named', 'name one, or write `final by quorum` in the bylaws');
  return ids.map((id) => {
    const found = members.find((member) => member.id === id);
    if (found === undefined) throw new UsageError('GDO5003', `The witness \`${visible(id)}\` is not among the people named`, 'name one of them');
    return found;
  });
}

/** A signature by a key that founds nothing would look like progress and be none. */
function refuseStranger(draft: GenesisDraft, signer: Signer): void {
  const founders = missingSignatures({ ...draft, signatures: [] });
  if (founders.length === 0 || founders.some(([, device]) => device === signer.device)) return;
  const names = [...new Set(founders.map(([member]) => member))].join(', ');
  throw new WorldError(
    'GDO5021',
    `The key ${signer.path} is none of those that found this organization (${names})`,
    'sign with the key named there:  --key FILE',
  );
}

/** Who makes final what is recorded, where it is not one person. */
function witnessLine({ witnesses }: Genesis): string {
  if (witnesses.length === 1) return '';
  return `  final by      ${finalityNumbers(witnesses.length).quorum} of ${witnesses.length} witnesses, who order checkpoints on a stream\n`;
}

async function signAndFound(repository: Repository, draft: GenesisDraft, request: Pick<Request, 'signer' | 'options' | 'world'>): Promise<number> {
  const { signer, options, world } = request;
  refuseStranger(draft, signer);
  const signed = await signGenesis(draft, signer);
  const missing = missingSignatures(signed);
  if (missing.length > 0) {
    const out = resolve(world.cwd, typeof options['out'] === 'string' ? options['out'] : 'founding.json');
    await replaceFile(out, writeGenesisDraft(signed));
    const people = missing.map(([member]) => member).join(', ');
    if (world.json) world.stdout(`${JSON.stringify({ schema: 'gdo-found/1', founded: false, file: out, missing: missing.map(([member]) => member) })}\n`);
    else world.stdout(`Signed. Still to sign: ${people}.\nEach of them runs:  gdo found --join ${visible(out)}\n`);
    return 0;
  }
  const founded = await foundLedger(repository, signed);
  if (world.json) world.stdout(`${JSON.stringify({ schema: 'gdo-found/1', founded: true, org: founded.org, bylaws: founded.genesis.bylaws })}\n`);
  else {
    const people = founded.genesis.members.map(([id]) => id).join(', ');
    world.stdout(
      `Founded ${founded.genesis.name} with ${people}.\n  organization  ${founded.org}\n  bylaws        ${shortHash(founded.genesis.bylaws)}\n${witnessLine(founded.genesis)}`,
    );
  }
  return 0;
}
