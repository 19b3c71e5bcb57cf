// What a differential run has tried: which constructs stood in its charters, and which answers its events got.
import { situations } from './situations.ts';
import type { Answer } from './stream.ts';

/** How often each thing occurred. */
export type Counts = Readonly<Record<string, number>>;

/** Constructs by a pattern that a line of text has; each is counted once a charter. */
const constructs: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['day ends', /day ends/],
  ['held by a number', /held by \d/],
  ['held by anyone', /held by anyone/],
  ['open to', /open to/],
  ['term', /^ *term/m],
  ['staggered groups', /staggered/],
  ['lost with', /lost with/],
  ['while short only', /while short/],
  ['succeeded by', /succeeded by/],
  ['started by several', /started by \d/],
  ['started by … who', /started by .* who/],
  ['about', /^ *about/m],
  ['while open suspend', /while open suspend/],
  ['lasts at least', /lasts at least/],
  ['concerns', /concerns by/],
  ['when A and B', /when .* and /],
  ['when … within', /when .* within/],
  ['when … without concerns', /when .* without concerns/],
  ['since the start', /since the start/],
  ['unless', /^ *unless/m],
  ['after … without', /after .* without/],
  ['after … in a row', /in a row without/],
  ['all other', /all other/],
  ['all but', /all but/],
  ['larger or smaller of', /the (larger|smaller) of/],
  ['square root', /square root/],
  ['joint', /^ *joint/m],
  ['several voters', /voters .*, /],
  ['as of the start', /as of the start/],
  ['voters except', /voters .* except/],
  ['voters who', /voters .* who/],
  ['choices', /choices/],
  ['vacancies count as', /vacancies count/],
  ['ballots final', /ballots final/],
  ['reasons for', /reasons for/],
  ['second call', /second call/],
  ['quorum voting', /quorum .* voting/],
  ['quorum saying', /quorum .* saying/],
  ['passes as', /passes as/],
  ['votes cast', /of votes cast are/],
  ['votes and abstentions', /of votes and abstentions/],
  ['of all', /of all .* are/],
  ['of all seats', /of all seats/],
  ['people say', /\d .* say /],
  ['none say', /(when|and) no .* say/],
  ['all say', /(when|and) all .* say/],
  ['turnout', /turnout/],
  ['the lead of', /the lead of/],
  ['closes early', /closes early/],
  ...['plurality', 'approval', 'irv', 'stv-scottish', 'stv-exact', 'schulze', 'ranked-pairs', 'borda', 'condorcet'].map((method): readonly [string, RegExp] => [
    `counted by ${method}`,
    new RegExp(`counted by ${method}\\b`),
  ]),
  ['nominations supported', /nominations .* supported/],
  ['at most so many act', /(?:when|unless|and) (?:at most|fewer than) /],
  ['marks at most', /marks at most/],
  ['when uncontested', /when uncontested/],
  ['when empty', /when empty/],
  ['tie fails', /tie fails/],
  ['tie lot', /tie .*lot/],
  ['tie decided by', /tie decided/],
  ['meeting', /^ *meeting/m],
  ['meeting certified', /certified by/],
  ['meeting not called', /^ *meeting [a-z-]+\n *(notice|attended)/m],
  ['quorum present', /quorum .* present/],
  ['attribute', /^attribute/m],
  ['action', /^action/m],
  ['collaborator', /^collaborator/m],
  ['measure', /^measure/m],
  ['measure over the last', /^measure .* over the last/m],
  ['measure reported', /^measure .* reported by/m],
  ['weighted by', /weighted by/],
  ['weight cast', /of weight cast/],
  ['bound in weight', /(quorum|turnout) .* weight/],
  ['certificate', /^certificate/m],
  ['points', /^points/m],
  ['decay', /^ *decay/m],
  ['limit of points', /^ *limit .* merit/m],
  ['award', /^ *award/m],
  ['who hold … on record', /who (do not )?hold (badge|novice|master)/],
  ['who have', /who have/],
  ['delegation', /^delegation/m],
  ['depth', /^ *depth/m],
  ['override by voting', /override by voting/],
  ['revocable until the opening', /until the opening/],
  ['in order', /in order/],
  ['the first, the next', /the (first|next) councillor/],
  ['concerns with reasons', /with reasons/],
  ['sealed', /ballots sealed/],
  ['grace', /^ *grace/m],
  ['extends when swung', /extends .* swung/],
  ['extends when quorate', /extends .* when quorate/],
  ['extends when a result', /extends .* when (failed|passed|inquorate)/],
  ['holds for', /^ *holds for/m],
  ['recusal for', /recusal for/],
  ['recusal', /recusal decided/],
  ['cap of a role', /^ *limit .* (members|councillors|auditors) per employer/m],
  ['remedy', /leaves?( unless.*)?$/m],
  ['remedy at a case', /otherwise.* at the next/],
  ['cap waived', /per employer.* unless waived/],
  ['remedy after a time', /otherwise after/],
  ['limit of cases', /^ *limit . cases/m],
  ['limit of starters', /limit . starters/],
  ['limit of supporters', /limit . supporters/],
  ['starts when', /starts when/],
  ['starts every', /starts every/],
  ['starts after', /starts after/],
  ['draw', /^ *draw/m],
  ['draw with a seed', /seed committed/],
  ['voters drawn', /voters (motion|change|repair)/],
  ['account', /^account/m],
  ['limit of money', /^ *limit .* EUR/m],
  ['spends', /^ *spends/m],
  ['hold the amount', /hold the amount/],
  ['pay', /^ *pay the/m],
  ['right', /^right/m],
  ['denied', /^ *denied/m],
  ['days', /^ *(daily|week|sunday|monday).* from/m],
  ['locked', /^ *locked by/m],
  ['suspend a right', /suspend entry/],
  ['within … of', /started by .* within .* of/],
  ['not within … of', /started by .* not within/],
  ['not from … until', /not from/],
  ['without activity', /without activity/],
  ['missed votes', /missed votes/],
  ['lost through a report', /arrears of/],
  ['vacancy filled', /vacancy filled/],
  ['duty every', /^duty [^]*?^ {2}every/m],
  ['duty within', /^duty [^]*?^ {2}within/m],
  ['governs', /^ *governs/m],
  ['for wording only', /for wording only/],
  ['on edit restart', /on edit restart/],
  ['on edit go to', /on edit go to/],
  ['on conflict restart', /on conflict restart/],
  ['on conflict go to', /on conflict go to/],
  ['in flight', /^ *in flight/m],
  ['accept the merge within', /accept the merge within/],
  ['until ratified', /until ratified/],
  ['dapp', /^dapp/m],
  ['endorsed by', /endorsed by/],
  ['changed through', /changed through/],
  ['never changed', /never changed/],
  ['lapses', /^ *lapses/m],
  ['hold the decision', /while open hold the decision/],
  ['hold a process', /while open hold (motion|change|repair)/],
  ['hold when', /^ *hold .* when/m],
  ['reverse the decision', /reverse the decision/],
  ['strike', /^ *strike/m],
  ['start', /^ *start watch/m],
  ['grant', /grant /],
  ['grant for', /grant .* for /],
  ['remove', /remove /],
];

