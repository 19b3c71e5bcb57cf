// `gdo dapp recheck`: runs past checks again, all of a case or those that this key draws, and says where an endorser signed another answer. It changes no decision.
import { join } from 'node:path';
import type { CheckAnswer } from '../dapps/check.ts';
import { folderMemo } from '../dapps/memo.ts';
import { differingAnswers, drawChecks, findingOf, pastChecks, requestThen, secondLookFact } from '../dapps/second-look.ts';
import type { PastAnswer, PastCheck, Share } from '../dapps/second-look.ts';
import type { Trial } from '../dapps/trial.ts';
import { ownPlatform, tryDapp } from '../dapps/trial.ts';
import { mustRead } from '../git/repository.ts';
import { hasSigned } from '../sync/own-facts.ts';
import { openCase } from './case-open.ts';
import { heightOf } from './checkpoint-height.ts';
import type { OptionValue } from './command.ts';
import { UsageError } from './command.ts';
import { beneathMissing, connectSwept, imageSources, prepareTrial } from './dapp-runner.ts';
import { signFacts } from './dapp-facts.ts';
import { asMember, sayPruned, withLedger } from './session.ts';
import type { MemberSession, Session } from './session.ts';
import { counted } from './table.ts';
import { visible } from './terminal.ts';
import type { World } from './world.ts';

type Options = Readonly<Record<string, OptionValue>>;

/** One check looked at again. `reason`: why there is no answer. */
interface Looked {
  readonly check: PastCheck;
  readonly trial?: Trial;
  readonly answer: CheckAnswer;
  readonly differing: readonly PastAnswer[];
}

/** A tenth: an endorser who answers wrongly ten times is seen with two chances in three by one person who draws. */
const shareDefault: Share = { numerator: 1, denominator: 10 };
const shareMost = 1_000_000;

/** Reads `1/10`, or `1` for all. @throws UsageError GDO5003 */
export function shareOf(value: OptionValue): Share {
  if (value === undefined) return shareDefault;
  const [, up = '', down = '1'] = /^([1-9][0-9]{0,6})(?:\/([1-9][0-9]{0,6}))?$/.exec(String(value)) ?? [];
  const share = { numerator: Number(up), denominator: Number(down) };
  if (up === '' || share.numerator > share.denominator || share.denominator > shareMost)
    throw new UsageError('GDO5003', `\`${visible(String(value))}\` is no share`, 'a fraction of one, such as 1/10; 1 is all of them');
  return share;
}

/** Looks again. Exits 0 where all answers are the same, 1 where one differs (GDO3016), 3 where one could not be had. */
export async function recheck(name: string | undefined, options: Options, world: World): Promise<number> {
  const share = shareOf(options['share']);
  const since = heightOf(options['since']) ?? 0;
  return await withLedger(world, async (session) => {
    sayPruned(session);
    const isDrawn = options['case'] === undefined;
    const of = isDrawn ? undefined : openCase(session, String(options['case'])).id;
    // Drawing needs the key, since its signature is the lot; so does signing what was found.
    const member = isDrawn || options['sign'] === true ? asMember(session, options) : undefined;
    const all = pastChecks(session.view).filter(
      (one) => (name === undefined || one.dapp === name) && (of === undefined || one.case === of) && one.answers.some(({ height }) => height >= since),
    );
    const chosen = member !== undefined && isDrawn ? await drawChecks(all, { org: session.view.org, signer: member.signer, share }) : all;
    const looked = await lookAgain(session, chosen);
    const signed = member !== undefined && options['sign'] === true ? await signFindings(member, looked) : undefined;
    const exit = looked.some((one) => one.differing.length > 0) || signed?.state === 'refused' ? 1 : looked.some((one) => one.answer.kind === 'none') ? 3 : 0;
    if (world.json) {
      world.stdout(
        `${JSON.stringify({ schema: 'gdo-dapp-recheck/1', exit, checks: all.length, ...(isDrawn ? { share: `${share.numerator}/${share.denominator}` } : {}), looked: looked.map(asRow), signed: signed ?? null })}\n`,
      );
      return exit;
    }
    const lines: string[] = [];
    for (const one of looked) lines.push(...(await linesOf(session, one)));
    const differ = looked.filter((one) => one.differing.length > 0).length;
    const drawn = isDrawn
      ? `drawn by your key, of ${counted(all.length, 'past check')}, at a share of ${share.numerator}/${share.denominator}`
      : 'looked at again';
    lines.push(`${looked.length} ${drawn}; ${differ === 0 ? 'none differs' : `${differ} ${differ === 1 ? 'differs' : 'differ'}`}.`);
    if (differ > 0 && signed === undefined) lines.push('  Put it into the ledger, where everybody sees it:  gdo dapp recheck --sign');
    if (signed !== undefined) lines.push(...signed.lines);
    world.stdout(`${lines.join('\n')}\n`);
    return exit;
  });
}

