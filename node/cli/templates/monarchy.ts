// The template `monarchy`: one person decides, guardians can object to a successor. Text only.
import { fence, opening, person, quoted, twoAreas } from './template.ts';
import type { Answers, Template } from './template.ts';

/** One who decides, three guardians, and a way to go on when the one is gone. */
export const monarchyTemplate: Template = {
  name: 'monarchy',
  shape: 'one person decides, guardians see to the succession',
  people: ['alice', 'dan', 'erin', 'frank'],
  peopleMin: 4,
  bylaws: (answers) => `${opening(answers, twoAreas)}
${offices(answers)}
${deciding}`,
  tests,
};

function offices(answers: Answers): string {
  return `## 2. The sovereign and the guardians

${fence(`role sovereign plural sovereigns "The sovereign"
  held by exactly 1 person
  first held by "${person(answers, 0)}"
  gained through succession
  lost through resignation or 1 year without activity
end

role guardian plural guardians
  held by 3 to ${Math.max(5, answers.people.length)} people
  first held by ${quoted(answers.people.slice(1))}
  gained through naming
  lost through resignation or 2 years without activity
  while short only naming, succession
end`)}`;
}

const deciding = `## 3. Deciding

The sovereign decides alone, these bylaws included. That is meant, so it is written down with its reason: change the
reason to yours.

${fence(`process decree "The sovereign decides"
  governs work, bylaws
  started by the sovereign
  allow lone-amendment because "this organization is a monarchy by choice"

  outcome decreed accepts
end

process naming "The sovereign names a guardian"
  started by the sovereign

  outcome named
    grant guardian to the candidate
  end
end`)}
## 4. When the throne is empty

A guardian proposes a successor, another one supports it, and the guardians vote.

${fence(`process succession "Choosing the next sovereign"
  started by any guardian

  step claim
    when 1 other guardian endorses go to ballot
    after 14 days go to lapsed
  end

  vote ballot
    voters guardians
    open for 14 days
    quorum at least 1/2 of guardians voting
    passes when more than 1/2 of all guardians are yes
    when passed go to crowned
    otherwise go to lapsed
  end

  outcome crowned
    grant sovereign to the candidate
  end

  outcome lapsed refuses
end`)}`;

function tests(answers: Answers): string {
  const [sovereign, first, second] = [person(answers, 0), person(answers, 1), person(answers, 2)];
  const guardians = answers.people.slice(1).join(', ');
  return `gdo 1

scenario "The sovereign decides alone"
  given sovereigns are ${sovereign}
  given guardians are ${guardians}
  on day 0 ${sovereign} start decree
  expect decree is decreed
end

scenario "A guardian alone crowns nobody"
  given guardians are ${guardians}
  on day 0 ${first} start succession about ${first}
  after 14 days
  expect succession is lapsed
end

scenario "The guardians crown a successor"
  given guardians are ${guardians}
  on day 0 ${first} start succession about ${second}
  on day 1 ${second} endorses
  on day 2 ${guardians} vote yes
  after 14 days
  expect succession is crowned
end
`;
}
