/** By these names an object reaches what all objects share. */
export const SHARED_KEYS: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);
