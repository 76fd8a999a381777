import { createHash } from "node:crypto";
import { z } from "zod";
import { AppError } from "#lib/domain/errors.ts";
import { toConditionsText } from "#lib/domain/filter-text.ts";
import type { FixesQuery } from "#lib/domain/fix.ts";
import { type FixHead, STORED_KINDS } from "./fix-heads.ts";

const cursorSchema = z.tuple([
  z.string().max(64),
  z.int().min(1),
  z.string().max(64),
  z.guid(),
  z.enum(STORED_KINDS),
  z.string().max(2_048),
  z.string().max(2_048),
]);

/** Names the place behind a fix. Bound to the filter that made it. */
export function toFixCursor(query: FixesQuery, head: FixHead): string {
  const { n, account_id: accountId, lineage_id: lineageId, kind, package_name: name, package_fixed_in: fixedIn } = head;
  const place = [bindingOf(query), n, accountId, lineageId, kind, name, fixedIn];
  return Buffer.from(JSON.stringify(place)).toString("base64url");
}

/** Null on the first page. Throws AppError for what is no cursor, or one of another filter. */
export function parseFixCursor(query: FixesQuery): FixHead | null {
  if (query.cursor === undefined) return null;
  const { success, data } = cursorSchema.safeParse(toJson(query.cursor));
  if (!success || data[0] !== bindingOf(query)) {
    const message = "This is no cursor of these fixes. Leave it out to start at their first page.";
    throw new AppError("invalid-input", message, { faults: [{ field: "cursor", message }] });
  }
  const [, n, accountId, lineageId, kind, name, fixedIn] = data;
  return { n, account_id: accountId, lineage_id: lineageId, kind, package_name: name, package_fixed_in: fixedIn };
}

function bindingOf(query: FixesQuery): string {
  return createHash("sha256").update(toText(query)).digest("base64url").slice(0, 16);
}

const toText = (query: FixesQuery) => toConditionsText({ ...query, status: [], "-status": [] });

function toJson(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    return null;
  }
}
