import type { Expression } from "../ir/nodes.ts";
import { readVariable, variablesOf, writeVariable } from "./frame.ts";
import type { Run } from "./run.ts";
import { cleaned, EVERY_CLASS, type Frame, isCleaned } from "./value.ts";

/** Classes where checking a part of the input, such as its host, vouches for the whole. */
const CHECKED_BY_PART = ["server-side-request-forgery", "path-traversal", "archive-path-traversal", "open-redirect"];
/** Methods that answer with a part of what they are called on; a file's whole path is as good as the file. */
const PART = /^get(?!Canonical|Absolute)[A-Z]/u;
/** Parts that do not decide where the whole leads to. */
const LABEL = /^get(?:Name|Value|Type|Id|Key|Method|ContentType|Size)$/u;

/** The key under which what we learned of a place such as `req.query.file` is kept; no variable is called so. */
export function placeKey(run: Run, place: Expression): string {
  const source = run.sources.get(place.path) ?? "";
  return `@${source.slice(place.start, Math.min(place.end, place.start + 200))}`;
}

/** Makes a place harmless for those classes, and where a part is enough whatever holds the same input. */
export function vouchWhole(run: Run, place: Expression, classes: readonly string[], frame: Frame): void {
  const origins = new Set(run.evaluate(run, place, frame).taints.map(({ origin }) => origin));
  vouch(run, place, classes, frame);
  const isPart = classes.some((name) => CHECKED_BY_PART.includes(name) || name === EVERY_CLASS);
  if (isPart) vouchByPart(run, place, frame);
  run.withdraw(origins, classes);
}

/** Makes one place harmless for those classes. */
export function vouch(run: Run, place: Expression, classes: readonly string[], frame: Frame): void {
  if (place.kind === "name") {
    const value = readVariable(frame, place.name);
    if (value !== undefined) writeVariable(frame, place.name, cleaned(value, classes));
    return;
  }
  if (place.kind === "call" && place.callee.kind === "member") {
    // What a text's length is says nothing of the text, and a cookie's name nothing of its value.
    const isPlain = run.evaluate(run, place, frame).taints.every((taint) => isCleaned(taint, EVERY_CLASS));
    if (!isPlain && !PART.test(place.callee.property)) vouch(run, place.callee.object, classes, frame);
  }
  if (place.kind !== "member" && place.kind !== "index") return;
  writeVariable(frame, placeKey(run, place), cleaned(run.evaluate(run, place, frame), classes));
}

/** Makes harmless whatever holds the same input as this place, where checking a part is enough. */
export function vouchByPart(run: Run, place: Expression, frame: Frame): void {
  if (place.kind === "call" && place.callee.kind === "member" && LABEL.test(place.callee.property)) return;
  const origins = new Set(run.evaluate(run, place, frame).taints.map((taint) => taint.origin));
  if (origins.size === 0) return;
  for (const [name, value] of [...variablesOf(frame)]) {
    const current = readVariable(frame, name);
    if (current === value && value.taints.some((taint) => origins.has(taint.origin))) {
      writeVariable(frame, name, cleaned(value, CHECKED_BY_PART));
    }
  }
}
