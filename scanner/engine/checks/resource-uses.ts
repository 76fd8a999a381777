import type { Expression, Place, Statement } from "../ir/nodes.ts";
import { functionsIn, type Node, partsOf } from "./walk.ts";

type Call = Extract<Expression, { kind: "call" }>;

/**
 * What is done with a value: it is closed, or kept by a block that closes it at its end; only used, read or looked at;
 * or handed on to whoever closes it then: a caller, a callee, a field.
 */
type Use = "closed" | "managed" | "used" | "handed-on";

/** A call that opens something, with the variable that keeps it. What nothing keeps is closed when it is dropped. */
type Opening = { call: Call; name: string };

const words = (text: string) => new Set(text.split(" "));
const CLOSERS = words(
  "close closeSync aclose closing closeQuietly shutdown quit terminate disconnect release destroy end __exit__",
);
/** Whoever waits for others to connect lives as long as the program. */
const SERVERS = words("bind listen serve_forever accept");
/** Functions that read or write what they are given, and leave it open. */
const BORROWERS = words(
  "load safe_load dump safe_dump reader writer DictReader DictWriter copyfileobj parse list next len print isinstance str repr iter enumerate sorted readSync writeSync fstatSync fsyncSync ftruncateSync",
);

/** Java's streams around streams. */
const WRAPPERS = words(
  "BufferedReader BufferedWriter BufferedInputStream BufferedOutputStream InputStreamReader OutputStreamWriter DataInputStream DataOutputStream ObjectInputStream ObjectOutputStream PrintWriter PrintStream GZIPInputStream GZIPOutputStream ZipInputStream ZipOutputStream Scanner LineNumberReader",
);

/** What a function does with what it opens, and with its variables. `opens` holds where the calls that open end. */
export function usesIn(body: Statement[], opens: ReadonlySet<number>) {
  const openings: Opening[] = [];
  const ofNames = new Map<string, Use[]>();
  const managed = new Set<string>();
  const noteName = (name: string, use: Use) => {
    const uses = ofNames.get(name) ?? [];
    uses.push(use);
    ofNames.set(name, uses);
  };
  const note = (node: Node, given: Use, name: string | null): void => {
    const isManaged = managed.has(keyOf(node));
    if (node.kind === "name") noteName(node.name, isManaged ? "managed" : given);
    if (node.kind === "call" && name !== null && !isManaged && opens.has(node.end)) openings.push({ call: node, name });
    for (const place of closedBy(node)) managed.add(keyOf(place));
    for (const part of partsOf(node)) note(part, fateOf(part, node), keptIn(part, node, isManaged ? null : name));
  };
  for (const statement of body) note(statement, "used", null);
  for (const inner of body.flatMap(functionsIn)) {
    for (const name of namesIn(inner.body)) noteName(name, "handed-on");
  }
  return { openings, ofNames };
}

function keyOf({ start, end }: Place): string {
  return `${start}:${end}`;
}

function closedBy(node: Node): readonly Place[] {
  return node.kind === "block" ? (node.closes ?? []) : [];
}

/** Whether a statement or expression closes the variable. */
export function closes(node: Node, name: string): boolean {
  return partsOf(node).some((part) => {
    const isIt = part.kind === "name" && part.name === name;
    return isIt ? fateOf(part, node) === "closed" : closes(part, name);
  });
}

export function mentions(node: Node, name: string): boolean {
  return (node.kind === "name" && node.name === name) || partsOf(node).some((part) => mentions(part, name));
}

/** What the node around it does with an expression. */
function fateOf(part: Node, node: Node): Use {
  switch (node.kind) {
    case "member":
      if (SERVERS.has(node.property)) return "handed-on";
      return CLOSERS.has(node.property) ? "closed" : "used";
    case "call":
      return part === node.callee ? "used" : fateAsArgument(node);
    case "comprehension":
      return part === node.result ? "handed-on" : "used";
    case "expression":
      return part.kind === "call" ? "used" : "handed-on";
    case "index":
    case "operation":
    case "if":
    case "loop":
    case "switch":
      return "used";
    default:
      return "handed-on";
  }
}

function fateAsArgument({ callee }: Call): Use {
  const name = nameOf(callee);
  if (CLOSERS.has(name)) return "closed";
  return BORROWERS.has(name) ? "used" : "handed-on";
}

function nameOf(callee: Expression): string {
  if (callee.kind === "member") return callee.property;
  return callee.kind === "name" ? callee.name : "";
}

/** The variable that an expression is assigned to. */
function keptIn(part: Node, node: Node, name: string | null): string | null {
  if (node.kind === "typed") return name;
  // Closing what wraps a stream closes the stream.
  if (node.kind === "call" && node.isNew && WRAPPERS.has(nameOf(node.callee)))
    return part === node.callee ? null : name;
  return node.kind === "assign" && part === node.value && node.target.kind === "variable" ? node.target.name : null;
}

function namesIn(body: Statement[]): string[] {
  return body.flatMap(function names(node: Node): string[] {
    return [...(node.kind === "name" ? [node.name] : []), ...partsOf(node).flatMap(names)];
  });
}
