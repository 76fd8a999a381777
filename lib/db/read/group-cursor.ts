import { createHash } from "node:crypto";
import { z } from "zod";
import { AppError } from "#lib/domain/errors.ts";
import { toConditionsText } from "#lib/domain/filter-text.ts";
import type { FindingGroupsQuery } from "#lib/domain/finding-groups.ts";

/** The place behind a group: the rank of its worst finding, what breaks ties, and the moment that is told of. */
export type GroupCursor = { rank: number; tie: string; asOf: string | null };

const cursorSchema = z.tuple([z.string().max(64), z.int().min(0), z.string().max(2_200), z.iso.datetime().nullable()]);

/** Names the place behind a group. Bound to the filter and the grouping that made it. */
export function toGroupCursor(query: FindingGroupsQuery, { rank, tie, asOf }: GroupCursor): string {
  return Buffer.from(JSON.stringify([bindingOf(query), rank, tie, asOf])).toString("base64url");
}

/** Null on the first page. Throws AppError for what is no cursor, or one of another filter or grouping. */
export function parseGroupCursor(query: FindingGroupsQuery): GroupCursor | null {
  if (query.cursor === undefined) return null;
  const [binding, rank, tie, asOf] = cursorSchema.safeParse(toJson(query.cursor)).data ?? [];
  if (binding === undefined || rank === undefined || tie === undefined || binding !== bindingOf(query)) {
    const message = "This is no cursor of these groups. Leave it out to start at their first page.";
    throw new AppError("invalid-input", message, { faults: [{ field: "cursor", message }] });
  }
  return { rank, tie, asOf: asOf ?? null };
}

function bindingOf(query: FindingGroupsQuery): string {
  return createHash("sha256")
    .update(`by ${query.by} ${toConditionsText(query)}`)
    .digest("base64url")
    .slice(0, 16);
}

function toJson(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    return null;
  }
}
