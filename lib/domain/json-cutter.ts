import { isUtf8 } from "node:buffer";
import { AppError } from "./errors.ts";

/**
 * What to do with the value at a route (`.runs[].results[]`): `take` it whole, `enter` it to be told of it and then to
 * decide about what is in it, or `pass` over it, which reads it all the same, since half a file must not look like a
 * whole one.
 */
export type CutPlan = (route: string) => "take" | "enter" | "pass";

/**
 * A value that was taken, or one that is entered: a list or an object whose content follows, or anything else, whole.
 * `places` are the positions in the lists on its way; `path` is as in `$.runs[0].results[17]`.
 */
export type Cut = { kind: "value" | "list" | "object"; route: string; places: number[]; path: string } & {
  value: unknown;
  sizeBytes: number;
};

/** More than this in one value is no text of a report any more. */
const LONGEST_VALUE_BYTES = 16 * 1024 ** 2;
const DEEPEST = 128;

const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [LIST, LIST_END, OBJECT, OBJECT_END] = [0x5b, 0x5d, 0x7b, 0x7d];

/** An object or a list that is open. */
type Frame = {
  isList: boolean;
  route: string;
  isPassed: boolean;
  /** The name or the position of the value that comes, or came last. */
  name: string;
  place: number;
  names: Set<string>;
};

/** Where the end of a value is looked for: how many brackets are open there, and whether a text is. */
type Scan = { from: number; depth: number; isText: boolean };

type Reading = {
  readonly plan: CutPlan;
  readonly frames: Frame[];
  expected: "value" | "value or end" | "name or end" | "name" | "colon" | "comma or end" | "nothing";
  bytes: Buffer;
  at: number;
  /** How many bytes lie before `bytes`. */
  passedBytes: number;
  scan: Scan | null;
};

/**
 * Cuts values out of a JSON text of any length while it comes in, in memory that the longest of them bounds. The text is
 * judged as JSON.parse would; beyond that, a name that stands twice in an object on the way is refused. Throws AppError
 * invalid-input, its field the path of the fault.
 */
export async function* cutJson(chunks: AsyncIterable<Uint8Array>, plan: CutPlan): AsyncGenerator<Cut> {
  const bytes = Buffer.alloc(0);
  const reading: Reading = { plan, frames: [], expected: "value", bytes, at: 0, passedBytes: 0, scan: null };
  for await (const chunk of chunks) {
    append(reading, chunk);
    yield* read(reading, false);
  }
  yield* read(reading, true);
  const isWhole = reading.at === reading.bytes.length && reading.expected === "nothing";
  if (!isWhole) throw toFault(reading, "The text ends before it is whole");
}

function append(reading: Reading, chunk: Uint8Array): void {
  const { bytes, at, scan } = reading;
  reading.bytes = at < bytes.length ? Buffer.concat([bytes.subarray(at), chunk]) : Buffer.from(chunk);
  if (scan) scan.from -= at;
  reading.passedBytes += at;
  reading.at = 0;
}

/** Goes on until what is there is used up, or holds only the beginning of a value or a name. */
function* read(reading: Reading, isLast: boolean): Generator<Cut> {
  while (skipSpace(reading)) {
    const byte = reading.bytes[reading.at] ?? 0;
    const isValue = isValueExpected(reading, byte);
    const decision = isValue ? decide(reading) : null;
    if (isValue && decision !== "take" && isBracket(byte)) yield* open(reading, byte === LIST, decision === "pass");
    else if (!isValue && !isNameExpected(reading, byte)) readPunctuation(reading, byte);
    else if (!hasEnd(reading, isLast)) return;
    else if (isValue) yield* take(reading, decision !== "pass");
    else readName(reading);
  }
}

const isBracket = (byte: number): boolean => byte === OBJECT || byte === LIST;

function isValueExpected({ expected }: Reading, byte: number): boolean {
  return expected === "value" || (expected === "value or end" && byte !== LIST_END);
}

function isNameExpected({ expected }: Reading, byte: number): boolean {
  return (expected === "name" || expected === "name or end") && byte === QUOTE;
}

