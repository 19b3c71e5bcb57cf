// The comment on a pull request: how a case stands in the words of cli.md 4.5, or what a pull request does to the bylaws where no case is open yet.
// Everything in it that came from bylaws, people or a report is escaped; the text is made again each time and never read back.
import { caseView, outlookSentences, undecided } from '../../engine/index.ts';
import type { CaseRecord, CaseView, RequirementLine } from '../../engine/index.ts';
import { verifyCase } from '../ledger/verify.ts';
import { articleOf } from './articles.ts';
import { markdownEscape } from './markdown-escape.ts';
import { showDay, showUtc } from './instants.ts';
import type { Session } from './session.ts';
import { shortHash } from './status-text.ts';
import { counted } from './table.ts';

/** What every comment of ours begins with: by it the comment is found again. */
export const commentMarker: string = '<!-- gdo:comment v1';

/** A site takes comments of 65,536 characters; what is longer is cut with a word on it. */
const commentLengthMax = 60_000;

/** Cuts a comment to what a site takes. Pure. */
export function bounded(text: string): string {
  return text.length <= commentLengthMax ? text : `${text.slice(0, commentLengthMax)}\n\n(The rest is left out: it is too long for a comment.)\n`;
}

/** One row of the table of requirements. A met one may still change until the close. */
function row(line: RequirementLine, isOpen: boolean): string {
  const mark = line.met ? (isOpen ? '✅ if it closed now' : '✅') : isOpen ? '⏳' : '⛔';
  return `| ${markdownEscape(line.requirement)} (needed: ${markdownEscape(line.need)}) | ${markdownEscape(line.have)} | ${mark} |`;
}

function heading(found: CaseRecord, seen: CaseView, lines: readonly RequirementLine[]): string {
  if (found.phase === 'decided') {
    const good = found.accepted === true && found.merge !== 'stale' && found.merge !== 'refused';
    const why = lines.find((line) => line.met === good);
    const reason = why === undefined ? '' : `: ${markdownEscape(why.requirement)}, ${markdownEscape(why.have)}`;
    return good ? `### ✅ Adopted${reason}` : `### ⛔ Refused${reason}`;
  }
  const missing = lines.filter((line) => !line.met).length;
  const due = found.dueMs === undefined ? '' : ` ${seen.stageKind === 'vote' ? 'Closes' : 'Due'} ${showUtc(found.dueMs)}.`;
  const kind = seen.stageKind === 'vote' ? 'Open vote' : `Open: ${markdownEscape(seen.stageTitle ?? seen.stage)}`;
  return `### ⏳ ${kind}: ${missing === 0 ? 'nothing is missing' : `${counted(missing, 'thing')} missing`}.${due}`;
}

function peopleLine(seen: CaseView): readonly string[] {
  return seen.acts.map((act) => {
    const left = act.people.filter((person) => !act.done.includes(person));
    const name = (people: readonly string[]): string => (people.length === 0 ? 'nobody' : people.map(markdownEscape).join(', '));
    return `**${act.verb === 'vote' ? 'Voted' : `Did ${markdownEscape(act.verb)}`}:** ${name(act.done)} **Waiting for:** ${name(left)}`;
  });
}

/** How a case stands, as a comment. `changes`: what it does to the bylaws, as a list, where it changes them. Source: cli.md section 4.5 */
export async function caseComment(session: Session, found: CaseRecord, changes: string | undefined): Promise<string> {
  const { view } = session;
  const seen = caseView(view.state, found.id);
  if (seen === undefined) return '';
  const isOpen = found.phase !== 'decided';
  const last = (verifyCase(view, found.id)?.steps ?? []).findLast((step) => step.stage !== step.next && step.lines.length > 0);
  const lines = isOpen ? seen.needed : (last?.lines ?? []);
  const article = await articleOf(session, found.process);
  const others = undecided(view.state).filter((one) => one.id !== found.id && changes !== undefined);
  const parts = [
    `${commentMarker} case=${found.number} bylaws=sha256:${found.bylaws.slice(0, 16)} stage=${found.phase === 'decided' ? (found.outcome ?? 'over') : found.stage} -->`,
    heading(found, seen, lines),
    '',
    `**#${found.number} ${markdownEscape(found.title === '' ? found.process : found.title)}** is decided by ${article === undefined ? '' : `${markdownEscape(article)}, `}process *${markdownEscape(found.process)}*, as it stood on ${showDay(found.startedMs)} when the case began.`,
    ...(lines.length === 0 ? [] : ['', '| Needed | Now | |', '|---|---|---|', ...lines.map((line) => row(line, isOpen))]),
    ...(isOpen ? ['', ...peopleLine(seen)] : []),
    ...(isOpen ? outlookSentences(view.state, found.id, (atMs) => `on ${showUtc(atMs)}`).map((line) => `\n${markdownEscape(line.trim())}`) : []),
    ...(changes === undefined ? [] : details('What this change does to the rules (gdo diff)', `${changes.trimEnd()}${othersText(others.length)}`)),
    ...(isOpen ? details('How to take part', howTo(found.number, seen)) : []),
    '',
    `<sub>judged by bylaws ${shortHash(found.bylaws)} on main · check it yourself: \`gdo verify ${found.number}\` · as of ${showUtc(view.tip.timeMs)}</sub>`,
  ];
  return bounded(`${parts.join('\n')}\n`);
}

function othersText(count: number): string {
  return count === 0 ? '' : `\n- ${counted(count, 'open case')} ${count === 1 ? 'keeps' : 'keep'} the old rules`;
}

function details(summary: string, text: string): readonly string[] {
  return ['', `<details><summary>${summary}</summary>`, '', text, '', '</details>'];
}

function howTo(number: number, seen: CaseView): string {
  const lines = seen.acts.map((act) => (act.verb === 'vote' ? `    gdo vote ${number}` : `    gdo act ${number} ${act.verb}`));
  return `${[...new Set(lines)].join('\n')}\n\nActs are signed events; they count when a witness has received them in time.\nButtons and emoji on this page do not count in this organization.`;
}
