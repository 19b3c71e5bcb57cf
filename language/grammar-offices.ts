// The organization and what people can be or hold in it: roles, measures, points, certificates, delegation.
import type { Rule } from './grammar-terms.ts';
import { ProcessGrammar } from './grammar-processes.ts';
import type {
  CertificateDeclaration,
  DelegationDeclaration,
  Loss,
  MeasureDeclaration,
  OrganizationDeclaration,
  PointsDeclaration,
  RoleClause,
  RoleDeclaration,
} from './tree.ts';

type OrganizationClause = OrganizationDeclaration['clauses'][number];
type PointsClause = PointsDeclaration['clauses'][number];
type CertificateClause = CertificateDeclaration['clauses'][number];
type DelegationClause = DelegationDeclaration['clauses'][number];

/** Eighth class of the chain. */
export class OfficeGrammar extends ProcessGrammar {
  readonly organization: Rule<OrganizationDeclaration> = this.define('organization', () => {
    const start = this.LA(1);
    this.words('organization');
    this.open('organization', 'organizationClause', start);
    const name = this.SUBRULE(this.text);
    const clauses = this.clauses('organizationClause', this.organizationClause, undefined);
    return { kind: 'organization', name, clauses, span: this.spanFrom(start) };
  });

  readonly organizationClause: Rule<OrganizationClause> = this.define('organizationClause', () =>
    this.oneOf<OrganizationClause>(0, [this.timeZone, this.localTime, this.dayEnds, this.witnessed, this.stale, this.retention, this.allow]),
  );

  readonly timeZone: Rule<OrganizationClause> = this.define('timeZone', () => {
    const start = this.LA(1);
    this.words('time zone');
    return { kind: 'time-zone', zone: this.SUBRULE(this.text), span: this.spanFrom(start) };
  });

  readonly localTime: Rule<OrganizationClause> = this.define('localTime', () => {
    const start = this.LA(1);
    this.words('local time');
    return { kind: 'local-time', offsets: this.SUBRULE(this.texts), span: this.spanFrom(start) };
  });

  readonly dayEnds: Rule<OrganizationClause> = this.define('dayEnds', () => {
    const start = this.LA(1);
    this.words('day ends');
    return { kind: 'day-ends', offset: this.SUBRULE(this.text), span: this.spanFrom(start) };
  });

  readonly witnessed: Rule<OrganizationClause> = this.define('witnessed', () => {
    const start = this.LA(1);
    this.words('witnessed by');
    const role = this.SUBRULE(this.name_);
    this.words('final by', 1);
    const finality = this.OR<'one' | 'quorum'>([{ ALT: () => (this.words('one'), 'one') }, { ALT: () => (this.words('quorum'), 'quorum') }]);
    return { kind: 'witnessed', role, finality, span: this.spanFrom(start) };
  });

  readonly stale: Rule<OrganizationClause> = this.define('stale', () => {
    const start = this.LA(1);
    this.words('stale after');
    return { kind: 'stale', after: this.SUBRULE(this.duration), span: this.spanFrom(start) };
  });

  readonly retention: Rule<OrganizationClause> = this.define('retention', () => {
    const start = this.LA(1);
    this.words('retention');
    return { kind: 'retention', duration: this.SUBRULE(this.duration), span: this.spanFrom(start) };
  });

  readonly role: Rule<RoleDeclaration> = this.define('role', () => {
    const start = this.LA(1);
    this.words('role');
    this.open('role', 'roleClause', start);
    const head = this.SUBRULE(this.head);
    const clauses = this.clauses('roleClause', this.roleClause, head.name);
    return { kind: 'role', head, clauses, span: this.spanFrom(start) };
  });

  readonly roleClause: Rule<RoleClause> = this.define('roleClause', () =>
    this.oneOf<RoleClause>(0, [
      this.heldBy,
      this.firstHeld,
      this.openTo,
      this.term,
      this.gained,
      this.lost,
      this.vacancy,
      this.whileShort,
      this.succeeded,
      this.limit,
      this.allow,
    ]),
  );

  readonly heldBy: Rule<RoleClause> = this.define('heldBy', () => {
    const start = this.LA(1);
    this.words('held by');
    return this.OR<RoleClause>([
      { ALT: () => (this.words('anyone'), { kind: 'held', by: 'anyone', inOrder: false, span: this.spanFrom(start) }) },
      {
        ALT: () => {
          const by = this.SUBRULE(this.headcount);
          const inOrder = this.OPTION(() => (this.words('in order'), true)) ?? false;
          return { kind: 'held', by, inOrder, span: this.spanFrom(start) };
        },
      },
    ]);
  });

  readonly firstHeld: Rule<RoleClause> = this.define('firstHeld', () => {
    const start = this.LA(1);
    this.words('first held by');
    return { kind: 'first-held', people: this.SUBRULE(this.texts), span: this.spanFrom(start) };
  });

