// The template `council`: an elected council decides, members can discharge a councillor. Text only.
import { councilChange, fence, newcomer, opening, person, quoted, twoAreas } from './template.ts';
import type { Answers, Template } from './template.ts';

/** An elected council of at least three. */
export const councilTemplate: Template = {
  name: 'council',
  shape: 'an elected council decides',
  people: ['ada', 'ben', 'chi', 'dev', 'eve'],
  peopleMin: 3,
  bylaws: (answers) => `${opening(answers, twoAreas)}
${people(answers)}
${joining}
${changing}`,
  tests,
};

function people(answers: Answers): string {
  const seats = Math.max(7, answers.people.length);
  return `## 2. Members and council

Members are those who were admitted. The council has 3 to ${seats} seats; a councillor serves two years.

${fence(`role member plural members
  held by anyone
  first held by ${quoted(answers.people)}
  gained through admission
  lost through resignation
end

role councillor plural councillors "Council"
  held by 3 to ${seats} people
  first held by ${quoted(answers.people)}
  open to members
  term 2 years
  gained through council-election
  lost through resignation or discharge or expiry
  lost with member
  vacancy filled through council-election within 60 days
  while short only council-election, amendment
end`)}`;
}

const joining = `## 3. Joining the organization

Anybody may ask. If no member objects within a week, they are in; otherwise the council votes.

${fence(`process admission "Admitting a member"
  started by any person

  step objections
    unless a member objects within 7 days go to admitted
    otherwise go to ballot
  end

  vote ballot
    voters councillors
    open for 7 days
    quorum at least 1/2 of councillors voting
    passes when more than 1/2 of votes cast are yes
    when passed go to admitted
    otherwise go to declined
  end

  outcome admitted
    grant member to the candidate
  end

  outcome declined refuses
end`)}
## 4. Choosing and discharging councillors

A councillor proposes a candidate, another one supports it, the council votes. A fifth of the members can ask to
discharge a councillor, who has a week to answer and no vote on it.

${fence(`process council-election "Electing a councillor"
  started by any councillor
  about members

  step endorsement
    when 1 other councillor endorses go to ballot
    after 14 days go to lapsed
  end

  vote ballot
    voters councillors
    open for 14 days
    quorum at least 1/2 of councillors voting
    passes when at least 2/3 of votes cast are yes
    when passed go to seated
    otherwise go to lapsed
  end

  outcome seated
    grant councillor to the candidate
  end

  outcome lapsed refuses
end

process discharge "Removing a councillor"
  started by any member

  step petition
    when at least 1/5 of members endorse go to hearing
    after 30 days go to dropped
  end

  step hearing "The councillor may answer"
    after 7 days go to ballot
  end

  vote ballot
    voters councillors except the subject
    open for 14 days
    quorum more than 1/2 of councillors voting
    passes when at least 3/4 of votes cast are yes
    when passed go to discharged
    otherwise go to dropped
  end

  outcome discharged
    remove councillor from the subject
  end

  outcome dropped refuses
end`)}`;

const changing = `## 5. Changing things

Two councillors can approve an ordinary change. If one objects, the council votes.

${councilChange}
## 6. Changing these bylaws

${fence(`process amendment "Amending these bylaws"
  governs bylaws
  started by any councillor

  step notice
    when 1 other councillor endorses go to ballot
    after 30 days go to rejected
  end

  vote ballot
    voters councillors
    open for 14 days
    quorum at least 2/3 of councillors voting
    passes when at least 2/3 of votes cast are yes
    when passed go to adopted
    otherwise go to rejected
  end

  outcome adopted accepts
  outcome rejected refuses
end`)}`;

function tests(answers: Answers): string {
  const [a, b, c] = [person(answers, 0), person(answers, 1), person(answers, 2)];
  const guest = newcomer(answers);
  const council = answers.people.join(', ');
  return `gdo 1

scenario "Two councillors approve an ordinary change"
  given councillors are ${council}
  given members are ${council}
  on day 0 ${a} start change
  on day 1 ${b}, ${c} approve
  expect change is merged
end

scenario "An amendment needs the council, not one councillor"
  given councillors are ${council}
  given members are ${council}
  on day 0 ${a} start amendment
  after 30 days
  expect amendment is rejected
end

scenario "Two thirds of the council amend the bylaws"
  given councillors are ${council}
  given members are ${council}
  on day 0 ${a} start amendment
  on day 1 ${b} endorses
  on day 2 ${council} vote yes
  after 14 days
  expect amendment is adopted
end

scenario "Nobody objects to a new member"
  given councillors are ${council}
  given members are ${council}
  on day 0 ${guest} start admission about ${guest}
  after 7 days
  expect admission is admitted
end

scenario "A member objects, and the council declines"
  given councillors are ${council}
  given members are ${council}
  on day 0 ${guest} start admission about ${guest}
  on day 3 ${c} objects
  on day 4 ${council} vote no
  after 8 days
  expect admission is declined
end
`;
}
