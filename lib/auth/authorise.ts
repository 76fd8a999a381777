import { AppError } from "#lib/domain/errors.ts";
import type { Permission } from "#lib/domain/permission.ts";
import { authenticate } from "./authenticate.ts";
import type { Caller } from "./caller.ts";

/** Who sends these headers, provided that they may do this. Throws `unauthenticated` or `forbidden`. */
export async function authorise(headers: Headers, permission: Permission, now: Date): Promise<Caller> {
  const caller = await authenticate(headers, now);
  if (caller.permissions.has(permission)) return caller;
  const means = caller.via === "token" ? "with this token" : `as ${caller.role}`;
  throw new AppError("forbidden", `${caller.userName} may not do this ${means}: it needs ${permission}`);
}
