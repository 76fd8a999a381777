import { child, type SyntaxNode } from "../syntax/syntax-node.ts";
import { lowerClass, lowerFunction } from "./javascript-classes.ts";
import { lowerElement } from "./javascript-elements.ts";
import { moduleName, stringText } from "./javascript-modules.ts";
import {
  lowerAssignment,
  lowerAugmented,
  lowerBinary,
  lowerTernary,
  lowerUnary,
  named,
} from "./javascript-operators.ts";
import { deeper, type Lowering, lowerAll, lowerOther, placeOf, sequenceOf, textOf, unescapeText } from "./lowering.ts";
import type { Argument, Entry, Expression } from "./nodes.ts";

/** Lowers one JavaScript or TypeScript expression. Kinds that mean nothing to us become a sequence of what they hold. */
export function lowerExpression(lowering: Lowering, node: SyntaxNode): Expression {
  return deeper(
    lowering,
    () => (LOWER[node.type] ?? lowerOther)(lowering, node),
    () => sequenceOf(placeOf(lowering, node), []),
  );
}

type Lower = (lowering: Lowering, node: SyntaxNode) => Expression;

const lowerName: Lower = (lowering, node) => ({
  ...placeOf(lowering, node),
  kind: "name",
  name: textOf(lowering, node),
});
const lowerNothing: Lower = (lowering, node) => sequenceOf(placeOf(lowering, node), []);
const literal =
  (value: boolean | null): Lower =>
  (lowering, node) => ({ ...placeOf(lowering, node), kind: "literal", value });
/** What stands around an expression for the compiler alone: `x as T`, `x!`, `(x)`, `await x`. */
const lowerFirst: Lower = (lowering, node) => {
  const [inner] = node.children;
  return inner === undefined ? sequenceOf(placeOf(lowering, node), []) : lowering.lowerExpression(lowering, inner);
};

const LOWER: Record<string, Lower> = {
  identifier: lowerName,
  shorthand_property_identifier: lowerName,
  this: lowerName,
  super: lowerName,
  undefined: literal(null),
  null: literal(null),
  true: literal(true),
  false: literal(false),
  number: (lowering, node) => ({
    ...placeOf(lowering, node),
    kind: "literal",
    value: Number(textOf(lowering, node).replaceAll("_", "")),
  }),
  string: lowerString,
  template_string: lowerTemplate,
  regex: (lowering, node) => {
    const pattern = child(node, "pattern");
    return {
      ...placeOf(lowering, node),
      kind: "regex",
      pattern: pattern === undefined ? "" : textOf(lowering, pattern),
    };
  },
  member_expression: lowerMember,
  subscript_expression: lowerSubscript,
  call_expression: (lowering, node) => lowerCall(lowering, node, child(node, "function"), false),
  new_expression: (lowering, node) => lowerCall(lowering, node, child(node, "constructor"), true),
  binary_expression: lowerBinary,
  unary_expression: lowerUnary,
  update_expression: lowerNothing,
  ternary_expression: lowerTernary,
  assignment_expression: lowerAssignment,
  augmented_assignment_expression: lowerAugmented,
  array: (lowering, node) => ({
    ...placeOf(lowering, node),
    kind: "list",
    elements: lowerAll(lowering, node.children),
  }),
  object: lowerObject,
  spread_element: (lowering, node) => ({
    ...placeOf(lowering, node),
    kind: "spread",
    value: lowerFirst(lowering, node),
  }),
  arrow_function: lowerFunctionExpression,
  function_expression: lowerFunctionExpression,
  function: lowerFunctionExpression,
  generator_function: lowerFunctionExpression,
  class: (lowering, node) => ({ ...placeOf(lowering, node), kind: "class", class: lowerClass(lowering, node, []) }),
  sequence_expression: (lowering, node) =>
    lowerAll(lowering, node.children).at(-1) ?? sequenceOf(placeOf(lowering, node), []),
  as_expression: lowerFirst,
  satisfies_expression: lowerFirst,
  non_null_expression: lowerFirst,
  parenthesized_expression: lowerFirst,
  await_expression: lowerFirst,
  yield_expression: lowerFirst,
  type_assertion: (lowering, node) => {
    const value = node.children.at(-1);
    return value === undefined ? sequenceOf(placeOf(lowering, node), []) : lowering.lowerExpression(lowering, value);
  },
  jsx_element: (lowering, node) => lowerElement(lowering, node),
  jsx_self_closing_element: (lowering, node) => lowerElement(lowering, node),
  type_arguments: lowerNothing,
  type_annotation: lowerNothing,
};

function lowerString(lowering: Lowering, node: SyntaxNode): Expression {
  return { ...placeOf(lowering, node), kind: "literal", value: stringText(lowering, node) };
}

