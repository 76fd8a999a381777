import { z } from "zod";

/** SARIF's null means the same as leaving out, and so does its -1 for a position: many tools write them. */
const opt = <T extends z.ZodType>(schema: T) => schema.nullish();
const indexSchema = opt(z.number());
const textSchema = opt(z.string());
const listOf = <T extends z.ZodType>(schema: T) => opt(z.array(schema));

const messageSchema = z.object({
  text: textSchema,
  markdown: textSchema,
  id: textSchema,
  arguments: listOf(z.string()),
});
export type SarifMessage = z.infer<typeof messageSchema>;

const artifactLocationSchema = z.object({ uri: textSchema, uriBaseId: textSchema, index: indexSchema });
export type SarifArtifactLocation = z.infer<typeof artifactLocationSchema>;

const contentSchema = z.object({ text: textSchema });
const regionSchema = z.object({
  startLine: indexSchema,
  startColumn: indexSchema,
  endLine: indexSchema,
  endColumn: indexSchema,
  charOffset: indexSchema,
  charLength: indexSchema,
  byteOffset: indexSchema,
  byteLength: indexSchema,
  snippet: opt(contentSchema),
});
export type SarifRegion = z.infer<typeof regionSchema>;

export const sarifLocationSchema = z.object({
  physicalLocation: opt(
    z.object({
      artifactLocation: opt(artifactLocationSchema),
      region: opt(regionSchema),
      contextRegion: opt(regionSchema),
    }),
  ),
  logicalLocations: listOf(z.object({ fullyQualifiedName: textSchema, name: textSchema, index: indexSchema })),
  message: opt(messageSchema),
});
export type SarifLocation = z.infer<typeof sarifLocationSchema>;

/** A step of a flow; one that has only an index stands in the run's list. */
export const sarifStepSchema = z.object({ index: indexSchema, location: opt(sarifLocationSchema) });
export type SarifStep = z.infer<typeof sarifStepSchema>;

const componentReferenceSchema = z.object({ name: textSchema, index: indexSchema, guid: textSchema });
const referenceSchema = z.object({
  id: textSchema,
  index: indexSchema,
  guid: textSchema,
  toolComponent: opt(componentReferenceSchema),
});
export type SarifReference = z.infer<typeof referenceSchema>;

const replacementSchema = z.object({ deletedRegion: regionSchema, insertedContent: opt(contentSchema) });
export type SarifReplacement = z.infer<typeof replacementSchema>;
const fixSchema = z.object({
  description: opt(messageSchema),
  artifactChanges: listOf(
    z.object({ artifactLocation: opt(artifactLocationSchema), replacements: listOf(replacementSchema) }),
  ),
});

export const sarifLevelSchema = z.enum(["none", "note", "warning", "error"]);
export type SarifLevel = z.infer<typeof sarifLevelSchema>;

/** One result of a run, as far as we read it. What its property bags hold is each tool's own and never refused. */
export const sarifResultSchema = z
  .object({
    ruleId: textSchema,
    ruleIndex: indexSchema,
    rule: opt(referenceSchema),
    kind: opt(z.enum(["notApplicable", "pass", "fail", "review", "open", "informational"])),
    level: opt(sarifLevelSchema),
    baselineState: opt(z.enum(["new", "unchanged", "updated", "absent"])),
    message: opt(messageSchema),
    analysisTarget: opt(artifactLocationSchema),
    locations: listOf(sarifLocationSchema),
    fingerprints: opt(z.record(z.string(), z.string())),
    partialFingerprints: opt(z.record(z.string(), z.string())),
    suppressions: listOf(z.object({ kind: textSchema, status: textSchema, justification: textSchema })),
    codeFlows: listOf(z.object({ threadFlows: listOf(z.object({ locations: listOf(sarifStepSchema) })) })),
    fixes: listOf(fixSchema),
    taxa: listOf(referenceSchema),
    provenance: opt(z.object({ firstDetectionTimeUtc: textSchema })),
    properties: z.unknown().optional(),
  })
  .refine(({ ruleId, rule, ruleIndex }) => ruleId || rule?.id || isPlace(ruleIndex) || isPlace(rule?.index), {
    path: ["ruleId"],
    message: "A result must name its rule",
  });
export type SarifResult = z.infer<typeof sarifResultSchema>;

/** A rule of a tool or of one of its extensions. */
export const sarifRuleSchema = z.object({
  id: z.string().min(1),
  guid: textSchema,
  name: textSchema,
  shortDescription: opt(contentSchema),
  fullDescription: opt(contentSchema),
  help: opt(contentSchema),
  helpUri: textSchema,
  messageStrings: opt(z.record(z.string(), contentSchema)),
  defaultConfiguration: opt(z.object({ level: opt(sarifLevelSchema) })),
  relationships: listOf(z.object({ target: referenceSchema })),
  properties: z.unknown().optional(),
});
export type SarifRule = z.infer<typeof sarifRuleSchema>;

/** A file that the run speaks of; what lies inside another file names it. */
export const sarifArtifactSchema = z.object({ location: opt(artifactLocationSchema), parentIndex: indexSchema });
export type SarifArtifact = z.infer<typeof sarifArtifactSchema>;

export const sarifBaseIdsSchema = z.record(z.string(), artifactLocationSchema);
export const sarifInvocationSchema = z.object({
  executionSuccessful: opt(z.boolean()),
  workingDirectory: opt(artifactLocationSchema),
});
export const sarifMessageStringsSchema = z.record(z.string(), contentSchema);
export const sarifTaxonomySchema = z.object({ name: textSchema, guid: textSchema });

/** Whether a position was given at all. */
export function isPlace(index: number | null | undefined): index is number {
  return typeof index === "number" && index >= 0;
}
