// The table of issue "Ledger": what an attacker with a real key can lay into a real repository, each with the code that SPEC.md names. Every row is a copy of
// one ledger, with its objects stored by git and its ref moved by git, read by a fresh replay.
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseView, encodeReceipt, encodeVote, receiptId, signedCommit, zeros64, type EventDraft } from '../../../engine/index.ts';
import { closeEpoch } from '../../../node/gate/checkpoint-round.ts';
import { openRepository, type Repository } from '../../../node/git/repository.ts';
import { appendEvents } from '../../../node/ledger/append.ts';
import { auditLedger } from '../../../node/ledger/audit.ts';
import { signBatch, type SignedBatch } from '../../../node/ledger/batch.ts';
import { openLedger, replayLedger } from '../../../node/ledger/replay.ts';
import { computeEpoch } from '../../../node/ledger/epoch.ts';
import { epochRequest } from '../../../node/ledger/received.ts';
import { checkpointCommit, readFiles, statementCommit } from '../../../node/ledger/statements.ts';
import { basisOf, type LedgerView } from '../../../node/ledger/view.ts';
import { votesPath, voteStore } from '../../../node/ledger/votes.ts';
import { compile } from '../../engine/step/organization.ts';
import { hostileCommits, type HostileCommit } from '../../vectors/hostile-batches.ts';
import { foundSmall, git, removeFolder, signerOf, startMs, temporaryFolder, type SmallLedger } from './small-ledger.ts';

const folder = temporaryFolder();
afterAll(() => removeFolder(folder));
const hour = 3_600_000;
const people = ['ada', 'ben', 'cyd'];
const bylaws = `gdo 1
organization "Table"
end
role member plural members
  held by anyone
  gained through joining
end
process joining
  started by any person
  outcome joined
    grant member to the candidate
  end
end
process motion
  started by any member
  vote ballot
    voters members
    open for 2 days
    passes when more than 1/2 of votes cast are yes
    when passed go to accepted
    otherwise go to refused
  end
end
`;

/** A ledger with an open vote, on which ben has voted; its case and the clock at which the vote opened. */
let ledger: SmallLedger;
let foreign: SmallLedger;
let view: LedgerView;
let motion = '';
let sound: SignedBatch;
let firstReceipt: Uint8Array = new Uint8Array();

async function foundOne(name: string, nonce: string): Promise<SmallLedger> {
  return foundSmall(join(folder, name), { people, charter: compile(bylaws).charter, roles: [['member', people]], files: [['README.md', `${nonce}\n`]] });
}

async function close(of: SmallLedger, at: LedgerView, clockMs: number): Promise<LedgerView> {
  return (await closeEpoch({ view: at, signer: signerOf(of, 'ada'), votes: of.votes, clockMs })).view;
}

beforeAll(async () => {
  ledger = await foundOne('one', 'one');
  foreign = await foundOne('other', 'other');
  const proposed = await appendEvents(ledger.view, signerOf(ledger, 'ben'), {
    events: [{ kind: 'propose', body: { process: 'motion', bylaws: ledger.view.bylawsHash } }],
    clockMs: startMs + 1,
  });
  motion = proposed.stored.batch.events[0]?.id ?? '';
  view = await close(ledger, proposed.view, startMs + hour);
  const received = [...view.receipts.values()][0];
  firstReceipt = (await readFiles(ledger.repository, received?.commit ?? ''))?.get('statement.json') ?? firstReceipt;
  const voted = await appendEvents(view, signerOf(ledger, 'ben'), { events: [ballotOf('yes')], clockMs: startMs + 2 * hour });
  view = await close(ledger, voted.view, startMs + 3 * hour);
  sound = await batchBy('ada', [{ ...ballotOf('no'), tsMs: startMs + 4 * hour }]);
}, 600_000);

function ballotOf(choice: string): Omit<EventDraft, 'tsMs'> {
  return { kind: 'ballot', case: motion, body: { choice, stage: 1 } };
}

async function batchBy(name: string, events: readonly EventDraft[], change: Partial<Parameters<typeof signBatch>[1]> = {}): Promise<SignedBatch> {
  const head = view.heads.get(signerOf(ledger, name).device);
  return signBatch(signerOf(ledger, name), {
    org: view.org,
    actor: name,
    seq: head === undefined ? 1 : head.batch.seq + head.batch.count,
    prev: head === undefined ? undefined : { id: head.batch.id, commit: head.commit },
    deps: [],
    base: view.tip.id,
    events,
    attachments: [],
    ...change,
  });
}

