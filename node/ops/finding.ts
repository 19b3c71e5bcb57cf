// What the doctor finds: one line per thing that was looked at. Data and nothing else.

/** How it stands: as it should, something to know, or something that must be mended. */
export type Level = 'good' | 'attention' | 'fault';

/** One thing that was looked at. */
export interface Finding {
  readonly level: Level;
  /** What was looked at, in a word or two. */
  readonly subject: string;
  /** What was found. */
  readonly found: string;
  /** Such as `GDO4021`. */
  readonly code: string | undefined;
  /** What to do about it. */
  readonly help: string | undefined;
}

/** Nothing to do. */
export function good(subject: string, found: string): Finding {
  return { level: 'good', subject, found, code: undefined, help: undefined };
}

/** Something to know. */
export function attention(subject: string, found: string, help: string, code?: string): Finding {
  return { level: 'attention', subject, found, code, help };
}

/** Something that must be mended. */
export function fault(subject: string, code: string, found: string, help: string): Finding {
  return { level: 'fault', subject, found, code, help };
}
