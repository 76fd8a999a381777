import { allArguments, type CallArguments } from "./call-arguments.ts";
import { concatValues } from "./evaluate-concat.ts";
import { exactItems } from "./exact-lists.ts";
import { callPath, memberOf } from "./member.ts";
import type { Run } from "./run.ts";
import { ANY_KEY, constantValue, joinAll, pathValue, UNKNOWN, type Value } from "./value.ts";

type MaybeKnownCall = { receiver: Value | null; given: CallArguments; path: string };
type KnownCall = { receiver: Value; given: CallArguments; path: string };

/** The answer of a call of a method that both languages share and whose meaning we know, or null. */
export function knownAnswer(run: Run, { receiver, given, path }: MaybeKnownCall): Value | null {
  if (path === "getattr") return named(run, given.positional);
  if (receiver === null) return compiled({ given, path });
  const method = path.slice(path.lastIndexOf(".") + 1);
  return KNOWN.get(method)?.({ receiver, given, path }) ?? null;
}

/** Python's `getattr(os, "system")`. */
function named(run: Run, [holder, name]: Value[]): Value | null {
  if (holder === undefined || typeof name?.constant !== "string") return null;
  return run.rules.plainFields.has(name.constant) ? UNKNOWN : memberOf(holder, name.constant);
}

type Answer = (call: KnownCall) => Value | null;

/** A map and no record: methods are called `constructor` and `toString`, too. */
const KNOWN = new Map<string, Answer>([
  ["get", ({ receiver, given }) => (receiver.taints.length > 0 ? null : storedUnder(receiver, given.positional))],
  // A promise-returning function does what the one with a callback does.
  ["promisify", ({ given }) => given.positional[0] ?? null],
  [
    "concat",
    ({ receiver, given }) => (receiver.elements === null ? concatValues([receiver, ...given.positional]) : null),
  ],
  ["format", formatted],
  ["compile", compiled],
  ["lower", changed((text) => text.toLowerCase())],
  ["toLowerCase", changed((text) => text.toLowerCase())],
  ["upper", changed((text) => text.toUpperCase())],
  ["toUpperCase", changed((text) => text.toUpperCase())],
  ["charAt", letterAt],
  ["join", joined],
  // Whatever the bytes stand for, they are as known as the text.
  ["getBytes", ({ receiver }) => (typeof receiver.constant === "string" ? receiver : null)],
  ["toCharArray", changed((text) => text)],
  ["strip", changed((text) => text.trim())],
  ["trim", changed((text) => text.trim())],
]);

/** JavaScript's `list.join(":")`, where every item is known by its position. */
function joined({ receiver, given }: KnownCall): Value | null {
  const items = exactItems(receiver);
  const [separator = constantValue(",")] = given.positional;
  return items === null || items.length === 0
    ? null
    : concatValues(items.flatMap((item, at) => (at === 0 ? [item] : [separator, item])));
}

function letterAt({ receiver, given }: KnownCall): Value | null {
  const position = given.positional[0]?.constant;
  if (typeof receiver.constant !== "string" || typeof position !== "number") return null;
  return constantValue(receiver.constant.charAt(position));
}

function compiled({ given, path }: Omit<KnownCall, "receiver">): Value | null {
  const pattern = given.positional[0]?.constant;
  return PATTERN_COMPILERS.has(path) && typeof pattern === "string" ? { ...pathValue(callPath(path)), pattern } : null;
}

const PATTERN_COMPILERS = new Set(["re.compile", "Pattern.compile", "RegExp"]);

/** A key from outside only chooses among what is there. */
function storedUnder(holder: Value, keys: Value[]): Value | null {
  if (holder.elements === null) return null;
  for (const candidate of [keys, keys.slice(0, 1)]) {
    const stored = holder.elements.get(constantKey(candidate) ?? ANY_KEY);
    if (stored !== undefined) return stored;
  }
  return { ...joinAll([...holder.elements.values(), ...keys.slice(1)]), constant: undefined };
}

/** What a value is kept under: `set("a", x)` and `get("a")`, or `set("section", "a", x)` and `get("section", "a")`. */
export function constantKey(keys: Value[]): string | null {
  if (keys.length === 0 || keys.some(({ constant }) => typeof constant !== "string")) return null;
  return keys.map(({ constant }) => constant).join("\u0000");
}

function formatted({ receiver, given }: KnownCall): Value | null {
  // Java's `String.format(text, …)`.
  const [text, ...others] = given.positional;
  if (receiver.path === "String" && text !== undefined) {
    const start = { ...text, constant: undefined, prefix: text.prefix.split("%")[0] ?? "" };
    return { ...concatValues([start, ...others]), ending: /(?:%[-\d.]*[a-z])([^%]*)$/iu.exec(text.ending)?.[1] ?? "" };
  }
  if (receiver.prefix === "") return null;
  const start = { ...UNKNOWN, prefix: receiver.prefix.split("{")[0] ?? "" };
  return concatValues([start, ...allArguments(given)]);
}

function changed(change: (text: string) => string): Answer {
  return ({ receiver, given }) => {
    if (typeof receiver.constant !== "string" || given.positional.length > 0) return null;
    return { ...receiver, constant: change(receiver.constant) };
  };
}