let copies = 0;
/** A copy of the ledger on which something is done with plain git. */
async function onCopy<Value>(act: (path: string, repository: Repository) => Promise<Value>): Promise<Value> {
  copies += 1;
  const path = join(folder, `copy-${copies}`);
  cpSync(ledger.path, path, { recursive: true });
  const repository = openRepository(path);
  const done = await act(path, repository);
  repository.close();
  removeFolder(path);
  return done;
}

function closeOn(repository: Repository, at: LedgerView, clockMs = startMs + 5 * hour): Promise<LedgerView> {
  return close({ ...ledger, votes: voteStore(votesPath(repository)) }, at, clockMs);
}

const logOf = (name: string): string => `refs/gdo/log/${signerOf(ledger, name).device}`;
/** Every form that `hostileCommits` makes, and the code that SPEC.md section 6 names for it. */
const forms: readonly (readonly [name: string, code: string])[] = [
  ['armour wrapped at 76 columns', 'GDO1011'],
  ['two committers', 'GDO1010'],
  ['two signatures', 'GDO1010'],
  ['a NUL in the message', 'GDO1010'],
  ['a date with an exponent', 'GDO1010'],
  ['upper-case ids', 'GDO1010'],
  ['an encoding header', 'GDO1010'],
  ['no last line feed', 'GDO1010'],
  ['carriage returns', 'GDO1010'],
  ['no signature', 'GDO1010'],
  ['another author than committer', 'GDO1010'],
  ['R moved by a point of order 8', 'GDO1012'],
  ['S with the group order added', 'GDO1012'],
  ['a signature over other bytes', 'GDO1012'],
  ['a signature for receipts', 'GDO1014'],
  ['signed by another key than the device', 'GDO1015'],
  ['a NUL in the armour', 'GDO1010'],
  ['a letter beyond ASCII in the armour', 'GDO1010'],
];

describe('T03, T05, T06: a log that ends in a sound batch in another form has no effect, and replay and audit say', () => {
  let commits: readonly HostileCommit[];
  beforeAll(async () => {
    commits = await hostileCommits(Buffer.from(sound.objects.find((object) => object.kind === 'commit')?.bytes ?? []).toString('utf8'));
  });

  it('a code for every form there is', () => expect(commits.map(([name, code]) => [name, code])).toEqual(forms));

  it.each(forms)(
    'of %s: %s',
    async (name, code) => {
      const text = commits.find(([one]) => one === name)?.[2] ?? '';
      const found = await onCopy(async (path, repository) => {
        await repository.writeObjects(sound.objects);
        const [id = ''] = await repository.writeObjects([{ kind: 'commit', bytes: Buffer.from(text, 'utf8') }]);
        // Git refuses to point a ref at a commit that it cannot read itself; whoever owns the disk can.
        writeFileSync(join(path, logOf('ada')), `${id}\n`);
        const replay = await openLedger(repository).catch((error: unknown) => Object(error).code);
        const audit = await auditLedger(repository);
        return {
          rejected: replay.rejected?.map((one: { readonly code: string }) => one.code) ?? [replay],
          pending: replay.pending?.length ?? 0,
          audit: audit.kind === 'bad' ? [audit.fault.code, audit.fault.object === id] : 'ok',
        };
      });
      // What git cannot walk ends the reading; the audit still names it.
      const stopped = name === 'carriage returns' ? 'GDO5024' : code;
      expect(found).toEqual({ rejected: [stopped], pending: 0, audit: [code, true] });
    },
    120_000,
  );
});

it('the sound batch itself is taken, so that nothing in the table is refused for the wrong reason', async () => {
  const verdict = await onCopy(async (path, repository) => {
    await repository.writeObjects(sound.objects);
    git(path, 'update-ref', logOf('ada'), sound.commit);
    const closed = await closeOn(repository, await openLedger(repository));
    return closed.verdicts.get(sound.batch.events[0]?.id ?? '')?.verdict;
  });
  expect(verdict).toEqual({ kind: 'ok' });
});

interface Row {
  readonly name: string;
  /** Codes of the commits of logs that are not taken, or of the fault that ends the replay. */
  readonly code: string;
  readonly lay: (path: string, repository: Repository) => Promise<void>;
}

