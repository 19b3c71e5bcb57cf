// A person who stops a question: not a failure of anything. The command ends with 130 like after Ctrl-C, and nothing was written.

/** Thrown where a question is cancelled. */
export class Interrupted extends Error {
  constructor() {
    super('interrupted');
    this.name = 'Interrupted';
  }
}
