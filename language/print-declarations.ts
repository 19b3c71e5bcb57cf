// The opening line and the clause lines of each declaration, as blocks; print.ts puts them on paper with comments, blank lines and labels.
import { unreachable } from './invariant.ts';
import { drawLine, effectLine, held, jointLine, meetingLine, recusal, stepLine, voteLine } from './print-stages.ts';
import * as term from './print-terms.ts';
import type {
  CertificateDeclaration, Claim, CollaboratorDeclaration, DappDeclaration, Declaration, DelegationDeclaration, DutyDeclaration, Loss, Name, OrganizationDeclaration, PointsDeclaration,
  ProcessClause, ProcessDeclaration, ProtectDeclaration, RightDeclaration, RoleClause, ScenarioLine, Span, Stage, StartWindow,
} from './tree.ts';

const { words } = term;

/** Something that is printed as one line, or as an opening line, a body and `end`. */
export interface Block {
  readonly line: string;
  readonly span: Span;
  /** Absent for one line. `spaced` puts a blank line before each block in it; `label` is the name behind a far `end`. */
  readonly body?: { readonly blocks: readonly Block[]; readonly spaced: boolean; readonly label: string | undefined };
}

interface Clause {
  readonly kind: string;
  readonly span: Span;
}

/** Turns a declaration into a block with its clauses in canonical order. Pure. Source: language.md S84 */
export function declarationBlock(of: Declaration): Block {
  const { span } = of;
  switch (of.kind) {
    case 'organization':
      return block(`organization ${term.quoted(of.name)}`, span, undefined, lines(of.clauses, organizationLine, organizationOrder));
    case 'module':
      return { line: words('module', of.name.text, term.title(of.title)), span };
    case 'parameter': {
      const range = of.from && of.to && `from ${term.value(of.from)} to ${term.value(of.to)}`;
      return { line: words('parameter', of.name.text, 'is', of.type, range, of.default && `default ${term.value(of.default)}`), span };
    }
    case 'import': {
      const settings = of.settings.map((setting) => ({ line: `set ${setting.name.text} to ${term.value(setting.value)}`, span: setting.span }));
      return block(`import ${of.name.text} from ${term.quoted(of.from)} pinned ${term.quoted(of.pinned)}`, span, of.name, settings);
    }
    case 'area':
      return { line: words('area', of.name.text, 'covers', term.quotedList(of.covers), of.except.length > 0 && `except ${term.quotedList(of.except)}`), span };
    case 'attribute':
      return { line: words('attribute', of.name.text, term.title(of.title), 'certified by', term.actor(of.certifiedBy)), span };
    case 'action':
      return { line: words('action', of.name.text, term.title(of.title), 'by', term.actor(of.by)), span };
    case 'role':
      return block(`role ${term.head(of.head)}`, span, of.head.name, lines(of.clauses, roleLine));
    case 'measure': {
      const line = words('measure', of.name.text, term.title(of.title));
      const counts = words('counts', of.counts.text, 'by each', of.each.text, of.over && `over the last ${term.duration(of.over)}`, of.reportedBy && `reported by ${of.reportedBy.text}`);
      const first = { line: counts, span: { start: of.counts.span.start, end: (of.reportedBy ?? of.over ?? of.each).span.end } };
      return block(line, span, of.name, [first, ...of.bounds.map((bound) => ({ line: `${term.comparison(bound.comparison)} ${bound.value}`, span: bound.span }))]);
    }
    case 'points':
      return block(`points ${term.head(of.head)}`, span, of.head.name, lines(of.clauses, pointsLine));
    case 'certificate':
      return block(`certificate ${term.head(of.head)}`, span, of.head.name, lines(of.clauses, certificateLine));
    case 'delegation':
      return block(words('delegation', of.name.text, term.title(of.title), 'by', of.by.text), span, of.name, lines(of.clauses, delegationLine));
    case 'account': {
      const line = words('account', of.name.text, term.title(of.title), 'in', of.currency.text, of.decimals !== undefined && `with ${of.decimals} decimals`);
      return block(line, span, of.name, lines(of.clauses, (clause) => (clause.kind === 'kept' ? `kept by ${term.actor(clause.by)}` : clause.kind === 'limit' ? term.limit(clause) : term.allow(clause))));
    }
    case 'dapp':
      return block(words('dapp', of.name.text, term.title(of.title), 'image', term.quoted(of.image)), span, of.name, lines(of.clauses, dappLine));
    case 'collaborator':
      return block(words('collaborator', of.name.text, term.title(of.title), 'kept by', term.actor(of.keptBy)), span, of.name, lines(of.clauses, collaboratorLine));
    case 'process':
      return processBlock(of);
    case 'right':
      return block(words('right', of.name.text, term.title(of.title)), span, of.name, lines(inReasonOrder(of.clauses), rightLine, rightOrder));
    case 'duty':
      return block(words('duty', of.name.text, term.title(of.title)), span, of.name, lines(of.clauses, dutyLine));
    case 'protect':
      return block(words('protect', of.paths.map(term.path).join(', '), term.title(of.title)), span, undefined, lines(of.clauses, protectLine));
    case 'property':
      return block(`${of.mode} ${term.quoted(of.title)}`, span, undefined, [{ line: claimLine(of.claim), span: of.claim.span }]);
    case 'scenario':
      return block(`scenario ${term.quoted(of.title)}`, span, undefined, of.lines.map((line) => ({ line: scenarioLine(line), span: line.span })));
    case 'allow':
      return { line: term.allow(of), span };
    default:
      return unreachable(of);
  }
}

