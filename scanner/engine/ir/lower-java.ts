import { child, childOfType, childrenOf, type SyntaxNode } from "../syntax/syntax-node.ts";
import { CLASS_DECLARATIONS, lowerClassStatement } from "./java-classes.ts";
import { lowerExpression } from "./java-expressions.ts";
import { lowerImports } from "./java-imports.ts";
import { typeName } from "./java-scopes.ts";
import { deeper, type Lowering, lowerBlock, newLowering, placeOf, sequenceOf, textOf } from "./lowering.ts";
import type { Expression, Place, Program, Statement, SwitchCase } from "./nodes.ts";

/** Turns a parsed Java file into our nodes. Code that did not parse is searched for what did. */
export function lowerJava(path: string, source: string, root: SyntaxNode): Program {
  const lowering = newLowering(path, source, { lowerExpression, lowerStatement, lowerBody });
  // What is imported is known everywhere in the file.
  lowering.scopes.push({ className: null, fields: new Set(), methods: new Set(), locals: new Set() });
  const imports = lowerImports(lowering, root);
  return { body: [...imports, ...lowerBlock(lowering, root)], imports: lowering.imports, isCut: lowering.isCut };
}

type Lower = (lowering: Lowering, node: SyntaxNode) => Statement[];

/** A body in braces, or the one expression of a lambda, which is its answer. */
function lowerBody(lowering: Lowering, body: SyntaxNode): Statement[] {
  if (body.type === "block" || body.type === "constructor_body") return lowerBlock(lowering, body);
  return [{ ...placeOf(lowering, body), kind: "return", value: lowering.lowerExpression(lowering, body) }];
}

function lowerStatement(lowering: Lowering, node: SyntaxNode): Statement[] {
  if (CLASS_DECLARATIONS.has(node.type)) return lowerClassStatement(lowering, node);
  return deeper(
    lowering,
    () => (LOWER[node.type] ?? lowerBare)(lowering, node),
    () => [],
  );
}

const nothing: Lower = () => [];
const lowerInside: Lower = (lowering, node) => lowerBlock(lowering, node);
const lowerReturn: Lower = (lowering, node) => [
  { ...placeOf(lowering, node), kind: "return", value: optional(lowering, node.children[0]) },
];

const LOWER: Record<string, Lower> = {
  expression_statement: (lowering, node) => node.children.flatMap((inner) => lowerInner(lowering, inner)),
  local_variable_declaration: lowerDeclaration,
  if_statement: lowerIf,
  for_statement: lowerFor,
  enhanced_for_statement: lowerForEach,
  while_statement: (lowering, node) => [loopOf(lowering, node)],
  do_statement: (lowering, node) => [loopOf(lowering, node)],
  switch_expression: lowerSwitch,
  try_statement: lowerTry,
  try_with_resources_statement: lowerTry,
  return_statement: lowerReturn,
  yield_statement: lowerReturn,
  throw_statement: (lowering, node) => [
    { ...placeOf(lowering, node), kind: "throw", value: optional(lowering, node.children[0]) },
  ],
  break_statement: (lowering, node) => [{ ...placeOf(lowering, node), kind: "jump", to: "end" }],
  continue_statement: (lowering, node) => [{ ...placeOf(lowering, node), kind: "jump", to: "next-turn" }],
  block: lowerInside,
  labeled_statement: (lowering, node) => node.children.slice(1).flatMap((body) => lowerStatement(lowering, body)),
  synchronized_statement: (lowering, node) => bodyOf(lowering, child(node, "body")),
  ERROR: lowerInside,
  package_declaration: nothing,
  import_declaration: nothing,
  annotation_type_declaration: nothing,
  module_declaration: nothing,
};

function lowerBare(lowering: Lowering, node: SyntaxNode): Statement[] {
  return [{ ...placeOf(lowering, node), kind: "expression", expression: lowering.lowerExpression(lowering, node) }];
}

function lowerInner(lowering: Lowering, node: SyntaxNode): Statement[] {
  return node.type === "switch_expression" ? lowerSwitch(lowering, node) : lowerBare(lowering, node);
}

function optional(lowering: Lowering, node: SyntaxNode | undefined): Expression | null {
  return node === undefined ? null : lowering.lowerExpression(lowering, node);
}

function required(lowering: Lowering, node: SyntaxNode | undefined, around: SyntaxNode): Expression {
  return optional(lowering, node) ?? sequenceOf(placeOf(lowering, around), []);
}

function bodyOf(lowering: Lowering, node: SyntaxNode | undefined): Statement[] {
  return node === undefined ? [] : lowering.lowerStatement(lowering, node);
}

function lowerDeclaration(lowering: Lowering, node: SyntaxNode): Statement[] {
  return childrenOf(node, "declarator").flatMap((declarator) => declared(lowering, declarator, child(node, "type")));
}

/** A variable with its type: `declarator` holds its name and value. */
function declared(lowering: Lowering, declarator: SyntaxNode, type: SyntaxNode | undefined): Statement[] {
  const [name, given] = [child(declarator, "name"), child(declarator, "value")];
  if (name === undefined || type === undefined) return [];
  const place = placeOf(lowering, declarator);
  const value = required(lowering, given, declarator);
  return [
    {
      ...place,
      kind: "assign",
      target: { ...placeOf(lowering, name), kind: "variable", name: textOf(lowering, name) },
      value: { ...place, kind: "typed", type: typeName(lowering, type), value },
      operator: null,
    },
  ];
}

