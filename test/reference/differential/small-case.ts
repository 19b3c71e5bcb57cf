// Reads what the differential run prints about a difference: a text and its stream. So a finding is replayed, and kept as a test, as it was printed.
import type { Founding, Signed } from './stream.ts';

/** The text and the lines of the stream of a printed case. */
export interface Printed {
  readonly text: string;
  readonly lines: readonly string[];
}

const line =
  /^ {2}\+(?<minutes>[\d.]+) min (?<person>\w+) (?<kind>\S+)(?: case (?<subject>\d+))? (?<body>\{.*?\})(?<change>(?: \S+ \S+>\S+)*)(?: adopts (?<adopts>\d+))?(?: about the decision of (?<decision>\d+))?(?: at \+(?<says>-?[\d.]+) min)?$/;

/** Parts a printed case. */
export function printedCase(printed: string): Printed {
  const [text = '', stream = ''] = printed.split('\nstream:\n');
  return { text: `${text.trim()}\n`, lines: stream.split('\n').filter((one) => line.test(one)) };
}

/** One event of a printed stream, in an organization that it belongs to. */
export function signedOf({ startMs }: Founding, printed: string): Signed {
  const { minutes, person = '', kind = '', subject, body = '{}', change = '', adopts, decision, says } = line.exec(printed)?.groups ?? {};
  const entries = [...change.matchAll(/ (\S+) (\S+)>(\S+)/g)].map(([, path = '', old = '', fresh = '']) => ({ path, old, new: fresh }));
  // INVARIANT: the run prints kinds of events only.
  const known = kind as Signed['kind'];
  return {
    atMs: startMs + Math.round(Number(minutes) * 60_000),
    person,
    kind: known,
    body: JSON.parse(body),
    ...(subject === undefined ? {} : { case: Number(subject) }),
    ...(entries.length === 0 ? {} : { change: entries }),
    ...(adopts === undefined ? {} : { adopts: Number(adopts) }),
    ...(decision === undefined ? {} : { decision: Number(decision) }),
    ...(says === undefined ? {} : { saysMs: startMs + Math.round(Number(says) * 60_000) }),
  };
}
