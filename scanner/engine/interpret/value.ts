import type { ClassNode, Constant, FunctionNode, Place } from "../ir/nodes.ts";

/** One stop of a taint, linked to the one before. */
export type TaintStep = { place: Place; previous: TaintStep | null; length: number };

/** Stands for every vulnerability class in `cleanedFor`. */
export const EVERY_CLASS = "*";

/** What makes a value dangerous: where it came from, and for which classes it has been made harmless. */
export type Taint = {
  kind: string;
  /** Where the source stands: two values with the same origin hold the same input. */
  origin: string;
  step: TaintStep;
  cleanedFor: ReadonlySet<string>;
  /** Whether the value begins with the input, so that whoever sent it chooses the host or the scheme. */
  atStart: boolean;
};

/** What changed since the last fork; `base` is what it was then. */
export type Layer = { variables: Map<string, Value>; base: Layer | null };

/** A loop or switch that is being run; `branches` are those that jumped to its end. */
export type Landing = { base: Layer; isLoop: boolean; branches: Branch[] };

/** The variables of one running function or module. `parent` is where it was defined. */
export type Frame = { top: Layer; parent: Frame | null; landings: Landing[] };

/** What one branch changed, kept apart until branches meet again. */
export type Branch = { layer: Layer; isEnded: boolean };

export type Callable = { function: FunctionNode; frame: Frame; self: Value | null };

/** A class of the file; its fields are those of all its instances together. `parent` only if that is in the file too. */
export type ClassOfFile = { node: ClassNode; frame: Frame; fields: Map<string, Value>; parent: ClassOfFile | null };

/** What we know of a value without running the code. */
export type Value = {
  /** Undefined when not known. */
  constant: Constant | undefined;
  /** The text it surely begins with. */
  prefix: string;
  /** The text it surely ends with. */
  ending: string;
  taints: readonly Taint[];
  /** How it came about, from an import or a free name: `sqlite3.connect().cursor`. */
  path: string | null;
  /** Items and fields; `*` holds those whose key is not known. */
  elements: ReadonlyMap<string, Value> | null;
  callable: Callable | null;
  instance: ClassOfFile | null;
  /** Set on a class itself, not on its instances. */
  constructs: ClassOfFile | null;
  /** A regular expression's pattern. */
  pattern: string | null;
};

export const UNKNOWN: Value = {
  constant: undefined,
  prefix: "",
  ending: "",
  taints: [],
  path: null,
  elements: null,
  callable: null,
  instance: null,
  constructs: null,
  pattern: null,
};

export const ANY_KEY = "*";
const MAX_STEPS = 40;
const MAX_ELEMENTS = 500;
const NOTHING_CLEANED: ReadonlySet<string> = new Set();

export function constantValue(constant: Constant): Value {
  const text = typeof constant === "string" ? constant : "";
  return { ...UNKNOWN, constant, prefix: text, ending: text };
}

export function pathValue(path: string | null): Value {
  return { ...UNKNOWN, path };
}

export function originOf(place: Place): string {
  return `${place.path}:${place.start}`;
}

export function taintedValue(kind: string, place: Place, path: string | null): Value {
  const step = { place, previous: null, length: 1 };
  const taint = { kind, origin: originOf(place), step, cleanedFor: NOTHING_CLEANED, atStart: true };
  return { ...UNKNOWN, path, taints: [taint] };
}

/** What holds of the value whichever of the two it is. For taints: of what it may be. */
export function joinValues(left: Value, right: Value): Value {
  if (left === right) return left;
  return {
    constant: left.constant === right.constant ? left.constant : undefined,
    prefix: left.prefix === right.prefix ? left.prefix : "",
    ending: left.ending === right.ending ? left.ending : "",
    taints: joinTaints(left.taints, right.taints),
    path: left.path ?? right.path,
    elements: joinElements(left.elements, right.elements),
    callable: left.callable ?? right.callable,
    instance: left.instance ?? right.instance,
    constructs: left.constructs ?? right.constructs,
    pattern: left.pattern ?? right.pattern,
  };
}

