// The template `monarchy`: one person decides, guardians can object to a successor. Text only.
import { importText } from '../modules.ts';
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
${deciding()}`,
  modules: ['monarchy'],
  tests,
};

function offices(answers: Answers): string {
  return `## 2. The sovereign, the heirs and the guardians

${fence(`role sovereign plural sovereigns "The sovereign"
  held by exactly 1 person
  first held by "${person(answers, 0)}"
  gained through monarchy or monarchy-election
  lost through resignation or monarchy-incapacity or 90 days without activity
end

role heir plural heirs "Asked in this order"
  held by 0 to 5 people in order
  first held by ${quoted(answers.people.slice(1, 3))}
  gained through monarchy-naming
  lost through resignation or monarchy-dismissal
end

role guardian plural guardians
  held by 3 to ${Math.max(5, answers.people.length)} people
  first held by ${quoted(answers.people.slice(1))}
  gained through monarchy-naming
  lost through resignation or 2 years without activity
  while short only monarchy, monarchy-election, monarchy-naming
end`)}`;
}

function deciding(): string {
  return `## 3. Deciding

The sovereign decides alone, these bylaws included. That is meant, so it is written down with its reason: change the
reason to yours.

${fence(`process decree "The sovereign decides"
  governs work, bylaws
  started by the sovereign
  allow lone-amendment because "this organization is a monarchy by choice"

  outcome decreed accepts
end`)}
## 4. When the throne is empty

A sovereign who is silent for 90 days is one no more; the guardians can also agree, all of them, that the sovereign cannot decide. Then an
heir claims the throne; the first heir can hold back the others, and two guardians can refuse each. Where none comes, the guardians choose. These rules are a module, pinned to its bytes.

${fence(importText('monarchy', 'set sovereign to sovereigns\nset heir to heirs\nset guardian to guardians'))}`;
}

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

scenario "A sovereign who is silent for 90 days is followed by the first heir"
  given sovereigns are ${sovereign}
  given guardians are ${guardians}
  given heirs are ${first}, ${second}
  on day 0 ${sovereign} start decree
  on day 91 ${first} starts monarchy
  after 22 days
  expect ${first} holds sovereign
end

scenario "No heir takes a throne that is not empty"
  given sovereigns are ${sovereign}
  given heirs are ${first}
  on day 0 ${first} starts monarchy
  on day 20 ${sovereign} start decree
  after 2 days
  expect ${first} does not hold sovereign
  expect ${sovereign} holds sovereign
end

scenario "No heir comes, and the guardians choose"
  given sovereigns are ${sovereign}
  given guardians are ${guardians}
  on day 0 ${sovereign} start decree
  on day 91 ${first} start monarchy-election about ${second}
  on day 92 ${guardians} vote yes
  after 21 days
  expect ${second} holds sovereign
end

scenario "The guardians say that the sovereign cannot decide"
  given sovereigns are ${sovereign}
  given guardians are ${guardians}
  on day 0 ${first} start monarchy-incapacity about ${sovereign}
  on day 1 ${guardians} vote yes
  after 7 days
  expect ${sovereign} does not hold sovereign
end
`;
}