/** Runs each check anew. What this machine answered as an endorser is not asked: a look is its own, remembered by itself. */
async function lookAgain({ view, repository, world }: Session, checks: readonly PastCheck[]): Promise<readonly Looked[]> {
  const looked: Looked[] = [];
  const none = (code: `GDO${number}`, reason: string): CheckAnswer => ({ kind: 'none', code, reason });
  let connection: ReturnType<typeof connectSwept> | undefined;
  for (const check of checks) {
    const request = await requestThen(view, check);
    const trial = typeof request === 'string' ? { code: 'GDO3001' as const, reason: `It cannot be looked at again: ${request}` } : prepareTrial(request);
    if ('code' in trial) {
      looked.push({ check, answer: none(trial.code, trial.reason), differing: [] });
      continue;
    }
    const connected = await (connection ??= connectSwept(world));
    const place = { images: imageSources(repository), memo: folderMemo(join(repository.gitDirectory, 'gdo', 'dapp-second-looks')) };
    const answer =
      connected.kind === 'absent'
        ? none('GDO3001', `There is no container engine here: ${connected.reason}`)
        : await tryDapp({ engine: connected.engine, ...place }, trial);
    looked.push({ check, trial, answer, differing: answer.kind === 'none' ? [] : differingAnswers(check, answer) });
  }
  return looked;
}

/** Signs what differs and was not signed with this key before. */
async function signFindings(member: MemberSession, looked: readonly Looked[]): Promise<Awaited<ReturnType<typeof signFacts>>> {
  const findings = looked.flatMap(({ check, trial, answer, differing }) =>
    answer.kind === 'none' || trial === undefined || differing.length === 0
      ? []
      : [findingOf(check, { kind: answer.kind, output: answer.output, image: trial.image, manifest: trial.manifestHash, platform: ownPlatform() })],
  );
  const fresh = findings.filter(({ id }) => !hasSigned(member.view, member.signer.device, id));
  return await signFacts(member, secondLookFact, fresh, 'finding');
}

function asRow({ check, trial, answer, differing }: Looked): Readonly<Record<string, unknown>> {
  const { case: of, number, dapp, reads, answers } = check;
  const said = answer.kind === 'none' ? { code: answer.code, reason: answer.reason } : { verdict: answer.kind, output: answer.output, reasons: answer.reasons };
  return {
    case: of,
    number,
    dapp,
    reads,
    answers,
    ...said,
    image: trial?.image ?? null,
    code: differing.length > 0 ? 'GDO3016' : answer.kind === 'none' ? answer.code : null,
    differing,
  };
}

const outputDigits = 12;

async function linesOf({ view, repository }: Session, { check, answer, differing }: Looked): Promise<readonly string[]> {
  const what = `${check.dapp} on #${check.number}`;
  if (answer.kind === 'none')
    return [`⏳ ${answer.code} no second answer of ${what}: ${visible(answer.reason)}`, ...beneathMissing({ code: answer.code, dapp: check.dapp }, '  ')];
  const here = `${answer.kind} (output ${answer.output.slice(0, outputDigits)})`;
  if (differing.length === 0) {
    const who = [...new Set(check.answers.map((one) => one.member))].map((one) => visible(one)).join(', ');
    return [`✓ ${what}: ${who} signed ${here}, and it comes out the same here`];
  }
  const lines = [`✗ GDO3016 ${what}: it comes out as ${here} here`, ...answer.reasons.map((reason) => `      ${visible(reason)}`)];
  for (const one of differing) {
    lines.push(`    ${visible(one.member)} signed ${one.verdict} (output ${one.output.slice(0, outputDigits)}), event ${one.event.slice(0, 7)}`);
    const [reasons] = view.batches.get(one.batch)?.attachments ?? [];
    // What an endorser's program gave as reasons travels beside its signature.
    if (reasons === undefined) continue;
    const text = Buffer.from(await mustRead(repository, reasons[1], 'blob')).toString('utf8');
    lines.push(
      ...text
        .split('\n')
        .slice(0, reasonsShown)
        .map((line) => `      ${visible(line.slice(0, reasonUnits))}`),
    );
  }
  return lines;
}

const [reasonsShown, reasonUnits] = [10, 300];