function skipSpace(reading: Reading): boolean {
  const { bytes } = reading;
  while (reading.at < bytes.length && isSpace(bytes[reading.at])) reading.at += 1;
  return reading.at < bytes.length;
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function decide({ frames, plan }: Reading): ReturnType<CutPlan> {
  const frame = frames.at(-1);
  return frame?.isPassed ? "pass" : plan(routeOf(frame));
}

function* open(reading: Reading, isList: boolean, isPassed: boolean): Generator<Cut> {
  const { frames } = reading;
  if (frames.length === DEEPEST) throw toFault(reading, "It is nested too deeply");
  if (!isPassed) yield toCut(frames, { kind: isList ? "list" : "object", value: undefined, sizeBytes: 0 });
  frames.push({ isList, route: routeOf(frames.at(-1)), isPassed, name: "", place: 0, names: new Set() });
  reading.expected = isList ? "value or end" : "name or end";
  reading.at += 1;
}

/** Whether the value's end is there; the scan has come to it then. */
function hasEnd(reading: Reading, isLast: boolean): boolean {
  reading.scan ??= { from: reading.at, depth: 0, isText: false };
  const { bytes, scan } = reading;
  const isEnd = scanOn(bytes, scan) || (isLast && scan.depth === 0 && !scan.isText);
  if (scan.depth > DEEPEST) throw toFault(reading, "It is nested too deeply");
  if (scan.from - reading.at > LONGEST_VALUE_BYTES) throw toFault(reading, "A single value is longer than 16 MB");
  return isEnd;
}

/** By byte: how much deeper it leads. */
const STEPS = new Int8Array(256);
for (const byte of [OBJECT, LIST]) STEPS[byte] = 1;
for (const byte of [OBJECT_END, LIST_END]) STEPS[byte] = -1;

/** Goes on to the end of the value in which the scan began. False: it lies beyond what there is, or too deep. */
function scanOn(bytes: Buffer, scan: Scan): boolean {
  while (scan.from < bytes.length && scan.depth <= DEEPEST) {
    if (scan.isText) {
      if (!leaveText(bytes, scan)) return false;
      if (scan.depth === 0) return true;
    } else if (isEndOutsideText(bytes[scan.from] ?? 0, scan)) return true;
  }
  return false;
}

/** Goes on behind the text's closing quote, where it is there. An escaped character may lie in the next chunk. */
function leaveText(bytes: Buffer, scan: Scan): boolean {
  let { from } = scan;
  while (from < bytes.length && bytes[from] !== QUOTE) from += bytes[from] === BACKSLASH ? 2 : 1;
  scan.isText = from >= bytes.length;
  scan.from = scan.isText ? from : from + 1;
  return !scan.isText;
}

/** Steps over one byte, but not over the one that ends a number or a word. */
function isEndOutsideText(byte: number, scan: Scan): boolean {
  if (scan.depth === 0 && isDelimiter(byte)) return true;
  scan.from += 1;
  scan.isText = byte === QUOTE;
  scan.depth += STEPS[byte] ?? 0;
  return scan.depth === 0 && STEPS[byte] === -1;
}

/** What ends a number or a word. */
function isDelimiter(byte: number | undefined): boolean {
  return byte === COMMA || byte === LIST_END || byte === OBJECT_END || isSpace(byte);
}

function parseValue(reading: Reading): unknown {
  const { bytes, at, scan } = reading;
  const text = bytes.subarray(at, scan?.from);
  if (!isUtf8(text)) throw toFault(reading, "The text is not UTF-8");
  try {
    return JSON.parse(text.toString("utf8"));
  } catch {
    throw toFault(reading, "This is not JSON");
  }
}

function leaveValue(reading: Reading): void {
  reading.at = reading.scan?.from ?? reading.at;
  reading.scan = null;
}

function* take(reading: Reading, isTold: boolean): Generator<Cut> {
  const { frames, scan, at } = reading;
  const value = parseValue(reading);
  if (isTold) yield toCut(frames, { kind: "value", value, sizeBytes: (scan?.from ?? at) - at });
  leaveValue(reading);
  reading.expected = frames.length > 0 ? "comma or end" : "nothing";
}

function toCut(frames: Frame[], content: Pick<Cut, "kind" | "value" | "sizeBytes">): Cut {
  const places = frames.filter(({ isList }) => isList).map(({ place }) => place);
  return { ...content, route: routeOf(frames.at(-1)), places, path: pathOf(frames) };
}

function readName(reading: Reading): void {
  const name = String(parseValue(reading));
  const frame = reading.frames.at(-1);
  if (frame) frame.name = name;
  if (frame && !frame.isPassed) {
    if (frame.names.has(name)) throw toFault(reading, "This name stands twice in its object");
    frame.names.add(name);
  }
  leaveValue(reading);
  reading.expected = "colon";
}

function readPunctuation(reading: Reading, byte: number): void {
  const { frames, expected } = reading;
  const frame = frames.at(-1);
  const mayEnd = expected === "value or end" || expected === "name or end" || expected === "comma or end";
  if (expected === "colon" && byte === COLON) {
    reading.expected = "value";
  } else if (expected === "comma or end" && byte === COMMA && frame) {
    frame.place += 1;
    reading.expected = frame.isList ? "value" : "name";
  } else if (mayEnd && byte === (frame?.isList ? LIST_END : OBJECT_END)) {
    frames.pop();
    reading.expected = frames.length > 0 ? "comma or end" : "nothing";
  } else throw toFault(reading, "This is not JSON");
  reading.at += 1;
}

function toFault({ frames, passedBytes, at }: Reading, message: string): AppError {
  const field = pathOf(frames);
  const text = `${field}: ${message} (near byte ${(passedBytes + at).toLocaleString("en")}).`;
  return new AppError("invalid-input", text, { faults: [{ field, message }] });
}

function routeOf(frame: Frame | undefined): string {
  if (frame === undefined) return "";
  return frame.isList ? `${frame.route}[]` : `${frame.route}.${frame.name}`;
}

function pathOf(frames: Frame[]): string {
  return toJsonPath(frames.map(({ isList, place, name }) => (isList ? place : name)));
}

const LONGEST_PATH = 300;

/** `$.runs[0].results[17].ruleId`. */
export function toJsonPath(steps: PropertyKey[]): string {
  return `$${steps.map(toStep).join("")}`.slice(0, LONGEST_PATH);
}

function toStep(step: PropertyKey): string {
  if (typeof step === "number") return `[${step}]`;
  const name = String(step);
  if (name === "") return "";
  return /^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}
