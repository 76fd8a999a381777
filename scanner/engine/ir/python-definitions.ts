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
  const outerNames = outerNamesOf(lowering, node);
  return {
    ...placeOf(lowering, node),
    name: name === undefined ? null : textOf(lowering, name),
    parameters: parameters === undefined ? [] : lowerParameters(lowering, parameters),
    decorators,
    body: withOuterNames(lowering, outerNames, () => lowerBlock(lowering, child(node, "body"))),
    isMethod:
      isMethod && !decorators.some((decorator) => decorator.kind === "name" && decorator.name === "staticmethod"),
    assignsOuter: outerNames.size > 0,
  };
}

/** What the function's own `global` and `nonlocal` statements name. */
function outerNamesOf(lowering: Lowering, node: SyntaxNode): ReadonlySet<string> {
  const names = new Set<string>();
  const open = [...(child(node, "body")?.children ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.type === "global_statement" || next.type === "nonlocal_statement")
      for (const name of next.children) names.add(textOf(lowering, name));
    else if (!OWN_SCOPE.has(next.type)) open.push(...next.children);
  }
  return names;
}

const OWN_SCOPE = new Set(["function_definition", "class_definition", "lambda"]);

function withOuterNames<Result>(lowering: Lowering, names: ReadonlySet<string>, lower: () => Result): Result {
  const around = lowering.outerNames;
  lowering.outerNames = names;
  try {
    return lower();
  } finally {
    lowering.outerNames = around;
  }
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
