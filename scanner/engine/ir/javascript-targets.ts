import { child, type SyntaxNode } from "../syntax/syntax-node.ts";
import { deeper, type Lowering, placeOf, textOf } from "./lowering.ts";
import type { Parameter, Target } from "./nodes.ts";

/** What a value may be assigned to: a variable, a place in an object, a pattern. */
export function lowerTarget(lowering: Lowering, node: SyntaxNode): Target {
  return deeper(
    lowering,
    () => lowerTargetKind(lowering, node),
    () => ({ ...placeOf(lowering, node), kind: "items", elements: [] }),
  );
}

function lowerTargetKind(lowering: Lowering, node: SyntaxNode): Target {
  const place = placeOf(lowering, node);
  switch (node.type) {
    case "identifier":
    case "shorthand_property_identifier_pattern":
    case "shorthand_property_identifier":
      return { ...place, kind: "variable", name: textOf(lowering, node) };
    case "array_pattern":
    case "array":
      return { ...place, kind: "items", elements: lowerElements(lowering, node) };
    case "object_pattern":
    case "object":
      return { ...place, kind: "fields", fields: node.children.map((field) => lowerField(lowering, field)) };
    case "rest_pattern":
    case "spread_element":
      return { ...place, kind: "rest", target: lowerInner(lowering, node) };
    case "assignment_pattern":
    case "object_assignment_pattern":
    case "assignment_expression":
      return lowerFallback(lowering, node);
    case "parenthesized_expression":
    case "non_null_expression":
    case "as_expression":
      return lowerInner(lowering, node);
    default:
      return { ...place, kind: "place", expression: lowering.lowerExpression(lowering, node) };
  }
}

/** Holes leave no node behind, so positions are counted by the commas before each element. */
function lowerElements(lowering: Lowering, node: SyntaxNode): (Target | null)[] {
  const elements: (Target | null)[] = [];
  let end = node.start + 1;
  for (const element of node.children) {
    const commas = lowering.source.slice(end, element.start).split(",").length - 1;
    const position = elements.length === 0 ? commas : elements.length - 1 + commas;
    while (elements.length < position) elements.push(null);
    elements.push(lowerTarget(lowering, element));
    end = element.end;
  }
  return elements;
}

function lowerInner(lowering: Lowering, node: SyntaxNode): Target {
  const [inner] = node.children;
  return inner === undefined
    ? { ...placeOf(lowering, node), kind: "items", elements: [] }
    : lowerTarget(lowering, inner);
}

function lowerField(lowering: Lowering, node: SyntaxNode): { key: string; target: Target } {
  const [key, value] = [child(node, "key"), child(node, "value")];
  if (key !== undefined && value !== undefined) {
    const name = textOf(lowering, key).replace(/^["'](.*)["']$/u, "$1");
    return { key: name, target: lowerTarget(lowering, value) };
  }
  const named = child(node, "left") ?? node;
  return { key: textOf(lowering, named), target: lowerTarget(lowering, node) };
}

function lowerFallback(lowering: Lowering, node: SyntaxNode): Target {
  const [left, right] = [child(node, "left"), child(node, "right")];
  if (left === undefined || right === undefined) return lowerInner(lowering, node);
  const value = lowering.lowerExpression(lowering, right);
  return { ...placeOf(lowering, node), kind: "fallback", target: lowerTarget(lowering, left), value };
}

export function lowerParameters(lowering: Lowering, nodes: SyntaxNode[]): Parameter[] {
  return nodes.map((node) => {
    const [pattern, type, value] = [child(node, "pattern"), child(node, "type"), child(node, "value")];
    const decorators = node.children.filter(({ type: kind }) => kind === "decorator");
    const target = lowerTarget(lowering, pattern ?? node);
    const plain = target.kind === "rest" || target.kind === "fallback" ? target.target : target;
    return {
      target: target.kind === "rest" ? target.target : target,
      name: plain.kind === "variable" ? plain.name : null,
      annotation: type === undefined ? null : textOf(lowering, type).replace(/^:\s*/u, ""),
      decorators: decorators.flatMap(({ children }) =>
        children.map((inner) => lowering.lowerExpression(lowering, inner)),
      ),
      fallback: value === undefined ? null : lowering.lowerExpression(lowering, value),
      isRest: target.kind === "rest",
      isField: node.children.some(
        ({ type: kind }) => kind === "accessibility_modifier" || kind === "override_modifier",
      ),
    };
  });
}
