import { SourceError, type SourcePass } from "../source.ts";
import { type CallPlace, isThrottle, toSourceError } from "./to-source-error.ts";

type Page<Item> = { items: Item[]; nextToken: string | undefined };

/** Inspector's paging tokens expire; a listing that has lost its token begins again, this many times. */
const MAX_RESTARTS = 2;
/** A page may come twice; a token that always leads back to itself would go round for ever. */
const MAX_REPEATS = 3;

/**
 * Every page of a listing, until there is no next token. A token that Inspector no longer takes starts the listing
 * again: what is then read twice is the same findings, and nothing is lost. Throws SourceError.
 */
export async function* observePages<Item>(
  ask: (nextToken: string | undefined) => Promise<Page<Item>>,
  place: CallPlace,
  signal: SourcePass["signal"],
): AsyncGenerator<Item[]> {
  let token: string | undefined;
  let restarts = 0;
  let repeats = 0;
  while (true) {
    const page = await ask(token).catch((error: unknown) => {
      if (token === undefined || restarts === MAX_RESTARTS || !isValidation(error)) throw toSourceError(error, place);
      return null;
    });
    signal.throwIfAborted();
    if (page === null) {
      restarts += 1;
      token = undefined;
      continue;
    }
    yield page.items;
    if (page.nextToken === undefined) return;
    repeats = page.nextToken === token ? repeats + 1 : 0;
    if (repeats > MAX_REPEATS) throw toRepeatedToken(place);
    token = page.nextToken;
  }
}

/** Middleware for a command: tells of each attempt that was asked to slow down; the SDK retries by itself. */
export function throttleCounter(onThrottle: (() => void) | undefined) {
  return <Args, Result>(next: (args: Args) => Promise<Result>) =>
    async (args: Args): Promise<Result> => {
      try {
        return await next(args);
      } catch (error) {
        if (isThrottle(error)) onThrottle?.();
        throw error;
      }
    };
}

/** Below the retries, above the parsing of the answer: runs once an attempt. */
export const EACH_ATTEMPT = { step: "finalizeRequest", priority: "low", name: "countThrottles" } as const;

function isValidation(error: unknown): boolean {
  return error instanceof Error && error.name === "ValidationException";
}

function toRepeatedToken({ action, region }: CallPlace): SourceError {
  return new SourceError({
    code: "bad-answer",
    message: `${action} in ${region} gave the same page again and again.`,
    permission: null,
  });
}