/** Lays a batch on top of ada's log. */
async function layBatch(path: string, repository: Repository, batch: SignedBatch): Promise<void> {
  await repository.writeObjects(batch.objects);
  git(path, 'update-ref', logOf('ada'), batch.commit);
}

/** Lays a statement that somebody signed on top of a witness's ref. */
async function layStatement(
  path: string,
  repository: Repository,
  what: { readonly kind: 'receipt' | 'vote'; readonly bytes: Uint8Array; readonly by?: string },
): Promise<void> {
  const device = signerOf(ledger, 'ada').device;
  const ref = `refs/gdo/${what.kind === 'receipt' ? 'receipt' : 'cosign'}/${device}`;
  const armour = await signerOf(ledger, what.by ?? 'ada').sign(what.kind === 'receipt' ? 'gdo-receipt-v1' : 'gdo-cosign-v1', what.bytes);
  const built = statementCommit(what.kind, { bytes: what.bytes, armour }, git(path, 'rev-parse', ref).trim());
  await repository.writeObjects(built.objects);
  git(path, 'update-ref', ref, built.commit);
}

const receiptOf = (change: object): Uint8Array => {
  const last = view.receipts.get(signerOf(ledger, 'ada').device);
  return encodeReceipt({
    org: view.org,
    witness: signerOf(ledger, 'ada').device,
    seq: 3,
    prev: last?.id ?? zeros64,
    upToMs: startMs + 9 * hour,
    entries: [],
    ...change,
  });
};

/** A checkpoint with a vote of the steward for it, sound in all but the receipts that it names. */
async function layCheckpoint(path: string, repository: Repository, [seq, receipt]: readonly [number, string]): Promise<void> {
  const named = [[signerOf(ledger, 'ada').device, seq, receipt]] as const;
  const computed = await computeEpoch(repository, basisOf(view), epochRequest(view, { timeMs: startMs + 9 * hour, named, added: [] }));
  if (computed.kind === 'refused') throw new Error(computed.reason);
  const { bytes, id, statement } = computed.epoch;
  const built = checkpointCommit({ bytes, id, height: statement.height, timeMs: statement.timeMs, parent: view.tip.commit, snapshot: undefined });
  await repository.writeObjects(built.objects);
  git(path, 'update-ref', 'refs/gdo/checkpoint', built.commit);
  await layStatement(path, repository, { kind: 'vote', bytes: encodeVote({ org: view.org, height: statement.height, value: id }) });
}

