// The template `assembly`: members decide in a meeting that is called with notice, a board does the rest. Text only.
import { fence, newcomer, opening, person, quoted, twoAreas } from './template.ts';
import type { Answers, Template } from './template.ts';

/** An association with a general assembly and a board. */
export const assemblyTemplate: Template = {
  name: 'assembly',
  shape: 'a general assembly decides, a board does the daily work',
  people: ['ana', 'bo', 'cruz', 'dina', 'eli'],
  peopleMin: 3,
  bylaws: (answers) => `${opening(answers, twoAreas)}
${people(answers)}
${deciding}`,
  tests,
};

function people(answers: Answers): string {
  const seats = Math.max(7, answers.people.length);
  return `## 2. Members and board

A third of the members bring in a new one. The board has 3 to ${seats} seats, for two years.

${fence(`role member plural members
  held by anyone
  first held by ${quoted(answers.people)}
  gained through joining
  lost through resignation
end

role director plural directors "The board"
  held by 3 to ${seats} people
  first held by ${quoted(answers.people)}
  open to members
  term 2 years
  gained through board-election
  lost through resignation or expiry
  lost with member
  vacancy filled through board-election within 60 days
  while short only board-election, amendment
end

process joining "Joining"
  started by any person

  step sponsorship
    when at least 1/3 of members endorse go to joined
    after 30 days go to refused
  end

  outcome joined
    grant member to the candidate
  end
end

process board-election "Electing a director"
  started by any member
  about members

  step support
    when 2 other members endorse go to ballot
    after 30 days go to refused
  end

  vote ballot
    voters members
    open for 14 days
    quorum at least 1/4 of members voting
    passes when more than 1/2 of votes cast are yes
    when passed go to seated
    otherwise go to refused
  end

  outcome seated
    grant director to the candidate
  end
end`)}`;
}

const deciding = `## 3. Daily work

Two directors approve. If a member objects, the assembly decides.

${fence(`process change "Daily decisions"
  governs work
  started by any member

  step review
    when any member objects go to assembly
    when 2 other directors approve go to accepted
    after 30 days go to refused
  end

  meeting assembly "General assembly"
    called by any director within 60 days
    notice 14 days
    attended by members
    open for 6 hours
    quorum at least 1/4 of members present
    when quorate go to ballot
    otherwise go to refused
  end

  vote ballot
    voters members present
    open for 6 hours
    quorum at least 1 member voting
    passes when more than 1/2 of votes cast are yes
    when passed go to accepted
    otherwise go to refused
  end
end`)}
## 4. Changing these bylaws

Only the assembly can. It is called two weeks ahead; those present vote, and two thirds of the votes are needed.

${fence(`process amendment "Changing the bylaws"
  governs bylaws
  started by any member

  step support
    when 2 other members endorse go to assembly
    after 60 days go to refused
  end

  meeting assembly "General assembly"
    called by any director within 60 days
    notice 14 days
    attended by members
    open for 6 hours
    quorum at least 1/3 of members present
    when quorate go to ballot
    otherwise go to refused
  end

  vote ballot
    voters members present
    open for 6 hours
    quorum at least 1/2 of members voting
    passes when at least 2/3 of votes cast are yes
    when passed go to accepted
    otherwise go to refused
  end
end`)}`;

function tests(answers: Answers): string {
  const [a, b, c] = [person(answers, 0), person(answers, 1), person(answers, 2)];
  const guest = newcomer(answers);
  const all = answers.people.join(', ');
  const given = `  given members are ${all}\n  given directors are ${all}`;
  return `gdo 1

scenario "A third of the members bring in a new one"
${given}
  on day 0 ${guest} start joining about ${guest}
  on day 1 ${all} endorse
  expect joining is joined
end

scenario "Two directors approve a daily decision"
${given}
  on day 0 ${a} start change
  on day 1 ${b}, ${c} approve
  expect change is accepted
end

scenario "The assembly changes the bylaws"
${given}
  on day 0 ${a} start amendment
  on day 1 ${b}, ${c} endorse
  on day 2 ${a} call
  on day 16 at 01:00 ${all} attend
  on day 16 at 07:00 ${all} vote yes
  after 1 day
  expect amendment is accepted
end

scenario "Nobody comes, and the bylaws stay"
${given}
  on day 0 ${a} start amendment
  on day 1 ${b}, ${c} endorse
  on day 2 ${a} call
  after 20 days
  expect amendment is refused
end
`;
}
