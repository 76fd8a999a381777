import { child, childOfType, childrenOf, type SyntaxNode } from "../syntax/syntax-node.ts";
import { type Lowering, lowerBlock, newLowering, placeOf, textOf } from "./lowering.ts";
import type { Expression, Place, Program, Statement } from "./nodes.ts";
import { lowerClass, lowerDecorated, lowerFunction } from "./python-definitions.ts";
import { lowerExpression } from "./python-expressions.ts";
import { lowerImport, lowerImportFrom } from "./python-imports.ts";
import { lowerTarget } from "./python-targets.ts";

/** Turns a parsed Python file into our nodes. Code that did not parse is left out, what is around it stays. */
export function lowerPython(path: string, source: string, root: SyntaxNode): Program {
  const lowering = newLowering(path, source, { lowerExpression, lowerStatement, lowerBody: lowerBlock });
  return { body: lowerBlock(lowering, root), imports: lowering.imports, isCut: lowering.isCut };
}

function lowerStatement(lowering: Lowering, node: SyntaxNode): Statement[] {
  return (LOWER[node.type] ?? lowerBare)(lowering, node);
}

const nothing = (): Statement[] => [];

const LOWER: Record<string, (lowering: Lowering, node: SyntaxNode) => Statement[]> = {
  expression_statement: (lowering, node) => node.children.flatMap((inner) => lowerInner(lowering, inner)),
  if_statement: lowerIf,
  for_statement: lowerFor,
  while_statement: (lowering, node) => [
    {
      ...placeOf(lowering, node),
      kind: "loop",
      target: null,
      iterable: null,
      test: optional(lowering, child(node, "condition")),
      body: lowerBlock(lowering, child(node, "body")),
    },
  ],
  with_statement: lowerWith,
  try_statement: lowerTry,
  return_statement: (lowering, node) => [
    { ...placeOf(lowering, node), kind: "return", value: optional(lowering, node.children[0]) },
  ],
  raise_statement: (lowering, node) => [
    { ...placeOf(lowering, node), kind: "throw", value: optional(lowering, node.children[0]) },
  ],
  break_statement: (lowering, node) => [{ ...placeOf(lowering, node), kind: "jump", to: "end" }],
  continue_statement: (lowering, node) => [{ ...placeOf(lowering, node), kind: "jump", to: "next-turn" }],
  function_definition: (lowering, node) => [
    { ...placeOf(lowering, node), kind: "function", function: lowerFunction(lowering, node, [], false) },
  ],
  class_definition: (lowering, node) => [
    { ...placeOf(lowering, node), kind: "class", class: lowerClass(lowering, node, []) },
  ],
  decorated_definition: lowerDecorated,
  import_statement: lowerImport,
  import_from_statement: lowerImportFrom,
  match_statement: lowerMatch,
  ERROR: (lowering, node) => lowerBlock(lowering, node),
  block: (lowering, node) => lowerBlock(lowering, node),
  pass_statement: nothing,
  global_statement: nothing,
  nonlocal_statement: nothing,
  future_import_statement: nothing,
  type_alias_statement: nothing,
};

function lowerBare(lowering: Lowering, node: SyntaxNode): Statement[] {
  return [{ ...placeOf(lowering, node), kind: "expression", expression: lowering.lowerExpression(lowering, node) }];
}

function optional(lowering: Lowering, node: SyntaxNode | undefined): Expression | null {
  return node === undefined ? null : lowering.lowerExpression(lowering, node);
}

function lowerInner(lowering: Lowering, node: SyntaxNode): Statement[] {
  const [left, right] = [child(node, "left"), child(node, "right")];
  if (node.type !== "assignment" && node.type !== "augmented_assignment") return lowerBare(lowering, node);
  if (left === undefined || right === undefined) return [];
  const operator = child(node, "operator");
  const target = lowerTarget(lowering, left);
  // In `a = b = c` the right side is an assignment again.
  const inner = right.type === "assignment" ? lowerInner(lowering, right) : [];
  const last = inner.at(-1);
  const value = last?.kind === "assign" ? last.value : lowering.lowerExpression(lowering, right);
  return [
    ...inner,
    {
      ...placeOf(lowering, node),
      kind: "assign",
      target,
      value,
      operator: operator === undefined ? null : textOf(lowering, operator).slice(0, -1),
    },
  ];
}

function lowerIf(lowering: Lowering, node: SyntaxNode): Statement[] {
  let otherwise: Statement[] = [];
  for (const branch of childrenOf(node, "alternative").reverse()) {
    otherwise =
      branch.type === "else_clause"
        ? lowerBlock(lowering, child(branch, "body"))
        : [lowerBranch(lowering, branch, otherwise)];
  }
  return [lowerBranch(lowering, node, otherwise)];
}

