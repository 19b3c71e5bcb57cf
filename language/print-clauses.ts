// One line for each clause of a declaration. Order and layout are print-declarations.ts's and print.ts's.
import { unreachable } from './invariant.ts';
import { effectLine, held, recusal } from './print-stages.ts';
import * as term from './print-terms.ts';
import type {
  CertificateDeclaration,
  Claim,
  CollaboratorDeclaration,
  DappDeclaration,
  DelegationDeclaration,
  DutyDeclaration,
  Loss,
  OrganizationDeclaration,
  PointsDeclaration,
  ProcessClause,
  ProtectDeclaration,
  RightDeclaration,
  RoleClause,
  StartWindow,
} from './tree.ts';

const { words } = term;

/** Prints a line of an organization. Pure. */
export function organizationLine(of: OrganizationDeclaration['clauses'][number]): string {
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

/** Prints a line of a role. Pure. */
export function roleLine(of: RoleClause): string {
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

/** Prints a line of points. Pure. */
export function pointsLine(of: PointsDeclaration['clauses'][number]): string {
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

/** Prints a line of a certificate. Pure. */
export function certificateLine(of: CertificateDeclaration['clauses'][number]): string {
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

/** Prints a line of a delegation. Pure. */
export function delegationLine(of: DelegationDeclaration['clauses'][number]): string {
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

/** Prints a line of a dapp. Pure. */
export function dappLine(of: DappDeclaration['clauses'][number]): string {
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

/** Prints a line of a collaborator. Pure. */
export function collaboratorLine(of: CollaboratorDeclaration['clauses'][number]): string {
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

/** Prints a line of a process. Pure. */
export function processLine(of: ProcessClause): string {
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

/** Prints a line of a right. Pure. */
export function rightLine(of: RightDeclaration['clauses'][number]): string {
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

/** Prints a line of a duty. Pure. */
export function dutyLine(of: DutyDeclaration['clauses'][number]): string {
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

/** Prints a line of a protection. Pure. */
export function protectLine(of: ProtectDeclaration['clauses'][number]): string {
  switch (of.kind) {
    case 'changed':
      return `changed through ${of.through.text}`;
    case 'never':
      return 'never changed';
    case 'bounds':
      return `bounds ${term.path(of.path)} from ${term.value(of.from)} to ${term.value(of.to)}`;
    case 'lapses':
      return words(
        'lapses',
        of.when.kind === 'after' ? `after ${term.duration(of.when.duration)}` : `on ${of.when.date.text}`,
        of.renewedThrough && `unless renewed through ${of.renewedThrough.text}`,
      );
    case 'allow':
      return term.allow(of);
    default:
      return unreachable(of);
  }
}

/** Prints a line of a property. Pure. */
export function claimLine(of: Claim): string {
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
