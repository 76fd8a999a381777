import type { z } from "zod";
import type { Organisation } from "../organisation/organisation.ts";
import { invalidField } from "./errors.ts";
import { fromToken, toToken } from "./paging.ts";
import type { Views } from "./views.ts";

/** What an operation answers from: one region of the organisation at one instant. */
export type Scene = {
  organisation: Organisation;
  views: Views;
  region: string;
  instant: number;
  /** False when the request named no instant and so means now: then the first page's instant holds. */
  isInstantAsked: boolean;
};

/** How a page that a test wants to be wrong leads on: back to itself, or past the next one. */
export type PageFault = "repeat-page" | "lose-page" | null;

export type Operation = (input: unknown, scene: Scene, pageFault: PageFault) => string;

/** The request body by its schema. Throws ApiError naming the first field that is wrong. */
export function parseInput<T>(schema: z.ZodType<T>, input: unknown): T {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw invalidField(issue?.path.join(".") || "body", issue?.message ?? "Invalid");
}

type PageRequest<T> = {
  /** What a token is bound to: the operation and everything that chooses its results and their order. */
  query: string;
  nextToken: string | undefined;
  size: number;
  resultsAt(instant: number): readonly T[];
};

/** One page of results and the token of the next one, if there is one. */
export function pageOf<T>(
  scene: Scene,
  request: PageRequest<T>,
  pageFault: PageFault,
): { results: readonly T[]; nextToken: string | undefined } {
  const bound = `${scene.region}/${scene.isInstantAsked ? scene.instant : "now"}/${request.query}`;
  const { instant, offset } = request.nextToken
    ? fromToken(bound, request.nextToken)
    : { instant: scene.instant, offset: 0 };
  const all = request.resultsAt(instant);
  const next = offset + pagesOn(pageFault) * request.size;
  return {
    results: all.slice(offset, offset + request.size),
    nextToken: next < all.length ? toToken(bound, { instant, offset: next }) : undefined,
  };
}

function pagesOn(pageFault: PageFault): number {
  if (pageFault === "repeat-page") return 0;
  return pageFault === "lose-page" ? 2 : 1;
}
