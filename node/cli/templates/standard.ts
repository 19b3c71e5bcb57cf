// The templates built from the standard library: a council with members, and beside it one module for what the organization is about.
import { importText } from '../modules.ts';
import { councilChange, fence, newcomer, opening, person, quoted, twoAreas } from './template.ts';
import type { Answers, Template } from './template.ts';

/** What one module adds to the council that all of these templates share. */
interface Addition {
  readonly module: string;
  readonly shape: string;
  /** Two or three sentences for members. */
  readonly prose: string;
  /** `set` lines of the import. */
  readonly settings: string;
  /** Areas beside bylaws and work; empty where the module merges nothing. */
  readonly area: string;
  /** Declarations the module speaks about, such as roles; mostly empty. */
  readonly declarations: (answers: Answers) => string;
  readonly scenarios: (answers: Answers) => string;
}

/** Makes the template of one module. The bylaws carry a pin, so a changed module is noticed; a test plays every template. */
function standardTemplate(addition: Addition): Template {
  return {
    name: addition.module,
    shape: addition.shape,
    people: ['ada', 'ben', 'chi', 'dev', 'eve', 'fay', 'gus', 'hal', 'ida'],
    peopleMin: 5,
    modules: [...new Set(['membership', 'council', addition.module])],
    bylaws: (answers) => `${opening(answers, areas(addition))}
${people(answers)}
${changing}
${chapter(addition, answers)}`,
    tests: (answers) => `gdo 1\n\n${shared(answers)}\n\n${addition.scenarios(answers).trim()}\n`,
  };
}

function areas(addition: Addition): string {
  if (addition.area === '') return twoAreas;
  return `area bylaws covers "bylaws/**"\narea ${addition.area} covers "${addition.area}/**"\narea work covers "**" except "bylaws/**", "${addition.area}/**"`;
}

function chapter(addition: Addition, answers: Answers): string {
  const declarations = addition.declarations(answers).trim();
  const own = addition.settings === '' ? '' : importText(addition.module, addition.settings);
  return `## 5. What we are about\n\n${addition.prose.trim()}\n\n${fence([declarations, own].filter((text) => text !== '').join('\n\n'))}`;
}

function people(answers: Answers): string {
  const seats = Math.max(9, answers.people.length);
  return `## 2. Members and council

Two members speak for a newcomer, and if nobody objects within a week, they are in. The members elect the council and can discharge
a councillor. These rules are modules of the standard library, pinned to their exact bytes; \`gdo docs\` prints them in sentences.

${fence(`role member plural members
  held by anyone
  first held by ${quoted(answers.people)}
  gained through membership
  lost through resignation or membership-exclusion
end

role councillor plural councillors "Council"
  held by 3 to ${seats} people
  first held by ${quoted(answers.people.slice(0, 5))}
  open to members
  term 2 years
  gained through council
  lost through resignation or council-discharge or expiry
  lost with member
  vacancy filled through council within 60 days
  while short only council, amendment
end

${importText('membership', 'set member to members')}

${importText('council', 'set member to members\nset councillor to councillors')}`)}`;
}

const changing = `## 3. Everyday changes

${councilChange}
## 4. Changing these bylaws

${fence(`process amendment "Amending these bylaws"
  governs bylaws
  started by any member

  step support
    when 2 other members endorse go to ballot
    after 30 days go to rejected
  end

  vote ballot
    voters members
    open for 14 days
    quorum more than 1/2 of members voting
    passes when at least 2/3 of votes cast are yes
    when passed go to adopted
    otherwise go to rejected
  end

  outcome adopted accepts
  outcome rejected refuses
end`)}`;

