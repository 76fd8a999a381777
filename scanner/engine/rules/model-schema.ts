import { z } from "zod";
import { conditionSchema, languageSchema, patternsSchema, selectorSchema } from "./condition-schema.ts";

export const modelSchema = z.strictObject({
  language: languageSchema,
  /** Values that come from outside by how they are reached. */
  sources: z.array(z.strictObject({ kind: z.string(), paths: patternsSchema })).default([]),
  /** Values that are secret by how they are called. */
  secretNames: z.strictObject({ kind: z.string(), matches: z.string(), unless: z.string() }).optional(),
  handlers: z
    .array(
      z.strictObject({
        kind: z.string(),
        /** Functions so decorated, so named, or handed to such a call. */
        decorators: patternsSchema.optional(),
        names: z.array(z.string()).optional(),
        /** Methods, by what their class is derived from: `django.views.View().get`. */
        methods: patternsSchema.optional(),
        /** Of the named functions, only those whose first parameter is called so. */
        firstParameter: z.array(z.string()).optional(),
        callbacks: patternsSchema.optional(),
        /** Of a callback, only the parameters that this finds in the text before it, which is the route to it. */
        inRoute: z.string().optional(),
        /** Parameters so decorated. */
        parameterDecorators: patternsSchema.optional(),
        /** The path each parameter gets, by position; `tainted` makes it a source itself. Absent: all are sources. */
        parameters: z.array(z.string()).optional(),
        skipParameters: z.array(z.string()).default([]),
        cleanAnnotations: z.array(z.string()).default([]),
        cleanFallbacks: z.array(z.string()).default([]),
        /** The classes that a returned text is a sink of; `deep` where what is inside of a record counts too. */
        returns: z
          .array(
            z.strictObject({
              class: z.string(),
              deep: z.boolean().default(false),
              /** Only of a text that begins so before anything that is not known. */
              beginning: z.string().optional(),
            }),
          )
          .default([]),
      }),
    )
    .default([]),
  sinks: z
    .array(
      z.strictObject({
        class: z.string(),
        calls: patternsSchema.optional(),
        /** Assigning to such a field; a last part `[]` is any field or item. */
        fields: patternsSchema.optional(),
        /** Giving such a key in a record. */
        keys: z.array(z.string()).optional(),
        /** Being a key that is chosen together with the one inside, or with the value: `object[a][b] = …`, `object[a] = b`. */
        chosenKeys: z.boolean().default(false),
        /** Being compared with what `when` says of argument 0. */
        compared: z.boolean().default(false),
        /** Harmful only together with data of this kind. */
        alongside: z.string().optional(),
        /** Storing in a variable or field so named, or returning from a function so named. */
        names: z.string().optional(),
        arguments: z.array(selectorSchema).default(["0"]),
        /** What is inside of lists and records counts too. */
        deep: z.boolean().default(false),
        /** Harmful only while the answer is a page. */
        page: z.boolean().default(false),
        /** Harmful only if the input is at the start. */
        atStart: z.boolean().default(false),
        /** It only names a place, as a path does: harmless if the input is checked before that is used. */
        onlyNames: z.boolean().default(false),
        when: conditionSchema.optional(),
        unless: conditionSchema.optional(),
      }),
    )
    .default([]),
  sanitizers: z
    .array(
      z.strictObject({ classes: z.array(z.string()).min(1), calls: patternsSchema, when: conditionSchema.optional() }),
    )
    .default([]),
  /** Calls that make their receiver harmless, or what they are given first: settings of a parser, flags of a cookie. */
  hardeners: z
    .array(
      z.strictObject({
        classes: z.array(z.string()).min(1),
        calls: patternsSchema,
        of: z.enum(["receiver", "argument"]).default("receiver"),
        when: conditionSchema.optional(),
      }),
    )
    .default([]),
  /** Calls that, when true, vouch for what they were given: their receiver, or an argument. */
  guards: z
    .array(
      z.strictObject({
        classes: z.array(z.string()).min(1),
        calls: patternsSchema,
        /** `input`: all that holds the same input as any argument. */
        of: z.enum(["receiver", "argument", "input"]),
        when: conditionSchema.optional(),
        /** It is the answer "no" that vouches. */
        refuses: z.boolean().default(false),
      }),
    )
    .default([]),
  /** Calls whose answer, given such arguments, is known by another name than how it came about. */
  renames: z.array(z.strictObject({ calls: patternsSchema, when: conditionSchema, as: z.string() })).default([]),
  /** What parameters of a library's types are called in the other rules. */
  typeNames: z.array(z.strictObject({ types: patternsSchema, as: z.string() })).default([]),
  /** Calls whose answer is not made of what they are given. */
  opaque: patternsSchema.optional(),
  /** Kinds of data that survive only the calls named here; all other kinds survive every call that is not opaque. */
  carriers: z.array(z.strictObject({ kind: z.string(), calls: patternsSchema })).default([]),
  /** Kinds of data that do their harm as numbers, too: arithmetic and number types do not clean them. */
  numericKinds: z.array(z.string()).default([]),
  /** Fields that hold a number or a truth value whatever they belong to. */
  plainFields: z.array(z.string()).default([]),
  /** Calls whose answer is made of their receiver alone: their arguments only choose. */
  keepers: patternsSchema.optional(),
  /** Types whose values are a number, a truth value or as harmless, whatever they are made of. */
  plainTypes: z.array(z.string()).default([]),
  /** Values of which it says more how they came about than what type they are declared as. */
  untypedAnswers: patternsSchema.optional(),
  /** Calls that answer with the function they are given first, as `partial` does. */
  forwarders: patternsSchema.optional(),
  /** What a name of a library stands for, or what a setting is where a program is in use. */
  constants: z.record(z.string(), z.union([z.number(), z.string()])).default({}),
  /** Calls that open what has to be closed. */
  openers: patternsSchema.optional(),
  /** Calls that never come back. */
  exits: patternsSchema.optional(),
  /** Calls that say what kind of content an answer is; one that is no page is no place for scripts. */
  typeSetters: patternsSchema.optional(),
  /** Calls that run a function with what is inside their receiver, and answer with the receiver. */
  iterators: patternsSchema.optional(),
  /** Calls that run a function with what is inside their other arguments, one after the other. */
  mappers: patternsSchema.optional(),
  /** Calls that run a function later or elsewhere with their other arguments, or with those in `args`. */
  runners: patternsSchema.optional(),
  /** The same as iterators, but they answer with what the function returns. */
  transformers: patternsSchema.optional(),
  /** Calls that put their arguments into their receiver. */
  collectors: patternsSchema.optional(),
  /** Calls that put what their receiver gives into their first argument, such as a buffer. */
  fillers: patternsSchema.optional(),
  /** Calls that make something write into one of the buffers. */
  wrappers: patternsSchema.optional(),
  /** What is written to, and holds what was written. */
  buffers: patternsSchema.optional(),
  /** Keys under which a value is harmless: an operator that takes whatever it is given as a value. */
  harmlessKeys: z
    .array(z.strictObject({ keys: z.array(z.string()).min(1), classes: z.array(z.string()).min(1) }))
    .default([]),
  /** Objects that share nothing with others, whatever their keys. */
  bareObjects: patternsSchema.optional(),
});
export type Model = z.infer<typeof modelSchema>;
