import { z } from "zod";

// What is read of the AWS Security Finding Format
// (https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings-format.html). What is missing is unknown.

// What is within these limits can be stored.
const nameSchema = z.string().max(256);
const textSchema = z.string().max(1_000).optional();
const longTextSchema = z.string().max(100_000).optional();
const regionSchema = z.string().max(64).optional();
const lineSchema = z.number().int().optional();
const instantSchema = z.iso.datetime({ offset: true });

const packageSchema = z.object({
  Name: nameSchema,
  Version: textSchema,
  Epoch: textSchema,
  Release: textSchema,
  PackageManager: textSchema,
  FilePath: textSchema,
  FixedInVersion: textSchema,
  Remediation: longTextSchema,
});

const vulnerabilitySchema = z.object({
  Id: nameSchema.min(1),
  VulnerablePackages: z.array(packageSchema).optional(),
  Cvss: z
    .array(
      z.object({ Version: textSchema, BaseScore: z.number().optional(), BaseVector: textSchema, Source: textSchema }),
    )
    .optional(),
  Vendor: z.object({ Name: textSchema, Url: textSchema, VendorCreatedAt: textSchema }).optional(),
  ReferenceUrls: z.array(z.string()).optional(),
  FixAvailable: textSchema,
  ExploitAvailable: textSchema,
  EpssScore: z.number().min(0).max(1).optional(),
  CodeVulnerabilities: z
    .array(
      z.object({
        Cwes: z.array(z.string()).optional(),
        FilePath: z
          .object({ FileName: textSchema, FilePath: textSchema, StartLine: lineSchema, EndLine: lineSchema })
          .optional(),
      }),
    )
    .optional(),
});

const resourceSchema = z.object({
  Type: z.string().min(1).max(128),
  Id: z.string().min(1).max(1_500),
  Region: regionSchema,
  Tags: z.record(z.string(), z.string()).optional(),
  Details: z
    .object({
      AwsEcrContainerImage: z
        .object({
          RegistryId: textSchema,
          RepositoryName: textSchema,
          ImageDigest: textSchema,
          ImageTags: z.array(z.string()).optional(),
        })
        .optional(),
      AwsLambdaFunction: z.object({ FunctionName: textSchema, Runtime: textSchema }).optional(),
    })
    .optional(),
});

export const asffFindingSchema = z.object({
  SchemaVersion: z.literal("2018-10-08", { message: "Only findings of ASFF 2018-10-08 can be read" }),
  Id: z.string().min(1).max(1_500),
  ProductArn: z.string(),
  AwsAccountId: z.string().min(1).max(64),
  Region: regionSchema,
  Title: z.string().min(1),
  Description: z.string(),
  CreatedAt: instantSchema,
  FirstObservedAt: instantSchema.optional(),
  RecordState: textSchema,
  Workflow: z.object({ Status: textSchema }).optional(),
  Severity: z.object({ Label: textSchema }).optional(),
  FindingProviderFields: z.object({ Severity: z.object({ Label: textSchema }).optional() }).optional(),
  Remediation: z.object({ Recommendation: z.object({ Text: longTextSchema, Url: textSchema }).optional() }).optional(),
  ProductFields: z.record(z.string(), z.string()).optional(),
  Resources: z.array(resourceSchema).min(1),
  Vulnerabilities: z.array(vulnerabilitySchema).optional(),
  Network: z
    .object({
      Protocol: textSchema,
      OpenPortRange: z.object({ Begin: z.number().int(), End: z.number().int() }).optional(),
    })
    .optional(),
  NetworkPath: z.array(z.object({ ComponentId: textSchema, ComponentType: textSchema })).optional(),
});
export type AsffFinding = z.infer<typeof asffFindingSchema>;
