/** A failure to start that its message explains in full: it is shown without a stack trace. */
export class StartError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** Ends the process with code 1, telling what went wrong. */
export function exitWith(error: unknown): never {
  process.stderr.write(`${error instanceof StartError ? error.message : messageOf(error)}\n`);
  process.exit(1);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
