// Faults planted into bylaws that people wrote, by the edits with which people make them. Each names the code that must be found; where its pattern stands
// nowhere in a text, or what it makes is no fault there, that text has no such fault.
import type { DiagnosticCode } from '../../../language/index.ts';

/** One kind of slip. `edit` gives every text that differs by one slip of the kind, at most a few. */
export interface Slip {
  readonly code: DiagnosticCode;
  readonly what: string;
  readonly edit: (text: string) => readonly string[];
}

/** Places of one text in which a slip is made. */
const placesMax = 4;

/** A slip at each of the first places of a pattern, inside the rules and not in the prose. @param isFault - whether it makes a fault of that text */
function at(pattern: RegExp, replacement: string, isFault: (text: string, found: RegExpMatchArray) => boolean = () => true): Slip['edit'] {
  return (text) => {
    const places = [...text.matchAll(new RegExp(pattern.source, `g${pattern.flags}`))].filter((found) => isRule(text, found.index) && isFault(text, found));
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
function hasBoundedVoters(text: string, { index = 0 }: RegExpMatchArray): boolean {
  const voters = [...text.slice(0, index).matchAll(/^ {4}voters ([a-z-]+)/gm)].at(-1);
  return isBounded(text, voters?.[1] ?? '') && !text.slice(voters?.index ?? 0, index).includes(' present');
}

/** In a literate text only fences are rules. */
function isRule(text: string, offset: number): boolean {
  return !text.includes('```gdo') || text.slice(0, offset).lastIndexOf('```gdo\n') > text.slice(0, offset).lastIndexOf('\n```\n');
}

/** The slips, in the order of their codes. */
export const slips: readonly Slip[] = [
  { code: 'GDO001', what: 'a misspelt keyword', edit: at(/^ {4}quorum /m, '    quorom ') },
  { code: 'GDO002', what: 'a missing `end`', edit: at(/^ {2}end\n(?= {2}outcome)/m, '') },
  { code: 'GDO003', what: 'a reserved word as a name', edit: at(/^ {2}step [a-z-]+/m, '  step vote') },
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
  { code: 'GDO103', what: 'two declarations of one name', edit: at(/^(area [a-z-]+ covers .*\n)/m, '$1$1') },
  { code: 'GDO105', what: 'a verb of no action', edit: at(/ (?:endorse|approve|object)(s?) go to /, ' dance$1 go to ') },
  { code: 'GDO107', what: 'two areas of one pattern', edit: at(/^area ([a-z-]+) covers (.*)$/m, 'area $1 covers $2\narea $1-x covers $2') },
  { code: 'GDO115', what: 'a choice that nobody can cast', edit: at(/of votes cast are yes$/m, 'of votes cast are yeah') },
  { code: 'GDO201', what: 'a stage to which nothing leads', edit: at(/^(?= {2}outcome [a-z-]+)/m, '  step orphan\n    after 3 days go to refused\n  end\n\n') },
  { code: 'GDO203', what: 'a result that leads nowhere', edit: at(/^ {4}otherwise go to [a-z-]+\n(?= {2}end\n)/m, '') },
  { code: 'GDO204', what: 'a step that never ends', edit: at(/(^ {2}step [a-z-]+.*\n {4}when [^\n]*\n) {4}after \d+ days go to [a-z-]+\n {2}end/m, '$1  end') },
  {
    code: 'GDO218',
    what: 'bylaws that nobody changes',
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
    edit: at(/(process amendment\b[^]*?\n)( {2}(?:step|vote|joint|meeting) [^]*?)(?=\n {2}outcome)/, '$1  step notice\n    after 7 days go to accepted\n  end'),
  },
  { code: 'GDO502', what: 'days that end at no hour', edit: at(/^ {2}day ends .*\n/m, '') },
  { code: 'GDO519', what: 'an hour that ends when it begins', edit: at(/from (\d\d:\d\d) to \d\d:\d\d$/m, 'from $1 to $1') },
  {
    code: 'GDO601',
    what: 'a minimum and no word on what is below it',
    edit: at(/^( {2}held by (?:exactly )?(?:[2-9]|1\d)[^]*?) {2}while short only .*\n/m, '$1'),
  },
  { code: 'GDO608', what: 'a role that nobody can leave', edit: at(/^( {2}lost through (?:\w+ or )?)resignation or /m, '$1') },
  { code: 'GDO903', what: 'sentences that the rules no longer say', edit: at(/(<!-- gdo:says [a-z-]+ -->\n)/, '$1Stale.\n') },
  {
    code: 'GDO905',
    what: 'a process of many stages',
    edit: at(/^( {2}outcome [a-z-]+ refuses\n)(?=end)/m, `$1${Array.from({ length: 13 }, (_, index) => `  outcome more-${index} refuses\n`).join('')}`),
  },
  {
    code: 'GDO906',
    what: 'a permission that nothing needs',
    edit: at(/^( {2}started by any [a-z-]+)$/m, '$1\n  allow confirmation-too-long because "it is long"'),
  },
];
