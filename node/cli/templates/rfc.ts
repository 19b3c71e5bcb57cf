// The template `rfc`: drafts, a last call, stewards who decide, appeals. Text only.
import { fence, opening, person, quoted } from './template.ts';
import type { Answers, Template } from './template.ts';

/** Proposals in writing, decided by stewards after a last call. */
export const rfcTemplate: Template = {
  name: 'rfc',
  shape: 'written proposals, a last call, stewards decide',
  people: ['ivo', 'jan', 'kim', 'lea', 'mo'],
  peopleMin: 3,
  bylaws: (answers) => `${opening(
    answers,
    `area bylaws covers "bylaws/**"
area work covers "**" except "bylaws/**"`,
  )}
${offices(answers)}
${deciding}`,
  tests,
};

function offices(answers: Answers): string {
  return `## 2. Contributors and stewards

Whoever was invited contributes. Stewards serve two years.

${fence(`role contributor plural contributors
  held by anyone
  first held by ${quoted(answers.people)}
  gained through invitation
  lost through resignation
end

role steward plural stewards "Steering group"
  held by 3 to ${Math.max(9, answers.people.length)} people
  first held by ${quoted(answers.people)}
  open to contributors
  term 2 years
  gained through appointment
  lost through resignation or expiry
  lost with contributor
  vacancy filled through appointment within 60 days
  while short only appointment, amendment
end

process invitation "Inviting a contributor"
  started by any person

  step support
    when 1 contributor endorses go to invited
    after 30 days go to lapsed
  end

  outcome invited
    grant contributor to the candidate
  end

  outcome lapsed refuses
end

process appointment "Appointing a steward"
  started by any contributor
  about contributors

  step nomination
    when 2 other contributors endorse go to confirmation
    after 60 days go to failed
  end

  vote confirmation
    voters stewards
    open for 14 days
    quorum at least 1/2 of stewards voting
    passes when more than 1/2 of votes cast are yes
    when passed go to appointed
    otherwise go to failed
  end

  outcome appointed
    grant steward to the candidate
  end

  outcome failed refuses
end`)}`;
}

const deciding = `## 3. Proposals

A proposal needs another contributor, then a last call of two weeks. Without an objection it stands; with one the
stewards vote. Whoever lost may appeal once.

${fence(`process rfc "Publishing a proposal"
  governs work
  started by any contributor

  step draft
    when the author withdraws go to withdrawn
    when 1 other contributor endorses go to last-call
    after 180 days go to expired
  end

  step last-call "Last call"
    unless a contributor objects within 14 days go to published
    otherwise go to ballot
  end

  vote ballot "The stewards decide"
    voters stewards
    open for 21 days
    quorum at least 1/2 of stewards voting
    passes when at least 2/3 of votes cast are yes
    when passed go to published
    otherwise go to appeal-window
  end

  step appeal-window "One appeal"
    when any contributor appeals within 14 days go to appeal
    after 14 days go to withdrawn
  end

  vote appeal "Hearing the appeal"
    voters stewards
    open for 30 days
    quorum at least 2/3 of stewards voting
    passes when at least 2/3 of votes cast are yes
    when passed go to published
    otherwise go to withdrawn
  end

  outcome published accepts
  outcome withdrawn refuses
  outcome expired refuses
end`)}
## 4. Changing these bylaws

${fence(`process amendment "Changing the bylaws"
  governs bylaws
  started by any steward

  step notice
    when 1 other steward endorses go to ballot
    after 30 days go to rejected
  end

  vote ballot
    voters stewards
    open for 28 days
    quorum at least 2/3 of stewards voting
    passes when at least 3/4 of votes cast are yes
    when passed go to adopted
    otherwise go to rejected
  end

  outcome adopted accepts
  outcome rejected refuses
end`)}`;

function tests(answers: Answers): string {
  const [a, b, c] = [person(answers, 0), person(answers, 1), person(answers, 2)];
  const all = answers.people.join(', ');
  const given = `  given contributors are ${all}\n  given stewards are ${all}`;
  return `gdo 1

scenario "Nobody objects in the last call"
${given}
  on day 0 ${a} start rfc
  on day 2 ${b} endorses
  after 14 days
  expect rfc is published
end

scenario "The author withdraws a draft"
${given}
  on day 0 ${a} start rfc
  on day 2 ${a} withdraws
  expect rfc is withdrawn
end

scenario "An objection, a vote, and no appeal"
${given}
  on day 0 ${a} start rfc
  on day 2 ${b} endorses
  on day 5 ${c} objects
  on day 17 ${all} vote no
  after 40 days
  expect rfc is withdrawn
end

scenario "The bylaws need three quarters of the stewards"
${given}
  on day 0 ${a} start amendment
  on day 1 ${b} endorses
  on day 2 ${all} vote yes
  after 28 days
  expect amendment is adopted
end
`;
}
