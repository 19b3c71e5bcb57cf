// The shared repository that the hostile inputs are sent to, with traps, and what of it must not change.
import { existsSync, readdirSync } from 'node:fs';
import { buildSync } from 'esbuild';
import { join } from 'node:path';
import type { LedgerView } from '../../node/ledger/view.ts';
import { signBatch, type SignedBatch } from '../../node/ledger/batch.ts';
import { installHooks } from '../../node/receive/hook.ts';
import { bareCharter, foundSmall, git, signerOf, startMs, type SmallLedger } from '../node/ledger/small-ledger.ts';

/** A fact that anybody may state. */
export const doorFact = { kind: 'fact', body: { data: { door: 'front' }, type: 'door.opened' } } as const;

/** Bundles the smallest program that a hook can call, so that no built command line is needed. @returns its path */
export function buildHookProgram(folder: string): string {
  const outfile = join(folder, 'hook.mjs');
  const entry = new URL('../node/ledger/hook-program.ts', import.meta.url).pathname;
  const banner = { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" };
  buildSync({ entryPoints: [entry], bundle: true, platform: 'node', format: 'esm', target: 'node20', outfile, banner, logLevel: 'error' });
  return outfile;
}

/** What hostile inputs are made for. */
export interface Target {
  readonly ledger: SmallLedger;
  readonly view: LedgerView;
  readonly path: string;
  /** Appears if anything of a repository is executed. */
  readonly trap: string;
  /** A batch that would be taken, by the steward ada. */
  readonly sound: SignedBatch;
  /** The key of the member ben, 64 digits. */
  readonly device: string;
}

/** Founds an organization with a gate. Its repository's configuration holds every program that git would run if it were asked. */
export async function hostileTarget(folder: string): Promise<Target> {
  const path = join(folder, 'hub.git');
  const trap = join(folder, 'trap');
  const ledger = await foundSmall(path, {
    people: ['ada', 'ben'],
    charter: bareCharter({ areas: [{ name: 'rules', covers: ['rules/**'], except: [] }] }),
    roles: [],
    files: [['rules/one.md', 'One\n']],
  });
  await installHooks(ledger.repository, { nodePath: process.execPath, gdoPath: buildHookProgram(folder) });
  const run = `touch ${trap}`;
  for (const name of [
    'core.fsmonitor',
    'core.sshCommand',
    'core.alternateRefsCommand',
    'uploadpack.packObjectsHook',
    'filter.x.smudge',
    'diff.external',
    'alias.index-pack',
    'alias.rev-list',
  ])
    git(path, 'config', name, name.startsWith('alias') ? `!${run}` : run);
  git(path, 'config', 'receive.maxInputSize', '0');
  const ada = signerOf(ledger, 'ada');
  const sound = await signBatch(ada, {
    org: ledger.view.org,
    actor: 'ada',
    seq: 1,
    prev: undefined,
    deps: [],
    base: ledger.view.tip.id,
    events: [{ ...doorFact, tsMs: startMs }],
    attachments: [],
  });
  return { ledger, view: ledger.view, path, trap, sound, device: signerOf(ledger, 'ben').device };
}

/** All refs, and how many objects and leftovers lie in the repository: a refused push changes none of it. */
export function printOf(target: Target): string {
  const refs = git(target.path, 'for-each-ref', '--format=%(refname) %(objectname)');
  const files = readdirSync(join(target.path, 'objects'), { recursive: true, encoding: 'utf8' });
  return JSON.stringify({ refs, files: files.length, trap: existsSync(target.trap) });
}
