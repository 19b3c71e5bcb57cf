// `gdo verify CASE --receipt OUT` and `gdo verify --receipt FILE`: writes the receipt of a decision, and checks one without any ledger.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { RequirementLine } from '../../engine/index.ts';
import { checkDecision, decisionReceipt } from '../ledger/decision.ts';
import type { CheckedDecision } from '../ledger/decision.ts';
import { insidePath, replaceFile } from './bylaws-files.ts';
import { UsageError, WorldError } from './command.ts';
import { jsonOfFile } from './json-file.ts';
import type { Session } from './session.ts';
import { shortHash } from './status-text.ts';
import { visible } from './terminal.ts';
import type { World } from './world.ts';

/** Bytes of a receipt: the bylaws, the rosters and the ballots of one case. */
const receiptBytesMax = 64 * 1_048_576;

/** Writes the receipt of a decided case. Exits 0; 4 where it is not decided yet. */
export async function writeDecision(session: Session, found: { readonly id: string; readonly number: number }, path: string): Promise<number> {
  const text = await decisionReceipt(session.view, found.id);
  if (text === undefined) {
    session.world.stderr(`⏳ #${found.number} is not decided yet, so there is nothing to prove.\n`);
    return 4;
  }
  await replaceFile(join(session.world.cwd, insidePath(session.world.cwd, path)), text);
  session.world.stdout(`✓ The receipt of #${found.number} is in ${visible(path)}. Anybody can check it:  gdo verify --receipt ${visible(path)}\n`);
  return 0;
}

function lineText(line: RequirementLine): string {
  return `      ${line.met ? '✓' : '✗'} ${visible(line.requirement)}: ${visible(line.have)} (needed: ${visible(line.need)})`;
}

function reportText(checked: CheckedDecision): string {
  const rows = [
    `#${checked.number} ${visible(checked.title)} of ${visible(checked.organization)}: ${visible(checked.outcome)}`,
    `  judged by    bylaws ${shortHash(checked.bylaws)}`,
    ...checked.checks.map((check) => `  ${check.passed ? '✓' : '✗'} ${check.name.padEnd(11)} ${visible(check.detail)}`),
    ...checked.steps.flatMap((step) => [
      `    ${visible(step.stage)} -> ${visible(step.next)}${step.result === undefined ? '' : ` (${visible(step.result)})`}`,
      ...step.lines.map(lineText),
    ]),
    checked.sound ? `✓ The receipt holds, if ${checked.org} is the organization you mean.` : '✗ The receipt does not hold: what is marked ✗ is not as it says.',
  ];
  return `${rows.join('\n')}\n`;
}

/** Checks a receipt without any ledger. Exits 0 where it holds, 1 where it does not, 2 where the file is none. */
export function checkDecisionFile(world: World, path: string): number {
  const file = join(world.cwd, insidePath(world.cwd, path));
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined || !found.isFile())
    throw new WorldError('GDO5022', `There is no file ${visible(path)}`, 'a receipt is written with:  gdo verify 42 --receipt FILE');
  if (found.size > receiptBytesMax) throw new WorldError('GDO5022', `${visible(path)} is larger than any receipt`, `at most ${receiptBytesMax} bytes`);
  const value = jsonOfFile(readFileSync(file), receiptBytesMax);
  const checked = value === undefined ? undefined : checkDecision(value);
  if (checked === undefined)
    throw new UsageError('GDO5003', `${visible(path)} is no receipt of a decision`, 'a receipt is written with:  gdo verify 42 --receipt FILE');
  world.stdout(world.json ? `${JSON.stringify({ ...checked, schema: 'gdo-decision-check/1' })}\n` : reportText(checked));
  return checked.sound ? 0 : 1;
}