export function joinAll(values: readonly Value[]): Value {
  return values.length === 0 ? UNKNOWN : values.reduce(joinValues);
}

/** One taint for each kind; of two, what either leaves dangerous stays dangerous. */
export function joinTaints(left: readonly Taint[], right: readonly Taint[]): readonly Taint[] {
  if (left === right || right.length === 0) return left;
  if (left.length === 0) return right;
  const joined = [...left];
  for (const taint of right) {
    const position = joined.findIndex((known) => known.kind === taint.kind);
    const known = joined[position];
    if (known === undefined) joined.push(taint);
    else joined[position] = joinTaint(known, taint);
  }
  return joined;
}

function joinTaint(left: Taint, right: Taint): Taint {
  if (left.cleanedFor === right.cleanedFor) return left.atStart ? left : { ...left, atStart: right.atStart };
  // The less clean one tells the more useful story.
  const base = left.cleanedFor.size <= right.cleanedFor.size ? left : right;
  const [small, large] = base === left ? [left, right] : [right, left];
  const both = [...small.cleanedFor].filter((name) => isCleaned(large, name));
  const others = small.cleanedFor.has(EVERY_CLASS) ? [...large.cleanedFor] : both;
  return { ...base, cleanedFor: new Set(others), atStart: left.atStart || right.atStart };
}

export function isCleaned(taint: Taint, vulnerabilityClass: string): boolean {
  return taint.cleanedFor.has(EVERY_CLASS) || taint.cleanedFor.has(vulnerabilityClass);
}

/** The value with its taints made harmless for those classes. */
export function cleaned(value: Value, classes: Iterable<string>): Value {
  if (deepTaints(value).length === 0) return value;
  const names = [...classes];
  return {
    ...value,
    taints: value.taints.map((taint) => ({ ...taint, cleanedFor: new Set([...taint.cleanedFor, ...names]) })),
    elements: mapElements(value.elements, (element) => cleaned(element, names)),
  };
}

/** The value after one more stop on its way. */
export function atStep(value: Value, place: Place): Value {
  if (value.taints.length === 0) return value;
  return { ...value, taints: value.taints.map((taint) => withStep(taint, place)) };
}

function withStep(taint: Taint, place: Place): Taint {
  if ((taint.step.place.line === place.line && taint.step.place.path === place.path) || taint.step.length >= MAX_STEPS)
    return taint;
  return { ...taint, step: { place, previous: taint.step, length: taint.step.length + 1 } };
}

const MAX_NESTING = 6;
/** Values do not change, and one may be held in many places: what it holds is gathered once. */
const gathered = new WeakMap<Value, readonly Taint[]>();

/** The taints of a value and of all it holds. */
export function deepTaints(value: Value, nesting = 0): readonly Taint[] {
  if (value.elements === null || nesting > MAX_NESTING) return value.taints;
  const known = gathered.get(value);
  if (known !== undefined) return known;
  let taints = value.taints;
  for (const element of value.elements.values()) taints = joinTaints(taints, deepTaints(element, nesting + 1));
  gathered.set(value, taints);
  return taints;
}

export function elementOf(value: Value, key: string): Value | undefined {
  return value.elements?.get(key) ?? value.elements?.get(ANY_KEY);
}

export function withElement(value: Value, key: string, element: Value): Value {
  const elements = new Map(value.elements ?? []);
  const target = elements.size >= MAX_ELEMENTS && !elements.has(key) ? ANY_KEY : key;
  const known = elements.get(target);
  elements.set(target, target === ANY_KEY && known !== undefined ? joinValues(known, element) : element);
  return { ...value, constant: undefined, elements };
}

function joinElements(left: Value["elements"], right: Value["elements"]): Value["elements"] {
  if (left === null || right === null || left === right) return left ?? right;
  const joined = new Map(left);
  for (const [key, element] of right) {
    const known = joined.get(key);
    joined.set(key, known === undefined ? element : joinValues(known, element));
  }
  return joined;
}

function mapElements(elements: Value["elements"], map: (element: Value) => Value): Value["elements"] {
  return elements === null ? null : new Map([...elements].map(([key, element]) => [key, map(element)]));
}
