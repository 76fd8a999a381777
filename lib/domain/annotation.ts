import { z } from "zod";
import { ANNOTATION_KINDS } from "./annotation-words.ts";
import { daySchema } from "./day-schema.ts";

export const annotationKindSchema = z.enum(ANNOTATION_KINDS);
export type AnnotationKind = z.infer<typeof annotationKindSchema>;

// Control characters hide what they do to the rest of a line.
const textSchema = z
  .string()
  .trim()
  .min(1, "Say what happened")
  .max(120)
  .refine((text) => !/\p{Cc}/u.test(text), "One line of text, without control characters");
const linkSchema = z
  .url({ protocol: /^https$/, error: "A link begins with https://" })
  .max(500)
  .refine((text) => {
    const { username, password } = new URL(text);
    return username === "" && password === "";
  }, "A link carries no user name or password");

/** What a person notes at a UTC day: past, present or to come. */
export const newAnnotationSchema = z.strictObject({
  day: daySchema,
  kind: annotationKindSchema,
  text: textSchema,
  link: linkSchema.nullable().default(null),
});
export type NewAnnotation = z.infer<typeof newAnnotationSchema>;

export const annotationChangeSchema = z.strictObject({
  day: daySchema.optional(),
  kind: annotationKindSchema.optional(),
  text: textSchema.optional(),
  link: linkSchema.nullable().optional(),
});
export type AnnotationChange = z.infer<typeof annotationChangeSchema>;

/** `id` is null for what stands there by itself: an exception that was granted, or that ended. */
export const annotationSchema = z.object({
  id: z.uuid().nullable(),
  day: daySchema,
  kind: annotationKindSchema,
  text: z.string(),
  link: z.string().nullable(),
  createdBy: z.string().nullable(), // a user name, or `bootstrap`; null = nobody, it ran out
});
export type Annotation = z.infer<typeof annotationSchema>;

/** The days asked for, both included; left out = without a bound. */
export const annotationsQuerySchema = z.strictObject({
  from: daySchema.optional(),
  to: daySchema.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(256).optional(),
});
export type AnnotationsQuery = z.infer<typeof annotationsQuerySchema>;

/** The latest day first. */
export const annotationsSchema = z.object({ items: z.array(annotationSchema), nextCursor: z.string().nullable() });
export type Annotations = z.infer<typeof annotationsSchema>;
