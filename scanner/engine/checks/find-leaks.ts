import type { FunctionNode, Place, Statement } from "../ir/nodes.ts";
import { closes, mentions, usesIn } from "./resource-uses.ts";

/** Where a way through the code ends up: what was opened is still open, closed, or left open for good. */
type State = "open" | "closed" | "left-open";

/**
 * The calls that open something which no way, or not every way, through their function closes again. `openings` holds
 * where such calls end. What is handed on to others is theirs to close.
 */
export function findLeaks(openings: ReadonlyMap<FunctionNode, ReadonlySet<number>>): Place[] {
  return [...openings].flatMap(([node, opens]) => leaksIn(node, opens));
}

function leaksIn({ body }: FunctionNode, opens: ReadonlySet<number>): Place[] {
  const { openings, ofNames } = usesIn(body, opens);
  return openings
    .filter(({ call, name }) => {
      const uses = ofNames.get(name) ?? [];
      if (uses.includes("managed") || uses.includes("handed-on")) return false;
      return !uses.includes("closed") || stateAfter(body, call, name) !== "closed";
    })
    .map(({ call }) => call);
}

/** What becomes of a variable from the statement on that opens it, which may stand inside of others. */
function stateAfter(statements: Statement[], opening: Place, name: string): State {
  const position = statements.findIndex((statement) => holds(statement, opening));
  const statement = statements[position];
  if (statement === undefined) return "open";
  const rest = statements.slice(position + 1);
  const inner = listsOf(statement).find((list) => list.some((each) => holds(each, opening)));
  const inside = inner === undefined ? "open" : stateAfter(inner, opening, name);
  const isClosedLast = statement.kind === "try" && stateOf(statement.finally, name) === "closed";
  if (isClosedLast || inside === "closed") return "closed";
  return inside === "left-open" ? inside : stateOf(rest, name);
}

function holds(outer: Place, inner: Place): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

function listsOf(statement: Statement): Statement[][] {
  switch (statement.kind) {
    case "if":
      return [statement.consequent, statement.otherwise];
    case "loop":
    case "block":
      return [statement.body];
    case "switch":
      return statement.cases.map(({ body }) => body);
    case "try":
      return [statement.body, ...statement.handlers.map(({ body }) => body), statement.finally];
    default:
      return [];
  }
}

function stateOf(statements: Statement[], name: string): State {
  for (const statement of statements) {
    const state = stateThrough(statement, name);
    if (state !== "open") return state;
  }
  return "open";
}

function stateThrough(statement: Statement, name: string): State {
  switch (statement.kind) {
    case "return":
      return statement.value !== null && closes(statement.value, name) ? "closed" : "left-open";
    // Whoever throws has other troubles.
    case "throw":
      return "closed";
    case "if":
      return afterBranches(statement, name);
    case "try":
      return afterTry(statement, name);
    case "loop":
    case "switch":
    case "block": {
      const states = listsOf(statement).map((list) => stateOf(list, name));
      return states.find((state) => state !== "open") ?? "open";
    }
    default:
      return closes(statement, name) ? "closed" : "open";
  }
}

function afterBranches(statement: Extract<Statement, { kind: "if" }>, name: string): State {
  const states = listsOf(statement).map((list) => stateOf(list, name));
  // Who asks after it knows whether there is anything to close.
  if (mentions(statement.test, name)) return states.includes("closed") ? "closed" : "open";
  if (states.includes("left-open")) return "left-open";
  return states.every((state) => state === "closed") ? "closed" : "open";
}

function afterTry({ body, handlers, finally: last }: Extract<Statement, { kind: "try" }>, name: string): State {
  if (stateOf(last, name) === "closed") return "closed";
  const states = [body, ...handlers.map((handler) => handler.body)].map((list) => stateOf(list, name));
  if (states.includes("left-open")) return "left-open";
  return states.every((state) => state === "closed") ? "closed" : "open";
}
