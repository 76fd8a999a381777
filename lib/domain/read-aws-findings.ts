import type { z } from "zod";
import { type AsffFinding, asffFindingSchema } from "./asff.ts";
import { AppError } from "./errors.ts";
import { type Cut, type CutPlan, cutJson, toJsonPath } from "./json-cutter.ts";
import { type OcsfFinding, ocsfFindingSchema } from "./ocsf.ts";

const MOST_FINDINGS = 1_000_000;

/** A plain list, or what `aws securityhub get-findings` prints. */
const ROUTES: Record<string, "take" | "enter"> = {
  "": "enter",
  "[]": "take",
  ".Findings": "enter",
  ".Findings[]": "take",
};
const plan: CutPlan = (route) => (Object.hasOwn(ROUTES, route) ? (ROUTES[route] ?? "pass") : "pass");

/** A finding in one of the two formats, the same with all that we do not read, and where it stands. */
export type AwsFinding = { path: string; raw: unknown } & (
  | { format: "asff"; finding: AsffFinding }
  | { format: "ocsf"; finding: OcsfFinding }
);

/**
 * The findings of a list in ASFF or OCSF, in its own order, each judged when it comes. What is damaged or no such list
 * throws AppError invalid-input, its field the JSON path of the fault; too many throw too-large.
 */
export async function* readAwsFindings(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<AwsFinding> {
  let count = 0;
  let hasList = false;
  for await (const cut of cutJson(chunks, plan)) {
    if (cut.kind === "list" && (cut.route === "" || cut.route === ".Findings")) hasList = true;
    else if (cut.kind === "value") {
      count += 1;
      if (count > MOST_FINDINGS) throw refused("too-large", cut.path, "More than 1,000,000 findings are too many");
      yield toFinding(cut);
    }
  }
  if (!hasList) throw refused("invalid-input", "$.Findings", "The list of findings is missing");
}

function toFinding(cut: Cut): AwsFinding {
  const isOcsf = typeof cut.value === "object" && cut.value !== null && "class_uid" in cut.value;
  const { path, value: raw } = cut;
  if (isOcsf) return { path, raw, format: "ocsf", finding: parse(ocsfFindingSchema, cut) };
  return { path, raw, format: "asff", finding: parse(asffFindingSchema, cut) };
}

function parse<Schema extends z.ZodType>(schema: Schema, { path, value }: Cut): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw refused("invalid-input", path + toJsonPath(issue?.path ?? []).slice(1), issue?.message ?? "This is no finding");
}

/** Where the finding was made, and whether Inspector made it: Security Hub hands out those of every product in one list. */
export function originOf(one: AwsFinding): { isInspectors: boolean; accountId: string; region: string } {
  if (one.format === "asff") {
    const { ProductArn, AwsAccountId, Region, Resources, Id } = one.finding;
    const region = Region ?? Resources[0]?.Region ?? regionOf(Id);
    return { isInspectors: IS_INSPECTOR.test(ProductArn), accountId: AwsAccountId, region };
  }
  const { metadata, cloud, resources, finding_info: info } = one.finding;
  const accountId = cloud?.account?.uid ?? resources[0]?.owner?.account?.uid ?? info.uid.split(":")[4] ?? "";
  const isInspectors = IS_INSPECTOR.test(metadata.product.uid ?? "") || IS_NAMED.test(metadata.product.name ?? "");
  return { isInspectors, accountId, region: cloud?.region ?? resources[0]?.region ?? regionOf(info.uid) };
}

const IS_INSPECTOR = /(product\/aws\/|^)inspector2?$/i;
const IS_NAMED = /^(amazon )?inspector2?$/i;
const regionOf = (arn: string): string => arn.split(":")[3] ?? "";

function refused(code: "invalid-input" | "too-large", field: string, message: string): AppError {
  return new AppError(code, `${field}: ${message}.`, { faults: [{ field, message }] });
}
