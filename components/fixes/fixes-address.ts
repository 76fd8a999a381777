import type { FixesFilter } from "#lib/client/fixes.ts";
import { CONDITION_NAMES, isList, readCondition } from "#lib/domain/finding-conditions.ts";
import type { ConditionKey } from "#lib/domain/finding-query.ts";

/** What the list is narrowed by and fixes are not: they are of what is active, and as it is now. */
export const FIXES_LEAVE_OUT: readonly ConditionKey[] = ["status", "-status", "asOf"];

const NAMES = CONDITION_NAMES.filter((name) => !FIXES_LEAVE_OUT.includes(name));

/** Reads the page's address, the same way on the server and in the browser. What nothing can answer is left out. */
export function readFixesAddress(written: Record<string, string | string[] | undefined>): FixesFilter {
  const conditions = NAMES.map((name) => {
    const value = written[name];
    const read = value === undefined || value.length === 0 ? undefined : readCondition(name, value);
    return [name, read ?? (isList(name) ? [] : undefined)];
  });
  // readCondition gives for each name what the filter has there.
  return { ...Object.fromEntries(conditions), limit: 50 } as FixesFilter;
}
