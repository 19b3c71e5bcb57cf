// The place where the objects of a push wait until they are judged. Moves and reads none.

/** Where git put the objects of a push that is being judged: from the environment of its hook. */
export interface Quarantine {
  readonly objectDirectory: string;
  readonly alternates: string;
}

/** What a child of git needs to write to a quarantine, or to see what lies in it. */
export function quarantineEnvironment({ objectDirectory, alternates }: Quarantine): Readonly<Record<string, string>> {
  return { GIT_OBJECT_DIRECTORY: objectDirectory, GIT_ALTERNATE_OBJECT_DIRECTORIES: alternates, GIT_QUARANTINE_PATH: objectDirectory };
}