function block(line: string, span: Span, name: Name | undefined, blocks: readonly Block[], spaced: readonly Block[] = []): Block {
  return { line, span, body: { blocks: [...blocks, ...spaced], spaced: spaced.length > stagesUnspacedMax, label: name?.text } };
}

/** A process with more stages than this has a blank line before each (S83). */
const stagesUnspacedMax = 3;

/** Lines of clauses in canonical order; clauses of one rank keep theirs, since it may have meaning (S17, S125). No order given keeps all as written. */
function lines<C extends Clause>(clauses: readonly C[], line: (clause: C) => string, order: readonly string[] = []): readonly Block[] {
  const ranked = clauses.map((clause, index) => ({ clause, index, rank: rankIn(order, clause) }));
  ranked.sort((a, b) => a.rank - b.rank || a.index - b.index);
  return ranked.map(({ clause }) => ({ line: line(clause), span: clause.span }));
}

function rankIn(order: readonly string[], clause: Clause): number {
  if (order.length === 0) return 0;
  const key = clause.kind === 'on' && 'what' in clause ? `on-${String(clause.what)}` : clause.kind;
  const found = order.findIndex((kinds) => kinds.split(' ').includes(key));
  return found === -1 ? order.length : found;
}

/** Refusals stand in the order in which their reasons are tried (S93); reasons not known come last. */
function inReasonOrder(clauses: RightDeclaration['clauses']): RightDeclaration['clauses'] {
  const rank = (clause: RightDeclaration['clauses'][number]): number => (clause.kind === 'refusal' ? reasons.indexOf(reasons.includes(clause.reason.text) ? clause.reason.text : 'other') : 0);
  return clauses.map((clause, index) => ({ clause, index })).sort((a, b) => rank(a.clause) - rank(b.clause) || a.index - b.index).map(({ clause }) => clause);
}

const reasons: readonly string[] = (
  'unknown-thing unknown-credential credential-disabled locked suspended denied lapsed no-role condition outside-hours limit-reached too-long-offline other'
).split(' ');

const organizationOrder: readonly string[] = ['time-zone', 'local-time', 'day-ends', 'witnessed', 'stale', 'retention'];
const processOrder: readonly string[] = [
  'governs', 'started-by', 'starts-when starts-every starts-after', 'about', 'spends', 'while-open-suspend while-open-hold-amount while-open-hold', 'limit', 'on-edit', 'on-conflict', 'in-flight',
  'offline', 'recusal',
];
const voteOrder: readonly string[] = [
  'voters', 'choices', 'default', 'counted', 'elects', 'marks', 'limit', 'vacancies', 'ballots', 'reasons', 'open', 'grace', 'extends', 'holds', 'recusal', 'second-call', 'quorum', 'passes',
  'beats-default beats-others', 'closes-early', 'tie', 'result', 'otherwise',
];
// `unless` and `after` are both deadlines, and several that fall on one instant fire in source order (S18): they keep theirs.
const stepOrder: readonly string[] = ['lasts', 'concerns', 'nominations', 'options', 'limit', 'hold', 'when', 'unless after', 'otherwise'];
const drawOrder: readonly string[] = ['picks', 'limit', 'seed', 'result', 'otherwise'];
const rightOrder: readonly string[] = ['covers', 'held-by', 'denied', 'days', 'limit', 'locked', 'offline-for', 'refusal'];