function lowerTemplate(lowering: Lowering, node: SyntaxNode): Expression {
  const parts = node.children.map((part): Expression => {
    if (part.type === "template_substitution") return lowerFirst(lowering, part);
    return { ...placeOf(lowering, part), kind: "literal", value: unescapeText(textOf(lowering, part)) };
  });
  return { ...placeOf(lowering, node), kind: "concat", parts };
}

function lowerMember(lowering: Lowering, node: SyntaxNode): Expression {
  const [object, property] = [child(node, "object"), child(node, "property")];
  if (object === undefined || property === undefined) return lowerOther(lowering, node);
  const lowered = lowering.lowerExpression(lowering, object);
  return { ...placeOf(lowering, node), kind: "member", object: lowered, property: textOf(lowering, property) };
}

function lowerSubscript(lowering: Lowering, node: SyntaxNode): Expression {
  const [object, index] = [child(node, "object"), child(node, "index")];
  if (object === undefined || index === undefined) return lowerOther(lowering, node);
  const lowered = lowering.lowerExpression(lowering, object);
  return {
    ...placeOf(lowering, node),
    kind: "index",
    object: lowered,
    index: lowering.lowerExpression(lowering, index),
  };
}

function lowerCall(lowering: Lowering, node: SyntaxNode, callee: SyntaxNode | undefined, isNew: boolean): Expression {
  if (callee === undefined) return lowerOther(lowering, node);
  const list = child(node, "arguments");
  const isTag = list?.type === "template_string";
  const call: Expression = {
    ...placeOf(lowering, node),
    kind: "call",
    callee:
      callee.type === "import"
        ? { ...placeOf(lowering, callee), kind: "name", name: "require" }
        : lowering.lowerExpression(lowering, callee),
    arguments: isTag
      ? lowerTag(lowering, list)
      : (list?.children ?? []).map((argument) => lowerArgument(lowering, argument)),
    isNew,
  };
  return requiredModule(lowering, call) ?? call;
}

/** `require("fs")` is the module itself. */
function requiredModule(lowering: Lowering, call: Expression): Expression | null {
  if (call.kind !== "call" || call.callee.kind !== "name" || call.callee.name !== "require") return null;
  const specifier = call.arguments[0]?.value;
  if (specifier?.kind !== "literal" || typeof specifier.value !== "string") return null;
  lowering.imports.add(specifier.value);
  const { path, line, endLine, start, end } = call;
  const module = moduleName(specifier.value);
  return { path, line, endLine, start, end, kind: "module", module, specifier: specifier.value };
}

/** A tag gets the texts as a list, then each value: a library that binds values is told from one that pastes them. */
function lowerTag(lowering: Lowering, template: SyntaxNode): Argument[] {
  const values = template.children.filter((part) => part.type === "template_substitution");
  const texts: Expression = { ...placeOf(lowering, template), kind: "list", elements: [] };
  return [texts, ...values.map((value) => lowerFirst(lowering, value))].map((value) => ({
    name: null,
    value,
    isSpread: false,
  }));
}

function lowerArgument(lowering: Lowering, node: SyntaxNode): Argument {
  const isSpread = node.type === "spread_element";
  return {
    name: null,
    value: isSpread ? lowerFirst(lowering, node) : lowering.lowerExpression(lowering, node),
    isSpread,
  };
}

function lowerObject(lowering: Lowering, node: SyntaxNode): Expression {
  return {
    ...placeOf(lowering, node),
    kind: "record",
    entries: node.children.flatMap((entry) => lowerEntry(lowering, entry)),
  };
}

function lowerEntry(lowering: Lowering, node: SyntaxNode): Entry[] {
  const place = placeOf(lowering, node);
  if (node.type === "spread_element") return [{ key: null, value: lowerFirst(lowering, node) }];
  if (node.type === "shorthand_property_identifier") {
    return [{ key: { ...place, kind: "literal", value: textOf(lowering, node) }, value: lowerName(lowering, node) }];
  }
  const [key, value] = [child(node, "key") ?? child(node, "name"), child(node, "value")];
  if (key === undefined) return [];
  if (node.type === "method_definition") {
    const method: Expression = { ...place, kind: "function", function: lowerFunction(lowering, node) };
    return [{ key: lowerKey(lowering, key), value: method }];
  }
  return value === undefined
    ? []
    : [
        {
          key: lowerKey(lowering, key),
          value: named(lowering.lowerExpression(lowering, value), textOf(lowering, key)),
        },
      ];
}

function lowerKey(lowering: Lowering, key: SyntaxNode): Expression {
  if (key.type === "property_identifier")
    return { ...placeOf(lowering, key), kind: "literal", value: textOf(lowering, key) };
  return lowering.lowerExpression(lowering, key);
}

function lowerFunctionExpression(lowering: Lowering, node: SyntaxNode): Expression {
  return { ...placeOf(lowering, node), kind: "function", function: lowerFunction(lowering, node) };
}
