import type { Expression } from "../ir/nodes.ts";
import { variablesOf, writeVariable } from "./frame.ts";
import type { Run } from "./run.ts";
import { deepTaints, type Frame, isCleaned, type Taint, type TaintStep, UNKNOWN, type Value } from "./value.ts";

type Operation = Extract<Expression, { kind: "operation" }>;

const HOSTS = new Set(["netloc", "hostname", "host"]);
/** What an address without a host cannot do: it stays on the same site. */
const BY_HOST = ["open-redirect", "server-side-request-forgery"];
const EQUALS = new Set(["==", "==="]);
const BEGINNINGS = new Set(["startswith", "startsWith"]);
/** A host that is written out to its end; without the slash it could go on. */
const WHOLE_HOST = /^https?:\/\/[^/?#]+[/?#]/iu;

/**
 * Takes into account what a condition says of an input by a part of it, or by something made of it: its host, the
 * folders above it, its own last part.
 */
export function refineInputs(run: Run, test: Expression, truth: boolean, frame: Frame): void {
  if (test.kind === "member" && !truth && HOSTS.has(test.property)) vouchForInputs(run, test, BY_HOST, frame);
  if (test.kind === "call" && truth) refineCall(run, test, frame);
  if (test.kind === "operation") refineOperation(run, test, truth, frame);
}

/** Calls that vouch for all that holds an input, and `url.startswith("https://api.example/")`. */
function refineCall(run: Run, test: Extract<Expression, { kind: "call" }>, frame: Frame): void {
  const { path } = run.evaluate(run, test.callee, frame);
  for (const guard of path === null ? [] : run.rules.about(path).guards)
    if (guard.of === "input") for (const { value } of test.arguments) vouchForInputs(run, value, guard.classes, frame);
  const [first] = test.arguments;
  if (test.callee.kind !== "member" || first === undefined || !BEGINNINGS.has(test.callee.property)) return;
  const { constant } = run.evaluate(run, first.value, frame);
  if (typeof constant === "string" && WHOLE_HOST.test(constant))
    vouchForInputs(run, test.callee.object, BY_HOST, frame);
}

function refineOperation(run: Run, { operator, operands: [left, right] }: Operation, truth: boolean, frame: Frame) {
  if (left === undefined || right === undefined) return;
  const isEqual = EQUALS.has(operator) ? truth : (operator === "!=" || operator === "!==") && !truth;
  const isIn = operator === "in" ? truth : operator === "not in" && !truth;
  if (isEqual) refineEquality(run, left, right, frame);
  if (isIn) refineMembership(run, left, right, frame);
}

/** `urlparse(url).netloc == ""`, and `name == os.path.basename(name)`: equal to what does no harm. */
function refineEquality(run: Run, left: Expression, right: Expression, frame: Frame): void {
  for (const [place, other] of [
    [left, right],
    [right, left],
  ] as const) {
    const value = run.evaluate(run, other, frame);
    if (value.constant === "" && place.kind === "member" && HOSTS.has(place.property))
      vouchForInputs(run, place, BY_HOST, frame);
    const [first, ...others] = value.taints;
    const harmlessFor = [...(first?.cleanedFor ?? [])].filter((name) =>
      others.every((taint) => isCleaned(taint, name)),
    );
    if (harmlessFor.length > 0) vouchForInputs(run, place, harmlessFor, frame);
  }
}

/** `BASE in path.parents`, and `ext in ALLOWED` where that was cut out of a file's name. */
function refineMembership(run: Run, item: Expression, list: Expression, frame: Frame): void {
  if (list.kind === "member" && list.property === "parents") {
    vouchForInputs(run, list.object, ["path-traversal", "archive-path-traversal"], frame);
    return;
  }
  const allowed = run.evaluate(run, list, frame);
  if (allowed.constant === undefined && deepTaints(allowed).length === 0)
    vouchForInputs(run, item, ["unrestricted-file-upload"], frame);
}

/** Makes harmless, for those classes, whatever holds the same inputs as this place. */
function vouchForInputs(run: Run, place: Expression, classes: readonly string[], frame: Frame): void {
  const { taints } = run.evaluate(run, place, frame);
  const origins = new Set(taints.map(({ origin }) => origin));
  if (origins.size === 0) return;
  const seen = new Set<string>();
  for (const [name, value] of [...variablesOf(frame)]) {
    if (seen.has(name)) continue;
    seen.add(name);
    if (value.taints.some(({ origin }) => origins.has(origin)))
      writeVariable(frame, name, { ...value, taints: value.taints.map((taint) => checked(taint, origins, classes)) });
  }
  // What was read once may be read again, as `upload.filename` is.
  for (const taint of taints) {
    const key = sourceKey(run, taint);
    if (key !== null && !seen.has(key))
      writeVariable(frame, key, { ...UNKNOWN, taints: [checked(taint, origins, classes)] } satisfies Value);
  }
}

function checked(taint: Taint, origins: ReadonlySet<string>, classes: readonly string[]): Taint {
  return origins.has(taint.origin) ? { ...taint, cleanedFor: new Set([...taint.cleanedFor, ...classes]) } : taint;
}

/** The key under which a frame keeps what it learned of the place where the input came in. */
function sourceKey(run: Run, { step }: Taint): string | null {
  let first: TaintStep = step;
  while (first.previous !== null) first = first.previous;
  const { path, start, end } = first.place;
  const text = run.sources.get(path)?.slice(start, Math.min(end, start + 200)) ?? "";
  return text.includes(".") ? `@${text}` : null;
}
