// The template `democracy`: every member votes on everything. Text only.
import { fence, newcomer, opening, person, quoted, twoAreas } from './template.ts';
import type { Answers, Template } from './template.ts';

/** One member, one vote. */
export const democracyTemplate: Template = {
  name: 'democracy',
  shape: 'every member votes',
  people: ['ana', 'bo', 'cruz', 'dina', 'eli'],
  peopleMin: 3,
  bylaws: (answers) => `${opening(answers, twoAreas)}
${members(answers)}
${deciding}`,
  tests,
};

function members(answers: Answers): string {
  return `## 2. Members

${fence(`role member plural members
  held by anyone
  first held by ${quoted(answers.people)}
  gained through registration
  lost through resignation
end

process registration "Joining"
  started by any person

  step sponsorship
    when at least 1/3 of members endorse go to registered
    after 30 days go to lapsed
  end

  outcome registered
    grant member to the candidate
  end

  outcome lapsed refuses
end`)}`;
}

const deciding = `## 3. Everyday decisions

A week to vote, a quarter of the members taking part, more yes than no.

${fence(`process motion "Everyday decisions"
  governs work
  started by any member

  vote ballot
    voters members
    open for 7 days
    quorum at least 1/4 of members voting
    passes when more than 1/2 of votes cast are yes
    when passed go to carried
    otherwise go to defeated
  end

  outcome carried accepts
  outcome defeated refuses
end`)}
## 4. Changing these bylaws

Two others support it, everybody has two weeks to talk, then three weeks to vote.

${fence(`process amendment "Changing the bylaws"
  governs bylaws
  started by any member

  step support
    when 2 other members endorse go to discussion
    after 30 days go to defeated
  end

  step discussion
    when the author withdraws go to defeated
    after 14 days go to ballot
  end

  vote ballot
    voters members
    open for 21 days
    quorum at least 1/2 of members voting
    passes when at least 2/3 of votes cast are yes
    when passed go to carried
    otherwise go to defeated
  end

  outcome carried accepts
  outcome defeated refuses
end`)}`;

function tests(answers: Answers): string {
  const [a, b, c] = [person(answers, 0), person(answers, 1), person(answers, 2)];
  const guest = newcomer(answers);
  const all = answers.people.join(', ');
  return `gdo 1

scenario "More yes than no carries a motion"
  given members are ${all}
  on day 0 ${a} start motion
  on day 1 ${a}, ${b} vote yes
  on day 2 ${c} votes no
  after 7 days
  expect motion is carried
end

scenario "A motion nobody votes on is defeated"
  given members are ${all}
  on day 0 ${a} start motion
  after 7 days
  expect motion is defeated
end

scenario "A third of the members bring in a new one"
  given members are ${all}
  on day 0 ${guest} start registration about ${guest}
  on day 1 ${all} endorse
  expect registration is registered
end

scenario "Changing the bylaws takes support, talk and two thirds"
  given members are ${all}
  on day 0 ${a} start amendment
  on day 1 ${b}, ${c} endorse
  on day 16 ${all} vote yes
  after 21 days
  expect amendment is carried
end
`;
}
