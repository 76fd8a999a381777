/** What a template can name, with what a test sends in its place. */
export const HAND_OVER_EXAMPLE = {
  title: "CVE-2026-0001 - openssl",
  severity: "high",
  status: "active",
  summary: "# A test from Sightline\n\nIf you can read this, hand-overs arrive.",
  note: "",
  by: "somebody",
  cve: "CVE-2026-0001" as string | null,
  detector: null as string | null,
  accountId: "123456789012",
  accountName: "payments-prod" as string | null,
  region: "eu-west-1",
  resourceType: "AWS_ECR_CONTAINER_IMAGE",
  resourceId: "arn:aws:ecr:eu-west-1:123456789012:repository/api/sha256:0",
  resourceName: "api",
  location: null as string | null,
  packageName: "openssl" as string | null,
  packageVersion: "3.0.1" as string | null,
  fixedIn: "3.0.2" as string | null,
  command: "apt-get install --only-upgrade openssl" as string | null,
  score: 8.1 as number | null,
  epss: 0.04 as number | null,
  knownExploited: false,
  findings: 12,
  resources: 3,
  firstObservedAt: "2026-01-01T00:00:00.000Z",
  dueAt: null as string | null,
  assignee: null as string | null,
  findingId: "01900000-0000-7000-8000-000000000001",
  issueId: "01900000-0000-7000-8000-000000000002",
  link: "https://sightline.example.com/findings/01900000-0000-7000-8000-000000000001",
};
export type HandOverFields = typeof HAND_OVER_EXAMPLE;
export const HAND_OVER_FIELD_NAMES = Object.keys(HAND_OVER_EXAMPLE) as (keyof HandOverFields)[]; // Object.keys forgets them

/** Everything under its own name. */
export const DEFAULT_TEMPLATE = JSON.stringify(
  Object.fromEntries(HAND_OVER_FIELD_NAMES.map((name) => [name, `{{${name}}}`])),
  null,
  2,
);

type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

const PLACE = /\{\{\s*([^{}]*?)\s*\}\}/g;
const WHOLE = /^\{\{\s*([^{}]*?)\s*\}\}$/;
const DEEPEST = 16;

/** What is wrong with a template, in words; null where it can be used. */
export function checkTemplate(text: string): string | null {
  const template = toJson(text);
  if (template === undefined) return "This is no JSON";
  if (typeof template !== "object" || template === null || Array.isArray(template)) return "Write a JSON object";
  if (isDeeperThan(template, DEEPEST)) return `It is nested more than ${DEEPEST} deep`;
  const unknown = [...text.matchAll(PLACE)].map(([, name = ""]) => name).find((name) => !isField(name));
  return unknown === undefined ? null : `There is no field “${unknown.slice(0, 40)}”`;
}

/**
 * The body of a hand-over as JSON. A text that is one field alone takes the field's own type, so that a number stays a
 * number. What a field says is never read as JSON or as a field.
 */
export function fillTemplate(text: string, fields: HandOverFields): string {
  return JSON.stringify(fill(toJson(text) ?? null, fields));
}

function fill(value: Json, fields: HandOverFields): Json {
  if (typeof value === "string") return fillText(value, fields);
  if (Array.isArray(value)) return value.map((one) => fill(one, fields));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, fill(one, fields)]));
}

function fillText(text: string, fields: HandOverFields): Json {
  const [, whole = ""] = WHOLE.exec(text) ?? [];
  if (isField(whole)) return fields[whole];
  return text.replace(PLACE, (_, name: string) => (isField(name) ? String(fields[name] ?? "") : ""));
}

const isField = (name: string): name is keyof HandOverFields => HAND_OVER_FIELD_NAMES.some((field) => field === name);

function isDeeperThan(value: Json, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((one) => isDeeperThan(one, levels - 1));
}

function toJson(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
