// Other bylaws that a proposal may bring: the text changed in one of a few ways that follow from it alone, so that a smaller text has smaller ones.

function longer(text: string): string {
  return text.replace(/^( *)after (\d+) (hour|day)s?/gm, (_, indent, count, unit) => `${indent}after ${Number(count) + 1} ${unit}s`);
}

function otherComparison(text: string): string {
  return text
    .replace(/passes when at least/g, 'passes when more than')
    .replace(/open for (\d+) (hour|day)s?/g, (_, count, unit) => `open for ${Number(count) + 1} ${unit}s`);
}

function titled(text: string): string {
  return text.replace(/^process ([a-z]+)$/gm, 'process $1 "As before"');
}

function oneMore(text: string): string {
  return `${text}process extra\n  started by any person\n  step extra-first\n    when any person approves go to accepted\n    after 1 day go to refused\n  end\nend\n`;
}

function oneLess(text: string): string {
  return text.replace(/^process (repair|watch|appeal)[^]*?^end\n/m, '');
}

function moreSeats(text: string): string {
  return text.replace(/held by (\d) to (\d) people/g, (_, least, most) => `held by ${least} to ${Number(most) + 1} people`);
}

function beyondReach(text: string): string {
  return text.replace(/^( *when )\d+ (other )?(members|guests|councillors|auditors)/gm, '$19 $2$3');
}

function unprotected(text: string): string {
  return text.replace(/^protect [^]*?^end\n/m, '');
}

function otherAmounts(text: string): string {
  return text.replace(/^(.*quorum at least|.*turnout at least|.*passes when at least) \d\/\d/gm, '$1 1/3');
}

function fewerTests(text: string): string {
  return text.replace(/^( *passes when .*?) and .*$/gm, '$1');
}

function asLittle(text: string): string {
  return text.replace(/^(.*quorum) at least/gm, '$1 at most');
}

function twice(text: string): string {
  return text.replace(/\b(\d+) EUR/g, (_, amount) => `${Number(amount) * 2} EUR`);
}

function half(text: string): string {
  return text.replace(/\b(\d+) EUR/g, (_, amount) => `${Math.ceil(Number(amount) / 2)} EUR`);
}

const otherShare: Readonly<Record<string, string>> = {
  '1/2': '2/3',
  '1/3': '1/2',
  '2/3': '1/1',
  '3/4': '1/3',
  '1/4': '3/4',
  '3/5': '1/4',
  '1/1': '3/5',
  '50%': '75%',
};

function otherShares(text: string): string {
  return text.replace(/\b(?:1\/[1234]|2\/3|3\/[45]|50%)/g, (share) => otherShare[share] ?? share);
}

function shorter(text: string): string {
  return text.replace(/\b([2-9]) (hour|day|minute)s?\b/g, (_, count, unit) => (count === '2' ? `1 ${unit}` : `${Number(count) - 1} ${unit}s`));
}

function longerLengths(text: string): string {
  return text.replace(
    /\b(term|lasts|within|per|call after|at most|without activity after|of) (\d) (hour|day|month)s?\b/g,
    (_, word, count, unit) => `${word} ${Number(count) + 1} ${unit}s`,
  );
}

function widerLimits(text: string): string {
  return text.replace(/^( *limit )(\d) /gm, (_, words, count) => `${words}${Number(count) + 1} `);
}

function tighterLimits(text: string): string {
  return text.replace(/^( *limit )[2-9] /gm, '$11 ');
}

function otherPeople(text: string): string {
  return text.replace(
    /^( *(?:started by|when|owed by|issued by|kept by|options by) any )(member|guest|person|councillor)\b/gm,
    (_, words, who) => `${words}${who === 'member' ? 'person' : 'member'}`,
  );
}

function lessOnRecord(text: string): string {
  return text.replace(/^(?:delegation|duty|right|dapp) [^]*?^end\n/gm, '');
}

function fewerSeats(text: string): string {
  return text.replace(
    /held by (\d) to (\d) people/g,
    (_, least, most) => `held by ${Math.max(1, Number(least) - 1)} to ${Math.max(Number(least), Number(most) - 1)} people`,
  );
}

function otherRole(text: string): string {
  return text.replace(/\bauditor(s?)\b/g, 'checker$1');
}

function otherProcess(text: string): string {
  return text.replace(/\bmotion\b/g, 'matter');
}

function otherAreas(text: string): string {
  return text.replace(/^area work covers "work\/\*{1,2}"/m, 'area work covers "work/a", "other/**"');
}

function otherEffects(text: string): string {
  return text.replace(/^( {4})(grant|remove) (\w+) (to|from) the (candidate|subject|author)$/gm, (_, indent, verb, what, _to, whom) =>
    verb === 'grant' ? `${indent}remove ${what} from the ${whom}` : `${indent}grant ${what} to the ${whom}`,
  );
}

function otherNumbers(text: string): string {
  return text.replace(
    /^( *(?:depth|picks|elects|marks at most|earned|level \w+ from|award|at least|quorum at least) )([1-3])\b/gm,
    (_, words, count) => `${words}${Number(count) + 1}`,
  );
}

function soonerLost(text: string): string {
  return text
    .replace(/^( *lost through (?!.*without activity).*)$/gm, '$1 or 2 days without activity')
    .replace(/^( *term .*\n(?:.*\n)*? *lost through )(?!expiry)/gm, '$1expiry or ');
}

/** So many of the ways, the first of them, are drawn from in streams of charters that are not wide. */
export const plainAmendments = 8;

/** How a text is changed; the same text where there is nothing to change in that way. */
export const amendments: readonly ((text: string) => string)[] = [
  longer,
  otherComparison,
  titled,
  oneMore,
  oneLess,
  moreSeats,
  beyondReach,
  unprotected,
  otherAmounts,
  fewerTests,
  asLittle,
  twice,
  half,
  otherShares,
  shorter,
  longerLengths,
  widerLimits,
  tighterLimits,
  otherPeople,
  lessOnRecord,
  fewerSeats,
  otherRole,
  otherProcess,
  otherAreas,
  otherEffects,
  otherNumbers,
  soonerLost,
];
