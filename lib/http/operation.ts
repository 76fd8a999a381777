import type { z } from "zod";
import type { Permission } from "#lib/domain/permission.ts";

/** What a handler says about itself. The permission check, the parsing and the API's description all read this. */
export type Operation = {
  /** Whose turn it is: holders of a permission, or `public`. */
  readonly access: Permission | "public";
  readonly kind: "query" | "command" | "upload";
  readonly input: z.ZodType;
  readonly params: z.ZodType;
  /** The headers that the operation reads for itself. */
  readonly headers: z.ZodObject;
  /** What an upload's body is; null when it has none. */
  readonly media: string | null;
  readonly output: z.ZodType | null;
  readonly status: number;
  readonly summary: string;
};

type RouteContext = { params: Promise<unknown> };

/** A route's export: Next calls it, and it carries its description. */
export type RouteHandler = ((request: Request, context?: RouteContext) => Promise<Response>) & {
  readonly operation: Operation;
};
