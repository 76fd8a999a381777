import { z } from "zod";
import { AppError } from "./errors.ts";
import { type Cut, type CutPlan, cutJson, toJsonPath } from "./json-cutter.ts";
import {
  sarifArtifactSchema,
  sarifBaseIdsSchema,
  sarifInvocationSchema,
  sarifMessageStringsSchema,
  sarifResultSchema,
  sarifRuleSchema,
  sarifStepSchema,
  sarifTaxonomySchema,
} from "./sarif-log.ts";

const MOST_RESULTS = 1_000_000;
/** What is not a result is held while the results are read. */
const MOST_HELD_BYTES = 64 * 1024 ** 2;

const elsewhereSchema = z.null({ message: "A part that lies in another file cannot be read: write it into this one" });
const nameSchema = z.string().trim().min(1).max(200);
const idSchema = z.string().nullable();

/** What is taken of a log, by its route, and what it must be. */
const PARTS = {
  ".version": z.literal("2.1.0", { message: "Only version 2.1.0 can be read" }),
  ".inlineExternalProperties": elsewhereSchema,
  ".runs[].externalPropertyFileReferences": elsewhereSchema,
  ".runs[].tool.driver.name": nameSchema,
  ".runs[].tool.driver.guid": idSchema,
  ".runs[].tool.driver.rules[]": sarifRuleSchema,
  ".runs[].tool.driver.globalMessageStrings": sarifMessageStringsSchema.nullable(),
  ".runs[].tool.extensions[].name": nameSchema,
  ".runs[].tool.extensions[].guid": idSchema,
  ".runs[].tool.extensions[].rules[]": sarifRuleSchema,
  ".runs[].taxonomies[]": sarifTaxonomySchema,
  ".runs[].artifacts[]": sarifArtifactSchema,
  ".runs[].originalUriBaseIds": sarifBaseIdsSchema.nullable(),
  ".runs[].threadFlowLocations[]": sarifStepSchema,
  ".runs[].invocations[]": sarifInvocationSchema,
  ".runs[].automationDetails.id": idSchema,
  ".runs[].results[]": sarifResultSchema,
} as const;
type Route = keyof typeof PARTS;

/** Without these nobody knows what was examined, or whether nothing was found. */
const NEEDED = ["", ".runs", ".runs[]", ".runs[].tool", ".runs[].tool.driver", ".runs[].results"];

/** The lists and objects on the way to the parts. */
const ENTERED = new Map(
  Object.keys(PARTS).flatMap((route) =>
    [...route.matchAll(/\[\]|\./g)].map(({ 0: sign, index }) => [
      route.slice(0, index),
      sign === "." ? ("object" as const) : ("list" as const),
    ]),
  ),
);

const RESULTS = ".runs[].results[]";
const isPart = (route: string): route is Route => route in PARTS;
const plan: CutPlan = (route) => {
  if (isPart(route)) return "take";
  return ENTERED.has(route) ? "enter" : "pass";
};

/** A part of a log, and the same with all that we do not read. */
export type SarifPart = {
  [R in Route]: { route: R; places: number[]; path: string; value: z.infer<(typeof PARTS)[R]>; raw: unknown };
}[Route];

/**
 * The parts of a SARIF 2.1.0 log that we read, in the log's own order, each judged when it comes. A log that is damaged,
 * says nothing about its results, or is no such log throws AppError invalid-input, its field the JSON path of the fault.
 */
export function readSarif(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<SarifPart> {
  return read(chunks, isPart);
}

/** The same without the results, which are not judged either: what they refer to. */
export function readSarifContext(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<SarifPart> {
  return read(chunks, (route) => isPart(route) && route !== RESULTS);
}

async function* read(
  chunks: AsyncIterable<Uint8Array>,
  isWanted: (route: string) => route is Route,
): AsyncGenerator<SarifPart> {
  const seen = { routes: new Set<string>(), results: 0, heldBytes: 0 };
  for await (const cut of cutJson(chunks, plan)) {
    note(seen, cut);
    if (isWanted(cut.route)) yield toPart(cut, cut.route);
    else if (!isPart(cut.route)) requireShape(cut);
  }
  requireNeeded(seen.routes);
}

/** Reads a log to its end. Returns how many results it has; throws as `readSarif` does. */
export async function countSarifResults(chunks: AsyncIterable<Uint8Array>): Promise<number> {
  let results = 0;
  for await (const { route } of readSarif(chunks)) if (route === RESULTS) results += 1;
  return results;
}

function toPart(cut: Cut, route: Route): SarifPart {
  const { data, error } = PARTS[route].safeParse(cut.value);
  const [issue] = error?.issues ?? [];
  if (issue) throw toSarifFault(cut.path + toJsonPath(issue.path).slice(1), issue.message);
  // The route says which schema the value went through.
  return { route, places: cut.places, path: cut.path, value: data, raw: cut.value } as SarifPart;
}

function note(seen: { routes: Set<string>; results: number; heldBytes: number }, cut: Cut): void {
  const [run] = cut.places;
  if (cut.kind !== "value" || cut.value !== null) seen.routes.add(run === undefined ? cut.route : `${run}${cut.route}`);
  if (cut.route === RESULTS) seen.results += 1;
  else seen.heldBytes += cut.sizeBytes;
  if (seen.results > MOST_RESULTS) throw tooMuch(cut.path, "More than 1,000,000 results are too many for one file");
  if (seen.heldBytes > MOST_HELD_BYTES) throw tooMuch(cut.path, "Beside its results, the file has more than 64 MB");
}

function requireShape({ kind, route, path, value }: Cut): void {
  const shape = ENTERED.get(route);
  if (kind === shape || (value === null && !NEEDED.includes(route))) return;
  throw toSarifFault(path, shape === "list" ? "This must be a list" : "This must be an object");
}

function requireNeeded(seen: Set<string>): void {
  const need = (isThere: boolean, path: string, message: string) => {
    if (!isThere) throw toSarifFault(path, message);
  };
  need(seen.has(".version"), "$.version", "The version is missing: only SARIF 2.1.0 can be read");
  need(seen.has(".runs"), "$.runs", "The list of runs is missing");
  need(seen.has("0.runs[]"), "$.runs", "A file without a run says nothing about what was examined");
  for (let run = 0; seen.has(`${run}.runs[]`); run += 1) {
    need(seen.has(`${run}.runs[].tool.driver.name`), `$.runs[${run}].tool.driver.name`, "The tool's name is missing");
    need(
      seen.has(`${run}.runs[].results`),
      `$.runs[${run}].results`,
      "The list of results is missing. An empty one would say that nothing was found; none says nothing",
    );
  }
}

function toSarifFault(field: string, message: string): AppError {
  return new AppError("invalid-input", `${field}: ${message}.`, { faults: [{ field, message }] });
}

function tooMuch(field: string, message: string): AppError {
  return new AppError("too-large", `${field}: ${message}.`, { faults: [{ field, message }] });
}
