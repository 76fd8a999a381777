import { child, type SyntaxNode } from "../syntax/syntax-node.ts";
import { deeper, type Lowering, lowerBlock, placeOf, textOf } from "./lowering.ts";
import type { ClassNode, Expression, FunctionNode, Statement } from "./nodes.ts";
import { lowerParameters } from "./python-targets.ts";

export function lowerFunction(
  lowering: Lowering,
  node: SyntaxNode,
  decorators: Expression[],
  isMethod: boolean,
): FunctionNode {
  const [name, parameters] = [child(node, "name"), child(node, "parameters")];
  return {
    ...placeOf(lowering, node),
    name: name === undefined ? null : textOf(lowering, name),
    parameters: parameters === undefined ? [] : lowerParameters(lowering, parameters),
    decorators,
    body: lowerBlock(lowering, child(node, "body")),
    isMethod:
      isMethod && !decorators.some((decorator) => decorator.kind === "name" && decorator.name === "staticmethod"),
  };
}

export function lowerClass(lowering: Lowering, node: SyntaxNode, decorators: Expression[]): ClassNode {
  const name = child(node, "name");
  const methods: FunctionNode[] = [];
  const rest: SyntaxNode[] = [];
  for (const member of child(node, "body")?.children ?? []) {
    const definition = member.type === "decorated_definition" ? (child(member, "definition") ?? member) : member;
    if (definition.type !== "function_definition") rest.push(member);
    else
      methods.push(
        deeper(
          lowering,
          () => lowerFunction(lowering, definition, decoratorsOf(lowering, member), true),
          () => lowerFunction(lowering, { ...definition, children: [] }, [], true),
        ),
      );
  }
  return {
    ...placeOf(lowering, node),
    name: name === undefined ? null : textOf(lowering, name),
    bases: (child(node, "superclasses")?.children ?? []).map((base) => lowering.lowerExpression(lowering, base)),
    decorators,
    methods,
    body: rest.flatMap((member) => lowering.lowerStatement(lowering, member)),
  };
}

function decoratorsOf(lowering: Lowering, node: SyntaxNode): Expression[] {
  return node.children
    .filter((part) => part.type === "decorator")
    .flatMap((decorator) => decorator.children.map((inner) => lowering.lowerExpression(lowering, inner)));
}

export function lowerDecorated(lowering: Lowering, node: SyntaxNode): Statement[] {
  const definition = child(node, "definition");
  if (definition === undefined) return [];
  const decorators = decoratorsOf(lowering, node);
  if (definition.type === "class_definition") {
    return [{ ...placeOf(lowering, node), kind: "class", class: lowerClass(lowering, definition, decorators) }];
  }
  return [
    { ...placeOf(lowering, node), kind: "function", function: lowerFunction(lowering, definition, decorators, false) },
  ];
}