function processBlock(of: ProcessDeclaration): Block {
  return block(words('process', of.name.text, term.title(of.title)), of.span, of.name, lines(of.clauses, processLine, processOrder), of.stages.map(stageBlock));
}

function stageBlock(of: Stage): Block {
  const line = words(of.kind, of.name.text, term.title(of.title));
  switch (of.kind) {
    case 'step':
      return block(line, of.span, of.name, lines(of.clauses, stepLine, stepOrder));
    case 'vote':
      return block(line, of.span, of.name, lines(of.clauses, voteLine, voteOrder));
    case 'joint':
      return block(line, of.span, of.name, [...of.votes.map(stageBlock), ...lines(of.clauses, jointLine)]);
    case 'meeting':
      return block(line, of.span, of.name, lines(of.clauses, meetingLine));
    case 'draw':
      return block(line, of.span, of.name, lines(of.clauses, drawLine, drawOrder));
    case 'outcome':
      if (of.verdict !== undefined) return { line: `${line} ${of.verdict}`, span: of.span };
      return block(line, of.span, of.name, of.effects.map((effect) => ({ line: effectLine(effect), span: effect.span })));
    default:
      return unreachable(of);
  }
}

function organizationLine(of: OrganizationDeclaration['clauses'][number]): string {
  switch (of.kind) {
    case 'time-zone':
      return `time zone ${term.quoted(of.zone)}`;
    case 'local-time':
      return `local time ${term.quotedList(of.offsets)}`;
    case 'day-ends':
      return `day ends ${term.quoted(of.offset)}`;
    case 'witnessed':
      return `witnessed by ${of.role.text} final by ${of.finality}`;
    case 'stale':
      return `stale after ${term.duration(of.after)}`;
    case 'retention':
      return `retention ${term.duration(of.duration)}`;
    case 'allow':
      return term.allow(of);
    default:
      return unreachable(of);
  }
}

function roleLine(of: RoleClause): string {
  switch (of.kind) {
    case 'held':
      return words('held by', of.by === 'anyone' ? 'anyone' : term.headcount(of.by), of.inOrder && 'in order');
    case 'first-held':
      return `first held by ${term.quotedList(of.people)}`;
    case 'open-to':
      return words('open to', of.role.text, term.who(of.who, term.isSingular(of.role)));
    case 'term':
      return words('term', term.duration(of.duration), of.staggeredGroups !== undefined && `in ${of.staggeredGroups} staggered groups`);
    case 'gained':
      return `gained through ${term.choice(of.through)}`;
    case 'lost':
      return `lost through ${of.through.map(loss).join(' or ')}`;
    case 'lost-with':
      return `lost with ${of.role.text}`;
    case 'vacancy':
      return `vacancy filled through ${of.through.text} ${term.within(of.within)}`;
    case 'while-short':
      return `while short only ${term.names(of.processes)}`;
    case 'succeeded':
      return `succeeded by ${term.names(of.by)}`;
    case 'limit':
      return term.limit(of);
    case 'allow':
      return term.allow(of);
    default:
      return unreachable(of);
  }
}

function loss(of: Loss): string {
  switch (of.kind) {
    case 'inactivity':
      return `${term.duration(of.duration)} without activity`;
    case 'missed-votes':
      return `${of.count} missed votes in a row`;
    case 'named':
      return words(of.name.text, of.of && `of ${term.duration(of.of)}`);
    default:
      return unreachable(of);
  }
}

function pointsLine(of: PointsDeclaration['clauses'][number]): string {
  switch (of.kind) {
    case 'earned':
      return `earned ${of.amount} by ${term.actor(of.by)} for ${term.path(of.for)}`;
    case 'decay':
      return `decay ${term.amount(of.amount)} every ${term.duration(of.every)} rounded down`;
    case 'level':
      return `level ${of.name.text} from ${of.from}`;
    case 'limit':
      return term.limit(of);
    case 'allow':
      return term.allow(of);
    default:
      return unreachable(of);
  }
}

