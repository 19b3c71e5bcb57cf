// Families about rights, recusals, removals, claims and prose: every set of roles a person may have, every group of recused people, every electorate.
import { framed } from '../../../compiler/index.ts';
import type { Pick } from '../mutants.ts';
import type { CountRule } from './counting.ts';
import { someShare } from './counting.ts';
import type { Family, Planted } from './family.ts';
import { ballotProcess, carries, governing, passesWithFewer, policy, usual } from './family.ts';

const rightRoles = ['keeper', 'helper', 'guest', 'anybody'];
const plurals: Readonly<Record<string, string>> = { keeper: 'keepers', helper: 'helpers', guest: 'guests', anybody: 'everybody' };

/** A right over one door with lines of roles, facts and denials; whether anybody passes is tried with every set of roles there can be. */
function right(pick: Pick): Planted {
  const [isTied, isEmpty] = [pick(2) === 0, pick(3) === 0];
  const one = (): string => rightRoles[pick(rightRoles.length)] ?? 'keeper';
  // Where whoever helps is a keeper as well, what is said against keepers is what matters.
  const against = (): string => (isTied && pick(2) === 0 ? 'keeper' : one());
  const lines = Array.from({ length: 1 + pick(2) }, () => ({
    role: pick(2) === 0 ? 'helper' : one(),
    holds: pick(3) === 0 ? one() : undefined,
    lacks: pick(2) === 0 ? against() : undefined,
  }));
  const denied = Array.from({ length: pick(3) }, against);
  const people = Array.from({ length: 8 }, (_, set) => ['keeper', 'helper', 'guest'].filter((_role, at) => ((set >> at) & 1) === 1))
    .filter((held) => (!isTied || !held.includes('helper') || held.includes('keeper')) && !(isEmpty && held.includes('guest')))
    .map((held) => [...held, 'anybody']);
  const passes = people.some(
    (held) =>
      !denied.some((role) => held.includes(role)) &&
      lines.some(
        ({ role, holds, lacks }) => held.includes(role) && (holds === undefined || held.includes(holds)) && (lacks === undefined || !held.includes(lacks)),
      ),
  );
  const facts = ({ holds, lacks }: (typeof lines)[number]): string => {
    const all = [...(holds === undefined ? [] : [`hold ${holds}`]), ...(lacks === undefined ? [] : [`do not hold ${lacks}`])];
    return all.length === 0 ? '' : ` who ${all.join(' and ')}`;
  };
  const text = framed(`role helper plural helpers
  held by anyone
  gained through helping
  lost through resignation
${isTied ? '  lost with keeper\n' : ''}end

role guest plural guests
  held by ${isEmpty ? 'at most 0 people' : 'anyone'}
  gained through helping
  lost through resignation
end

role anybody plural everybody
  held by anyone
end

process helping
  started by any keeper
  step review
    when 2 other keepers approve go to helped
    after 30 days go to refused
  end
  outcome helped
    grant the proposed role to the candidate
  end
end

right enter
  covers "doors/front"
${lines.map((line) => `  held by ${plurals[line.role] ?? ''}${facts(line)}\n`).join('')}${denied.map((role) => `  denied to ${plurals[role] ?? ''} "No."\n`).join('')}  offline for at most 7 days
end
`);
  return { text, has: !passes, at: 'right enter' };
}

function rule(pick: Pick): CountRule {
  return { choices: usual, quorum: 1 + pick(5), strictQuorum: pick(4) === 0, tests: [someShare(pick, 'yes')] };
}

/** A vote from which people are recused; every group of up to half of a body is. */
function recusal(pick: Pick): Planted {
  const [least, most] = [4 + pick(3), 7 + pick(3)];
  const way = ['leaves the roster', 'counts as absent', 'counts as abstain'][pick(3)] ?? '';
  const quorum = pick(2) === 0 ? `at least ${1 + pick(least - 1)} keepers` : `at least ${1 + pick(5)}/6 of keepers`;
  const [, count, sixths] = /at least (\d+)(\/6 of)?/.exec(quorum) ?? [];
  const isMet = (people: number, roster: number): boolean => (sixths === undefined ? people >= Number(count) : people * 6 >= Number(count) * roster);
  const sizes = Array.from({ length: most - least + 1 }, (_, index) => least + index);
  const has = sizes.some((size) =>
    Array.from({ length: 1 << size }, (_, group) => Array.from({ length: size }, (_person, at) => (group >> at) & 1).filter((bit) => bit === 1).length).some(
      (recused) => {
        if (recused === 0 || recused * 2 > size) return false;
        const left = size - recused;
        const taking = way === 'counts as abstain' ? size : left;
        return !isMet(taking, way === 'leaves the roster' ? left : size) || left === 1;
      },
    ),
  );
  const text = policy(`recusal decided by 2 keepers ${way}`, `quorum ${quorum} voting`, 'passes when more than 1/2 of votes cast are yes')
    .replace('held by 5 to 9 people', `held by ${least} to ${most} people`)
    .replace('"ada", "ben", "chi", "dev", "eve"', Array.from({ length: most }, (_, index) => `"p${index + 1}"`).join(', '));
  return { text, has, at: 'process policy' };
}

