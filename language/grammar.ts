// The grammar of the language, whole, for people and for programs (language.md section 4). The parser is written by hand in the files `read-*.ts`,
// one function per rule; test/language/grammar-equal.test.ts proves that both read the same texts. What may stand at a place is asked of this.
// Words stand in quotes, `[x]` may be left out, `{x}` may stand any number of times, `x % y` is one or more x with y between them.
// `Word` is any word but a reserved one, so where it may stand a soft word of the grammar may stand too: the parser then looks two words ahead.

/** All rules; each name is that of the function that reads it. */
export const grammar = `
declaration = organization | module | parameter | import | area | attribute | role | measure | points | certificate | delegation | account | dapp
            | collaborator | action | process | right | duty | protect | property | scenario | allow

organization = 'organization' text {organizationClause} done
organizationClause = timeZone | localTime | dayEnds | witnessed | stale | retention | allow
timeZone = 'time zone' text
localTime = 'local time' texts
dayEnds = 'day ends' text
witnessed = 'witnessed by' name 'final by' ('one' | 'quorum')
stale = 'stale after' duration
retention = 'retention' duration

module = 'module' name [text]
parameter = 'parameter' name 'is' ('duration' | 'number' | 'fraction' | 'name') ['from' value 'to' value] ['default' value]
import = 'import' name 'from' text 'pinned' text {setting} done
setting = 'set' name 'to' value

area = 'area' name patterns
patterns = 'covers' texts ['except' texts]
attribute = 'attribute' name [text] 'certified by' actor
action = 'action' name [text] 'by' actor

role = 'role' head {roleClause} done
roleClause = heldBy | firstHeld | openTo | term | gained | lost | vacancy | whileShort | succeeded | limit | allow
heldBy = 'held by' ('anyone' | headcount ['in order'])
firstHeld = 'first held by' texts
openTo = 'open to' name [who]
term = 'term' duration ['in' Int 'staggered groups']
gained = 'gained through' choice
lost = 'lost' ('through' loss {'or' loss} | 'with' name)
loss = duration 'without activity' | Int 'missed votes in a row' | name ['of' duration]
vacancy = 'vacancy filled through' name within
whileShort = 'while short only' names
succeeded = 'succeeded by' names

measure = 'measure' name [text] 'counts' name 'by each' name ['over the last' duration] ['reported by' name] {measureBound} done
measureBound = comparison Int
points = 'points' head {pointsClause} done
pointsClause = earned | decay | level | limit | allow
earned = 'earned' Int 'by' actor 'for' path
decay = 'decay' amount 'every' duration 'rounded down'
level = 'level' name 'from' Int
certificate = 'certificate' head {certificateClause} done
certificateClause = issued | lastsFor | revoked | allow
issued = 'issued' ('by' actor | 'to' name [who])
lastsFor = 'lasts' duration
revoked = 'revoked by' actor
delegation = 'delegation' name [text] 'by' name {delegationClause} done
delegationClause = delegationFor | depth | override | revocable | lastsFor | limit | allow
delegationFor = 'for' names
depth = 'depth' Int
override = 'override by voting'
revocable = 'revocable until the' ('opening' | 'close')

account = 'account' name [text] 'in' name ['with' Int 'decimals'] {accountClause} done
accountClause = keptBy | limit | allow
keptBy = 'kept by' actor
dapp = 'dapp' name [text] 'image' text {dappClause} done
dappClause = checks | answers | endorsed | allow
checks = 'checks' names
answers = 'answers' within
endorsed = 'endorsed by' actor
collaborator = 'collaborator' name [text] 'kept by' actor {collaboratorClause} done
collaboratorClause = reports | actsOn | allow
reports = 'reports' texts
actsOn = 'acts on' paths

process = 'process' name [text] {processClause} {stage} done
processClause = governs | startedBy | starts | about | spends | whileOpen | onLine | inFlight | offlineLine | limit | recusal | allow
governs = 'governs' names ['for wording only']
startedBy = 'started by' actor [who] {startWindow}
startWindow = within 'of' path | 'not' within 'of' path | 'not from' path 'until' path
starts = 'starts' ('when' shortage | 'every' duration 'from' date | 'after' path)
shortage = anyOrThe name 'is vacant' | headcount 'hold' name
anyOrThe = 'any' | 'the'
about = 'about' name [who]
spends = 'spends from' name 'up to' money name
whileOpen = 'while open' ('suspend' name 'of the' name | 'hold the amount from' name | 'hold' held)
onLine = 'on' ('edit' | 'conflict') ('refuse' | 'restart' | goto)
inFlight = 'in flight' inFlightChoice {'or' inFlightChoice}
inFlightChoice = 'keep' | 'restart' | 'abort'
offlineLine = 'offline' ('waits' | 'provisional')

stage = step | vote | joint | meeting | draw | outcome
step = 'step' name [text] {stepClause} done
stepClause = stepLasts | concerns | nominations | options | stepHold | limit | transitionWhen | transitionUnless | transitionOtherwise
           | transitionAfter | allow
stepLasts = 'lasts at least' duration [since]
concerns = 'concerns by' actor ['with reasons'] 'resolved by' actorsOr
nominations = 'nominations of' name [who] [support]
options = 'options by' actor [support]
support = 'supported by' actor [who] ['struck after' duration]
stepHold = 'hold' held 'when' event
held = 'the decision' | names
transitionWhen = 'when' event ['without concerns'] goto
transitionUnless = 'unless' event goto
transitionOtherwise = 'otherwise' goto
transitionAfter = 'after' duration [since] ['in a row'] ['without' stepWithout] goto
stepWithout = 'concerns' | act

vote = 'vote' name [text] {voteClause} done
voteClause = voters | choices | defaultOption | counted | elects | marks | reasons | vacancies | openFor | ballots | closesEarly | extends | holdsFor
           | grace | quorum | secondCall | passes | beats | tie | limit | recusal | allow | result | transitionOtherwise
voters = 'voters' names ['present'] ['weighted by' name] ['as of the start'] ['except' theNames] [who]
choices = 'choices' ('the' name | names)
defaultOption = 'default' name
counted = 'counted by' name ['from' Int 'to' Int] ['with' countingParameters]
countingParameters = countingParameter % ','
countingParameter = 'winning votes' | 'margins' | 'unranked' unranked | 'equal ranks' equalRanks | 'unscored' unscored
unranked = 'last' | 'not compared' | 'exhausted'
equalRanks = 'allowed' | 'refused' | 'wait' | 'split'
unscored = 'lowest' | 'refused'
elects = 'elects' ('the vacant' | amount) name
marks = 'marks at most' Int
reasons = 'reasons for' names
vacancies = 'vacancies count as' name
openFor = 'open for' duration
ballots = 'ballots' ('final' | 'may change' | 'sealed until the close revealed' within)
closesEarly = 'closes early when decided'
extends = 'extends by' duration 'when' extension ['at most' Int 'times']
extension = 'swung in the last' duration | 'quorate in the last' duration | choice
holdsFor = 'hold for' duration
grace = 'grace' duration 'with' Int 'receipts'
quorum = 'quorum' comparison bound ('voting' | 'present' | 'over default' | 'saying' choice)
secondCall = 'second call after' duration (quorum | 'without quorum')
passes = 'passes' ['as' name] 'when' test {'and' test}
test = shareTest | eachTest | turnoutTest | leadTest
shareTest = comparison amount ('of' testBase 'are' ('the winner' | choice) | name 'say' choice)
testBase = 'votes cast' | 'votes and abstentions' | 'weight cast' | 'all' name | 'those present'
eachTest = ('no' | 'all') name 'say' choice
turnoutTest = 'turnout' comparison bound
leadTest = 'the lead of' name 'over' name 'is' comparison Int
beats = 'beats' ('default by' comparison Int 'to' Int ['in' name] | 'others by' comparison share)
tie = 'tie' tieRule {'then' tieRule}
tieRule = 'fails' | 'lot' | 'decided by' actor ['though concerned']
result = 'when' name goto

joint = 'joint' name [text] vote {vote} {jointClause} done
jointClause = jointPass | transitionOtherwise | allow
jointPass = 'when' ('all' | 'any') 'pass' goto
meeting = 'meeting' name [text] {meetingClause} done
meetingClause = called | notice | attended | openFor | quorum | secondCall | result | transitionOtherwise | allow
called = 'called by' actor [within]
notice = 'notice' duration
attended = 'attended by' name ['certified by' actor]
draw = 'draw' name [text] {drawClause} done
drawClause = picks | limit | seed | result | transitionOtherwise | allow
picks = 'picks' Int name ['except' theNames] [who]
seed = 'seed committed by' actor within

outcome = 'outcome' name [text] ('accepts' | 'refuses' | effect {effect} done)
effect = acceptMerge | refuseMerge | grant | remove | award | pay | reverse | strike | startEffect | allow
acceptMerge = 'accept the merge' [within] ['until ratified through' name within]
refuseMerge = 'refuse the merge'
grant = 'grant' granted 'to the' ['first' Int] ['other'] name ['for' duration]
granted = 'the proposed role' | name
remove = 'remove' granted 'from the' name
award = 'award' Int name 'to the' name
pay = 'pay the amount from' name
reverse = 'reverse the decision'
strike = 'strike the' name 'from' name
startEffect = 'start' name

right = 'right' name [text] {rightClause} done
rightClause = rightCovers | rightHeldBy | denied | dayLine | locked | offlineFor | refusal | limit | allow
rightCovers = patterns
rightHeldBy = 'held by' names [who]
denied = 'denied to' names [text]
dayLine = day % ',' 'from' clock 'to' clock
day = WeekDay
locked = 'locked by' actor 'released by' actorsOr
offlineFor = 'offline for at most' duration
refusal = 'refusal' name 'say' text
duty = 'duty' name [text] {dutyClause} done
dutyClause = owed | dutyWithin | dutyEvery | doneWhen | otherwiseEffect | allow
owed = 'owed by' actor
dutyWithin = within 'of' path
dutyEvery = 'every' duration 'from' date
doneWhen = 'done when' act
otherwiseEffect = 'otherwise' effect

protect = 'protect' paths [text] {protectClause} done
protectClause = changedThrough | neverChanged | boundsOf | lapses | allow
changedThrough = 'changed through' name
neverChanged = 'never changed'
boundsOf = 'bounds' path 'from' value 'to' value
lapses = 'lapses' ('after' duration | 'on' date) ['unless renewed through' name]
property = ('forbid' | 'always' | 'possible') text claim done
claim = mergeClaim | holdsClaim | reachesClaim
mergeClaim = 'any merge in' name 'with' comparison amount 'approving' name
holdsClaim = comparison amount name 'hold' name
reachesClaim = path 'reaches' name ['with' comparison amount name] [within]

scenario = 'scenario' text {given} {scenarioLine} done
given = 'given' (givenHeads | names ('are' names | 'joined' date | 'have' scenarioHad))
scenarioHad = Int name | name text
givenHeads = Int name ['joined' date]
scenarioLine = scenarioOn | scenarioAfter | scenarioExpect
scenarioOn = 'on' scenarioDay ['at' clock] scenarioPeople scenarioVerb [text | Int name | scores [text] | names [text]] ['for' money name] ['about' names]
           ['to' name] ['as' name] ['with' (texts | amended)]
amended = path 'set to' value
scores = name Int {',' name Int}
scenarioDay = date | 'day' Int
scenarioPeople = Int ['other'] name | 'other' name | names
scenarioVerb = verb | 'starts'
scenarioAfter = 'after' duration
scenarioExpect = 'expect' ('refusal' [name] | name ['is' name | 'have' Int name | 'hold' name | 'do not hold' name])

allow = 'allow' name 'because' text ['until' date]
limit = 'limit' amount ['of'] name {'per' limitPer} ['in a row'] ['including the' name] ['otherwise' remedy] ['unless waived through' name]
limitPer = Int Unit | name
remedy = 'start' name | ['after' duration] ['at the next' path] leavers 'leave'
leavers = 'the newest' | 'the oldest' | 'one by lot' | 'all of them'
recusal = 'recusal' ['for' names] 'decided by' actor ('leave the roster' | 'counts as' name)

actor = anyActor | whole | theActor | boundedActor | countedActor | oneActor
anyActor = 'any' ['other'] name
theActor = 'the' ['first' | 'next'] name
boundedActor = comparison bound
countedActor = amount ['of'] ['other'] name
oneActor = 'a' name
actorsOr = actor {'or' actor}
whole = 'all' ['but' Int ['of']] ['other'] name
part = amount ['of'] ['the square root of'] ['other'] name
rootPart = 'the square root of' name
share = whole | part | rootPart
bound = widerBound | share
widerBound = ('the larger' | 'the smaller') 'of' share 'and' share
headcount = [comparison] amount ['to' amount] 'person'
comparison = 'at least' | 'at most' | 'more than' | 'fewer than' | 'exactly'
who = 'who' fact {'and' fact}
fact = 'hold' name | 'do not hold' name | 'have' comparison amount name | 'joined at least' duration 'ago'
act = actor verb [text] [since]
event = act {'and' act} [within]
since = 'since' ('the start' | name)
verb = Word | Param | 'vote'

head = name ['plural' name] [text]
done = 'end' ['of' name]
goto = 'go to' name
within = 'within' duration
choice = name {'or' name}
name = Word | Param
names = name % ','
theNames = ('the' name) % ','
text = Quoted
texts = text % ','
path = name {'.' pathPart}
pathPart = Word | Param | 'open' | 'quorum' | 'passes' | 'term' | 'held'
paths = path % ','
duration = Int Unit | Param
amount = quantity | Param
quantity = Fraction | Percent | Decimal | Int
money = Decimal | Int
date = CalendarDate
clock = Clock
value = Int [Unit] | Fraction | Percent | text | date | name
`;