function certificateLine(of: CertificateDeclaration['clauses'][number]): string {
  switch (of.kind) {
    case 'issued-by':
      return `issued by ${term.actor(of.actor)}`;
    case 'issued-to':
      return words('issued to', of.role.text, term.who(of.who, term.isSingular(of.role)));
    case 'lasts':
      return `lasts ${term.duration(of.duration)}`;
    case 'revoked':
      return `revoked by ${term.actor(of.actor)}`;
    case 'allow':
      return term.allow(of);
    default:
      return unreachable(of);
  }
}

function delegationLine(of: DelegationDeclaration['clauses'][number]): string {
  switch (of.kind) {
    case 'for':
      return `for ${term.names(of.processes)}`;
    case 'depth':
      return `depth ${of.depth}`;
    case 'override':
      return 'override by voting';
    case 'revocable':
      return `revocable until the ${of.until}`;
    case 'lasts':
      return `lasts ${term.duration(of.duration)}`;
    case 'limit':
      return term.limit(of);
    case 'allow':
      return term.allow(of);
    default:
      return unreachable(of);
  }
}

function dappLine(of: DappDeclaration['clauses'][number]): string {
  switch (of.kind) {
    case 'checks':
      return `checks ${term.names(of.areas)}`;
    case 'answers':
      return `answers ${term.within(of.within)}`;
    case 'endorsed':
      return `endorsed by ${term.actor(of.by)}`;
    case 'allow':
      return term.allow(of);
    default:
      return unreachable(of);
  }
}

function collaboratorLine(of: CollaboratorDeclaration['clauses'][number]): string {
  switch (of.kind) {
    case 'reports':
      return `reports ${term.quotedList(of.reports)}`;
    case 'acts':
      return `acts on ${of.on.map(term.path).join(', ')}`;
    case 'allow':
      return term.allow(of);
    default:
      return unreachable(of);
  }
}

function processLine(of: ProcessClause): string {
  switch (of.kind) {
    case 'governs':
      return words('governs', term.names(of.areas), of.wordingOnly && 'for wording only');
    case 'started-by':
      return words('started by', term.actor(of.actor), term.who(of.who, ['any', 'the', 'a'].includes(of.actor.kind)), ...of.windows.map(startWindow));
    case 'starts-when':
      return of.shortage.kind === 'vacant' ? `starts when ${of.shortage.which} ${of.shortage.role.text} is vacant` : shortHeadcount(of.shortage);
    case 'starts-every':
      return `starts every ${term.duration(of.duration)} from ${of.from.text}`;
    case 'starts-after':
      return `starts after ${term.path(of.path)}`;
    case 'about':
      return words('about', of.role.text, term.who(of.who, term.isSingular(of.role)));
    case 'spends':
      return `spends from ${of.account.text} up to ${term.amount(of.upTo)} ${of.currency.text}`;
    case 'while-open-suspend':
      return `while open suspend ${of.role.text} of the ${of.of.text}`;
    case 'while-open-hold-amount':
      return `while open hold the amount from ${of.account.text}`;
    case 'while-open-hold':
      return `while open hold ${held(of.held)}`;
    case 'on':
      return `on ${of.what} ${typeof of.answer === 'string' ? of.answer : `go to ${of.answer.text}`}`;
    case 'in-flight':
      return `in flight ${of.choices.join(' or ')}`;
    case 'offline':
      return `offline ${of.mode}`;
    case 'limit':
      return term.limit(of);
    case 'recusal':
      return recusal(of);
    case 'allow':
      return term.allow(of);
    default:
      return unreachable(of);
  }
}

function shortHeadcount(of: Extract<Extract<ProcessClause, { readonly kind: 'starts-when' }>['shortage'], { readonly kind: 'headcount' }>): string {
  const people = term.headcount(of.headcount);
  return `starts when ${people} ${people.endsWith('person') ? 'holds' : 'hold'} ${of.role.text}`;
}

