import { child, childrenOf, type SyntaxNode } from "../syntax/syntax-node.ts";
import { lowerClass, lowerFunction } from "./javascript-classes.ts";
import { lowerExpression } from "./javascript-expressions.ts";
import { lowerExport, lowerImport } from "./javascript-modules.ts";
import { named } from "./javascript-operators.ts";
import { lowerTarget } from "./javascript-targets.ts";
import { deeper, type Lowering, lowerBlock, newLowering, placeOf, sequenceOf, textOf } from "./lowering.ts";
import type { Expression, Program, Statement, SwitchCase } from "./nodes.ts";

/** Turns a parsed JavaScript or TypeScript file into our nodes. Code that did not parse is searched for what did. */
export function lowerJavascript(path: string, source: string, root: SyntaxNode): Program {
  const lowering = newLowering(path, source, { lowerExpression, lowerStatement, lowerBody });
  return { body: lowerBlock(lowering, root), imports: lowering.imports, isCut: lowering.isCut };
}

type Lower = (lowering: Lowering, node: SyntaxNode) => Statement[];

/** A function's body: statements, or the one expression of an arrow function, which is its answer. */
function lowerBody(lowering: Lowering, body: SyntaxNode): Statement[] {
  if (body.type === "statement_block") return lowerBlock(lowering, body);
  return [{ ...placeOf(lowering, body), kind: "return", value: lowering.lowerExpression(lowering, body) }];
}

function lowerStatement(lowering: Lowering, node: SyntaxNode): Statement[] {
  return deeper(
    lowering,
    () => (LOWER[node.type] ?? lowerBare)(lowering, node),
    () => [],
  );
}

const nothing: Lower = () => [];
const lowerInside: Lower = (lowering, node) => lowerBlock(lowering, node);
const lowerFunctionStatement: Lower = (lowering, node) => [
  { ...placeOf(lowering, node), kind: "function", function: lowerFunction(lowering, node) },
];

const LOWER: Record<string, Lower> = {
  expression_statement: (lowering, node) => node.children.flatMap((inner) => lowerBare(lowering, inner)),
  lexical_declaration: lowerDeclaration,
  variable_declaration: lowerDeclaration,
  if_statement: lowerIf,
  for_statement: lowerFor,
  for_in_statement: lowerForIn,
  while_statement: (lowering, node) => [loopOf(lowering, node)],
  do_statement: (lowering, node) => [loopOf(lowering, node)],
  switch_statement: lowerSwitch,
  try_statement: lowerTry,
  return_statement: (lowering, node) => [
    { ...placeOf(lowering, node), kind: "return", value: optional(lowering, node.children[0]) },
  ],
  throw_statement: (lowering, node) => [
    { ...placeOf(lowering, node), kind: "throw", value: optional(lowering, node.children[0]) },
  ],
  break_statement: (lowering, node) => [{ ...placeOf(lowering, node), kind: "jump", to: "end" }],
  continue_statement: (lowering, node) => [{ ...placeOf(lowering, node), kind: "jump", to: "next-turn" }],
  function_declaration: lowerFunctionStatement,
  generator_function_declaration: lowerFunctionStatement,
  class_declaration: (lowering, node) => [
    { ...placeOf(lowering, node), kind: "class", class: lowerClass(lowering, node, []) },
  ],
  abstract_class_declaration: (lowering, node) => [
    { ...placeOf(lowering, node), kind: "class", class: lowerClass(lowering, node, []) },
  ],
  import_statement: lowerImport,
  export_statement: lowerExport,
  statement_block: lowerInside,
  labeled_statement: (lowering, node) =>
    childrenOf(node, "body").flatMap((body) => lowering.lowerStatement(lowering, body)),
  else_clause: lowerInside,
  internal_module: lowerInside,
  module: lowerInside,
  ERROR: lowerInside,
  empty_statement: nothing,
  interface_declaration: nothing,
  type_alias_declaration: nothing,
  ambient_declaration: nothing,
  enum_declaration: nothing,
  debugger_statement: nothing,
  hash_bang_line: nothing,
};

function lowerBare(lowering: Lowering, node: SyntaxNode): Statement[] {
  return [{ ...placeOf(lowering, node), kind: "expression", expression: lowering.lowerExpression(lowering, node) }];
}

function optional(lowering: Lowering, node: SyntaxNode | undefined): Expression | null {
  return node === undefined ? null : lowering.lowerExpression(lowering, node);
}

