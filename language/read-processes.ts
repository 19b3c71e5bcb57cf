// Reads a process: who starts it, what it governs, what rests while it is open.
import { actor, allow, headcount, limit, maybeWho, recusal } from './read-people.ts';
import { held, stages } from './read-stages.ts';
import { date, duration, goto, money, names, path, title, within } from './read-terms.ts';
import type { Lines, Reader } from './reader.ts';
import { linesOf } from './reader.ts';
import { keyword, phrase } from './tokens.ts';
import type { InFlight, ProcessClause, ProcessDeclaration, Shortage, StartWindow } from './tree.ts';
import type { Stage } from './tree-stages.ts';
import type { Name } from './tree-terms.ts';

const say = {
  abort: phrase('abort'),
  about: phrase('about'),
  after: phrase('after'),
  amount: phrase('amount'),
  any: phrase('any'),
  conflict: phrase('conflict'),
  edit: phrase('edit'),
  every: phrase('every'),
  forWordingOnly: phrase('for wording only'),
  from: phrase('from'),
  governs: phrase('governs'),
  hold: phrase('hold'),
  holdTheAmountFrom: phrase('hold the amount from'),
  inFlight: phrase('in flight'),
  isVacant: phrase('is vacant'),
  keep: phrase('keep'),
  not: phrase('not'),
  of: phrase('of'),
  ofThe: phrase('of the'),
  offline: phrase('offline'),
  on: phrase('on'),
  or: keyword('or'),
  process: phrase('process'),
  provisional: phrase('provisional'),
  refuse: phrase('refuse'),
  restart: phrase('restart'),
  spendsFrom: phrase('spends from'),
  startedBy: phrase('started by'),
  starts: phrase('starts'),
  suspend: phrase('suspend'),
  the: phrase('the'),
  until: phrase('until'),
  upTo: phrase('up to'),
  waits: phrase('waits'),
  when: phrase('when'),
  whileOpen: phrase('while open'),
  within: phrase('within'),
} as const;

/** `'process' name [text] {processClause} {stage} done`. */
export function process(reader: Reader): ProcessDeclaration {
  const start = reader.at;
  reader.words(say.process);
  reader.open('process', 'processClause', start);
  const name = reader.name();
  const titled = title(reader);
  const clauses = reader.lines('processClause', processClauses);
  const found: Stage[] = [];
  for (let read = stages[reader.kind()]; read !== undefined; read = stages[reader.kind()]) found.push(read(reader));
  reader.close(name);
  return { kind: 'process', name, ...titled, clauses, stages: found, span: reader.spanFrom(start) };
}

const processClauses: Lines<ProcessClause> = linesOf<ProcessClause>({
  governs,
  started: startedBy,
  starts,
  about,
  spends,
  while: whileOpen,
  on: onLine,
  in: inFlight,
  offline: offlineLine,
  limit,
  recusal,
  allow,
});

function governs(reader: Reader): ProcessClause {
  const start = reader.at;
  reader.words(say.governs);
  const areas = names(reader);
  const wordingOnly = reader.passes(say.forWordingOnly);
  return { kind: 'governs', areas, wordingOnly, span: reader.spanFrom(start) };
}

function startedBy(reader: Reader): ProcessClause {
  const start = reader.at;
  reader.words(say.startedBy);
  const starter = actor(reader);
  const who = maybeWho(reader);
  const windows: StartWindow[] = [];
  while (reader.begins(say.within) || reader.begins(say.not)) windows.push(startWindow(reader));
  return { kind: 'started-by', actor: starter, who, windows, span: reader.spanFrom(start) };
}

function startWindow(reader: Reader): StartWindow {
  const start = reader.at;
  const not = reader.passes(say.not);
  if (not && reader.passes(say.from)) {
    const from = path(reader);
    reader.words(say.until);
    return { kind: 'not-between', from, until: path(reader), span: reader.spanFrom(start) };
  }
  const length = within(reader);
  reader.words(say.of);
  return { kind: not ? 'not-within' : 'within', duration: length, of: path(reader), span: reader.spanFrom(start) };
}

