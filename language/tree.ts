// The tree: one node per declaration and clause of the grammar (language.md section 4), each with its span. It says what was
// written, not what it means: names are unresolved, units are kept as written. Nothing here computes.
import type { Effect, RecusalClause, Stage } from './tree-stages.ts';
import type {
  Act,
  Actor,
  AllowClause,
  Amount,
  Comparison,
  DateLiteral,
  Duration,
  Fact,
  Head,
  Headcount,
  Held,
  LimitClause,
  Name,
  Path,
  Span,
  Text,
  TimeLiteral,
  Value,
} from './tree-terms.ts';
import type { ScenarioDeclaration } from './tree-scenarios.ts';

/** `organization "Name" ... end`. */
export interface OrganizationDeclaration {
  readonly kind: 'organization';
  readonly name: Text;
  readonly clauses: readonly (
    | { readonly kind: 'time-zone'; readonly zone: Text; readonly span: Span }
    | { readonly kind: 'local-time'; readonly offsets: readonly Text[]; readonly span: Span }
    | { readonly kind: 'day-ends'; readonly offset: Text; readonly span: Span }
    | { readonly kind: 'witnessed'; readonly role: Name; readonly finality: 'one' | 'quorum'; readonly span: Span }
    | { readonly kind: 'stale'; readonly after: Duration; readonly span: Span }
    | { readonly kind: 'retention'; readonly duration: Duration; readonly span: Span }
    | AllowClause
  )[];
  readonly span: Span;
}

/** `module NAME "Title"`. */
export interface ModuleDeclaration {
  readonly kind: 'module';
  readonly name: Name;
  readonly title?: Text;
  readonly span: Span;
}

/** `parameter NAME is TYPE from A to B default C`. */
export interface ParameterDeclaration {
  readonly kind: 'parameter';
  readonly name: Name;
  readonly type: 'duration' | 'number' | 'fraction' | 'name';
  readonly from?: Value;
  readonly to?: Value;
  readonly default?: Value;
  readonly span: Span;
}

/** `import NAME from "..." pinned "..." ... end`. */
export interface ImportDeclaration {
  readonly kind: 'import';
  readonly name: Name;
  readonly from: Text;
  readonly pinned: Text;
  readonly settings: readonly { readonly name: Name; readonly value: Value; readonly span: Span }[];
  readonly span: Span;
}

/** `area NAME covers "..." except "..."`. */
export interface AreaDeclaration {
  readonly kind: 'area';
  readonly name: Name;
  readonly covers: readonly Text[];
  readonly except: readonly Text[];
  readonly span: Span;
}

/** `attribute NAME "Title" certified by ACTOR`. */
export interface AttributeDeclaration {
  readonly kind: 'attribute';
  readonly name: Name;
  readonly title?: Text;
  readonly certifiedBy: Actor;
  readonly span: Span;
}

/** `action NAME "Title" by ACTOR`: a verb of these bylaws. */
export interface ActionDeclaration {
  readonly kind: 'action';
  readonly name: Name;
  readonly title?: Text;
  readonly by: Actor;
  readonly span: Span;
}

/** One way a role is lost. */
export type Loss =
  | { readonly kind: 'inactivity'; readonly duration: Duration; readonly span: Span }
  | { readonly kind: 'missed-votes'; readonly count: number; readonly span: Span }
  | { readonly kind: 'named'; readonly name: Name; readonly of?: Duration; readonly span: Span };

/** One clause of a role. */
export type RoleClause =
  | { readonly kind: 'held'; readonly by: 'anyone' | Headcount; readonly inOrder: boolean; readonly span: Span }
  | { readonly kind: 'first-held'; readonly people: readonly Text[]; readonly span: Span }
  | { readonly kind: 'open-to'; readonly role: Name; readonly who: readonly Fact[]; readonly span: Span }
  | { readonly kind: 'term'; readonly duration: Duration; readonly staggeredGroups?: number; readonly span: Span }
  | { readonly kind: 'gained'; readonly through: readonly Name[]; readonly span: Span }
  | { readonly kind: 'lost'; readonly through: readonly Loss[]; readonly span: Span }
  | { readonly kind: 'lost-with'; readonly role: Name; readonly span: Span }
  | { readonly kind: 'vacancy'; readonly through: Name; readonly within: Duration; readonly span: Span }
  | { readonly kind: 'while-short'; readonly processes: readonly Name[]; readonly span: Span }
  | { readonly kind: 'succeeded'; readonly by: readonly Name[]; readonly span: Span }
  | LimitClause
  | AllowClause;

