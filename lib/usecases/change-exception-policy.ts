import { getExceptionPolicy } from "#lib/db/read/exception-policy.ts";
import type { Actor } from "#lib/db/write/connections.ts";
import { saveExceptionPolicy } from "#lib/db/write/exceptions/policy.ts";
import type { ExceptionPolicy } from "#lib/domain/exception.ts";

/** Says how exceptions are made from now on. Returns what holds. */
export async function changeExceptionPolicy(
  policy: ExceptionPolicy,
  actor: Actor,
  now: Date,
): Promise<ExceptionPolicy> {
  await saveExceptionPolicy(policy, actor, now);
  return await getExceptionPolicy();
}
