import { hash } from "node:crypto";
import { z } from "zod";
import { invalidField } from "./errors.ts";

const positionSchema = z.strictObject({
  query: z.string(),
  instant: z.number(),
  offset: z.int().nonnegative(),
  check: z.string(),
});

export type Position = { instant: number; offset: number };

/** A nextToken: where to go on, readable only by us and good only for the query it was given to. */
export function toToken(query: string, { instant, offset }: Position): string {
  const position = { query: digest(query), instant, offset };
  return Buffer.from(JSON.stringify({ ...position, check: checkOf(position) })).toString("base64url");
}

/** Throws ApiError when the token is not ours, or was given to another query. */
export function fromToken(query: string, token: string): Position {
  const position = positionSchema.safeParse(parsed(token)).data;
  if (position === undefined || position.check !== checkOf(position) || position.query !== digest(query)) {
    throw invalidField("nextToken", "The token is not valid for this request");
  }
  return position;
}

/** Which page, from 1, a request for `size` results asks for. A token that is not ours counts as the first. */
export function pageNumber(nextToken: unknown, size: unknown): number {
  if (typeof nextToken !== "string" || typeof size !== "number") return 1;
  const position = positionSchema.safeParse(parsed(nextToken)).data;
  return position === undefined ? 1 : Math.floor(position.offset / size) + 1;
}

function parsed(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token, "base64url").toString("utf8"));
  } catch {
    return null;
  }
}

function digest(query: string): string {
  return hash("sha256", query).slice(0, 16);
}

function checkOf({ query, instant, offset }: { query: string } & Position): string {
  return digest(`next-token/${query}/${instant}/${offset}`);
}
