// Faults planted into bylaws that people wrote, by the edits with which people make them. Each names the code that must be found; where its pattern stands
// nowhere in a text, or what it makes is no fault there, that text has no such fault.
import type { DiagnosticCode } from '../../../language/index.ts';

/** One kind of slip. `edit` gives every text that differs by one slip of the kind, at most a few; `all` are the bylaws it belongs to. */
export interface Slip {
  readonly code: DiagnosticCode;
  readonly what: string;
  /** How far from the changed line the finding may be; `line` where nothing is said. */
  readonly within?: 'line' | 'stage' | 'declaration' | 'organization' | 'file';
  readonly edit: (text: string, all?: string) => readonly string[];
}

/** Places of one text in which a slip is made. */
const placesMax = 4;

/** Whether an edit at a place makes a fault of that text, and no other. */
type IsFault = (text: string, found: RegExpExecArray, all: string) => boolean;

/** A slip at each of the first places of a pattern, inside the rules and not in the prose. @param isFault - whether it makes a fault of that text */
function at(pattern: RegExp, replacement: string, isFault: IsFault = () => true): Slip['edit'] {
  return (text, all = text) => {
    const places = [...text.matchAll(new RegExp(pattern.source, `g${pattern.flags}`))].filter(
      (found) => isRule(text, found.index) && isFault(text, found, all),
    );
    return places.slice(0, placesMax).map(({ index }) => {
      const here = new RegExp(pattern.source, `y${pattern.flags}`);
      here.lastIndex = index;
      return text.replace(here, replacement);
    });
  };
}

/** True where a role, by its plural, has a largest number of holders: of others a number may always be met one day. */
function isBounded(text: string, plural: string): boolean {
  return new RegExp(`plural ${plural}\\b.*\\n  held by (?:exactly )?\\d+(?: to \\d+)? (?:people|person)`).test(text);
}

/** True where the vote that a place stands in is one of a body that is bounded, and ballots alone decide it: of others no table is made. */
function hasBoundedVoters(text: string, { index }: RegExpExecArray): boolean {
  const voters = [...text.slice(0, index).matchAll(/^ {4}voters ([a-z-]+)/gm)].at(-1);
  return isBounded(text, voters?.[1] ?? '') && !text.slice(voters?.index ?? 0, index).includes(' present');
}

/** The word by which the stage around a place begins. */
function stageHead(text: string, { index }: RegExpExecArray): string | undefined {
  return [...text.slice(0, index).matchAll(/^ {2}(step|vote|joint|meeting|draw|outcome) /gm)].at(-1)?.[1];
}

/** The text of the process around a place. */
function processAround(text: string, { index }: RegExpExecArray): string {
  return text.slice(text.slice(0, index).lastIndexOf('\nprocess '), index + text.slice(index).search(/^end\b/m));
}

/** True where the stage that a line leads to is a built-in one, or another line of the process leads there as well. */
function isReachedOtherwise(text: string, found: RegExpExecArray): boolean {
  const target = found.at(-1) ?? '';
  const process = processAround(text, found);
  return !new RegExp(`^  [a-z]+ ${target}\\b`, 'm').test(process) || process.split(`go to ${target}\n`).length > 2;
}

/** A body with a minimum, up to the line that says what is possible below it. */
const shortClause = /^( {2}held by (?:exactly )?(?:[2-9]|1\d)[^]*?) {2}while short only .*\n/m;

/** True where a case can remove people and some quorum asks for as many as the body must have: with one fewer it cannot be met. */
function asksForEverySeat(text: string, found: RegExpExecArray): boolean {
  const least = /(\d+)/.exec(found[0])?.[1] ?? '';
  const plural = /plural ([a-z-]+)[^\n]*\n$/.exec(text.slice(0, found.index))?.[1] ?? '';
  const isRemoved = [...(/lost through ([^\n]*)/.exec(found[0])?.[1] ?? '').matchAll(/[a-z-]+/g)].some(([name]) => text.includes(`\nprocess ${name}`));
  return isRemoved && text.includes(`quorum at least ${least} ${plural} `);
}

