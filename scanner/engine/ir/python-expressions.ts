import { child, type SyntaxNode } from "../syntax/syntax-node.ts";
import { deeper, type Lowering, lowerAll, lowerOther, placeOf, sequenceOf, textOf, unescapeText } from "./lowering.ts";
import type { Argument, ComprehensionClause, Entry, Expression, FunctionNode } from "./nodes.ts";
import { lowerBinary, lowerBoolean, lowerComparison, lowerConditional, lowerOperation } from "./python-operators.ts";
import { lowerParameters, lowerTarget } from "./python-targets.ts";

/** Lowers one Python expression. Kinds that mean nothing to us become a sequence of what they hold. */
export function lowerExpression(lowering: Lowering, node: SyntaxNode): Expression {
  return deeper(
    lowering,
    () => (LOWER[node.type] ?? lowerOther)(lowering, node),
    () => sequenceOf(placeOf(lowering, node), []),
  );
}

const LOWER: Record<string, (lowering: Lowering, node: SyntaxNode) => Expression> = {
  identifier: (lowering, node) => ({ ...placeOf(lowering, node), kind: "name", name: textOf(lowering, node) }),
  integer: lowerNumber,
  float: lowerNumber,
  true: (lowering, node) => ({ ...placeOf(lowering, node), kind: "literal", value: true }),
  false: (lowering, node) => ({ ...placeOf(lowering, node), kind: "literal", value: false }),
  none: (lowering, node) => ({ ...placeOf(lowering, node), kind: "literal", value: null }),
  string: lowerString,
  concatenated_string: (lowering, node) => ({
    ...placeOf(lowering, node),
    kind: "concat",
    parts: lowerAll(lowering, node.children),
  }),
  attribute: lowerAttribute,
  subscript: lowerSubscript,
  call: lowerCall,
  list: lowerList,
  tuple: lowerList,
  set: lowerList,
  expression_list: lowerList,
  dictionary: lowerDictionary,
  binary_operator: lowerBinary,
  unary_operator: (lowering, node) => lowerOperation(lowering, node, "-"),
  not_operator: (lowering, node) => lowerOperation(lowering, node, "not"),
  comparison_operator: lowerComparison,
  boolean_operator: lowerBoolean,
  conditional_expression: lowerConditional,
  lambda: lowerLambda,
  list_comprehension: lowerComprehension,
  set_comprehension: lowerComprehension,
  dictionary_comprehension: lowerComprehension,
  generator_expression: lowerComprehension,
  named_expression: lowerNamed,
  list_splat: lowerSpread,
  dictionary_splat: lowerSpread,
  yield: (lowering, node) => ({ ...placeOf(lowering, node), kind: "yield", value: lowerOther(lowering, node) }),
  type: (lowering, node) => sequenceOf(placeOf(lowering, node), []),
};

function lowerNumber(lowering: Lowering, node: SyntaxNode): Expression {
  return { ...placeOf(lowering, node), kind: "literal", value: Number(textOf(lowering, node).replaceAll("_", "")) };
}

function lowerString(lowering: Lowering, node: SyntaxNode): Expression {
  const start = node.children.find((part) => part.type === "string_start");
  const isRaw = start !== undefined && /r/iu.test(textOf(lowering, start));
  const parts = node.children
    .filter((part) => part.type === "string_content" || part.type === "interpolation")
    .map((part): Expression => {
      if (part.type === "interpolation") return lowerInterpolation(lowering, part);
      const text = textOf(lowering, part);
      return { ...placeOf(lowering, part), kind: "literal", value: isRaw ? text : unescapeText(text) };
    });
  const [only, ...more] = parts;
  if (only === undefined) return { ...placeOf(lowering, node), kind: "literal", value: "" };
  if (more.length === 0 && only.kind === "literal") return { ...only, ...placeOf(lowering, node) };
  return { ...placeOf(lowering, node), kind: "concat", parts };
}

function lowerInterpolation(lowering: Lowering, node: SyntaxNode): Expression {
  const inner = child(node, "expression");
  return inner === undefined ? sequenceOf(placeOf(lowering, node), []) : lowering.lowerExpression(lowering, inner);
}

function lowerAttribute(lowering: Lowering, node: SyntaxNode): Expression {
  const [object, property] = [child(node, "object"), child(node, "attribute")];
  if (object === undefined || property === undefined) return lowerOther(lowering, node);
  return {
    ...placeOf(lowering, node),
    kind: "member",
    object: lowering.lowerExpression(lowering, object),
    property: textOf(lowering, property),
  };
}