  readonly openTo: Rule<RoleClause> = this.define('openTo', () => {
    const start = this.LA(1);
    this.words('open to');
    const role = this.SUBRULE(this.name_);
    const who = this.OPTION(() => this.SUBRULE(this.who)) ?? [];
    return { kind: 'open-to', role, who, span: this.spanFrom(start) };
  });

  readonly term: Rule<RoleClause> = this.define('term', () => {
    const start = this.LA(1);
    this.words('term');
    const duration = this.SUBRULE(this.duration);
    const staggeredGroups = this.OPTION(() => {
      this.words('in');
      const groups = this.integer();
      this.words('staggered groups');
      return groups;
    });
    return { kind: 'term', duration, ...(staggeredGroups !== undefined && { staggeredGroups }), span: this.spanFrom(start) };
  });

  readonly gained: Rule<RoleClause> = this.define('gained', () => {
    const start = this.LA(1);
    this.words('gained through');
    return { kind: 'gained', through: this.SUBRULE(this.choice), span: this.spanFrom(start) };
  });

  readonly lost: Rule<RoleClause> = this.define('lost', () => {
    const start = this.LA(1);
    this.words('lost');
    return this.OR<RoleClause>([
      {
        ALT: () => {
          this.words('through');
          const through: Loss[] = [this.SUBRULE(this.loss)];
          this.MANY(() => {
            this.words('or');
            through.push(this.SUBRULE1(this.loss));
          });
          return { kind: 'lost', through, span: this.spanFrom(start) };
        },
      },
      { ALT: () => (this.words('with'), { kind: 'lost-with', role: this.SUBRULE(this.name_), span: this.spanFrom(start) }) },
    ]);
  });

  readonly loss: Rule<Loss> = this.define('loss', () => {
    const start = this.LA(1);
    return this.OR<Loss>([
      {
        ALT: () => {
          const duration = this.SUBRULE(this.duration);
          this.words('without activity');
          return { kind: 'inactivity', duration, span: this.spanFrom(start) };
        },
      },
      {
        ALT: () => {
          const count = this.integer();
          this.words('missed votes in a row');
          return { kind: 'missed-votes', count, span: this.spanFrom(start) };
        },
      },
      {
        ALT: () => {
          const name = this.SUBRULE(this.name_);
          const of = this.OPTION(() => {
            this.words('of');
            return this.SUBRULE1(this.duration);
          });
          return { kind: 'named', name, ...(of && { of }), span: this.spanFrom(start) };
        },
      },
    ]);
  });

  readonly vacancy: Rule<RoleClause> = this.define('vacancy', () => {
    const start = this.LA(1);
    this.words('vacancy filled through');
    const through = this.SUBRULE(this.name_);
    return { kind: 'vacancy', through, within: this.SUBRULE(this.within), span: this.spanFrom(start) };
  });

  readonly whileShort: Rule<RoleClause> = this.define('whileShort', () => {
    const start = this.LA(1);
    this.words('while short only');
    return { kind: 'while-short', processes: this.SUBRULE(this.names), span: this.spanFrom(start) };
  });

  readonly succeeded: Rule<RoleClause> = this.define('succeeded', () => {
    const start = this.LA(1);
    this.words('succeeded by');
    return { kind: 'succeeded', by: this.SUBRULE(this.names), span: this.spanFrom(start) };
  });

  readonly measure: Rule<MeasureDeclaration> = this.define('measure', () => {
    const start = this.LA(1);
    this.words('measure');
    this.open('measure', 'measureBound', start);
    const name = this.SUBRULE(this.name_);
    const title = this.optionalTitle();
    this.words('counts');
    const counts = this.SUBRULE1(this.name_);
    this.words('by each');
    const each = this.SUBRULE2(this.name_);
    const over = this.OPTION(() => {
      this.words('over the last');
      return this.SUBRULE(this.duration);
    });
    const reportedBy = this.OPTION1(() => {
      this.words('reported by', 1);
      return this.SUBRULE3(this.name_);
    });
    const bounds = this.clauses('measureBound', this.measureBound, name);
    return { kind: 'measure', name, ...title, counts, each, ...(over && { over }), ...(reportedBy && { reportedBy }), bounds, span: this.spanFrom(start) };
  });

  readonly measureBound: Rule<MeasureDeclaration['bounds'][number]> = this.define('measureBound', () => {
    const start = this.LA(1);
    const comparison = this.SUBRULE(this.comparison);
    return { comparison, value: this.integer(), span: this.spanFrom(start) };
  });

  readonly points: Rule<PointsDeclaration> = this.define('points', () => {
    const start = this.LA(1);
    this.words('points');
    this.open('points', 'pointsClause', start);
    const head = this.SUBRULE(this.head);
    return { kind: 'points', head, clauses: this.clauses('pointsClause', this.pointsClause, head.name), span: this.spanFrom(start) };
  });