/** The names of all constructs. */
export const constructNames: readonly string[] = constructs.map(([name]) => name);

/** The constructs that stand in a text. */
export function constructsOf(text: string): readonly string[] {
  return constructs.flatMap(([name, pattern]) => (pattern.test(text) ? [name] : []));
}

/** What only wider charters have. */
const wideConstructs: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['limit of uses', /^ *limit . uses/m],
  ['limit of uses per person', /^ *limit . uses per person/m],
  ['limit of money in a right', /uses.*\n(?: *limit .*\n)* *limit .* EUR/],
  ['stale after', /^ *stale after/m],
  ['limit of delegates', /^ *limit .* (members|councillors|auditors|chairs) per delegate/m],
  ['limit of delegates in weight', /^ *limit .* weight per delegate/m],
  ['limit in a draw', /picks.*\n *limit/],
  ['limit of money in a process', /spends.*\n(?: *while open.*\n)? *limit .* EUR/],
  ['limit of terms', /^ *limit . terms/m],
  ['options', /choices the options/],
  ['options supported', /options by .* supported/],
  ['struck after', /struck after/],
  ['default', /^ *default/m],
  ['default of candidates', /choices the candidates\n *default/],
  ['choices by a method', /choices red.*\n(?: *default .*\n)? *counted/],
  ['counted by score', /counted by score/],
  ['counted by condorcet-schulze', /counted by condorcet-schulze/],
  ['over default', /over default/],
  ['beats default', /beats default by [^\n]*\d$/m],
  ['beats default in an area', /beats default .* in/],
  ['beats others', /beats others/],
  ['the winner', /are the winner/],
  ['cap of winners', /limit .* winners per employer/],
  ['cap in a count', /elects .*\n *limit .* (members|councillors|auditors|chairs) per employer/],
  ['elects the vacant', /elects the vacant/],
  ['elects the vacant by the calendar', /starts every[^]*elects the vacant/],
  ['the first winners, the other winners', /to the first [^]*to the other winners/],
  ['forbid a merge', /any merge in/],
  ['voters present', /voters .* present/],
  ['act since a stage', /(when|unless) .* since (motion|change|repair)-/],
  ['after … since a stage', /after .* since (motion|change|repair)-/],
  ['lasts at least … since a stage', /lasts at least .* since (motion|change|repair)-/],
  ['several roles succeeded', /succeeded by[^]*succeeded by/],
  ['three effects', /^ {4}(?:grant|remove|award|pay|accept).*\n {4}(?:grant|remove|award|pay).*\n {4}(?:grant|remove|award|pay)/m],
  ['joint of three', /^ *vote (motion|change|repair)-(first|second|third)-2/m],
  ['second call in a joint', /^ {6}second call/m],
  ['tie in a joint', /^ {6}tie/m],
  ['bounds of a time', /^ *bounds/m],
  ['a panel acts', /(when|unless|without) .*(any|2|the|all|of|other) (motion|change|repair)-(first|second)/],
  ['the proposed role', /the proposed role/],
  ['roles that end with one another', /lost with (councillor|auditor)/],
  ['two processes that start each other', /start echo/],
  ['hold a process from an ordinary one', /hold (motion|change|repair)/],
  ['started by a part', /started by (at least|all|more)/],
  ['two delegations', /delegation deputy/],
  ['strike others than the subject', /strike the (candidate|author|starters)/],
  ['those present', /those present/],
  ['amended quickly', /^process amend/m],
  ['an election in a joint', /^ {2}joint concur[^]*choices the candidates/m],
  ['two elections in a joint', /^ {2}joint concur[^]*choices the candidates[^]*choices the candidates/m],
  ['a panel beside a decision', /^process jury/m],
  ['a panel votes', /voters jury-panel/],
  ['a panel elects', /nominations[^]*draw jury-panel/],
  ['two attributes', /^attribute region/m],
  ['by the second attribute', /(per|for) region/],
  ['two accounts', /^account chest/m],
  ['spends from the second account', /spends from chest/],
  ['several processes spend from one account', /spends from purse[^]*spends from purse/],
  ['two dapps', /^dapp robot[^]*^dapp reader/m],
  ['areas that overlap', /^area part/m],
  ['governs areas that overlap', /governs .*(part|rest)/],
  ['weights where things are merged', /^measure effort[^]*^area work/m],
  ['delegated and sealed', /^delegation[^]*ballots sealed/m],
  ['a duty about a certificate', /^duty renew/m],
];

