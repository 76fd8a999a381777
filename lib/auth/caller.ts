import type { Permission } from "#lib/domain/permission.ts";
import type { CurrentSession, Role } from "#lib/domain/person.ts";

/** Who is asking, and what they may do. `via` tells a person in a browser from a program with a token. */
export type Caller = {
  readonly via: CurrentSession["via"];
  readonly personId: string;
  readonly userName: string;
  readonly role: Role;
  readonly permissions: ReadonlySet<Permission>;
};
