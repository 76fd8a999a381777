import { isUtf8 } from "node:buffer";
import { AppError } from "./errors.ts";
import { DEEPEST, isSpace, type Scan, SIGN, scanOn } from "./json-scan.ts";

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

type Reading = {
  readonly plan: CutPlan;
  readonly frames: Frame[];
  expected: "value" | "value or end" | "name or end" | "name" | "colon" | "comma or end" | "nothing";
  /** What is there and not used up begins at `at`; `bytes` is the start of `room`. */
  bytes: Buffer;
  room: Buffer;
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
  const start = { bytes, room: bytes, at: 0, passedBytes: 0, scan: null };
  const reading: Reading = { plan, frames: [], expected: "value", ...start };
  for await (const chunk of chunks) {
    append(reading, chunk);
    yield* read(reading, false);
  }
  yield* read(reading, true);
  const isWhole = reading.at === reading.bytes.length && reading.expected === "nothing";
  if (!isWhole) throw toFault(reading, "The text ends before it is whole");
}

/** A value that goes on for many chunks lies at the start of a room that doubles: it is copied a few times in all. */
function append(reading: Reading, chunk: Uint8Array): void {
  const { at, scan } = reading;
  const left = reading.bytes.subarray(at);
  const length = left.length + chunk.length;
  if (left.length === 0) reading.room = Buffer.from(chunk);
  else {
    if (at > 0 || reading.room.length < length) {
      reading.room = Buffer.allocUnsafe(2 * length);
      reading.room.set(left);
    }
    reading.room.set(chunk, left.length);
  }
  reading.bytes = reading.room.subarray(0, length);
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
    if (isValue && decision !== "take" && isBracket(byte))
      yield* open(reading, byte === SIGN.LIST, decision === "pass");
    else if (!isValue && !isNameExpected(reading, byte)) readPunctuation(reading, byte);
    else if (!hasEnd(reading, isLast)) return;
    else if (isValue) yield* take(reading, decision !== "pass");
    else readName(reading);
  }
}

const isBracket = (byte: number): boolean => byte === SIGN.OBJECT || byte === SIGN.LIST;

function isValueExpected({ expected }: Reading, byte: number): boolean {
  return expected === "value" || (expected === "value or end" && byte !== SIGN.LIST_END);
}

function isNameExpected({ expected }: Reading, byte: number): boolean {
  return (expected === "name" || expected === "name or end") && byte === SIGN.QUOTE;
}

function skipSpace(reading: Reading): boolean {
  const { bytes } = reading;
  while (reading.at < bytes.length && isSpace(bytes[reading.at])) reading.at += 1;
  return reading.at < bytes.length;
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
  if (expected === "colon" && byte === SIGN.COLON) {
    reading.expected = "value";
  } else if (expected === "comma or end" && byte === SIGN.COMMA && frame) {
    frame.place += 1;
    reading.expected = frame.isList ? "value" : "name";
  } else if (mayEnd && byte === (frame?.isList ? SIGN.LIST_END : SIGN.OBJECT_END)) {
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
