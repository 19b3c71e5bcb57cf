// `gdo comment`: the text of the comment on a pull request, from the ledger or from the report of a check; with `--post` the one comment there is edited.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ruleChanges } from '../../compiler/index.ts';
import type { CaseRecord } from '../../engine/index.ts';
import { insidePath } from './bylaws-files.ts';
import { allCases } from './case-list.ts';
import { openCase } from './case-open.ts';
import type { CommandDefinition, OptionValue } from './command.ts';
import { UsageError } from './command.ts';
import { caseComment } from './comment-text.ts';
import { caseSides } from './diff-sides.ts';
import { diffMarkdown } from './diff-text.ts';
import { eventCommit, postComment } from './pull-comment.ts';
import { readReport, reportComment } from './pull-report.ts';
import { withLedger } from './session.ts';
import type { Session } from './session.ts';
import { visible } from './terminal.ts';
import type { World } from './world.ts';

/** The command `gdo comment`. Exits 0, 2, 3. Source: cli.md sections 4.5 and 6. */
export const commentCommand: CommandDefinition = {
  name: 'comment',
  group: 'keep',
  summary: 'the text of the comment on a pull request',
  arguments: '[CASE]',
  options: [
    ['--pull', 'inside a job of the hosting site: the case that proposes the very commit of the pull request; without one, the report'],
    ['--report <file>', 'without a case: what `gdo check --format json` said of the pull request'],
    ['--changes <file>', 'beside --report: what `gdo diff --format json` said of it'],
    ['--post', 'inside a job of the hosting site: write the comment, or edit the one that is there'],
    ['--format <format>', 'markdown or json'],
  ],
  examples: ['gdo comment 42', 'gdo comment --pull --report gdo-report.json --post'],
  run: runComment,
};

/** A report that is larger is not one of ours. */
const reportBytesMax = 4 * 1024 * 1024;

async function runComment(words: readonly string[], options: Readonly<Record<string, OptionValue>>, world: World): Promise<number> {
  const format = options['format'] ?? (world.json ? 'json' : 'markdown');
  if (format !== 'markdown' && format !== 'json')
    throw new UsageError('GDO5003', `There is no format \`${visible(String(format))}\``, 'formats: markdown, json');
  const ofPull = words[0] === undefined && options['pull'] === true ? await proposed(world) : undefined;
  const text =
    ofPull ?? (words[0] === undefined ? reported(options, world) : await withLedger(world, (session) => decided(session, openCase(session, words[0]))));
  const done = options['post'] === true ? await postComment(text, world) : undefined;
  if (format === 'json') world.stdout(`${JSON.stringify({ schema: 'gdo-comment/1', text, ...(done === undefined ? {} : { done }) })}\n`);
  else world.stdout(done === undefined ? text : `The comment is ${done}.\n`);
  return 0;
}

/** The comment of the latest case that proposes the commit of this job; undefined where the ledger has none. */
async function proposed(world: World): Promise<string | undefined> {
  const commit = eventCommit(world);
  if (commit === undefined) throw new UsageError('GDO5003', 'The event of this job names no commit', 'GITHUB_EVENT_PATH is set by the hosting site');
  return await withLedger(world, async (session) => {
    const found = allCases(session).findLast(({ head }) => head === commit);
    return found === undefined ? undefined : await decided(session, found);
  });
}

function decided(session: Session, found: CaseRecord): Promise<string> {
  if (found.adopts === undefined) return caseComment(session, found, undefined);
  const [before, after] = caseSides(session, String(found.number));
  const report = { before, after, changes: ruleChanges(before.charter, after.charter), facts: [], open: [], retally: undefined };
  return caseComment(session, found, diffMarkdown(report));
}

function reported(options: Readonly<Record<string, OptionValue>>, world: World): string {
  const { report, changes } = options;
  if (typeof report !== 'string') throw new UsageError('GDO5002', 'Which case?', 'gdo comment 42, or a report:  gdo comment --report gdo-report.json');
  const read = readReport(readBounded(report, world), typeof changes === 'string' ? readBounded(changes, world) : undefined);
  if (read === undefined)
    throw new UsageError('GDO5003', `\`${visible(report)}\` is no report of a check`, 'write it with:  gdo check --format json=gdo-report.json');
  return reportComment(read);
}

function readBounded(name: string, world: World): string {
  const path = join(world.cwd, insidePath(world.cwd, name));
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined || !found.isFile() || found.size > reportBytesMax)
    throw new UsageError('GDO5003', `There is no report \`${visible(name)}\`, or it is too large`, 'write it with:  gdo check --format json=gdo-report.json');
  return readFileSync(path, 'utf8');
}
