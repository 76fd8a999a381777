/** PostgreSQL's code for a statement that was ended before it was through, be it by a limit or by a person. */
const ENDED = "57014";

/** True for a statement that the database ended since it took longer than it may: asked again, it does so again. */
export function isTooSlow(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ("code" in error && error.code === ENDED && error.message.includes("statement timeout")) return true;
  return isTooSlow(error.cause);
}
