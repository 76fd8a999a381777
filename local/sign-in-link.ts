import { parseArgs } from "node:util";
import { createLocalSignInLink } from "#lib/auth/local-sign-in-link.ts";
import { hasLiveAdminSession } from "#lib/auth/session.ts";
import { signInUrl } from "#lib/auth/sign-in-link.ts";
import { env } from "#lib/config/env.ts";
import { roleSchema, userNameSchema } from "#lib/domain/person.ts";
import { exitWith, StartError } from "./start-error.ts";

// Prints a one-time sign-in link; with --unless-admin, nothing while an admin is signed in.
const USAGE = `Usage: npm run sign-in-link [-- --user NAME --role ${roleSchema.options.join("|")}]`;
try {
  const { userName, role, unlessAdmin } = readOptions();
  const now = new Date();
  if (!(unlessAdmin && (await hasLiveAdminSession(now)))) {
    const token = await createLocalSignInLink({ userName, role, now });
    console.log(signInUrl(env().APP_URL, token));
  }
  process.exit(0);
} catch (error) {
  exitWith(error);
}

function readOptions() {
  const options = { user: { type: "string" }, role: { type: "string" }, "unless-admin": { type: "boolean" } } as const;
  try {
    const { values } = parseArgs({ options });
    return {
      userName: userNameSchema.optional().parse(values.user),
      role: roleSchema.optional().parse(values.role),
      unlessAdmin: values["unless-admin"] === true,
    };
  } catch (cause) {
    throw new StartError(USAGE, { cause });
  }
}