function shared(answers: Answers): string {
  const [a, b, c] = [person(answers, 0), person(answers, 1), person(answers, 2)];
  const guest = newcomer(answers);
  const all = answers.people.join(', ');
  return `scenario "Two sponsors and a quiet week make a member"
  given members are ${all}
  on day 0 ${guest} start membership about ${guest}
  on day 1 ${a}, ${b} endorse
  after 8 days
  expect membership is joined
end

scenario "The members discharge a councillor, who has no vote on it"
  given members are ${all}
  given councillors are ${answers.people.slice(0, 5).join(', ')}
  on day 0 ${b} start council-discharge about ${a}
  on day 1 ${all} endorse
  on day 9 ${answers.people.slice(1).join(', ')} vote yes
  after 15 days
  expect council-discharge is discharged
end

scenario "Without enough support nothing is amended"
  given members are ${all}
  on day 0 ${c} start amendment
  after 30 days
  expect amendment is rejected
end`;
}

const none = (): string => '';

const additions: readonly Addition[] = [
  {
    module: 'rfc',
    shape: 'written proposals, a last call, stewards decide',
    prose:
      'Whoever is a member writes a draft. A chair takes it up, it is discussed until no concern is open, everybody may object in a last call, the council decides, and anybody may appeal.',
    settings: 'set contributor to members\nset chair to chairs\nset steward to councillors\nset documents to drafts',
    area: 'drafts',
    declarations: (answers) => `role chair plural chairs "Leads the discussion"
  held by 1 to 3 people
  first held by ${quoted(answers.people.slice(0, 2))}
  open to members
  gained through chairing
  lost through resignation
  lost with member
  vacancy filled through chairing within 60 days
end

process chairing "Choosing a chair"
  started by any member
  about members

  vote ballot
    voters councillors
    open for 14 days
    quorum at least 1/2 of councillors voting
    passes when more than 1/2 of votes cast are yes
    when passed go to chosen
    otherwise go to refused
  end

  outcome chosen
    grant chair to the candidate
  end
end`,
    scenarios: (answers) => `scenario "An open concern holds the consensus back"
  given members are ${answers.people.join(', ')}
  given chairs are ${person(answers, 0)}
  on day 0 ${person(answers, 2)} start rfc
  on day 1 ${person(answers, 0)} adopts
  on day 2 ${person(answers, 3)} raises
  on day 3 ${person(answers, 0)} declares "consensus"
  after 30 days
  expect rfc is discussion
end

scenario "A draft without objections is published after the time for appeals"
  given members are ${answers.people.join(', ')}
  given councillors are ${answers.people.slice(0, 5).join(', ')}
  given chairs are ${person(answers, 0)}
  on day 0 ${person(answers, 2)} start rfc
  on day 1 ${person(answers, 0)} adopts
  on day 2 ${person(answers, 0)} declares "consensus"
  on day 17 ${answers.people.slice(0, 5).join(', ')} vote yes
  after 60 days
  expect rfc is published
end`,
  },
  {
    module: 'elections',
    shape: 'yearly elections of a board by ranked ballots',
    prose: 'Every year the members elect five trustees with ranked ballots. The count is exact, and anybody can repeat it.',
    settings: 'set electorate to members\nset office to trustees',
    area: '',
    declarations: () => `role trustee plural trustees
  held by 0 to 5 people
  open to members
  term 1 year
  gained through elections
  lost through resignation or expiry
  lost with member
end`,
    scenarios: (answers) => `scenario "Those who accept a nomination and are ranked by the members serve"
  given members are ${answers.people.join(', ')}
  on 2027-04-30 ${person(answers, 4)} start change
  on 2027-05-02 ${person(answers, 0)}, ${person(answers, 1)} nominate
  on 2027-05-16 ${answers.people.join(', ')} vote ${person(answers, 0)}, ${person(answers, 1)}
  after 30 days
  expect elections is seated
end`,
  },
  {
    module: 'treasury',
    shape: 'a council, members, and money with a budget',
    prose: 'Any member asks for money. The members vote, and two councillors look at the bill. No more leaves the account in thirty days than the budget says.',
    settings: 'set member to members\nset officer to councillors',
    area: '',
    declarations: none,
    scenarios: (answers) => `scenario "Two councillors are enough for a small sum"
  given members are ${answers.people.join(', ')}
  given councillors are ${answers.people.slice(0, 5).join(', ')}
  on day 0 ${person(answers, 4)} start treasury-petty-cash for 80.00 EUR to shop
  on day 1 ${person(answers, 0)}, ${person(answers, 1)} approve
  expect treasury-petty-cash is paid
end

scenario "A larger sum takes the members, and then two councillors"
  given members are ${answers.people.join(', ')}
  given councillors are ${answers.people.slice(0, 5).join(', ')}
  on day 0 ${person(answers, 4)} start treasury for 950.00 EUR to shop
  on day 1 ${answers.people.join(', ')} vote yes
  after 7 days
  on day 8 ${person(answers, 0)}, ${person(answers, 1)} approve
  expect treasury is paid
end`,
  },
  {
    module: 'emergency',
    shape: 'a council that may act at once until the members ratify it',
    prose: 'Three councillors together may change the running systems at once. The members ratify it within two weeks, or it is undone.',
    settings: 'set officer to councillors\nset member to members\nset work to systems',
    area: 'systems',
    declarations: none,
    scenarios: (answers) => `scenario "One councillor alone does not act"
  given councillors are ${answers.people.slice(0, 5).join(', ')}
  on day 0 ${person(answers, 0)} start emergency
  after 2 days
  expect emergency is refused
end

scenario "Three councillors act"
  given councillors are ${answers.people.slice(0, 5).join(', ')}
  on day 0 ${person(answers, 0)} start emergency
  on day 0 ${person(answers, 1)}, ${person(answers, 2)} approve
  expect emergency is acted
end`,
  },
  {
    module: 'weighted-democracy',
    shape: 'votes weighted by recent work, with a cap',
    prose: 'What the commons hold is decided by those who work: a vote weighs as many accepted changes as the voter had of late, twenty at most.',
    settings: 'set participant to members\nset work to commons',
    area: 'commons',
    declarations: none,
    scenarios: (answers) => `scenario "Nobody has worked yet, so nobody weighs anything"
  given members are ${answers.people.join(', ')}
  on day 0 ${person(answers, 0)} start weighted-democracy
  on day 1 ${answers.people.join(', ')} vote yes
  after 7 days
  expect weighted-democracy is defeated
end`,
  },
  {
    module: 'dispute',
    shape: 'disputes decided by a panel drawn by lot',
    prose: 'A dispute is heard by five members drawn by lot, none of them a party.',
    settings: 'set member to members\nset officer to councillors\nset contested to change\nset result to merged',
    area: '',
    declarations: none,
    scenarios: (answers) => `scenario "A contested change goes to a panel, and without a seed it stands"
  given members are ${answers.people.join(', ')}
  given councillors are ${answers.people.slice(0, 5).join(', ')}
  on day 0 ${person(answers, 0)} start change
  on day 1 ${person(answers, 1)}, ${person(answers, 2)} approve
  on day 2 ${person(answers, 3)} start dispute about change
  after 20 days
  expect dispute is dismissed
end`,
  },
  {
    module: 'market',
    shape: 'a market: orders, deliveries, experience and certificates',
    prose: 'A member orders from another one. Experience comes only from an order that the buyer accepted, and fades.',
    settings: 'set member to members\nset officer to councillors',
    area: '',
    declarations: none,
    scenarios: (answers) => `scenario "An order that is taken, delivered and accepted is settled"
  given members are ${answers.people.join(', ')}
  on day 0 ${person(answers, 0)} start market about ${person(answers, 1)}
  on day 1 ${person(answers, 1)} accepts
  on day 9 ${person(answers, 1)} declares "delivered"
  on day 10 ${person(answers, 0)} approves
  on day 10 ${person(answers, 2)} endorses
  expect market is settled
end

scenario "What the buyer contests, a councillor decides"
  given members are ${answers.people.join(', ')}
  given councillors are ${answers.people.slice(0, 5).join(', ')}
  on day 0 ${person(answers, 0)} start market about ${person(answers, 1)}
  on day 1 ${person(answers, 1)} accepts
  on day 9 ${person(answers, 1)} declares "delivered"
  on day 10 ${person(answers, 0)} objects
  after 30 days
  expect market is refused
end`,
  },
];

/** One template for each module that stands beside a council. */
export const standardTemplates: readonly Template[] = additions.map(standardTemplate);
