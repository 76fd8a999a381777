import { z } from "zod";
import { sourceNameSchema } from "./finding.ts";
import { syncFailureSchema } from "./sync-run.ts";

export const roleArnSchema = z
  .string()
  .regex(
    /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/,
    "An IAM role ARN, as in arn:aws:iam::123456789012:role/SightlineRead",
  );
export const regionSchema = z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, "An AWS region, as in eu-west-1");

/** How to connect AWS: the SDK's default chain (`roleArn: null`) or a role to assume, in one or more regions. */
export const connectAwsSchema = z.strictObject({
  name: z.string().trim().min(1).max(80),
  roleArn: roleArnSchema.nullable(),
  externalId: z.string().min(2).max(1224).nullable(),
  regions: z.array(regionSchema).min(1).max(40),
});
export type ConnectAws = z.infer<typeof connectAwsSchema>;

/** A connection is one set of credentials in one region; it may see many accounts (a delegated administrator). */
export const connectionSchema = z.object({
  id: z.uuid(),
  source: sourceNameSchema,
  name: z.string(),
  region: z.string(),
  roleArn: z.string().nullable(),
  isSample: z.boolean(),
  state: z.enum(["connected", "disconnected"]),
  wholeEveryMinutes: z.number().int(),
  incrementalEveryMinutes: z.number().int(),
  lastWholePassAt: z.iso.datetime().nullable(),
  nextRunAt: z.iso.datetime().nullable(),
  accounts: z.number().int(),
  openFindings: z.number().int(),
  failure: syncFailureSchema.nullable(),
  /** Why its own suppression rules could not be read; its passes succeed all the same. */
  rulesFailure: syncFailureSchema.nullable(),
});
export type Connection = z.infer<typeof connectionSchema>;

const intervalMinutesSchema = z
  .number()
  .int()
  .min(5)
  .max(7 * 1440);

/** What may be changed of a connection. A whole pass at least every 7 days: beyond it, a day is no longer known. */
export const connectionChangeSchema = z
  .strictObject({
    name: z.string().trim().min(1).max(80).optional(),
    wholeEveryMinutes: intervalMinutesSchema.optional(),
    incrementalEveryMinutes: intervalMinutesSchema.optional(),
  })
  .refine((change) => Object.keys(change).length > 0, "Nothing to change");
export type ConnectionChange = z.infer<typeof connectionChangeSchema>;

export const connectionsSchema = z.object({ items: z.array(connectionSchema) });
export type Connections = z.infer<typeof connectionsSchema>;

/** One thing that a connection must be able to do, tried. `permission` is the IAM action behind it. */
export const connectionCheckSchema = z.object({
  permission: z.string(),
  state: z.enum(["allowed", "denied", "failed"]),
  message: z.string().nullable(),
});
export type ConnectionCheck = z.infer<typeof connectionCheckSchema>;

/** The last test of a connection. `missing`: the IAM actions that AWS refused, by name. */
export const connectionTestSchema = z.object({
  state: z.enum(["none", "queued", "running", "done"]),
  requestedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
  identity: z.object({ accountId: z.string(), arn: z.string() }).nullable(), // who AWS says we are
  accounts: z.array(z.object({ accountId: z.string(), status: z.string() })), // Inspector's word: ENABLED, SUSPENDED …
  checks: z.array(connectionCheckSchema),
  missing: z.array(z.string()),
});
export type ConnectionTest = z.infer<typeof connectionTestSchema>;
