import "server-only";
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { AppError } from "#lib/domain/errors.ts";
import type { Permission } from "#lib/domain/permission.ts";
import { authenticate } from "./authenticate.ts";
import type { Caller } from "./caller.ts";

/**
 * Who looks at this page. Every page and layout behind the sign-in calls it first: nobody known is sent to sign in,
 * and whoever lacks the permission finds nothing there.
 */
export async function currentPerson(permission?: Permission): Promise<Caller> {
  const caller = await findCaller();
  if (!caller) redirect("/sign-in");
  if (permission && !caller.permissions.has(permission)) notFound();
  return caller;
}

// Once per request, however many parts of a page ask.
const findCaller = cache(async (): Promise<Caller | null> => {
  try {
    return await authenticate(await headers(), new Date());
  } catch (error) {
    if (error instanceof AppError && error.code !== "unavailable") return null;
    throw error;
  }
});