function lowerSubscript(lowering: Lowering, node: SyntaxNode): Expression {
  const [object, index] = [child(node, "value"), child(node, "subscript")];
  if (object === undefined || index === undefined) return lowerOther(lowering, node);
  const lowered = lowering.lowerExpression(lowering, object);
  // A slice is still the same thing, only less of it.
  if (index.type === "slice") return lowered;
  return {
    ...placeOf(lowering, node),
    kind: "index",
    object: lowered,
    index: lowering.lowerExpression(lowering, index),
  };
}

function lowerCall(lowering: Lowering, node: SyntaxNode): Expression {
  const [callee, list] = [child(node, "function"), child(node, "arguments")];
  if (callee === undefined || list === undefined) return lowerOther(lowering, node);
  const given = list.type === "argument_list" ? list.children : [list];
  return {
    ...placeOf(lowering, node),
    kind: "call",
    callee: lowering.lowerExpression(lowering, callee),
    arguments: given.map((argument) => lowerArgument(lowering, argument)),
    isNew: false,
  };
}

function lowerArgument(lowering: Lowering, node: SyntaxNode): Argument {
  const [name, value] = [child(node, "name"), child(node, "value")];
  if (node.type === "keyword_argument" && name !== undefined && value !== undefined) {
    return { name: textOf(lowering, name), value: lowering.lowerExpression(lowering, value), isSpread: false };
  }
  const isSpread = node.type === "list_splat" || node.type === "dictionary_splat";
  const inner = isSpread ? (node.children[0] ?? node) : node;
  return { name: null, value: lowering.lowerExpression(lowering, inner), isSpread };
}

function lowerList(lowering: Lowering, node: SyntaxNode): Expression {
  return { ...placeOf(lowering, node), kind: "list", elements: lowerAll(lowering, node.children) };
}

function lowerDictionary(lowering: Lowering, node: SyntaxNode): Expression {
  const entries = node.children.flatMap((entry): Entry[] => {
    const [key, value] = [child(entry, "key"), child(entry, "value")];
    if (key !== undefined && value !== undefined) {
      return [{ key: lowering.lowerExpression(lowering, key), value: lowering.lowerExpression(lowering, value) }];
    }
    const spread = entry.type === "dictionary_splat" ? entry.children[0] : undefined;
    return spread === undefined ? [] : [{ key: null, value: lowering.lowerExpression(lowering, spread) }];
  });
  return { ...placeOf(lowering, node), kind: "record", entries };
}

function lowerLambda(lowering: Lowering, node: SyntaxNode): Expression {
  const [parameters, body] = [child(node, "parameters"), child(node, "body")];
  const value = body === undefined ? null : lowering.lowerExpression(lowering, body);
  const lambda: FunctionNode = {
    ...placeOf(lowering, node),
    name: null,
    parameters: parameters === undefined ? [] : lowerParameters(lowering, parameters),
    decorators: [],
    body: [{ ...placeOf(lowering, body ?? node), kind: "return", value }],
    isMethod: false,
  };
  return { ...placeOf(lowering, node), kind: "function", function: lambda };
}

function lowerComprehension(lowering: Lowering, node: SyntaxNode): Expression {
  const body = child(node, "body");
  const clauses: ComprehensionClause[] = [];
  for (const part of node.children) {
    if (part.type === "for_in_clause") {
      const [target, iterable] = [child(part, "left"), child(part, "right")];
      if (target === undefined || iterable === undefined) continue;
      clauses.push({
        target: lowerTarget(lowering, target),
        iterable: lowering.lowerExpression(lowering, iterable),
        tests: [],
      });
    }
    if (part.type === "if_clause") clauses.at(-1)?.tests.push(...lowerAll(lowering, part.children));
  }
  const result =
    body === undefined ? sequenceOf(placeOf(lowering, node), []) : lowering.lowerExpression(lowering, body);
  return { ...placeOf(lowering, node), kind: "comprehension", clauses, result };
}

function lowerNamed(lowering: Lowering, node: SyntaxNode): Expression {
  const [name, value] = [child(node, "name"), child(node, "value")];
  if (name === undefined || value === undefined) return lowerOther(lowering, node);
  return {
    ...placeOf(lowering, node),
    kind: "assign",
    target: lowerTarget(lowering, name),
    value: lowering.lowerExpression(lowering, value),
  };
}

function lowerSpread(lowering: Lowering, node: SyntaxNode): Expression {
  return { ...placeOf(lowering, node), kind: "spread", value: lowerOther(lowering, node) };
}