function starts(reader: Reader): ProcessClause {
  const start = reader.at;
  reader.words(say.starts);
  if (reader.passes(say.when)) return { kind: 'starts-when', shortage: shortage(reader), span: reader.spanFrom(start) };
  if (reader.passes(say.every)) {
    const length = duration(reader);
    reader.words(say.from);
    return { kind: 'starts-every', duration: length, from: date(reader), span: reader.spanFrom(start) };
  }
  reader.words(say.after);
  return { kind: 'starts-after', path: path(reader), span: reader.spanFrom(start) };
}

function shortage(reader: Reader): Shortage {
  const start = reader.at;
  const which = reader.passes(say.any) ? 'any' : reader.passes(say.the) ? 'the' : undefined;
  if (which === undefined) {
    const heads = headcount(reader);
    reader.words(say.hold);
    return { kind: 'headcount', headcount: heads, role: reader.name(), span: reader.spanFrom(start) };
  }
  const role = reader.name();
  reader.words(say.isVacant);
  return { kind: 'vacant', which, role, span: reader.spanFrom(start) };
}

function about(reader: Reader): ProcessClause {
  const start = reader.at;
  reader.words(say.about);
  const role = reader.name();
  const who = maybeWho(reader);
  return { kind: 'about', role, who, span: reader.spanFrom(start) };
}

function spends(reader: Reader): ProcessClause {
  const start = reader.at;
  reader.words(say.spendsFrom);
  const account = reader.name();
  reader.words(say.upTo);
  const upTo = money(reader);
  return { kind: 'spends', account, upTo, currency: reader.name(), span: reader.spanFrom(start) };
}

function whileOpen(reader: Reader): ProcessClause {
  const start = reader.at;
  reader.words(say.whileOpen);
  if (reader.passes(say.suspend)) {
    const role = reader.name();
    reader.words(say.ofThe);
    return { kind: 'while-open-suspend', role, of: reader.name(), span: reader.spanFrom(start) };
  }
  // A process may be called `the`, so three words decide.
  if (reader.beginsAhead(1, say.the) && reader.beginsAhead(2, say.amount) && reader.passes(say.holdTheAmountFrom))
    return { kind: 'while-open-hold-amount', account: reader.name(), span: reader.spanFrom(start) };
  reader.words(say.hold);
  return { kind: 'while-open-hold', held: held(reader), span: reader.spanFrom(start) };
}

function onLine(reader: Reader): ProcessClause {
  const start = reader.at;
  reader.words(say.on);
  const what = reader.passes(say.edit) ? 'edit' : 'conflict';
  if (what === 'conflict') reader.words(say.conflict);
  return { kind: 'on', what, answer: answerTo(reader), span: reader.spanFrom(start) };
}

function answerTo(reader: Reader): 'refuse' | 'restart' | Name {
  if (reader.passes(say.refuse)) return 'refuse';
  return reader.passes(say.restart) ? 'restart' : goto(reader);
}

function inFlight(reader: Reader): ProcessClause {
  const start = reader.at;
  reader.words(say.inFlight);
  const choices = reader.list(inFlightChoice, say.or);
  return { kind: 'in-flight', choices, span: reader.spanFrom(start) };
}

function inFlightChoice(reader: Reader): InFlight {
  if (reader.passes(say.keep)) return 'keep';
  if (reader.passes(say.restart)) return 'restart';
  reader.words(say.abort);
  return 'abort';
}

function offlineLine(reader: Reader): ProcessClause {
  const start = reader.at;
  reader.words(say.offline);
  const mode = reader.passes(say.waits) ? 'waits' : 'provisional';
  if (mode === 'provisional') reader.words(say.provisional);
  return { kind: 'offline', mode, span: reader.spanFrom(start) };
}
