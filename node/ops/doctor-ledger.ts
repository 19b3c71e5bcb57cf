// Looks at one repository with a ledger: whether git finds it sound, the gate stands in it, the ledger opens, its witness can go on, and the clock fits it.
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { WorldError } from '../cli/command.ts';
import { mainLine } from '../gate/main-line.ts';
import { findGitDirectory } from '../git/git-place.ts';
import { clutterOf, isCluttered } from '../git/maintenance.ts';
import { openRepository, type Repository } from '../git/repository.ts';
import { soundnessFault } from '../ledger/audit.ts';
import { openKey } from '../ledger/keys.ts';
import { seatOf } from '../ledger/received.ts';
import { hasLedger, openLedger } from '../ledger/replay.ts';
import { memberOf, type LedgerView } from '../ledger/view.ts';
import { voteStore, votesPath } from '../ledger/votes.ts';
import { counted } from '../cli/table.ts';
import { attention, fault, good, type Finding } from './finding.ts';
import { whereServed } from './served-by.ts';
import { trustWords } from './trust.ts';

/** What is looked at. */
export interface LedgerQuestion {
  /** How findings call it. */
  readonly name: string;
  readonly path: string;
  readonly key: string | undefined;
  /** Undefined in a person's clone. */
  readonly role: 'witness' | 'keeper' | undefined;
  /** The organization that the configuration names. */
  readonly genesis: string | undefined;
  readonly clockMs: number;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Looks at everything of one ledger. Whatever cannot be looked at is a finding too. */
export async function lookAtLedger(question: LedgerQuestion): Promise<readonly Finding[]> {
  const { name, path } = question;
  const place = findGitDirectory(path);
  if (place === undefined) {
    const found = `there is no repository at ${path}`;
    return question.role === 'keeper'
      ? [attention(name, found, 'nothing, if the node should fetch it from its peers')]
      : [fault(name, 'GDO5020', found, 'git clone --mirror CLONE ledger.git')];
  }
  const findings: Finding[] = [...modeFindings(question, place.gitDirectory), ...keyFindings(question)];
  try {
    const repository = openRepository(path);
    try {
      if (repository.adapter === 'system') findings.push(await soundFinding(name, repository));
      if (repository.workTree === undefined) findings.push(gateFinding(question, repository.gitDirectory), clutterFinding(name, repository.gitDirectory));
      findings.push(...(await ledgerFindings(question, repository)));
    } finally {
      repository.close();
    }
  } catch (error) {
    // A failure of the world is a finding here; what was found before it stays.
    if (!(error instanceof WorldError)) throw error;
    findings.push(fault(name, error.code, error.message, error.help));
  }
  return findings;
}

async function soundFinding(name: string, repository: Repository): Promise<Finding> {
  const wrong = await soundnessFault(repository);
  const subject = `${name}: objects`;
  return wrong === undefined
    ? good(subject, 'git finds every object sound')
    : fault(subject, 'GDO1010', wrong.what, 'run `gdo audit`, and take what is broken from a peer');
}

function gateFinding({ name, role }: LedgerQuestion, gitDirectory: string): Finding {
  const subject = `${name}: gate`;
  // Every start of a node puts it in; until then nobody serves this repository, and nothing is wrong with it.
  if (role !== undefined && whereServed(gitDirectory) === undefined && !existsSync(join(gitDirectory, 'hooks', 'pre-receive')))
    return attention(subject, 'is not there yet', 'nothing: the node puts it in when it first starts');
  try {
    accessSync(join(gitDirectory, 'hooks', 'pre-receive'), constants.X_OK);
    return good(subject, 'stands in the repository');
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return fault(subject, 'GDO5020', 'is missing, or may not be executed: nothing is taken', `gdo hook install --server -C ${gitDirectory}`);
  }
}

function clutterFinding(name: string, gitDirectory: string): Finding {
  const subject = `${name}: files`;
  const clutter = clutterOf(gitDirectory);
  const { looseObjects, looseRefs, packs } = clutter;
  const found = `${counted(looseObjects, 'loose object')}, ${counted(looseRefs, 'loose ref')}, ${counted(packs, 'pack')}`;
  return isCluttered(clutter)
    ? attention(subject, `${found}: reading it is slow`, 'nothing, if the node runs: it packs them within the hour; else  git repack -d -l --geometric=2')
    : good(subject, found);
}

const openToOthers = 0o077;
const writableByOthers = 0o022;

function modeFindings({ name, role }: LedgerQuestion, gitDirectory: string): readonly Finding[] {
  if (process.platform === 'win32') return [];
  const votes = join(gitDirectory, 'gdo', 'votes.log');
  const [folder, file] = [statSync(gitDirectory), statSync(votes, { throwIfNoEntry: false })];
  const subject = `${name}: rights`;
  if (role !== undefined && (folder.mode & writableByOthers) !== 0)
    return [fault(subject, 'GDO4022', 'others may write to the repository, past the gate', `chmod -R go-w ${gitDirectory}`)];
  if (file !== undefined && (file.mode & openToOthers) !== 0)
    return [fault(subject, 'GDO4022', 'others may read or write the file of votes', `chmod 600 ${votes}`)];
  return [good(subject, 'only its owner writes to it')];
}

function keyFindings({ name, key, environment }: LedgerQuestion): readonly Finding[] {
  if (key === undefined) return [];
  const subject = `${name}: key`;
  try {
    const signer = openKey(key, environment);
    return [good(subject, `${signer.path} can be used`)];
  } catch (error) {
    if (!(error instanceof WorldError)) throw error;
    return [fault(subject, error.code, error.message, error.help)];
  }
}

async function ledgerFindings(question: LedgerQuestion, repository: Repository): Promise<readonly Finding[]> {
  const { name, genesis } = question;
  if (!(await hasLedger(repository)))
    return [attention(`${name}: ledger`, 'there is none in this repository', 'found one with `gdo found`, or fetch one with `gdo sync`')];
  const view = await openLedger(repository);
  const subject = `${name}: ledger`;
  if (genesis !== undefined && view.org !== genesis)
    return [fault(subject, 'GDO5020', `is that of another organization: ${view.org}`, `the configuration names ${genesis}`)];
  const line = await mainLine(view);
  return [
    good(subject, `checkpoint ${view.tip.height}, ${view.pending.length} ${view.pending.length === 1 ? 'record waits' : 'records wait'}`),
    line.kind === 'same'
      ? good(`${name}: main`, 'is the accepted line')
      : fault(`${name}: main`, 'GDO2003', line.reason, `git update-ref refs/heads/main ${view.mainCommit}, and propose the change`),
    clockFinding(question, view),
    good(
      `${name}: trust`,
      trustWords(view.witnesses, (device) => memberOf(view.state, device) ?? `the witness ${device.slice(0, 8)}`),
    ),
    ...seatFindings(question, view),
  ];
}

function clockFinding({ name, clockMs }: LedgerQuestion, view: LedgerView): Finding {
  const subject = `${name}: clock`;
  const aheadMs = clockMs - view.tip.timeMs;
  if (aheadMs < 0)
    return fault(subject, 'GDO4020', `is ${Math.ceil(-aheadMs / 1000)} s behind the last checkpoint`, 'set it: `timedatectl` says whether it is synchronised');
  const { heartbeatMs } = view.genesis.params;
  return aheadMs > 2 * heartbeatMs
    ? attention(subject, 'the last checkpoint is over two heartbeats ago, or the clock is ahead', 'look at `date -u`; fetch with `gdo sync`', 'GDO4020')
    : good(subject, 'fits the last checkpoint');
}

/** Whether the key has the seat or the membership that its use needs, and whether the votes of a witness fit the ledger. */
function seatFindings({ name, key, role, environment }: LedgerQuestion, view: LedgerView): readonly Finding[] {
  if (key === undefined) return [];
  let device: string;
  try {
    ({ device } = openKey(key, environment));
  } catch (error) {
    if (!(error instanceof WorldError)) throw error;
    // Said by the finding about the key.
    return [];
  }
  if (role === undefined) {
    const member = memberOf(view.state, device);
    return [
      member === undefined
        ? attention(`${name}: member`, 'your key belongs to nobody here', 'choose the enrolled one:  gdo key use FILE', 'GDO5021')
        : good(`${name}: member`, member),
    ];
  }
  if (role === 'keeper') return [];
  const subject = `${name}: witness`;
  if (seatOf(view, device) === undefined) return [fault(subject, 'GDO5021', 'the key is not that of a witness', 'name the steward\'s key, or be a "keeper"')];
  if (!existsSync(votesPath(view.repository)) && !view.votes.has(device))
    return [attention(subject, 'no votes are kept here', 'nothing on the first day; else this may be a copy: do not close epochs in two places')];
  const newest = voteStore(votesPath(view.repository)).newest(view.org)?.height ?? 0;
  if (newest < view.tip.height)
    return [
      fault(
        subject,
        'GDO4013',
        `the votes end at height ${newest} and the ledger at ${view.tip.height}: restored from an older copy`,
        'fetch from every other copy:  gdo sync --peer ADDRESS   then:  gdo node resume-witness REPOSITORY --key FILE --yes',
      ),
    ];
  return [good(subject, `voted up to height ${newest}`)];
}