/** A body at its minimum from which a case removes one, and a rule that asks for so many. */
function removal(pick: Pick): Planted {
  const least = 4 + pick(2);
  const need = least + ([-1, 0, 0, 1][pick(4)] ?? 0);
  const isShare = pick(4) === 0;
  const isRuled = pick(2) === 0;
  const quorum = isShare ? `at least ${Math.min(need, 5)}/5 of keepers` : `at least ${need} keepers`;
  const text = policy(`quorum ${quorum} voting`, 'passes when more than 1/2 of votes cast are yes')
    .replace('held by 5 to 9 people', `held by ${least} to 9 people`)
    .replace('while short only keeping, removal, amendment\n', isRuled ? 'while short only keeping, removal, amendment\n' : '\n');
  const beside = !isShare && need > least ? ['GDO301'] : [];
  return { text: text.replace('\n  \nend', '\nend'), has: !isShare && !isRuled && need === least, at: 'role keeper', beside };
}

/** A claim about how many approve a merge. What is between what surely happens and what never does is left out: it is GDO420's. */
function claim(pick: Pick): Planted {
  const amending = rule(pick);
  const needed = 1 + pick(8);
  const fewest = [5, 6, 7, 8, 9].map((size) => Array.from({ length: size }, (_, index) => index + 1).find((people) => carries(amending, people, size)));
  const [atLeast] = fewest;
  if (carries(amending, 1, 5) || atLeast === undefined || (atLeast >= needed && passesWithFewer(amending, needed))) return claim(pick);
  const text = framed(
    `${ballotProcess('amendment', governing, amending, 14, 'accept the merge within 60 days')}\nforbid "too few"\n  any merge in bylaws with fewer than ${needed} approving keepers\nend\n`,
  );
  return { text, has: atLeast < needed, at: 'forbid "too few"', never: ['GDO420'] };
}

/** A sentence of a literate text, with or without the rule that it speaks of. */
function prose(pick: Pick): Planted {
  const word = ['MUST', 'SHALL', 'MAY', 'must', 'may'][pick(5)] ?? 'must';
  const [said, ruled] = [1 + pick(5), 1 + pick(5)];
  const link = pick(4);
  const hasNumber = pick(2) === 0;
  const sentence = `A helper ${word} ${hasNumber ? `answer within ${said} days` : 'be welcomed by two people'}.`;
  const block = `\`\`\`gdo\nprocess helping\n  started by any keeper\n  step review\n    when 2 other keepers approve go to accepted\n    after ${ruled} days go to refused\n  end\nend\n\`\`\`\n`;
  const lines = [
    ['', block],
    ['<!-- gdo:binds amendment -->\n\n', ''],
    ['<!-- gdo:binds nothing-such -->\n\n', ''],
    ['', ''],
  ][link] ?? ['', ''];
  const text = framed(`# Helpers\n\n${lines[0]}${sentence}\n\n${lines[1]}`);
  const isBinding = word === word.toUpperCase();
  const isLinked = link < 2;
  const isContradicted = link === 0 && hasNumber && said !== ruled;
  return { text, has: isBinding && (!isLinked || isContradicted), at: sentence };
}

/** The families, in the order of their codes. */
export const wordFamilies: readonly Family[] = [
  { name: 'removals', code: 'GDO304', make: removal },
  { name: 'recusals', code: 'GDO319', severity: 'warning', make: recusal },
  { name: 'claims', code: 'GDO419', make: claim },
  { name: 'rights', code: 'GDO425', make: right },
  { name: 'prose', code: 'GDO901', severity: 'warning', make: prose },
];