/** `role NAME plural NAMES "Title" ... end`. */
export interface RoleDeclaration {
  readonly kind: 'role';
  readonly head: Head;
  readonly clauses: readonly RoleClause[];
  readonly span: Span;
}

/** `measure NAME ... end` (S112). */
export interface MeasureDeclaration {
  readonly kind: 'measure';
  readonly name: Name;
  readonly title?: Text;
  readonly counts: Name;
  readonly each: Name;
  readonly over?: Duration;
  readonly reportedBy?: Name;
  readonly bounds: readonly { readonly comparison: Comparison; readonly value: number; readonly span: Span }[];
  readonly span: Span;
}

/** `points NAME ... end` (S64). */
export interface PointsDeclaration {
  readonly kind: 'points';
  readonly head: Head;
  readonly clauses: readonly (
    | { readonly kind: 'earned'; readonly amount: number; readonly by: Actor; readonly for: Path; readonly span: Span }
    | { readonly kind: 'decay'; readonly amount: Amount; readonly every: Duration; readonly span: Span }
    | { readonly kind: 'level'; readonly name: Name; readonly from: number; readonly span: Span }
    | LimitClause
    | AllowClause
  )[];
  readonly span: Span;
}

/** `certificate NAME ... end`. */
export interface CertificateDeclaration {
  readonly kind: 'certificate';
  readonly head: Head;
  readonly clauses: readonly (
    | { readonly kind: 'issued-by'; readonly actor: Actor; readonly span: Span }
    | { readonly kind: 'issued-to'; readonly role: Name; readonly who: readonly Fact[]; readonly span: Span }
    | { readonly kind: 'lasts'; readonly duration: Duration; readonly span: Span }
    | { readonly kind: 'revoked'; readonly actor: Actor; readonly span: Span }
    | AllowClause
  )[];
  readonly span: Span;
}

/** `delegation NAME by ROLE ... end` (S41). */
export interface DelegationDeclaration {
  readonly kind: 'delegation';
  readonly name: Name;
  readonly title?: Text;
  readonly by: Name;
  readonly clauses: readonly (
    | { readonly kind: 'for'; readonly processes: readonly Name[]; readonly span: Span }
    | { readonly kind: 'depth'; readonly depth: number; readonly span: Span }
    | { readonly kind: 'override'; readonly span: Span }
    | { readonly kind: 'revocable'; readonly until: 'opening' | 'close'; readonly span: Span }
    | { readonly kind: 'lasts'; readonly duration: Duration; readonly span: Span }
    | LimitClause
    | AllowClause
  )[];
  readonly span: Span;
}

/** `account NAME in CURRENCY ... end` (S62). */
export interface AccountDeclaration {
  readonly kind: 'account';
  readonly name: Name;
  readonly title?: Text;
  readonly currency: Name;
  readonly decimals?: number;
  readonly clauses: readonly ({ readonly kind: 'kept'; readonly by: Actor; readonly span: Span } | LimitClause | AllowClause)[];
  readonly span: Span;
}

/** `dapp NAME image "..." ... end` (S53, S104). */
export interface DappDeclaration {
  readonly kind: 'dapp';
  readonly name: Name;
  readonly title?: Text;
  readonly image: Text;
  readonly clauses: readonly (
    | { readonly kind: 'checks'; readonly areas: readonly Name[]; readonly span: Span }
    | { readonly kind: 'answers'; readonly within: Duration; readonly span: Span }
    | { readonly kind: 'endorsed'; readonly by: Actor; readonly span: Span }
    | AllowClause
  )[];
  readonly span: Span;
}

