// The template `consent`: silence consents, an objection leads to a vote. Text only.
import { fence, newcomer, opening, person, quoted, twoAreas } from './template.ts';
import type { Answers, Template } from './template.ts';

/** Silence consents. */
export const consentTemplate: Template = {
  name: 'consent',
  shape: 'a proposal stands unless somebody objects',
  people: ['ivy', 'jo', 'kai', 'lou'],
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
  gained through welcome
  lost through resignation
end

process welcome "Welcoming a member"
  started by any person

  step objections
    when any member objects go to ballot
    when 1 member endorses go to waiting
    after 14 days go to declined
  end

  step waiting
    unless a member objects within 7 days go to welcomed
    otherwise go to ballot
  end

  vote ballot
    voters members
    open for 7 days
    quorum at least 1/2 of members voting
    passes when more than 1/2 of votes cast are yes
    when passed go to welcomed
    otherwise go to declined
  end

  outcome welcomed
    grant member to the candidate
  end

  outcome declined refuses
end`)}`;
}

const deciding = `## 3. Deciding by consent

Silence means yes. One objection within the week takes the proposal to a vote of all members.

${fence(`process proposal "Everyday decisions"
  governs work
  started by any member

  step silence
    unless a member objects within 7 days go to agreed
    otherwise go to ballot
  end

  vote ballot
    voters members
    open for 7 days
    quorum at least 1/2 of members voting
    passes when more than 1/2 of votes cast are yes
    when passed go to agreed
    otherwise go to dropped
  end

  outcome agreed accepts
  outcome dropped refuses
end`)}
## 4. Changing these bylaws

Silence is not enough here: two others must support it, and everybody votes.

${fence(`process amendment "Changing the bylaws"
  governs bylaws
  started by any member

  step support
    when 2 other members endorse go to ballot
    after 30 days go to dropped
  end

  vote ballot
    voters members
    open for 14 days
    quorum at least 2/3 of members voting
    passes when at least 3/4 of votes cast are yes
    when passed go to agreed
    otherwise go to dropped
  end

  outcome agreed accepts
  outcome dropped refuses
end`)}`;

function tests(answers: Answers): string {
  const [a, b, c] = [person(answers, 0), person(answers, 1), person(answers, 2)];
  const guest = newcomer(answers);
  const all = answers.people.join(', ');
  return `gdo 1

scenario "Silence consents"
  given members are ${all}
  on day 0 ${a} start proposal
  after 7 days
  expect proposal is agreed
end

scenario "An objection leads to a vote"
  given members are ${all}
  on day 0 ${a} start proposal
  on day 3 ${b} objects "too loud"
  on day 7 at 12:00 ${b}, ${c} vote no
  after 8 days
  expect proposal is dropped
end

scenario "A newcomer is welcomed"
  given members are ${all}
  on day 0 ${guest} start welcome about ${guest}
  on day 1 ${a} endorses
  after 8 days
  expect welcome is welcomed
end
`;
}
