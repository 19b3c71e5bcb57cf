// The door of the language: text to tree and findings, and back to text. It knows no meaning: names are resolved by the compiler.
export { codeEntry, codes } from './codes.ts';
export type { Code, CodeEntry } from './codes.ts';
export type { Diagnostic, DiagnosticCode, Fix, Place, Severity } from './diagnostic.ts';
export { parseBylaws } from './parse.ts';
export { lineAndColumn } from './position.ts';
export { isLiterate, literate } from './literate.ts';
export type { Literate } from './literate.ts';
export { printBylaws } from './print.ts';
export { value as printValue } from './print-terms.ts';
export { suggest } from './suggest.ts';
export { reservedWords, softWords } from './tokens.ts';
export type {
  AccountDeclaration,
  ActionDeclaration,
  AreaDeclaration,
  AttributeDeclaration,
  BylawsFile,
  CertificateDeclaration,
  Claim,
  CollaboratorDeclaration,
  Comment,
  DappDeclaration,
  Day,
  Declaration,
  DelegationDeclaration,
  DutyDeclaration,
  ImportDeclaration,
  InFlight,
  Loss,
  MeasureDeclaration,
  ModuleDeclaration,
  OrganizationDeclaration,
  ParameterDeclaration,
  PointsDeclaration,
  ProcessClause,
  ProcessDeclaration,
  PropertyDeclaration,
  ProtectDeclaration,
  RightDeclaration,
  RoleClause,
  RoleDeclaration,
  Shortage,
  StartWindow,
} from './tree.ts';
export type { ScenarioDeclaration, ScenarioExpectation, ScenarioGiven, ScenarioHad, ScenarioLine, ScenarioPeople, ScenarioScore } from './tree-scenarios.ts';
export type {
  BallotClause,
  Choice,
  CountingParameter,
  DrawStage,
  Effect,
  Granted,
  JointStage,
  MeetingStage,
  OutcomeStage,
  QuorumClause,
  RecusalClause,
  ResultClause,
  SecondCallClause,
  Stage,
  StepClause,
  StepStage,
  Support,
  Test,
  TestBase,
  TieRule,
  Transition,
  VoteStage,
} from './tree-stages.ts';
export type {
  Act,
  Actor,
  AllowClause,
  Amount,
  Bound,
  Comparison,
  DateLiteral,
  Duration,
  DurationUnit,
  EventPattern,
  Fact,
  Head,
  Headcount,
  Held,
  LimitClause,
  Name,
  Part,
  Path,
  Remedy,
  Share,
  Since,
  Span,
  Text,
  TimeLiteral,
  Value,
  Whole,
} from './tree-terms.ts';