const rows: readonly Row[] = [
  {
    name: 'T09: a batch of another organization, by the same key',
    code: 'GDO1014',
    lay: async (path, repository) => {
      const there = await appendEvents(foreign.view, signerOf(foreign, 'ada'), { events: [{ kind: 'fact', body: { data: {}, type: 'x' } }], clockMs: startMs });
      const objects = await Promise.all(
        ['', '^{tree}', ':batch.ndjson'].map((suffix) =>
          foreign.repository.readObject(git(foreign.path, 'rev-parse', `${there.stored.commit}${suffix}`).trim()),
        ),
      );
      await repository.writeObjects(objects.filter((one) => one !== undefined));
      git(path, 'update-ref', logOf('ada'), there.stored.commit);
    },
  },
  {
    name: 'T09: an event line of another organization in a batch of this one',
    code: 'GDO1014',
    lay: async (path, repository) => {
      const other = await batchBy('ada', [{ ...ballotOf('no'), tsMs: startMs }], { org: foreign.view.org });
      const line = other.objects.find((one) => one.kind === 'blob');
      const mine = await batchBy('ada', [{ ...ballotOf('no'), tsMs: startMs }]);
      const tree = mine.objects.find((one) => one.kind === 'tree');
      const commit = Buffer.from(mine.objects.at(-1)?.bytes ?? []).toString('utf8');
      if (line === undefined || tree === undefined) throw new Error('a batch has a tree and its lines');
      const [blob = ''] = await repository.writeObjects([line]);
      const changed = Buffer.concat([Buffer.from('100644 batch.ndjson\0'), Buffer.from(blob, 'hex')]);
      const [treeId = ''] = await repository.writeObjects([{ kind: 'tree', bytes: changed }]);
      const payload = commit.replace(/gpgsig [^\0]*?-----END SSH SIGNATURE-----\n/, '').replace(/^tree [0-9a-f]{40}/, `tree ${treeId}`);
      const signed = signedCommit(payload, await signerOf(ledger, 'ada').sign('git', Buffer.from(payload)));
      const [id = ''] = await repository.writeObjects([{ kind: 'commit', bytes: Buffer.from(signed) }]);
      git(path, 'update-ref', logOf('ada'), id);
    },
  },
  {
    name: 'T09: a receipt of another organization, by the same witness',
    code: 'GDO1014',
    lay: (path, repository) => layStatement(path, repository, { kind: 'receipt', bytes: receiptOf({ org: foreign.view.org }) }),
  },
  {
    name: 'T09: a vote of another organization, by the same witness',
    code: 'GDO1014',
    lay: (path, repository) => layStatement(path, repository, { kind: 'vote', bytes: encodeVote({ org: foreign.view.org, height: 2, value: zeros64 }) }),
  },
  {
    name: 'T15: a receipt signed by another key than its ref',
    code: 'GDO1015',
    lay: (path, repository) => layStatement(path, repository, { kind: 'receipt', bytes: receiptOf({}), by: 'ben' }),
  },
  {
    name: 'T15: a second vote of the steward for another value at a final height',
    code: 'GDO1071',
    lay: (path, repository) => layStatement(path, repository, { kind: 'vote', bytes: encodeVote({ org: view.org, height: 2, value: zeros64 }) }),
  },
  {
    name: 'T14: a log that was replaced by another branch, so that a final batch is gone',
    code: 'GDO1022',
    lay: async (path, repository) => {
      const branch = await batchBy('ben', [{ kind: 'fact', body: { data: {}, type: 'x' }, tsMs: startMs }], { seq: 1, prev: undefined });
      await repository.writeObjects(branch.objects);
      git(path, 'update-ref', logOf('ben'), branch.commit);
    },
  },
  {
    name: 'T09: a batch with the number of one that is final',
    code: 'GDO1021',
    lay: async (path, repository) => layBatch(path, repository, await batchBy('ada', [{ ...ballotOf('no'), tsMs: startMs }], { seq: 3 })),
  },
  {
    name: 'T11: a batch that names a checkpoint nobody made',
    code: 'GDO1023',
    lay: async (path, repository) => layBatch(path, repository, await batchBy('ada', [{ ...ballotOf('no'), tsMs: startMs }], { base: 'f'.repeat(64) })),
  },
  {
    name: 'T10: a checkpoint that names a receipt which goes back in time',
    code: 'GDO1003',
    lay: async (path, repository) => {
      const bytes = receiptOf({ upToMs: startMs });
      await layStatement(path, repository, { kind: 'receipt', bytes });
      await layCheckpoint(path, repository, [3, receiptId(bytes)]);
    },
  },
  {
    name: 'T15: a checkpoint that names fewer receipts than the one before it',
    code: 'GDO1070',
    lay: (path, repository) => layCheckpoint(path, repository, [1, receiptId(firstReceipt)]),
  },
  {
    name: 'T15: a checkpoint that names a receipt nobody knows',
    code: 'GDO1070',
    lay: (path, repository) => layCheckpoint(path, repository, [3, zeros64]),
  },
];

it.each(rows.map((row) => [row.name, row.code, row] as const))('%s: %s', async (_name, _code, row) => {
  const codes = await onCopy(async (path, repository) => {
    await row.lay(path, repository);
    const replay = await replayLedger(repository);
    return replay.kind === 'fault' ? [replay.fault.code] : replay.view.rejected.map((one) => one.code);
  });
  expect(codes).toEqual([row.code]);
});

it.each([
  ['back-dated to before the vote', 0],
  ['back-dated into the vote', 2],
  ['dated after it', 60],
] as const)('T10: a ballot that arrives late, %s, is refused with GDO1051, and the result does not change', async (_date, hours) => {
  const late = await onCopy(async (path, repository) => {
    const closed = await closeOn(repository, await openLedger(repository), startMs + 50 * hour);
    const batch = await batchBy('ada', [{ ...ballotOf('no'), tsMs: startMs + hours * hour }]);
    await layBatch(path, repository, batch);
    const after = await closeOn(repository, await openLedger(repository), startMs + 61 * hour);
    expect((await replayLedger(repository)).kind).toBe('ok');
    const result = (at: LedgerView): unknown => caseView(at.state, motion)?.result;
    expect(result(closed)).toBe('passed');
    expect(result(after)).toBe('passed');
    return after.verdicts.get(batch.batch.events[0]?.id ?? '')?.verdict;
  });
  expect(late).toMatchObject({ kind: 'refused', code: 'GDO1051' });
});
