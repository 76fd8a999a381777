import { z } from "zod";

// What is read of OCSF's Vulnerability Finding and Detection Finding (https://schema.ocsf.io). What is missing is unknown.

// What is within these limits can be stored.
const nameSchema = z.string().max(256);
const textSchema = z.string().max(1_000).optional();
const longTextSchema = z.string().max(100_000).optional();
const regionSchema = z.string().max(64).optional();
const numberSchema = z.number().optional();
const lineSchema = z.number().int().optional();
/** Milliseconds since 1970, or the same as text under a name that ends in `_dt`. */
const instantSchema = z.number().optional();
const instantTextSchema = z.iso.datetime({ offset: true }).optional();

const packageSchema = z.object({
  name: nameSchema,
  version: textSchema,
  epoch: z.number().optional(),
  release: textSchema,
  package_manager: textSchema,
  path: textSchema,
  fixed_in_version: textSchema,
  remediation: z.object({ desc: longTextSchema }).optional(),
});

const cveSchema = z.object({
  uid: nameSchema.min(1),
  created_time: instantSchema,
  created_time_dt: instantTextSchema,
  cvss: z
    .array(
      z.object({ base_score: numberSchema, vector_string: textSchema, version: textSchema, vendor_name: textSchema }),
    )
    .optional(),
  epss: z.object({ score: z.union([z.string(), z.number()]).optional() }).optional(),
  references: z.array(z.string()).optional(),
});

const vulnerabilitySchema = z.object({
  cve: cveSchema.optional(),
  title: textSchema,
  vendor_name: textSchema,
  references: z.array(z.string()).optional(),
  affected_packages: z.array(packageSchema).optional(),
  affected_code: z
    .array(
      z.object({
        file: z.object({ name: textSchema, path: textSchema }).optional(),
        start_line: lineSchema,
        end_line: lineSchema,
      }),
    )
    .optional(),
  cwe: z.object({ uid: textSchema }).optional(),
  is_fix_available: z.boolean().optional(),
  is_exploit_available: z.boolean().optional(),
  remediation: z.object({ desc: longTextSchema, references: z.array(z.string()).optional() }).optional(),
});

const resourceSchema = z.object({
  type: z.string().max(128).optional(),
  uid: z.string().min(1).max(1_500),
  name: textSchema,
  region: regionSchema,
  owner: z.object({ account: z.object({ uid: z.string().max(64).optional() }).optional() }).optional(),
  tags: z.array(z.object({ name: z.string(), value: textSchema })).optional(),
});

export const ocsfFindingSchema = z.object({
  class_uid: z.union([z.literal(2002), z.literal(2004)], {
    message: "Only Vulnerability Findings (2002) and Detection Findings (2004) can be read",
  }),
  activity_id: numberSchema,
  status_id: numberSchema,
  severity_id: numberSchema,
  cloud: z
    .object({ account: z.object({ uid: z.string().max(64).optional() }).optional(), region: regionSchema })
    .optional(),
  metadata: z.object({ product: z.object({ name: textSchema, uid: textSchema }) }),
  finding_info: z.object({
    uid: z.string().min(1).max(1_500),
    title: z.string().min(1),
    desc: longTextSchema,
    types: z.array(nameSchema).optional(),
    created_time: instantSchema,
    created_time_dt: instantTextSchema,
    first_seen_time: instantSchema,
    first_seen_time_dt: instantTextSchema,
  }),
  resources: z.array(resourceSchema).min(1),
  vulnerabilities: z.array(vulnerabilitySchema).optional(),
  remediation: z.object({ desc: longTextSchema, references: z.array(z.string()).optional() }).optional(),
});
export type OcsfFinding = z.infer<typeof ocsfFindingSchema>;
