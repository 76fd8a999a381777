import { child, type SyntaxNode } from "../syntax/syntax-node.ts";
import { type Lowering, placeOf, textOf } from "./lowering.ts";
import type { Parameter, Target } from "./nodes.ts";

export function lowerTarget(lowering: Lowering, node: SyntaxNode): Target {
  const place = placeOf(lowering, node);
  switch (node.type) {
    case "identifier": {
      const name = textOf(lowering, node);
      return { ...place, kind: "variable", name, isOuter: lowering.outerNames.has(name) };
    }
    case "pattern_list":
    case "tuple_pattern":
    case "list_pattern":
    case "tuple":
    case "list":
    case "expression_list":
      return { ...place, kind: "items", elements: node.children.map((element) => lowerTarget(lowering, element)) };
    case "list_splat_pattern":
    case "dictionary_splat_pattern": {
      const inner = node.children[0];
      return {
        ...place,
        kind: "rest",
        target: inner === undefined ? { ...place, kind: "items", elements: [] } : lowerTarget(lowering, inner),
      };
    }
    case "as_pattern_target":
    case "parenthesized_expression": {
      const inner = node.children[0];
      return inner === undefined ? { ...place, kind: "items", elements: [] } : lowerTarget(lowering, inner);
    }
    default:
      return { ...place, kind: "place", expression: lowering.lowerExpression(lowering, node) };
  }
}

export function lowerParameters(lowering: Lowering, node: SyntaxNode): Parameter[] {
  return node.children
    .filter((parameter) => !/separator$/u.test(parameter.type))
    .map((parameter) => lowerParameter(lowering, parameter));
}

function lowerParameter(lowering: Lowering, node: SyntaxNode): Parameter {
  const [value, type] = [child(node, "value"), child(node, "type")];
  const isTyped =
    node.type === "typed_parameter" || node.type === "typed_default_parameter" || node.type === "default_parameter";
  const named = isTyped ? (child(node, "name") ?? node.children[0] ?? node) : node;
  const isRest = named.type === "list_splat_pattern" || named.type === "dictionary_splat_pattern";
  const target = lowerTarget(lowering, named);
  const plain = target.kind === "rest" ? target.target : target;
  return {
    target: plain,
    name: plain.kind === "variable" ? plain.name : null,
    annotation: type === undefined ? null : textOf(lowering, type),
    decorators: [],
    fallback: value === undefined ? null : lowering.lowerExpression(lowering, value),
    isRest,
    isField: false,
  };
}
