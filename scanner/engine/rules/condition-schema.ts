import { z } from "zod";

export const constantSchema = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/**
 * What an argument must be. A list: one of these constants, letter case aside. `matches`: text that fits. `is`: whether
 * it is given at all, or known, or a function that decides nothing, or a pattern that may take for ever. `lacks`: a
 * function that never reads a field so named. `carries`: something with a source of that kind in it. `ends`: text of which only the end may be known, and that fits.
 * `below`: a smaller number. `bits`: a number with any of these bits set.
 */
const conditionValueSchema = z.union([
  constantSchema,
  z.array(constantSchema),
  z.strictObject({ matches: z.string() }),
  z.strictObject({ is: z.enum(["missing", "present", "constant", "unknown", "trivial", "slow"]) }),
  z.strictObject({ ends: z.string() }),
  z.strictObject({ lacks: z.string() }),
  z.strictObject({ carries: z.string() }),
  z.strictObject({ below: z.number() }),
  z.strictObject({ bits: z.number().int().positive() }),
]);
export type ConditionValue = z.infer<typeof conditionValueSchema>;

/** By argument: `0`, `shell`, or into it: `1.algorithms.0`. */
export const conditionSchema = z.record(z.string(), conditionValueSchema);
export type Condition = z.infer<typeof conditionSchema>;

export const selectorSchema = z.union([z.number().int().min(0), z.string()]).transform(String);
export const patternsSchema = z.array(z.string().min(1)).min(1);
/** `text` is for files without a grammar. */
export const languageSchema = z.enum(["python", "javascript", "java", "text"]);
export type RuleLanguage = z.infer<typeof languageSchema>;
