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
];
