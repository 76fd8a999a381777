import { savePolicy } from "#lib/db/write/sla/policy.ts";
import type { NewPolicy } from "#lib/domain/sla.ts";

/**
 * Puts a new version of the policy in force, from now on: what was due before stays as it was told. Returns its number.
 * Throws AppError conflict or invalid-input.
 */
export async function changePolicy(
  policy: NewPolicy,
  person: { personId: string; userName: string },
  now: Date,
): Promise<{ number: number }> {
  return { number: await savePolicy(policy, person, now) };
}
