import { child, childOfType, type SyntaxNode } from "../syntax/syntax-node.ts";
import { lowerParameters } from "./javascript-targets.ts";
import { deeper, type Lowering, placeOf, textOf } from "./lowering.ts";
import type { ClassNode, Expression, FunctionNode, Statement } from "./nodes.ts";

/** Functions of every form: declared, arrow, method. */
export function lowerFunction(lowering: Lowering, node: SyntaxNode, decorators: Expression[] = []): FunctionNode {
  const [name, list, single, body] = ["name", "parameters", "parameter", "body"].map((field) => child(node, field));
  const parameters = list?.children ?? (single === undefined ? [] : [single]);
  return {
    ...placeOf(lowering, node),
    name: name === undefined ? null : textOf(lowering, name),
    parameters: lowerParameters(lowering, parameters),
    decorators,
    body: body === undefined ? [] : lowering.lowerBody(lowering, body),
    isMethod: node.type === "method_definition",
  };
}

export function lowerClass(lowering: Lowering, node: SyntaxNode, decorators: Expression[]): ClassNode {
  const name = child(node, "name");
  const methods: FunctionNode[] = [];
  const body: Statement[] = [];
  let pending: Expression[] = [];
  for (const member of child(node, "body")?.children ?? []) {
    if (member.type === "decorator") pending.push(...decoratorsOf(lowering, [member]));
    else if (member.type === "method_definition")
      methods.push(
        ...deeper(
          lowering,
          () => [lowerFunction(lowering, member, pending)],
          () => [],
        ),
      );
    else body.push(...lowerMemberField(lowering, member));
    if (member.type !== "decorator") pending = [];
  }
  return {
    ...placeOf(lowering, node),
    name: name === undefined ? null : textOf(lowering, name),
    bases: basesOf(lowering, node),
    decorators,
    methods,
    body,
  };
}

/** JavaScript's grammar puts the base right into the heritage, TypeScript's one level deeper. */
function basesOf(lowering: Lowering, node: SyntaxNode): Expression[] {
  const heritage = childOfType(node, "class_heritage");
  if (heritage === undefined) return [];
  const base = child(childOfType(heritage, "extends_clause") ?? heritage, "value") ?? heritage.children[0];
  return base === undefined || base.type === "implements_clause" ? [] : [lowering.lowerExpression(lowering, base)];
}

/** A field with a function for its value is a method in all but form. */
function lowerMemberField(lowering: Lowering, node: SyntaxNode): Statement[] {
  const [name, value] = [child(node, "name") ?? child(node, "property"), child(node, "value")];
  if (node.type === "class_static_block")
    return node.children.flatMap((block) => lowering.lowerStatement(lowering, block));
  if (name === undefined || value === undefined) return [];
  const target = { ...placeOf(lowering, name), kind: "variable" as const, name: textOf(lowering, name) };
  return [
    {
      ...placeOf(lowering, node),
      kind: "assign",
      target,
      value: lowering.lowerExpression(lowering, value),
      operator: null,
    },
  ];
}

export function decoratorsOf(lowering: Lowering, nodes: SyntaxNode[]): Expression[] {
  return nodes.flatMap(({ children }) => children.map((inner) => lowering.lowerExpression(lowering, inner)));
}
