import type { z } from "zod";
import { AppError } from "#lib/domain/errors.ts";

/** Where the next page of a list begins: behind the row that has these values of its order. */
export function toListCursor(place: unknown): string {
  return Buffer.from(JSON.stringify(place)).toString("base64url");
}

/** The place of `toListCursor`. Throws AppError invalid-input for what is no cursor of this list. */
export function readListCursor<Place extends z.ZodType>(cursor: string, place: Place): z.output<Place> {
  try {
    return place.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
  } catch (cause) {
    const faults = [{ field: "cursor", message: "Not a cursor of this list" }];
    throw new AppError("invalid-input", "The cursor cannot be used: start from the first page", { faults, cause });
  }
}
