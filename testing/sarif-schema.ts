import { readFileSync } from "node:fs";
import { z } from "zod";

const path = new URL("oasis/sarif-schema-2.1.0.json", import.meta.url);
/** A part of the schema that says nothing but which members must be there: "one of these, or one of those". */
const requirementSchema = z.strictObject({ required: z.array(z.string()) });
/** The characters that RFC 3986 allows. */
const uriReference = "^([A-Za-z0-9._~:/?#@!$&'()*+,;=\\[\\]-]|%[0-9A-Fa-f]{2})*$";

/**
 * Says in other words what zod would read otherwise: it asks for members only where a schema says that it is about
 * an object, and takes relative addresses for wrong ones.
 */
function inWordsOfZod(_key: string, value: unknown): unknown {
  const { data } = requirementSchema.safeParse(value);
  if (data) return { ...data, type: "object", properties: Object.fromEntries(data.required.map((name) => [name, {}])) };
  if (typeof value !== "object" || value === null || !("format" in value) || value.format !== "uri-reference")
    return value;
  return { type: "string", pattern: uriReference };
}

const sarifSchema = z.fromJSONSchema(JSON.parse(readFileSync(path, "utf8"), inWordsOfZod));

/** What the official SARIF 2.1.0 schema has against a log, a line each (`runs.0.tool: …`). Empty: the log is valid. */
export function sarifFaults(log: unknown): string[] {
  const { error } = sarifSchema.safeParse(log);
  return (error?.issues ?? []).flatMap(toLines);
}

/** The faults of all alternatives: a schema that allows several forms says only that none fits. */
function toLines(issue: z.core.$ZodIssue): string[] {
  const within = issue.path.join(".");
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return [`${within}: ${issue.message}`];
  return issue.errors.flat().flatMap((inner) => toLines({ ...inner, path: [...issue.path, ...inner.path] }));
}