/** `collaborator NAME kept by ACTOR ... end`. */
export interface CollaboratorDeclaration {
  readonly kind: 'collaborator';
  readonly name: Name;
  readonly title?: Text;
  readonly keptBy: Actor;
  readonly clauses: readonly (
    | { readonly kind: 'reports'; readonly reports: readonly Text[]; readonly span: Span }
    | { readonly kind: 'acts'; readonly on: readonly Path[]; readonly span: Span }
    | AllowClause
  )[];
  readonly span: Span;
}

/** A window on `started by` (S122). */
export type StartWindow =
  | { readonly kind: 'within'; readonly duration: Duration; readonly of: Path; readonly span: Span }
  | { readonly kind: 'not-within'; readonly duration: Duration; readonly of: Path; readonly span: Span }
  | { readonly kind: 'not-between'; readonly from: Path; readonly until: Path; readonly span: Span };

/** What `starts when` waits for (S109). */
export type Shortage =
  | { readonly kind: 'vacant'; readonly which: 'any' | 'the'; readonly role: Name; readonly span: Span }
  | { readonly kind: 'headcount'; readonly headcount: Headcount; readonly role: Name; readonly span: Span };

/** What an amendment may ask of open cases (S58). */
export type InFlight = 'keep' | 'restart' | 'abort';

/** One clause of a process. */
export type ProcessClause =
  | { readonly kind: 'governs'; readonly areas: readonly Name[]; readonly wordingOnly: boolean; readonly span: Span }
  | { readonly kind: 'started-by'; readonly actor: Actor; readonly who: readonly Fact[]; readonly windows: readonly StartWindow[]; readonly span: Span }
  | { readonly kind: 'starts-when'; readonly shortage: Shortage; readonly span: Span }
  | { readonly kind: 'starts-every'; readonly duration: Duration; readonly from: DateLiteral; readonly span: Span }
  | { readonly kind: 'starts-after'; readonly path: Path; readonly span: Span }
  | { readonly kind: 'about'; readonly role: Name; readonly who: readonly Fact[]; readonly span: Span }
  | { readonly kind: 'spends'; readonly account: Name; readonly upTo: Amount; readonly currency: Name; readonly span: Span }
  | { readonly kind: 'while-open-suspend'; readonly role: Name; readonly of: Name; readonly span: Span }
  | { readonly kind: 'while-open-hold-amount'; readonly account: Name; readonly span: Span }
  | { readonly kind: 'while-open-hold'; readonly held: Held; readonly span: Span }
  | { readonly kind: 'on'; readonly what: 'edit' | 'conflict'; readonly answer: 'refuse' | 'restart' | Name; readonly span: Span }
  | { readonly kind: 'in-flight'; readonly choices: readonly InFlight[]; readonly span: Span }
  | { readonly kind: 'offline'; readonly mode: 'waits' | 'provisional'; readonly span: Span }
  | LimitClause
  | RecusalClause
  | AllowClause;

/** `process NAME "Title" ... end` with its stages in source order (S16). */
export interface ProcessDeclaration {
  readonly kind: 'process';
  readonly name: Name;
  readonly title?: Text;
  readonly clauses: readonly ProcessClause[];
  readonly stages: readonly Stage[];
  readonly span: Span;
}

/** A day or group of days of a schedule (S91). */
export type Day = 'daily' | 'weekdays' | 'weekends' | 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday';

/** `right NAME ... end` (S89). */
export interface RightDeclaration {
  readonly kind: 'right';
  readonly name: Name;
  readonly title?: Text;
  readonly clauses: readonly (
    | { readonly kind: 'covers'; readonly patterns: readonly Text[]; readonly except: readonly Text[]; readonly span: Span }
    | { readonly kind: 'held-by'; readonly roles: readonly Name[]; readonly who: readonly Fact[]; readonly span: Span }
    | { readonly kind: 'denied'; readonly roles: readonly Name[]; readonly sentence?: Text; readonly span: Span }
    | { readonly kind: 'days'; readonly days: readonly Day[]; readonly from: TimeLiteral; readonly to: TimeLiteral; readonly span: Span }
    | { readonly kind: 'locked'; readonly by: Actor; readonly releasedBy: readonly Actor[]; readonly span: Span }
    | { readonly kind: 'offline-for'; readonly most: Duration; readonly span: Span }
    | { readonly kind: 'refusal'; readonly reason: Name; readonly says: Text; readonly span: Span }
    | LimitClause
    | AllowClause
  )[];
  readonly span: Span;
}

