// A history as plain data: what a finding points at, and what `gdo sim --replay` plays. It says what people do and expects nothing.
import type { CharterDuration, Json } from '../engine/index.ts';
import { isList, isObject } from '../engine/index.ts';
import type { CompiledScenario, ScenarioAction, ScenarioFact } from './lower-scenario.ts';

/** Who is there on the first day: people by name in a role, or so many of a role. */
export type WitnessFact =
  | { readonly kind: 'holders'; readonly role: string; readonly people: readonly string[] }
  | { readonly kind: 'heads'; readonly role: string; readonly count: number };

/**
 * One thing that happens. `act`: people do something on a day from 0, all in one epoch; `process` is what a `start` starts, `names` are the choices of
 * a ballot, the role that is resigned or the case meant, `about` whom it is about, `proposed` the role asked for, `amount` the money, in its smallest units, `to` who is given a ballot. `wait`: nothing for so long.
 */
export type WitnessEvent =
  | {
      readonly kind: 'act';
      readonly day: number;
      readonly minutes?: number;
      readonly people: readonly string[];
      readonly verb: string;
      readonly process?: string;
      readonly names?: readonly string[];
      readonly about?: readonly string[];
      readonly text?: string;
      readonly proposed?: string;
      readonly amount?: string;
      readonly to?: string;
    }
  | { readonly kind: 'wait'; readonly count: number; readonly unit: CharterDuration['unit'] };

/** A history; events in the order of their days. */
export interface Witness {
  readonly title: string;
  readonly given: readonly WitnessFact[];
  readonly events: readonly WitnessEvent[];
}

const place = { file: '', span: { start: 0, end: 0 } };

function factOf(fact: WitnessFact): ScenarioFact {
  return { ...fact, place };
}

function actionOf(event: WitnessEvent): ScenarioAction {
  if (event.kind === 'wait') return { kind: 'wait', duration: { count: event.count, unit: event.unit }, place };
  const { day, minutes, people, verb, process, names = [], about = [], text, proposed, amount, to } = event;
  return {
    kind: 'act',
    at: { kind: 'day', day, ...(minutes === undefined ? {} : { minutes }) },
    people: { kind: 'named', people },
    verb,
    names,
    about,
    place,
    ...(process === undefined ? {} : { process }),
    ...(text === undefined ? {} : { text }),
    ...(proposed === undefined ? {} : { proposed }),
    ...(amount === undefined ? {} : { amount }),
    ...(to === undefined ? {} : { to }),
  };
}

/** A history as a scenario that can be played. Pure. */
export function witnessScenario(witness: Witness): CompiledScenario {
  return { title: witness.title, place, given: witness.given.map(factOf), actions: witness.events.map(actionOf) };
}

const units: readonly CharterDuration['unit'][] = ['minute', 'hour', 'day', 'week', 'month', 'year'];
/** More events, days or people than any history needs: a file from outside is bounded. */
const most = 10_000;

function texts(value: Json | undefined): readonly string[] | undefined {
  if (!isList(value) || value.length > most) return undefined;
  const found = value.filter((one) => typeof one === 'string');
  return found.length === value.length ? found : undefined;
}

/** A hundred years in minutes: the longest duration there is (S77). */
const minutesMost = 52_704_000;

function whole(value: Json | undefined, bound: number = most): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= bound ? value : undefined;
}

function readFact(value: Json): WitnessFact | undefined {
  if (!isObject(value) || typeof value['role'] !== 'string') return undefined;
  const { kind, role } = value;
  const [people, count] = [texts(value['people']), whole(value['count'])];
  if (kind === 'holders' && people !== undefined) return { kind, role, people };
  return kind === 'heads' && count !== undefined ? { kind, role, count } : undefined;
}

function readEvent(value: Json): WitnessEvent | undefined {
  if (!isObject(value)) return undefined;
  const { kind, verb, process, text, proposed, amount, to } = value;
  if (kind === 'wait') {
    const [count, unit] = [whole(value['count'], minutesMost), units.find((one) => one === value['unit'])];
    return count === undefined || unit === undefined ? undefined : { kind, count, unit };
  }
  const [day, minutes, people, names, about] = [
    whole(value['day'], minutesMost),
    whole(value['minutes']),
    texts(value['people']),
    texts(value['names']),
    texts(value['about']),
  ];
  if (kind !== 'act' || typeof verb !== 'string' || day === undefined || people === undefined || people.length === 0) return undefined;
  return {
    kind,
    day,
    people,
    verb,
    ...(minutes === undefined ? {} : { minutes }),
    ...(names === undefined ? {} : { names }),
    ...(about === undefined ? {} : { about }),
    ...(typeof process === 'string' ? { process } : {}),
    ...(typeof text === 'string' ? { text } : {}),
    ...(typeof proposed === 'string' ? { proposed } : {}),
    ...(typeof amount === 'string' && /^\d{1,15}$/.test(amount) ? { amount } : {}),
    ...(typeof to === 'string' ? { to } : {}),
  };
}

/** Reads a history that was written as JSON; undefined where it is none. Pure. */
export function readWitness(value: Json): Witness | undefined {
  if (!isObject(value) || typeof value['title'] !== 'string') return undefined;
  const [given, events] = [value['given'], value['events']];
  if (!isList(given) || !isList(events) || given.length > most || events.length > most) return undefined;
  const [facts, deeds] = [given.map(readFact), events.map(readEvent)];
  const [kept, done] = [facts.filter((one) => one !== undefined), deeds.filter((one) => one !== undefined)];
  return kept.length === facts.length && done.length === deeds.length ? { title: value['title'], given: kept, events: done } : undefined;
}
