import { z } from "zod";
import { conditionSchema, constantSchema, languageSchema, patternsSchema } from "./condition-schema.ts";

const severitySchema = z.enum(["Critical", "High", "Medium", "Low", "Info"]);

export const detectorSchema = z.strictObject({
  id: z.string().regex(/^[a-z]+\/[a-z0-9-]+@v\d+\.\d+$/u),
  name: z.string().min(1),
  language: languageSchema,
  cwes: z
    .array(z.string().regex(/^CWE-\d+$/u))
    .min(1)
    .max(10),
  severity: severitySchema,
  tags: z.array(z.string()).min(1),
  description: z.string().min(40).max(1_024),
  remediation: z.strictObject({ text: z.string().min(20), url: z.url() }),
  /** Data of one of these kinds reaches a sink of this class. */
  taint: z.strictObject({ class: z.string(), from: z.array(z.string()).min(1) }).optional(),
  /** A call that is wrong by itself; `severity` where the call alone weighs less than data from outside in it. */
  calls: z
    .array(
      z.strictObject({
        paths: patternsSchema,
        when: conditionSchema.optional(),
        unless: conditionSchema.optional(),
        severity: severitySchema.optional(),
      }),
    )
    .default([]),
  /** Settings that are wrong at such a value, or with such an item: in a variable, field or item so named. */
  settings: z
    .array(z.strictObject({ names: z.array(z.string()).min(1), values: z.array(constantSchema).min(1) }))
    .default([]),
  /** Fields of known things that are wrong at such a value, or at one that came about so. */
  fields: z
    .array(
      z.strictObject({
        paths: patternsSchema,
        values: z.array(constantSchema).default([]),
        are: patternsSchema.optional(),
        /** What argument 0, the value, must be. */
        when: conditionSchema.optional(),
      }),
    )
    .default([]),
  /** Decorators that are wrong by themselves. */
  decorators: z.array(z.string().min(1)).default([]),
  /** Functions that are there to refuse something, and are wrong where they decide nothing. */
  trivialFunctions: z
    .array(
      z.strictObject({
        names: z.array(z.string()).min(1),
        /** Only with parameters of these types. */
        parameters: z.array(z.string()).optional(),
      }),
    )
    .default([]),
  /** A constant that should not be in code: in a variable, field or argument so named. */
  secrets: z.boolean().default(false),
  /** What a model's openers open and a function does not close on all its ways. */
  leaks: z.boolean().default(false),
  /**
   * Changes to the reported code that may mend it, most wanted first; offered only where a new scan proves it. `needs`:
   * what the file must hold for the change to run, such as an import.
   */
  fixes: z
    .array(
      z.strictObject({
        description: z.string().min(10),
        find: z.string().min(3),
        replace: z.string(),
        needs: z.string().optional(),
      }),
    )
    .default([]),
  examples: z.strictObject({
    bad: z.array(z.string()).min(5),
    good: z.array(z.string()).min(5),
  }),
});
export type Detector = z.infer<typeof detectorSchema>;
