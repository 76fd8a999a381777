import type { Expression, FunctionNode, Statement } from "../ir/nodes.ts";

export type Node = Statement | Expression;

/** The statements and expressions right inside of a node, without those of functions defined there. */
export function partsOf(node: object): Node[] {
  return objectsIn(node).flatMap((part) => {
    if (isFunction(part)) return [];
    return isNode(part) ? [part] : partsOf(part);
  });
}

/** The functions that are defined anywhere inside of a node, and inside of each other. */
export function functionsIn(node: Node): FunctionNode[] {
  const found: FunctionNode[] = [];
  const pending: object[] = [node];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next !== node && isFunction(next)) found.push(next);
    pending.push(...objectsIn(next));
  }
  return found;
}

function objectsIn(node: object): object[] {
  return Object.values(node)
    .flat()
    .filter((part): part is object => typeof part === "object" && part !== null && !(part instanceof Set));
}

function isFunction(part: object): part is FunctionNode {
  return "parameters" in part && "body" in part;
}

/** Targets name their kind as well; only what is inside of them counts. */
function isNode(part: object): part is Node {
  return "kind" in part && "start" in part && !TARGETS.has(String(part.kind));
}

const TARGETS = new Set(["variable", "place", "items", "fields", "rest", "fallback"]);