function required(lowering: Lowering, node: SyntaxNode | undefined, around: SyntaxNode): Expression {
  return optional(lowering, node) ?? sequenceOf(placeOf(lowering, around), []);
}

function lowerDeclaration(lowering: Lowering, node: SyntaxNode): Statement[] {
  return node.children.flatMap((declarator): Statement[] => {
    const [name, given] = [child(declarator, "name"), child(declarator, "value")];
    if (name === undefined || given === undefined) return [];
    const value = named(lowering.lowerExpression(lowering, given), textOf(lowering, name));
    return [
      { ...placeOf(lowering, declarator), kind: "assign", target: lowerTarget(lowering, name), value, operator: null },
    ];
  });
}

function bodyOf(lowering: Lowering, node: SyntaxNode | undefined): Statement[] {
  return node === undefined ? [] : lowering.lowerStatement(lowering, node);
}

/** `else if` chains are walked, not recursed into: generated ones have hundreds of links. */
function lowerIf(lowering: Lowering, node: SyntaxNode): Statement[] {
  const links: SyntaxNode[] = [];
  let last: SyntaxNode | undefined = node;
  while (last?.type === "if_statement") {
    links.push(last);
    last = child(last, "alternative")?.children[0];
  }
  let otherwise = bodyOf(lowering, last);
  for (const link of links.reverse()) {
    const test = required(lowering, child(link, "condition"), link);
    const consequent = bodyOf(lowering, child(link, "consequence"));
    otherwise = [{ ...placeOf(lowering, link), kind: "if", test, consequent, otherwise }];
  }
  return otherwise;
}

function loopOf(lowering: Lowering, node: SyntaxNode): Statement {
  const test = optional(
    lowering,
    childrenOf(node, "condition").find(({ type }) => type !== ";"),
  );
  return {
    ...placeOf(lowering, node),
    kind: "loop",
    target: null,
    iterable: null,
    test,
    body: bodyOf(lowering, child(node, "body")),
  };
}

function lowerFor(lowering: Lowering, node: SyntaxNode): Statement[] {
  const start = child(node, "initializer");
  const step = child(node, "increment");
  const loop = loopOf(lowering, node);
  if (loop.kind === "loop" && step !== undefined) loop.body.push(...lowerBare(lowering, step));
  return start === undefined ? [loop] : [...lowering.lowerStatement(lowering, start), loop];
}

function lowerForIn(lowering: Lowering, node: SyntaxNode): Statement[] {
  const [left, right, body] = [child(node, "left"), child(node, "right"), child(node, "body")];
  if (left === undefined || right === undefined) return bodyOf(lowering, body);
  const iterable = lowering.lowerExpression(lowering, right);
  const target = lowerTarget(lowering, left);
  return [{ ...placeOf(lowering, node), kind: "loop", target, iterable, test: null, body: bodyOf(lowering, body) }];
}

/** Cases without a body of their own share that of the next. */
function lowerSwitch(lowering: Lowering, node: SyntaxNode): Statement[] {
  const subject = required(lowering, child(node, "value"), node);
  const cases: SwitchCase[] = [];
  let shared: Expression[] = [];
  let isShared = false;
  for (const clause of child(node, "body")?.children ?? []) {
    const value = child(clause, "value");
    const body = childrenOf(clause, "body").flatMap((statement) => lowering.lowerStatement(lowering, statement));
    const isDefault = clause.type === "switch_default" || value === undefined;
    if (!isDefault) shared.push(lowering.lowerExpression(lowering, value));
    isShared ||= isDefault;
    if (body.length === 0) continue;
    cases.push({ tests: isShared ? [] : shared, body });
    shared = [];
    isShared = false;
  }
  return [{ ...placeOf(lowering, node), kind: "switch", subject, cases, endsAtBreak: true }];
}

function lowerTry(lowering: Lowering, node: SyntaxNode): Statement[] {
  const handlers = childrenOf(node, "handler").map((handler) => {
    const parameter = child(handler, "parameter");
    const name = parameter === undefined ? null : lowerTarget(lowering, parameter);
    return { name, body: bodyOf(lowering, child(handler, "body")) };
  });
  const last = childrenOf(node, "finalizer").flatMap((finalizer) => bodyOf(lowering, child(finalizer, "body")));
  return [
    { ...placeOf(lowering, node), kind: "try", body: bodyOf(lowering, child(node, "body")), handlers, finally: last },
  ];
}