/** Their names. */
export const wideConstructNames: readonly string[] = wideConstructs.map(([name]) => name);

/** The constructs of wider charters that stand in a text. */
export function wideConstructsOf(text: string): readonly string[] {
  return wideConstructs.flatMap(([name, pattern]) => (pattern.test(text) ? [name] : []));
}

/** The answer as it is counted: `ok`, or the code of the refusal. */
export function answerName(answer: Answer): string {
  return answer.ok ? 'ok' : answer.codes.join(' ');
}

/** Counts some more. */
export function counted(counts: Counts, names: readonly string[]): Counts {
  const next: Record<string, number> = { ...counts };
  for (const name of names) next[name] = (next[name] ?? 0) + 1;
  return next;
}

/** What a run tried: charters with each construct, answers by their code, and situations that came up, counted by stream. */
export interface Tried {
  readonly constructs: Counts;
  readonly answers: Counts;
  readonly met: Counts;
}

/** The counts in lines, the most frequent first; constructs and situations that never occurred are named too. */
export function coverageLines({ constructs: seen, answers, met }: Tried): readonly string[] {
  const sorted = (counts: Counts): string =>
    Object.entries(counts)
      .toSorted(([, a], [, b]) => b - a)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ');
  const never = (names: readonly string[], counts: Counts): string => {
    const missing = names.filter((name) => counts[name] === undefined);
    return `never: ${missing.length === 0 ? 'nothing' : missing.join(', ')}`;
  };
  return [
    `charters with: ${sorted(seen)}`,
    never(constructNames, seen),
    `answers of both: ${sorted(answers)}`,
    `streams in which: ${sorted(met)}`,
    never(situations, met),
  ];
}