/** `duty NAME ... end` (S65). */
export interface DutyDeclaration {
  readonly kind: 'duty';
  readonly name: Name;
  readonly title?: Text;
  readonly clauses: readonly (
    | { readonly kind: 'owed'; readonly by: Actor; readonly span: Span }
    | { readonly kind: 'within'; readonly duration: Duration; readonly of: Path; readonly span: Span }
    | { readonly kind: 'every'; readonly duration: Duration; readonly from: DateLiteral; readonly span: Span }
    | { readonly kind: 'done'; readonly when: Act; readonly span: Span }
    | { readonly kind: 'otherwise'; readonly effect: Effect; readonly span: Span }
    | AllowClause
  )[];
  readonly span: Span;
}

/** `protect PATH ... end` (S59, S60). */
export interface ProtectDeclaration {
  readonly kind: 'protect';
  readonly paths: readonly Path[];
  readonly title?: Text;
  readonly clauses: readonly (
    | { readonly kind: 'changed'; readonly through: Name; readonly span: Span }
    | { readonly kind: 'never'; readonly span: Span }
    | { readonly kind: 'bounds'; readonly path: Path; readonly from: Value; readonly to: Value; readonly span: Span }
    | {
        readonly kind: 'lapses';
        readonly when: { readonly kind: 'after'; readonly duration: Duration } | { readonly kind: 'on'; readonly date: DateLiteral };
        readonly renewedThrough?: Name;
        readonly span: Span;
      }
    | AllowClause
  )[];
  readonly span: Span;
}

/** What a property claims (S67). */
export type Claim =
  | { readonly kind: 'merge'; readonly area: Name; readonly comparison: Comparison; readonly amount: Amount; readonly role: Name; readonly span: Span }
  | { readonly kind: 'holds'; readonly comparison: Comparison; readonly amount: Amount; readonly people: Name; readonly role: Name; readonly span: Span }
  | {
      readonly kind: 'reaches';
      readonly path: Path;
      readonly outcome: Name;
      readonly with?: { readonly comparison: Comparison; readonly amount: Amount; readonly role: Name };
      readonly within?: Duration;
      readonly span: Span;
    };

/** `forbid`, `always` or `possible` with its claim (S67). */
export interface PropertyDeclaration {
  readonly kind: 'property';
  readonly mode: 'forbid' | 'always' | 'possible';
  readonly title: Text;
  readonly claim: Claim;
  readonly span: Span;
}

/** Any declaration of a file. */
export type Declaration =
  | OrganizationDeclaration
  | ModuleDeclaration
  | ParameterDeclaration
  | ImportDeclaration
  | AreaDeclaration
  | AttributeDeclaration
  | RoleDeclaration
  | MeasureDeclaration
  | PointsDeclaration
  | CertificateDeclaration
  | DelegationDeclaration
  | AccountDeclaration
  | DappDeclaration
  | CollaboratorDeclaration
  | ActionDeclaration
  | ProcessDeclaration
  | RightDeclaration
  | DutyDeclaration
  | ProtectDeclaration
  | PropertyDeclaration
  | ScenarioDeclaration
  | AllowClause;

/** A comment of the text, `--` included, without its line end. */
export interface Comment {
  readonly text: string;
  readonly span: Span;
}

/** One bylaws file. `articles` are the headings of a literate file: a declaration belongs to the last heading that starts before it (S80). */
export interface BylawsFile {
  readonly path: string;
  readonly text: string;
  readonly version: number;
  readonly declarations: readonly Declaration[];
  readonly comments: readonly Comment[];
  readonly articles: readonly { readonly heading: string; readonly span: Span }[];
}