  readonly pointsClause: Rule<PointsClause> = this.define('pointsClause', () =>
    this.oneOf<PointsClause>(0, [this.earned, this.decay, this.level, this.limit, this.allow]),
  );

  readonly earned: Rule<PointsClause> = this.define('earned', () => {
    const start = this.LA(1);
    this.words('earned');
    const amount = this.integer();
    this.words('by');
    const by = this.SUBRULE(this.actor);
    this.words('for');
    return { kind: 'earned', amount, by, for: this.SUBRULE(this.path), span: this.spanFrom(start) };
  });

  readonly decay: Rule<PointsClause> = this.define('decay', () => {
    const start = this.LA(1);
    this.words('decay');
    const amount = this.SUBRULE(this.amount);
    this.words('every');
    const every = this.SUBRULE(this.duration);
    this.words('rounded down');
    return { kind: 'decay', amount, every, span: this.spanFrom(start) };
  });

  readonly level: Rule<PointsClause> = this.define('level', () => {
    const start = this.LA(1);
    this.words('level');
    const name = this.SUBRULE(this.name_);
    this.words('from');
    return { kind: 'level', name, from: this.integer(), span: this.spanFrom(start) };
  });

  readonly certificate: Rule<CertificateDeclaration> = this.define('certificate', () => {
    const start = this.LA(1);
    this.words('certificate');
    this.open('certificate', 'certificateClause', start);
    const head = this.SUBRULE(this.head);
    const clauses = this.clauses('certificateClause', this.certificateClause, head.name);
    return { kind: 'certificate', head, clauses, span: this.spanFrom(start) };
  });

  readonly certificateClause: Rule<CertificateClause> = this.define('certificateClause', () =>
    this.oneOf<CertificateClause>(0, [this.issued, this.lastsFor, this.revoked, this.allow]),
  );

  readonly issued: Rule<CertificateClause> = this.define('issued', () => {
    const start = this.LA(1);
    this.words('issued');
    return this.OR<CertificateClause>([
      { ALT: () => (this.words('by'), { kind: 'issued-by', actor: this.SUBRULE(this.actor), span: this.spanFrom(start) }) },
      {
        ALT: () => {
          this.words('to');
          const role = this.SUBRULE(this.name_);
          const who = this.OPTION(() => this.SUBRULE(this.who)) ?? [];
          return { kind: 'issued-to', role, who, span: this.spanFrom(start) };
        },
      },
    ]);
  });

  readonly lastsFor: Rule<CertificateClause & DelegationClause> = this.define('lastsFor', () => {
    const start = this.LA(1);
    this.words('lasts');
    return { kind: 'lasts', duration: this.SUBRULE(this.duration), span: this.spanFrom(start) };
  });

  readonly revoked: Rule<CertificateClause> = this.define('revoked', () => {
    const start = this.LA(1);
    this.words('revoked by');
    return { kind: 'revoked', actor: this.SUBRULE(this.actor), span: this.spanFrom(start) };
  });

  readonly delegation: Rule<DelegationDeclaration> = this.define('delegation', () => {
    const start = this.LA(1);
    this.words('delegation');
    this.open('delegation', 'delegationClause', start);
    const name = this.SUBRULE(this.name_);
    const title = this.optionalTitle();
    this.words('by');
    const by = this.SUBRULE1(this.name_);
    const clauses = this.clauses('delegationClause', this.delegationClause, name);
    return { kind: 'delegation', name, ...title, by, clauses, span: this.spanFrom(start) };
  });

  readonly delegationClause: Rule<DelegationClause> = this.define('delegationClause', () =>
    this.oneOf<DelegationClause>(0, [this.delegationFor, this.depth, this.override_, this.revocable, this.lastsFor, this.limit, this.allow]),
  );

  readonly delegationFor: Rule<DelegationClause> = this.define('delegationFor', () => {
    const start = this.LA(1);
    this.words('for');
    return { kind: 'for', processes: this.SUBRULE(this.names), span: this.spanFrom(start) };
  });

  readonly depth: Rule<DelegationClause> = this.define('depth', () => {
    const start = this.LA(1);
    this.words('depth');
    return { kind: 'depth', depth: this.integer(), span: this.spanFrom(start) };
  });

  readonly override_: Rule<DelegationClause> = this.define('override_', () => {
    const start = this.LA(1);
    this.words('override by voting');
    return { kind: 'override', span: this.spanFrom(start) };
  });

  readonly revocable: Rule<DelegationClause> = this.define('revocable', () => {
    const start = this.LA(1);
    this.words('revocable until the');
    const until = this.OR<'opening' | 'close'>([{ ALT: () => (this.words('opening'), 'opening') }, { ALT: () => (this.words('close'), 'close') }]);
    return { kind: 'revocable', until, span: this.spanFrom(start) };
  });
}