function startWindow(of: StartWindow): string {
  switch (of.kind) {
    case 'within':
      return `${term.within(of.duration)} of ${term.path(of.of)}`;
    case 'not-within':
      return `not ${term.within(of.duration)} of ${term.path(of.of)}`;
    case 'not-between':
      return `not from ${term.path(of.from)} until ${term.path(of.until)}`;
    default:
      return unreachable(of);
  }
}

function rightLine(of: RightDeclaration['clauses'][number]): string {
  switch (of.kind) {
    case 'covers':
      return words('covers', term.quotedList(of.patterns), of.except.length > 0 && `except ${term.quotedList(of.except)}`);
    case 'held-by':
      return words('held by', term.names(of.roles), term.who(of.who, false));
    case 'denied':
      return words('denied to', term.names(of.roles), term.title(of.sentence));
    case 'days':
      return `${of.days.join(', ')} from ${of.from.text} to ${of.to.text}`;
    case 'locked':
      return `locked by ${term.actor(of.by)} released by ${term.actorsOr(of.releasedBy)}`;
    case 'offline-for':
      return `offline for at most ${term.duration(of.most)}`;
    case 'refusal':
      return `refusal ${of.reason.text} says ${term.quoted(of.says)}`;
    case 'limit':
      return term.limit(of);
    case 'allow':
      return term.allow(of);
    default:
      return unreachable(of);
  }
}

function dutyLine(of: DutyDeclaration['clauses'][number]): string {
  switch (of.kind) {
    case 'owed':
      return `owed by ${term.actor(of.by)}`;
    case 'within':
      return `${term.within(of.duration)} of ${term.path(of.of)}`;
    case 'every':
      return `every ${term.duration(of.duration)} from ${of.from.text}`;
    case 'done':
      return `done when ${term.act(of.when)}`;
    case 'otherwise':
      return `otherwise ${effectLine(of.effect)}`;
    case 'allow':
      return term.allow(of);
    default:
      return unreachable(of);
  }
}

function protectLine(of: ProtectDeclaration['clauses'][number]): string {
  switch (of.kind) {
    case 'changed':
      return `changed through ${of.through.text}`;
    case 'never':
      return 'never changed';
    case 'bounds':
      return `bounds ${term.path(of.path)} from ${term.value(of.from)} to ${term.value(of.to)}`;
    case 'lapses':
      return words('lapses', of.when.kind === 'after' ? `after ${term.duration(of.when.duration)}` : `on ${of.when.date.text}`, of.renewedThrough && `unless renewed through ${of.renewedThrough.text}`);
    case 'allow':
      return term.allow(of);
    default:
      return unreachable(of);
  }
}

function claimLine(of: Claim): string {
  switch (of.kind) {
    case 'merge':
      return `any merge in ${of.area.text} with ${term.comparison(of.comparison)} ${term.amount(of.amount)} approving ${of.role.text}`;
    case 'holds': {
      const one = of.amount.kind === 'integer' && /^0*1$/.test(of.amount.digits);
      return words(term.comparison(of.comparison), term.amount(of.amount), of.people.text, one ? 'holds' : 'hold', of.role.text);
    }
    case 'reaches': {
      const people = of.with && `with ${term.comparison(of.with.comparison)} ${term.amount(of.with.amount)} ${of.with.role.text}`;
      return words(term.path(of.path), 'reaches', of.outcome.text, people, term.within(of.within));
    }
    default:
      return unreachable(of);
  }
}

function scenarioLine(of: ScenarioLine): string {
  switch (of.kind) {
    case 'given':
      return `given ${of.role.text} are ${term.names(of.people)}`;
    case 'on': {
      const when = of.when.kind === 'day' ? `day ${of.when.day}` : of.when.text;
      const object = of.object && (of.object.kind === 'text' ? term.quoted(of.object.text) : term.names(of.object.names));
      const tail = words(object, of.about.length > 0 && `about ${term.names(of.about)}`, of.proposed && `as ${of.proposed.text}`);
      return words('on', when, of.at && `at ${of.at.text}`, term.names(of.people), of.verb.text, tail);
    }
    case 'after':
      return `after ${term.duration(of.duration)}`;
    case 'expect':
      return words('expect', of.subject.text, of.is && `is ${of.is.text}`);
    default:
      return unreachable(of);
  }
}
