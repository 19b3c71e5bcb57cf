// Programs made from the page of the grammar, and what must hold of each: printing and reading gives the same tree, formatting keeps the hash.
import { compileBylaws } from '../../compiler/index.ts';
import { parseBylaws, printBylaws } from '../../language/index.ts';
import type { BylawsFile } from '../../language/index.ts';
import type { Chance, Variety } from './generated.ts';
import { chanceFrom, declarationRules, wordsOf } from './generated.ts';
import { withoutSpans } from './shape.ts';

/** What came of a program: it was read whole or compiled to a hash, or not; and what does not hold of it, if anything. */
export interface Outcome {
  readonly counts: boolean;
  readonly fault?: string;
}

const gaps: readonly string[] = [' ', ' ', ' ', '\n', '\n  ', '  -- note\n', '\t'];

/** Puts words on lines by chance, comments among them. */
function laidOut(words: readonly string[], chance: Chance): string {
  return words.map((word) => word + (gaps[chance(gaps.length)] ?? ' ')).join('');
}

function read(text: string): { readonly file: BylawsFile; readonly codes: readonly string[] } {
  const { file, diagnostics } = parseBylaws({ path: 'a.gdo', text });
  return { file, codes: [...new Set(diagnostics.map(({ code }) => code))] };
}

/** Findings of values and of repeated clauses: such texts are read whole all the same. */
const ofValues: readonly string[] = ['GDO003', 'GDO006', 'GDO007', 'GDO010', 'GDO033'];

function same(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

/** Any one to three declarations: what was read comes back when it is printed and read. Counts where the text was read whole. */
export function comesBack(seed: number): Outcome {
  const rules = declarationRules();
  const chance = chanceFrom(seed);
  const declarations = Array.from({ length: 1 + chance(3) }, () => wordsOf(rules[chance(rules.length)] ?? '', chance, soft));
  const text = `gdo 1\n${declarations.map((words) => laidOut(words, chance)).join('\n')}\n`;
  const first = read(text);
  // A soft word as a name may turn one clause into another: what was read must still come back.
  const counts = first.codes.every((code) => ofValues.includes(code));
  const printed = printBylaws(first.file);
  const second = read(printed);
  const holds =
    printBylaws(second.file) === printed &&
    same(withoutSpans(read(printBylaws(second.file)).file.declarations), withoutSpans(second.file.declarations)) &&
    (!counts ||
      (second.codes.every((code) => ofValues.includes(code)) &&
        same(
          second.file.comments.map((comment) => comment.text),
          first.file.comments.map((comment) => comment.text),
        )));
  return holds ? { counts } : { counts, fault: text };
}

const soft: Variety = { names: 'soft', parameters: 'some' };

/** Bylaws of every kind of declaration that compile, with places where a clause of a rule may stand. */
const frame = `gdo 1
organization "Example" @organizationClause day ends "UTC" @organizationClause end
area bylaws covers "bylaws/**"
area work covers "work/**"
attribute employer certified by a keeper
action publish by any keeper
role keeper plural keepers @roleClause held by 5 to 9 people first held by "ada", "ben", "chi", "dev", "eve" gained through keeping
  lost through removal or resignation vacancy filled through keeping within 60 days while short only keeping, removal, change @roleClause end
role guest plural guests @roleClause held by anyone @roleClause end
measure effort counts ballots by each keeper over the last 90 days @measureBound end
points karma plural karmas @pointsClause earned 2 by the author for change.accepted level novice from 0 @pointsClause end
certificate safety plural certificates @certificateClause issued by 1 keeper lasts 1 year @certificateClause end
delegation proxy by keepers for change @delegationClause end
account treasury in EUR @accountClause kept by any keeper @accountClause end
collaborator forge kept by the keeper @collaboratorClause reports "hours" @collaboratorClause end
right enter @rightClause covers "doors/front" held by keepers offline for at most 30 days @rightClause end
duty report @dutyClause owed by the keeper every 1 month from 2027-01-01 done when a keeper publishes "report" otherwise start keeping @dutyClause end
process keeping @processClause started by any keeper vote ballot @voteClause voters keepers open for 7 days quorum at least 1/2 of keepers voting
  passes when more than 1/2 of votes cast are yes when passed go to kept otherwise go to refused @voteClause end
  outcome kept @effect grant keeper to the candidate @effect end end
process removal @processClause started by any keeper about keepers step hearing @stepClause after 7 days go to ballot @stepClause end
  vote ballot @voteClause voters keepers except the subject open for 7 days passes when at least 2/3 of all keepers are yes when passed go to removed
  otherwise go to refused end outcome removed remove keeper from the subject end end
process change @processClause governs bylaws, work started by any keeper on edit refuse @processClause
  step review @stepClause when 2 other keepers approve go to ballot after 30 days go to refused @stepClause end
  vote ballot @voteClause voters keepers open for 7 days quorum at least 2/3 of keepers voting passes when at least 2/3 of votes cast are yes
  when passed go to accepted otherwise go to refused @voteClause end outcome accepted @effect accept the merge within 60 days @effect end end
process spending @processClause started by any keeper spends from treasury up to 100 EUR meeting talk @meetingClause called by any keeper open for 1 day
  quorum at least 1/2 of keepers present when quorate go to chance otherwise go to refused @meetingClause end
  draw chance @drawClause picks 1 keeper when drawn go to paid otherwise go to refused @drawClause end outcome paid @effect pay the amount from treasury @effect end end
protect removal @protectClause changed through change @protectClause end
`;

/** Names that mean something where the clauses stand. */
const names: readonly string[] = ['keeper', 'keepers', 'author', 'accepted', 'refused', 'yes', 'no', 'approve', 'change', 'cases', 'effort', 'karma'];
const plain: Variety = { names, parameters: 'none' };

/** Bylaws with one more clause, made by chance: formatting keeps their hash. Counts where they compile to one. */
export function keepsHash(seed: number): Outcome {
  const chance = chanceFrom(seed);
  const places = frame.split(/@(\w+)/);
  const chosen = 1 + 2 * chance((places.length - 1) / 2);
  const text = places.map((part, index) => (index % 2 === 0 ? part : index === chosen ? laidOut(wordsOf(part, chance, plain), chance) : '')).join('');
  const first = read(text);
  if (first.codes.length > 0) return { counts: false };
  const before = compileBylaws([first.file]).hash;
  if (before === undefined) return { counts: false };
  return compileBylaws([read(printBylaws(first.file)).file]).hash === before ? { counts: true } : { counts: true, fault: text };
}
