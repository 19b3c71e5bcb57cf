// Data: findings about voting arithmetic, GDO300-GDO399. One row per code, kept equal to check.md section 2 by a test;
// no logic, and entered only through codes.ts. One line per row whatever its length: the formatter leaves this file alone.
import type { FindingRow } from './code-row.ts';

/** The rows in order of code. Source: check.md section 2. */
export const votingCodes: readonly FindingRow[] = [
  ['GDO301', 'quorum-impossible', 'error', 'quorum above the roster, after exclusions; a warning if only at a passing low', 'own (council sample)', '`at least 5` of 4', '`at least 2/3 of councillors`'],
  ['GDO302', 'threshold-above-everyone', 'error', 'a count above the roster', 'AgenC #505; mx-sdk-rs #62', '`when 6 approve` of 5', '`4`'],
  ['GDO303', 'threshold-is-everyone', 'warning', 'one loss bricks the rule', 'Filecoin specs #423; RSTUF-cli #496; WBTC DAO #12', '`all`', '`at least 4/5 of`'],
  ['GDO304', 'roll-change-breaks-rule', 'error', 'a legal grant or removal makes a rule unsatisfiable', 'Cosmos x/group does it right', '', 'add `while short only`'],
  ['GDO305', 'repeating-percentage', 'warning', '66.67 % fails 2 of 3', 'Debian, dcledger #410', '`66.67%`', '`2/3`'],
  ['GDO306', 'strictness-matters', 'warning', '`at least` and `more than` differ at today\'s size', 'Debian A.6(3); OZ PR #2974; llama #45; the three readings of 2/3 disagree for 333 of 500 sizes', '', 'state the one you mean, `allow`'],
  ['GDO307', 'share-of-few', 'error', 'a share that means 0 or 1 person at the smallest size', 'llama #45; InternalGov #93', '`15% of` 6', '`at least 2`'],
  ['GDO308', 'no-show-paradox', 'error', 'one more *no* makes it pass', 'Cosmos-shaped rule; DAO 1.0 ambush (blockchainsllc/DAO #254)', 'quorum on all', 'threshold of all members'],
  ['GDO309', 'lone-yes-carries', 'warning', 'abstentions fill the quorum, one *yes* wins', 'cosmos-sdk #11461, #2482', '`votes cast`', 'add `and at least 3 … says yes`'],
  ['GDO310', 'non-monotone', 'error', 'one more *yes* makes it fail', 'social choice', '', 'rewrite the tests'],
  ['GDO311', 'order-dependent', 'error', 'the result depends on the order of ballots', 'dao-contracts PR #193', '', ''],
  ['GDO312', 'conflicted-tie-breaker', 'error', 'decider may be party, recused or vacant and is last in the list', 'Debian #727708', '', '`tie decided by the chair then lot`'],
  ['GDO313', 'weaker-fast-path', 'error', 'a faster process on the same area is easier', 'Beanstalk emergencyCommit; osmosis #457; cosmos #19087', '', 'raise its threshold'],
  ['GDO314', 'removal-easier-than-admission', 'warning', 'removing needs less than admitting', 'own', '', 'raise'],
  ['GDO315', 'live-weight', 'error', 'weight read after opening', 'Beanstalk ($182M); Synthetix #2183; UMA #1763; arc #19', '', ''],
  ['GDO316', 'weight-gained-meanwhile', 'warning', 'measure window or joining age shorter than notice to close', 'Build Finance 2022', '', '`who joined at least 30 days ago`'],
  ['GDO317', 'delegation-double-count', 'error', 'same weight can reach both sides, two delegations, cycle', 'TempleDAO PR #1040; aula #626; liquidvoting #91; snapshot-strategies #462', '', 'one `delegation` per process'],
  ['GDO318', 'inactive-in-denominator', 'warning', '`of all` with no loss by inactivity', 'Node TSC missed-votes rule; GraphQL WG #820', '', '`lost through … 365 days without activity`'],
  ['GDO319', 'recusal-kills-quorum', 'warning', 'legal recusals make a body undecidable or leave one person deciding', 'Debian 2014; w3c #278', '`counts as absent`', '`leaves the roster`, minimum'],
  ['GDO320', 'early-close-changing-ballots', 'error', '`closes early` beside `may change` or `sealed` (S127)', 'own', '', '`ballots final`'],
  ['GDO321', 'unsatisfiable-tests', 'error', '`passes when` tests contradict', 'own', '', 'drop one'],
  ['GDO322', 'vacuous-test', 'warning', 'always true once quorum is met', 'own', '', 'drop or raise'],
  ['GDO323', 'share-of-open-role', 'error', 'a share, `all` or root of a role without a roll (S87)', 'IETF has no membership list', '`1/2 of contributors`', '`at least 5 contributors`'],
  ['GDO324', 'endorsers-can-split', 'error', '`endorsed by` is not more than half of the role at a legal size (S104)', 'own; two outputs could both be satisfied', '`2 of nodes` of 4', '`3`'],
  ['GDO325', 'no-liar-tolerated', 'warning', '`final by quorum` with fewer than 4 witnesses at a legal size (f = 0)', 'own', '', '`held by 4 to 7 people`'],
  ['GDO326', 'second-call-decides-rules', 'warning', 'a second call with a smaller quorum, or none, can change the bylaws or remove people', 'makerspace Gütersloh charter §8, second call without quorum', '', 'keep a floor: `quorum at least 10 members voting`'],
  ['GDO327', 'same-people-twice', 'warning', 'two votes of a joint have one roster and one period', 'own: three ballots because one vote had one test', '', 'two `passes` lines'],
  ['GDO328', 'shadowed-test', 'warning', 'a `passes` line never reached, because an earlier one holds whenever it does (S125)', 'own', '', 'reverse them'],
  ['GDO329', 'all-but-everybody', 'error', '`all but K` is nobody, or one person, at a legal size', 'Rust council: N - 2 of 4 to 9', '', 'a floor: `the larger of all but 2 of … and 2 …`'],
  ['GDO330', 'overlapping-results', 'info', 'two named tests can hold at once; order decides', 'own', '', 'know it'],
  ['GDO331', 'counting-parameter-missing', 'error', 'a method is not told what an unranked option, equal ranks or a victory mean, or is told what it does not take (S43)', 'Kubernetes steering 2021: one seat by what unranked means', '`counted by schulze`', '`with winning votes, unranked last, equal ranks allowed`'],
  ['GDO332', 'upper-bound-of-actors', 'error', '`at most n` or `fewer than n` people in a clause that says who acts: nobody counts them there (S19)', 'own: what an upper bound means is only said of the lines of a step', '`started by at most 3 members`', '`any member`, or `unless 3 members object within 7 days`'],
];
