// Words that people use for rules, and what to write instead or what exactly they mean here. Text only; `gdo explain WORD` prints it.

/** One page about a word; the first of `words` is its heading, the others lead to the same page. */
export interface ExplainedWord {
  readonly words: readonly string[];
  readonly says: string;
  /** Lines as they may stand in bylaws; empty where there is nothing to write. */
  readonly bylaws: string;
  /** A real election or vote that it decided. */
  readonly mattered?: string;
  readonly see: string;
}

/** Every explained word, in the order of `gdo explain --list`. Source: language.md sections 5, 6 and 13. */
export const explainedWords: readonly ExplainedWord[] = [
  {
    words: ['majority', 'simple-majority'],
    says: 'A majority of what? Of the votes that are not abstentions, of all ballots, or of everybody who could vote: the three differ whenever somebody stays away. Bylaws write which one.',
    bylaws:
      'passes when more than 1/2 of votes cast are yes              -- of yes and no\npasses when more than 1/2 of votes and abstentions are yes   -- of all ballots\npasses when more than 1/2 of all members are yes             -- of everybody',
    see: 'gdo explain quorum, gdo explain GDO031',
  },
  {
    words: ['supermajority', 'two-thirds', 'qualified-majority', 'fraction', 'percent', 'half'],
    says: 'A fraction above one half, with its base and its strictness. `at least 2/3` accepts exactly two thirds, `more than 2/3` does not. Write a fraction: 66.67 % refuses 2 of 3.',
    bylaws: 'passes when at least 2/3 of votes cast are yes',
    see: 'gdo explain majority, gdo explain GDO305',
  },
  {
    words: ['unanimous', 'unanimity'],
    says: 'Nobody against, or everybody for: with one absent person these differ. Unanimity of a whole role gives each holder a veto by staying away.',
    bylaws: 'passes when no councillor says no          -- nobody against\npasses when all councillors say yes        -- everybody for',
    see: 'gdo explain GDO303',
  },
  {
    words: ['quorum'],
    says: 'How many must take part before a result counts at all. Abstentions take part. A share follows the roster when people come and go; a fixed number can become unreachable.',
    bylaws: 'quorum at least 1/2 of members voting\nquorum at least 5 councillors voting\nquorum at least 1/3 of members present     -- in a meeting',
    see: 'gdo explain GDO301, gdo explain abstain',
  },
  {
    words: ['abstain', 'abstention'],
    says: 'A ballot that takes part and takes no side. It counts for the quorum and not among `votes cast`. Whoever sends no ballot is not there at all.',
    bylaws: 'choices yes, no, abstain                   -- what stands without a line of its own',
    see: 'gdo explain quorum, gdo explain majority',
  },
  {
    words: ['consent', 'silence', 'lazy-consensus'],
    says: 'Silence means yes: the proposal stands unless somebody objects in time. Write how long, and what an objection leads to.',
    bylaws: 'step objections\n  unless a member objects within 7 days go to adopted\n  otherwise go to ballot\nend',
    see: 'gdo explain consensus',
  },
  {
    words: ['consensus', 'block'],
    says: 'Nobody who takes part objects. As a rule it needs to say who may object, how long there is for it, and how an objection is heard; feelings in the room are for people, not for bylaws.',
    bylaws:
      'step last-call\n  concerns by any member resolved by the raiser\n  after 14 days without concerns go to adopted\n  after 60 days go to refused\nend',
    see: 'gdo explain consent',
  },
  {
    words: ['tie', 'casting-vote'],
    says: 'As many for as against, or two candidates with the same standing. Bylaws say what then: it fails, a lot decides, or somebody decides within at most seven days. Where candidates are excluded one after another, a tie on the way is none if the same people are elected however it is broken.',
    bylaws: 'tie fails\ntie lot\ntie decided by the chair then lot',
    mattered:
      'Debian chose its init system in 2014 (bug 727708): four of the technical committee for one, four for the other, and the casting vote of the chair decided.',
    see: 'gdo explain GDO032, gdo explain GDO312, gdo explain counting',
  },
  {
    words: ['counting', 'counted', 'method'],
    says: 'A method such as Schulze or instant runoff leaves open what a ballot means that ranks only some, or ranks two equal, and how strong a victory is. Each of these has decided a seat, so none has a default: bylaws say them behind the method.',
    bylaws:
      'counted by schulze with winning votes, unranked last, equal ranks allowed\ncounted by irv with unranked exhausted, equal ranks refused\ncounted by stv-scottish with unranked exhausted, equal ranks refused\ncounted by plurality with equal ranks refused\ncounted by approval                        -- asks for nothing more',
    mattered: 'Burlington, mayor 2009: plurality elects Wright, instant runoff Kiss, a comparison in pairs Montroll. The ballots are the same.',
    see: 'gdo explain unranked, gdo explain equal-ranks, gdo explain winning-votes, gdo explain tie, gdo explain GDO331',
  },
  {
    words: ['unranked', 'exhausted', 'not-compared'],
    says: 'What a ballot says of the options it leaves out. `last`: they share its last place, so everything ranked beats them. `not compared`: it has no opinion on them. `exhausted`, where ballots move in rounds: it ends when all it ranks are out.',
    bylaws: 'counted by schulze with winning votes, unranked not compared, equal ranks allowed\ncounted by irv with unranked exhausted, equal ranks refused',
    mattered:
      'Kubernetes steering committee 2021 does not compare them: cblecker is elected. Counted as last, deads2k has that seat. Debian 2006 counts them as last and elects Anthony Towns; not compared, Steve McIntyre wins.',
    see: 'gdo explain counting, gdo explain GDO331',
  },
  {
    words: ['equal-ranks', 'equal', 'overvote'],
    says: 'What a ballot does that ranks two options equal. In pairs: `allowed`, or `refused`, and then it is set aside. In rounds: `refused`, `wait` until one of the equals is left, or `split` into equal parts.',
    bylaws: 'counted by ranked-pairs with winning votes, unranked last, equal ranks allowed\ncounted by irv with unranked exhausted, equal ranks split',
    mattered: 'Kubernetes steering committee 2021 allows them: tpepper is elected. With such ballots set aside, iancoldwater has that seat.',
    see: 'gdo explain counting, gdo explain GDO331',
  },
  {
    words: ['winning-votes', 'margins', 'strength'],
    says: 'How strong a victory of one option over another is, where victories contradict each other: the ballots for the winner, or these less those for the loser. The two differ where many ballots say nothing about a pair.',
    bylaws:
      'counted by schulze with winning votes, unranked last, equal ranks allowed\ncounted by ranked-pairs with margins, unranked last, equal ranks allowed',
    mattered: 'Kubernetes steering committee 2021 counts winning votes: cblecker is elected. By margins deads2k has that seat.',
    see: 'gdo explain counting, gdo explain GDO331',
  },
  {
    words: ['affiliation-cap', 'cap'],
    says: 'At most so many seats for people of one employer or group. Whoever is over it and stands lowest is struck, and everything is counted again, because a transfer or a comparison may change. Members who sit already count.',
    bylaws:
      'limit 4 winners per employer                -- in the vote\nlimit 4 committee-members per employer      -- in the role: who sits already counts too',
    mattered:
      'Kubernetes steering committee 2017, at most 4 of one company and 3 of Google sitting: without the cap Michael Rubin is elected fourth. GNOME board 2003, at most 4 of 11: without it Michael Meeks has the seat of Malcolm Tredinnick.',
    see: 'gdo explain counting, gdo explain GDO035',
  },
  {
    words: ['deadline', 'time', 'late'],
    says: 'Every clock is the time at which witnesses received something, written into the ledger; what the author claims is only shown. A window ends before its last instant: a vote received exactly at the close is late.',
    bylaws: 'open for 14 days\nafter 30 days go to refused',
    see: 'gdo explain GDO204, gdo explain GDO1051',
  },
  {
    words: ['role', 'member', 'board', 'office', 'chair'],
    says: 'A role is who holds it: one person (an office), several (a body), or anyone who was admitted (a membership). It says how many, how it is gained, how it is lost, and for how long.',
    bylaws:
      'role councillor plural councillors\n  held by 3 to 7 people\n  first held by "ada", "ben", "chi"\n  term 2 years\n  gained through election\n  lost through resignation or expiry\nend',
    see: 'gdo explain GDO215',
  },
  {
    words: ['process', 'case', 'stage'],
    says: 'A process is one way to decide: its steps, votes and meetings in order, and how it ends. A case is one run of it. A case keeps the bylaws under which it began.',
    bylaws:
      'process change\n  governs work\n  started by any member\n  step review\n    when 2 other members approve go to accepted\n    after 30 days go to refused\n  end\nend',
    see: 'gdo explain area',
  },
  {
    words: ['area', 'governs'],
    says: 'An area is a set of files by their paths. A process merges only what it governs, and a file in no area cannot be changed at all. The most exact pattern wins.',
    bylaws: 'area bylaws covers "bylaws/**"\narea work covers "**" except "bylaws/**"',
    see: 'gdo explain GDO218, gdo explain GDO2001',
  },
  {
    words: ['endorse', 'sponsor', 'second'],
    says: 'To stand behind a proposal before it goes on. `other` leaves out whoever started it: without the word the author counts as a sponsor.',
    bylaws: 'when 2 other members endorse go to ballot',
    see: 'gdo explain GDO401',
  },
  {
    words: ['veto', 'object', 'concern'],
    says: 'An objection moves a case to another stage; a concern stays open until its raiser or somebody named resolves it; a vote can have a test that one person fails. Choose which of the three you mean.',
    bylaws:
      'when any steward objects go to hearing\nconcerns by any member resolved by the raiser or the chair\npasses when more than 1/2 of votes cast are yes and no steward says no',
    see: 'gdo explain consensus',
  },
  {
    words: ['secret', 'secret-ballot', 'anonymous'],
    says: 'There are no secret ballots: every ballot is signed and stands in a public ledger for ever. `sealed` hides choices until the vote closes and shows them afterwards. Elect by paper where secrecy matters, and record the result.',
    bylaws: 'ballots sealed until the close revealed within 2 days',
    see: 'gdo explain GDO030',
  },
  {
    words: ['allow'],
    says: 'An oddity you mean stays visible in the text with your reason and, if you like, an end. Then gdo stops calling it an error, and says so in the documents.',
    bylaws: 'allow lone-amendment because "founder phase" until 2027-12-31',
    see: 'gdo explain GDO401',
  },
  {
    words: ['meeting', 'assembly', 'present', 'notice'],
    says: 'A meeting is a stage of a case: it is called, with notice, and is open for some hours. Who signs in while it is open is present. Only after a meeting may a vote ask for those present.',
    bylaws:
      'meeting assembly\n  called by any director within 60 days\n  notice 14 days\n  attended by members\n  open for 6 hours\n  quorum at least 1/4 of members present\n  when quorate go to ballot\n  otherwise go to refused\nend',
    see: 'gdo explain GDO114, gdo explain quorum',
  },
  {
    words: ['term', 'vacancy', 'resignation'],
    says: 'A term ends by itself; whoever is chosen again is chosen anew. A vacancy is a seat nobody holds: say how it is filled, and what the others may still decide while they are too few.',
    bylaws:
      'term 2 years in 2 staggered groups\nlost through resignation or expiry\nvacancy filled through election within 60 days\nwhile short only election, amendment',
    see: 'gdo explain role',
  },
  {
    words: ['subject', 'candidate', 'recusal'],
    says: 'The person a case is about: the candidate for a role, or the subject of a removal. They count in a vote unless the bylaws take them out.',
    bylaws: 'voters councillors except the subject',
    see: 'gdo explain GDO404',
  },
  {
    words: ['weight', 'stake'],
    says: 'One person, one vote, unless a measure says otherwise. A measure counts what the ledger records about a person, with bounds, and is frozen when the vote opens.',
    bylaws: 'measure activity\n  counts accepted-merges by each member over the last 90 days\n  at least 1\n  at most 20\nend',
    see: 'gdo explain GDO119, gdo explain GDO315',
  },
  {
    words: ['election', 'nomination', 'ranked-choice', 'stv', 'approval'],
    says: 'An election collects candidates in a step, counts ballots by a method, and gives the role to the winners. Say where candidates come from, how many win, and what a tie means. The calendar or an empty seat can start it.',
    bylaws:
      'process election "Yearly election"\n  starts every 1 year from 2027-03-01\n  step names\n    nominations of members supported by 2 other members\n    after 14 days go to ballot\n  end\n  vote ballot\n    voters members\n    choices the candidates\n    counted by approval\n    elects 3 director\n    open for 7 days\n    tie lot\n    when elected go to seated\n    otherwise go to refused\n  end\n  outcome seated\n    grant director to the winners\n  end\nend',
    see: 'gdo explain counting, gdo explain GDO220',
  },
  {
    words: ['petition', 'referendum'],
    says: 'So many people start a case together, or support it in its first step. A share is taken of those who are there when the case begins; a roll that anybody joins is counted in whole numbers.',
    bylaws:
      'started by at least 1/5 of members\nstarted by at least the larger of 1/10 of members and 3 members\nwhen at least 50 members endorse within 30 days go to ballot',
    see: 'gdo explain GDO307, gdo explain GDO323',
  },
  {
    words: ['removal', 'recall', 'expulsion', 'expel'],
    says: 'A case about a person, its subject, that takes a role away. Leave the subject out of those who decide, ask for no less than admission does, and say who hears them.',
    bylaws:
      'process expulsion\n  started by 3 members\n  about members\n  vote hearing\n    voters members except the subject\n    open for 14 days\n    quorum at least 1/2 of members voting\n    passes when at least 2/3 of votes cast are yes\n    when passed go to expelled\n    otherwise go to refused\n  end\n  outcome expelled\n    remove member from the subject\n  end\nend',
    see: 'gdo explain appeal, gdo explain GDO314, gdo explain GDO404',
  },
  {
    words: ['appeal', 'dispute'],
    says: 'A second look at a decision: either a stage of the same process, before anything happens, or a process of its own that can hold and reverse it. Let others decide than those who decided first.',
    bylaws: 'when the subject appeals go to hearing\nstarted by any person within 21 days of expulsion.expelled\nwhile open hold the decision',
    see: 'gdo explain GDO805, gdo explain GDO806',
  },
  {
    words: ['amendment', 'amend', 'bylaws', 'charter', 'protect'],
    says: 'A change of the rules is a case of the process that governs their own files. `gdo diff` says what it means to people. What nobody should loosen in passing is protected; an open case keeps the rules under which it began.',
    bylaws: 'area bylaws covers "bylaws/**"\nprotect amendment "The way these bylaws change"\n  changed through amendment\nend',
    see: 'gdo explain GDO218, gdo explain GDO410',
  },
  {
    words: ['money', 'budget', 'payment', 'account', 'treasurer'],
    says: 'An account has a keeper, a currency and limits; a process that spends from it says up to how much, and pays at its end. Larger amounts go to the process that covers them.',
    bylaws: 'account treasury in EUR with 2 decimals\n  kept by the treasurer\n  limit 2000.00 EUR per 30 days\nend\nspends from treasury up to 500.00 EUR',
    see: 'gdo explain GDO701, gdo explain GDO705',
  },
  {
    words: ['delegation', 'proxy'],
    says: 'Somebody else casts the ballot of whoever does not vote. Say for which processes, how many one person may be given, and that an own ballot wins.',
    bylaws:
      'delegation proxy by members\n  for amendment\n  depth 1\n  override by voting\n  revocable until the close\n  limit 1/10 of members per delegate\nend',
    see: 'gdo explain GDO317, gdo explain GDO407',
  },
  {
    words: ['draw', 'lottery', 'sortition', 'panel'],
    says: 'People are picked by lot from a seed that several commit to before anybody knows it. From then on the name of the draw is a role of that case.',
    bylaws:
      'draw panel\n  picks 5 members except the author, the subject\n  seed committed by 2 auditors within 3 days\n  when drawn go to hearing\n  otherwise go to refused\nend',
    see: 'gdo explain GDO804',
  },
  {
    words: ['right', 'door', 'machine', 'key'],
    says: 'Who may use a thing now, without a case: a door, a machine, a room. A device decides by it, for some time also alone. A denial outweighs all that somebody holds.',
    bylaws: 'right enter "Front door"\n  covers "doors/front"\n  held by members\n  daily from 06:00 to 24:00\n  offline for at most 7 days\nend',
    see: 'gdo explain GDO425, gdo explain GDO518',
  },
  {
    words: ['duty', 'minutes', 'report'],
    says: 'What somebody owes, by when, and what follows if it is not done.',
    bylaws:
      'duty publish-minutes\n  owed by the secretary\n  within 14 days of assembly.accepted\n  done when the secretary reports "minutes"\n  otherwise start reminder\nend',
    see: 'gdo explain GDO610, gdo explain GDO611',
  },
  {
    words: ['emergency', 'sunset'],
    says: 'Few act at once, and the decision falls unless the usual process confirms it in time. A rule that is meant to end says when.',
    bylaws:
      'outcome done\n  accept the merge until ratified through amendment within 30 days\nend\nprotect emergency\n  lapses after 3 years unless renewed through amendment\nend',
    see: 'gdo explain GDO415, gdo explain GDO422',
  },
  {
    words: ['person', 'people', 'name'],
    says: 'A person has one name in the record, whatever keys they use: small letters a to z, digits and hyphens, such as `ana-maria`. Titles of roles, processes and the organization stand in quotation marks and may have any letters.',
    bylaws: 'first held by "ana-maria", "bo", "chi"',
    see: 'gdo explain GDO006, gdo explain GDO615',
  },
  {
    words: ['scenario', 'test', 'given', 'expect'],
    says: 'A story that `gdo test` plays on a clock of its own: who does what on which day, and how it has to end. A line has a day, people, a verb of the rules, and what it is about; every form stands in docs/language.md, minute 16.',
    bylaws:
      'scenario "Bo is removed, and one voice is not enough"\n  given 5 members\n  on day 0 ana, bo start removal about chi\n  on day 1 2 other members vote yes\n  on 2027-02-01 at 19:30 ana votes no\n  after 14 days\n  expect removal is refused\n  expect chi holds member\nend',
    see: 'gdo test --coverage, gdo sim PROCESS, gdo explain GDO908',
  },
  {
    words: ['stale', 'conflict'],
    says: 'An approval is for exact content: these files as they were, and as they shall be. If one of them has changed meanwhile, the change is stale and is not merged, whoever approved it.',
    bylaws: '',
    see: 'gdo explain GDO2010',
  },
  {
    words: ['missing', 'limits', 'unsupported'],
    says: 'What bylaws here cannot say: arithmetic, variables, `if`, loops; `or` inside one `passes` line (write a second line); business days, public holidays, "first Monday of", daylight saving; secret ballots; conviction, quadratic and stake voting; deposits; nested organizations; double-entry books; who may read what. What needs arithmetic belongs in a program that reports a signed fact. What this version cannot run yet is GDO035.',
    bylaws: '',
    see: 'gdo explain secret, gdo explain GDO035',
  },
];