/** `else if` chains are walked, not recursed into: generated ones have hundreds of links. */
function lowerIf(lowering: Lowering, node: SyntaxNode): Statement[] {
  const links: SyntaxNode[] = [];
  let last: SyntaxNode | undefined = node;
  while (last?.type === "if_statement") {
    links.push(last);
    last = child(last, "alternative");
  }
  let otherwise = bodyOf(lowering, last);
  for (const link of links.reverse()) {
    const test = required(lowering, child(link, "condition"), link);
    const consequent = bodyOf(lowering, child(link, "consequence"));
    otherwise = [{ ...placeOf(lowering, link), kind: "if", test, consequent, otherwise }];
  }
  return otherwise;
}

function loopOf(lowering: Lowering, node: SyntaxNode): Extract<Statement, { kind: "loop" }> {
  const test = optional(lowering, child(node, "condition"));
  const body = bodyOf(lowering, child(node, "body"));
  return { ...placeOf(lowering, node), kind: "loop", target: null, iterable: null, test, body };
}

function lowerFor(lowering: Lowering, node: SyntaxNode): Statement[] {
  const loop = loopOf(lowering, node);
  loop.body.push(...childrenOf(node, "update").flatMap((step) => lowerBare(lowering, step)));
  return [...childrenOf(node, "init").flatMap((start) => lowering.lowerStatement(lowering, start)), loop];
}

function lowerForEach(lowering: Lowering, node: SyntaxNode): Statement[] {
  const [name, iterable] = [child(node, "name"), child(node, "value")];
  if (name === undefined || iterable === undefined) return bodyOf(lowering, child(node, "body"));
  const target = { ...placeOf(lowering, name), kind: "variable" as const, name: textOf(lowering, name) };
  const loop = loopOf(lowering, node);
  const typed = declared(lowering, { ...node, children: [name, { ...name, field: "value" }] }, child(node, "type"));
  const body = [...typed, ...loop.body];
  return [{ ...loop, target, body, iterable: lowering.lowerExpression(lowering, iterable) }];
}

/** Cases without a body of their own share that of the next; `case a ->` needs no `break`. */
function lowerSwitch(lowering: Lowering, node: SyntaxNode): Statement[] {
  const subject = required(lowering, child(node, "condition"), node);
  const cases: SwitchCase[] = [];
  let shared: Expression[] = [];
  let isShared = false;
  for (const group of child(node, "body")?.children ?? []) {
    const labels = group.children.filter(({ type }) => type === "switch_label");
    const values = labels.flatMap((label) => label.children);
    shared.push(...values.map((value) => lowering.lowerExpression(lowering, value)));
    isShared ||= labels.some((label) => label.children.length === 0);
    const statements = group.children.filter(({ type }) => type !== "switch_label");
    const body = statements.flatMap((statement) => lowering.lowerStatement(lowering, statement));
    if (body.length === 0) continue;
    cases.push({ tests: isShared ? [] : shared, body });
    shared = [];
    isShared = false;
  }
  return [{ ...placeOf(lowering, node), kind: "switch", subject, cases, endsAtBreak: true }];
}

/** What is caught is known by its type: the first one, where there are several. */
function caught(lowering: Lowering, parameter: SyntaxNode | undefined): Statement[] {
  const types = parameter === undefined ? undefined : childOfType(parameter, "catch_type");
  const [type] = types?.children ?? [];
  return parameter === undefined ? [] : declared(lowering, parameter, type);
}

function lowerTry(lowering: Lowering, node: SyntaxNode): Statement[] {
  const handlers = node.children
    .filter(({ type }) => type === "catch_clause")
    .map((handler) => {
      const parameter = childOfType(handler, "catch_formal_parameter");
      const name = parameter === undefined ? undefined : child(parameter, "name");
      return {
        name:
          name === undefined
            ? null
            : { ...placeOf(lowering, name), kind: "variable" as const, name: textOf(lowering, name) },
        body: [...caught(lowering, parameter), ...bodyOf(lowering, child(handler, "body"))],
      };
    });
  const last = childOfType(node, "finally_clause");
  const body = [...lowerResources(lowering, node), ...bodyOf(lowering, child(node, "body"))];
  const closes = closedBy(lowering, node);
  const managed: Statement[] =
    closes.length === 0 ? body : [{ ...placeOf(lowering, node), kind: "block", body, closes }];
  return [{ ...placeOf(lowering, node), kind: "try", body: managed, handlers, finally: lowerBlock(lowering, last) }];
}

/** What stands in the parentheses of a try: variables that are declared there, or were before. */
function lowerResources(lowering: Lowering, node: SyntaxNode): Statement[] {
  return (child(node, "resources")?.children ?? []).flatMap((resource) => {
    const type = child(resource, "type");
    return type === undefined
      ? resource.children.flatMap((name) => lowerBare(lowering, name))
      : declared(lowering, resource, type);
  });
}

function closedBy(lowering: Lowering, node: SyntaxNode): Place[] {
  return (child(node, "resources")?.children ?? []).flatMap((resource) => {
    const value = child(resource, "value") ?? resource.children[0];
    return value === undefined ? [] : [placeOf(lowering, value)];
  });
}