function lowerBranch(lowering: Lowering, node: SyntaxNode, otherwise: Statement[]): Statement {
  const test = optional(lowering, child(node, "condition")) ?? {
    ...placeOf(lowering, node),
    kind: "sequence",
    expressions: [],
  };
  return {
    ...placeOf(lowering, node),
    kind: "if",
    test,
    consequent: lowerBlock(lowering, child(node, "consequence")),
    otherwise,
  };
}

function lowerFor(lowering: Lowering, node: SyntaxNode): Statement[] {
  const target = child(node, "left");
  const loop: Statement = {
    ...placeOf(lowering, node),
    kind: "loop",
    target: target === undefined ? null : lowerTarget(lowering, target),
    iterable: optional(lowering, child(node, "right")),
    test: null,
    body: lowerBlock(lowering, child(node, "body")),
  };
  const otherwise = child(node, "alternative");
  return otherwise === undefined ? [loop] : [loop, ...lowerBlock(lowering, child(otherwise, "body"))];
}

function lowerWith(lowering: Lowering, node: SyntaxNode): Statement[] {
  const items = childOfType(node, "with_clause")?.children ?? [];
  const closes: Place[] = [];
  const opened = items.flatMap((item): Statement[] => {
    const value = child(item, "value") ?? item;
    const [subject, alias] = [value.children[0], child(value, "alias")];
    closes.push(placeOf(lowering, alias === undefined ? value : (subject ?? value)));
    if (value.type !== "as_pattern" || subject === undefined || alias === undefined) return lowerBare(lowering, value);
    const target = lowerTarget(lowering, alias);
    return [
      {
        ...placeOf(lowering, item),
        kind: "assign",
        target,
        value: lowering.lowerExpression(lowering, subject),
        operator: null,
      },
    ];
  });
  const body = [...opened, ...lowerBlock(lowering, child(node, "body"))];
  return [{ ...placeOf(lowering, node), kind: "block", body, closes }];
}

function lowerTry(lowering: Lowering, node: SyntaxNode): Statement[] {
  const clauses = (type: string) => node.children.filter((clause) => clause.type === type);
  const handlers = [...clauses("except_clause"), ...clauses("except_group_clause")].map((clause) => {
    const value = child(clause, "value");
    const alias = value === undefined ? undefined : child(value, "alias");
    const name = alias === undefined ? null : lowerTarget(lowering, alias);
    return { name, body: lowerBlock(lowering, childOfType(clause, "block")) };
  });
  const otherwise = clauses("else_clause").flatMap((clause) => lowerBlock(lowering, child(clause, "body")));
  const last = clauses("finally_clause").flatMap((clause) => lowerBlock(lowering, childOfType(clause, "block")));
  const body = [...lowerBlock(lowering, child(node, "body")), ...otherwise];
  return [{ ...placeOf(lowering, node), kind: "try", body, handlers, finally: last }];
}

function lowerMatch(lowering: Lowering, node: SyntaxNode): Statement[] {
  const [subject, body] = [child(node, "subject"), child(node, "body")];
  if (subject === undefined || body === undefined) return [];
  const cases = body.children.map((clause) => {
    const pattern = childOfType(clause, "case_pattern")?.children[0];
    const options = pattern?.type === "union_pattern" ? pattern.children : [pattern];
    const literals = options.filter((option) => option !== undefined && LITERALS.has(option.type));
    const value = lowering.lowerExpression(lowering, subject);
    const captured = pattern === undefined ? [] : capturesOf(lowering, pattern, value);
    return {
      tests: literals.length === options.length ? literals.flatMap((literal) => optional(lowering, literal) ?? []) : [],
      body: [...captured, ...lowerBlock(lowering, child(clause, "consequence"))],
    };
  });
  return [
    {
      ...placeOf(lowering, node),
      kind: "switch",
      subject: lowering.lowerExpression(lowering, subject),
      cases,
      endsAtBreak: false,
    },
  ];
}

/** `case {"name": name}` and `case str() as text`: each name gets the subject, of which it is a part. */
function capturesOf(lowering: Lowering, pattern: SyntaxNode, value: Expression): Statement[] {
  const [name, ...rest] = pattern.children;
  const isName = pattern.type === "identifier" || (pattern.type === "dotted_name" && rest.length === 0);
  if (!isName) return pattern.children.flatMap((inner) => capturesOf(lowering, inner, value));
  const target = lowerTarget(lowering, name ?? pattern);
  return [{ ...placeOf(lowering, pattern), kind: "assign", target, value, operator: null }];
}

const LITERALS = new Set(["string", "integer", "true", "false", "none"]);