/** In a literate text only fences are rules. */
function isRule(text: string, offset: number): boolean {
  return !text.includes('```gdo') || text.slice(0, offset).lastIndexOf('```gdo\n') > text.slice(0, offset).lastIndexOf('\n```\n');
}

/** The slips, in the order of their codes. */
export const slips: readonly Slip[] = [
  { code: 'GDO001', what: 'a misspelt keyword', edit: at(/^ {4}quorum /m, '    quorom ') },
  { code: 'GDO002', what: 'a missing `end`', within: 'stage', edit: at(/^ {2}end\n(?= {2}outcome)/m, '') },
  { code: 'GDO003', what: 'a reserved word as a name', edit: at(/^ {2}step [a-z0-9-]+/m, '  step vote') },
  { code: 'GDO005', what: 'a hidden character', edit: at(/^process ([a-z-]+)/m, 'process $1\u202e') },
  { code: 'GDO006', what: 'a share of nothing', edit: at(/ (\d)\/\d of /, ' $1/0 of ') },
  { code: 'GDO007', what: 'the wrong word after `end of`', edit: at(/^end of [a-z-]+$/m, 'end of something') },
  { code: 'GDO009', what: 'a version of the future', edit: at(/^gdo 1$/m, 'gdo 2') },
  { code: 'GDO010', what: 'a clause written twice', edit: at(/^( {4}open for .*\n)/m, '$1$1') },
  { code: 'GDO030', what: 'a secret ballot', edit: at(/^( {4}voters .*\n)/m, '    secret ballot\n$1') },
  { code: 'GDO031', what: 'a share without its base', edit: at(/ of votes cast are yes/, ' are yes') },
  {
    code: 'GDO032',
    what: 'an inclusive half without a word on ties',
    edit: at(/more than 1\/2 of votes cast are yes(?=\n(?! {4}tie))/, 'at least 1/2 of votes cast are yes'),
  },
  { code: 'GDO033', what: 'a parameter outside of a module', edit: at(/^( {4}open for )\d+ days$/m, '$1$$period') },
  { code: 'GDO034', what: 'a majority of something', edit: at(/passes when .* are yes$/m, 'passes when a majority are yes') },
  { code: 'GDO101', what: 'a misspelt role', edit: at(/^( {2}started by any [a-z-]{2,})[a-z]([a-z])$/m, '$1$2') },
  { code: 'GDO102', what: 'a stage that is not there', edit: at(/go to (?!accepted|refused)([a-z-]{3,})$/m, 'go to $1-x') },
  { code: 'GDO103', what: 'two declarations of one name', edit: at(/^(area [a-z-]+ covers )(.*\n)/m, '$1$2$1"elsewhere/**"\n') },
  { code: 'GDO105', what: 'a verb of no action', edit: at(/ (?:endorse|approve|object)(s?) go to /, ' dance$1 go to ') },
  { code: 'GDO107', what: 'two areas of one pattern', edit: at(/^area ([a-z-]+) covers (.*)$/m, 'area $1 covers $2\narea $1-x covers $2') },
  { code: 'GDO115', what: 'a choice that nobody can cast', edit: at(/of votes cast are yes$/m, 'of votes cast are yeah') },
  { code: 'GDO201', what: 'a stage to which nothing leads', edit: at(/^(?= {2}outcome [a-z-]+)/m, '  step orphan\n    after 3 days go to refused\n  end\n\n') },
  {
    code: 'GDO203',
    what: 'a result that leads nowhere',
    within: 'stage',
    edit: at(/^ {4}otherwise go to ([a-z-]+)\n(?= {2}end\n)/m, '', (text, found) => stageHead(text, found) !== 'step' && isReachedOtherwise(text, found)),
  },
  {
    code: 'GDO204',
    what: 'an objection without a word on silence',
    within: 'stage',
    edit: at(/^ {4}otherwise go to ([a-z-]+)\n(?= {2}end\n)/m, '', (text, found) => stageHead(text, found) === 'step' && isReachedOtherwise(text, found)),
  },
  {
    code: 'GDO204',
    what: 'a step that never ends',
    within: 'stage',
    edit: at(/^( {2}step [a-z-]+.*\n {4}when [^\n]*\n) {4}after \d+ days go to ([a-z-]+)\n {2}end/m, '$1  end', isReachedOtherwise),
  },
  {
    code: 'GDO218',
    what: 'bylaws that nobody changes',
    within: 'organization',
    edit: at(/^area bylaws covers .*$/m, 'area bylaws covers "nothing/**"', (text) => !/covers "\*\*"$/m.test(text)),
  },
  {
    code: 'GDO301',
    what: 'a quorum of more than all',
    edit: at(/^ {4}quorum (?:at least|more than) \d+\/\d+ of ([a-z-]+) voting$/m, '    quorum at least 1000 $1 voting', (text, found) =>
      isBounded(text, found[1] ?? ''),
    ),
  },
  {
    code: 'GDO302',
    what: 'more supporters than there are',
    edit: at(/^ {4}when \d+ (?:other )?([a-z-]+s) (endorse|approve) go/m, '    when 1000 $1 $2 go', (text, found) => isBounded(text, found[1] ?? '')),
  },
  {
    code: 'GDO304',
    what: 'a minimum that a removal breaks together with a quorum',
    within: 'declaration',
    edit: at(shortClause, '$1', asksForEverySeat),
  },
  { code: 'GDO305', what: 'a share as a rounded percentage', edit: at(/at least 2\/3 of/, 'at least 66.67% of') },
  {
    code: 'GDO321',
    what: 'tests that contradict',
    edit: at(
      /passes when more than 1\/2 of votes cast are yes$/m,
      'passes when more than 1/2 of votes cast are yes and more than 1/2 of votes cast are no',
      hasBoundedVoters,
    ),
  },
  {
    code: 'GDO401',
    what: 'an amendment by one person',
    within: 'declaration',
    // Nothing else may speak of the stages that are taken away.
    edit: at(
      /^(process amendment\b[^]*?\n) {2}(?:step|vote|joint|meeting) [^]*?\n(?=end\b)/m,
      '$1  step notice\n    after 7 days go to accepted\n  end\n',
      (text, found, all) =>
        !/amendment(?:\.| is )|starts? amendment/.test(all) && /\n {2}started by any /.test(found[1] ?? '') && !text.includes('allow lone-amendment'),
    ),
  },
  { code: 'GDO502', what: 'days that end at no hour', within: 'file', edit: at(/^ {2}day ends .*\n/m, '') },
  { code: 'GDO519', what: 'an hour that ends when it begins', edit: at(/from (\d\d:\d\d) to \d\d:\d\d$/m, 'from $1 to $1') },
  {
    code: 'GDO601',
    what: 'a minimum and no word on what is below it',
    within: 'declaration',
    edit: at(shortClause, '$1', (text, found) => !asksForEverySeat(text, found)),
  },
  { code: 'GDO608', what: 'a role that nobody can leave', within: 'declaration', edit: at(/^( {2}lost through (?:\w+ or )?)resignation or /m, '$1') },
  { code: 'GDO903', what: 'sentences that the rules no longer say', edit: at(/(<!-- gdo:says [a-z-]+ -->\n)/, '$1Stale.\n') },
  {
    code: 'GDO905',
    what: 'a process of many stages',
    within: 'declaration',
    edit: at(
      /^ {4}(otherwise go to )([a-z-]+)\n {2}end\n/m,
      `    $1more-1\n  end\n${Array.from({ length: 13 }, (_, index) => `  step more-${index + 1}\n    after 1 day go to ${index < 12 ? `more-${index + 2}` : 'refused'}\n  end\n`).join('')}`,
      (text, found) => isReachedOtherwise(text, found) && processAround(text, found).split(/^ {2}(?:step|vote|joint|meeting|draw|outcome) /m).length < 14,
    ),
  },
  {
    code: 'GDO906',
    what: 'a permission that nothing needs',
    edit: at(/^( {2}started by any [a-z-]+)$/m, '$1\n  allow confirmation-too-long because "it is long"'),
  },
];
