/** The name that the bootstrap token acts under, and the ones that the audit log keeps for the product itself. */
export const RESERVED_USER_NAMES: readonly string[] = ["bootstrap", "system", "source"];

export const USER_NAME = /^[a-z0-9-]{1,32}$/;
export const USER_NAME_RULE = "1 to 32 of a-z, 0-9 and -";

/** Why nobody can be called so, in words; null = somebody can. */
export function faultOfUserName(name: string): string | null {
  if (!USER_NAME.test(name)) return USER_NAME_RULE;
  return RESERVED_USER_NAMES.includes(name) ? "This name is reserved" : null;
}
