import { child, childOfType, childrenOf, type SyntaxNode } from "../syntax/syntax-node.ts";
import { deeper, type Lowering, newLowering, placeOf, submodule, textOf } from "./lowering.ts";
import type { ClassNode, Expression, FunctionNode, ImportedName, Program, Statement } from "./nodes.ts";
import { lowerExpression, lowerParameters, lowerTarget } from "./python-expressions.ts";

/** Turns a parsed Python file into our nodes. Code that did not parse is left out, what is around it stays. */
export function lowerPython(path: string, source: string, root: SyntaxNode): Program {
  const lowering = newLowering(path, source);
  return { body: lowerBlock(lowering, root), imports: lowering.imports, isCut: lowering.isCut };
}

function lowerBlock(lowering: Lowering, node: SyntaxNode | undefined): Statement[] {
  if (node === undefined) return [];
  return deeper(
    lowering,
    () => node.children.flatMap((statement) => lowerStatement(lowering, statement)),
    () => [],
  );
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
  return [{ ...placeOf(lowering, node), kind: "expression", expression: lowerExpression(lowering, node) }];
}

function optional(lowering: Lowering, node: SyntaxNode | undefined): Expression | null {
  return node === undefined ? null : lowerExpression(lowering, node);
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
  const value = last?.kind === "assign" ? last.value : lowerExpression(lowering, right);
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
  const opened = items.flatMap((item): Statement[] => {
    const value = child(item, "value") ?? item;
    const [subject, alias] = [value.children[0], child(value, "alias")];
    if (value.type !== "as_pattern" || subject === undefined || alias === undefined) return lowerBare(lowering, value);
    const target = lowerTarget(lowering, alias);
    return [
      { ...placeOf(lowering, item), kind: "assign", target, value: lowerExpression(lowering, subject), operator: null },
    ];
  });
  return [...opened, ...lowerBlock(lowering, child(node, "body"))];
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
    return {
      tests: literals.length === options.length ? literals.flatMap((literal) => optional(lowering, literal) ?? []) : [],
      body: lowerBlock(lowering, child(clause, "consequence")),
    };
  });
  return [
    {
      ...placeOf(lowering, node),
      kind: "switch",
      subject: lowerExpression(lowering, subject),
      cases,
      endsAtBreak: false,
    },
  ];
}

const LITERALS = new Set(["string", "integer", "true", "false", "none"]);

function lowerFunction(
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

function lowerClass(lowering: Lowering, node: SyntaxNode, decorators: Expression[]): ClassNode {
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
    bases: (child(node, "superclasses")?.children ?? []).map((base) => lowerExpression(lowering, base)),
    decorators,
    methods,
    body: rest.flatMap((member) => lowerStatement(lowering, member)),
  };
}

function decoratorsOf(lowering: Lowering, node: SyntaxNode): Expression[] {
  return node.children
    .filter((part) => part.type === "decorator")
    .flatMap((decorator) => decorator.children.map((inner) => lowerExpression(lowering, inner)));
}

function lowerDecorated(lowering: Lowering, node: SyntaxNode): Statement[] {
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

function lowerImport(lowering: Lowering, node: SyntaxNode): Statement[] {
  return childrenOf(node, "name").map((name) => {
    const [inner, alias] = [child(name, "name"), child(name, "alias")];
    const module = textOf(lowering, inner ?? name);
    const local = alias === undefined ? module : textOf(lowering, alias);
    return importOf(lowering, node, module, [{ local, imported: null }]);
  });
}

function lowerImportFrom(lowering: Lowering, node: SyntaxNode): Statement[] {
  const module = child(node, "module_name");
  const names = childrenOf(node, "name").map((name): ImportedName => {
    const [inner, alias] = [child(name, "name"), child(name, "alias")];
    const imported = textOf(lowering, inner ?? name);
    return { local: alias === undefined ? imported : textOf(lowering, alias), imported };
  });
  return [importOf(lowering, node, module === undefined ? "" : textOf(lowering, module), names)];
}

function importOf(lowering: Lowering, node: SyntaxNode, specifier: string, names: ImportedName[]): Statement {
  lowering.imports.add(specifier);
  // What is imported from a package may be a file of it.
  for (const { imported } of names) if (imported !== null) lowering.imports.add(submodule(specifier, imported));
  return { ...placeOf(lowering, node), kind: "import", module: specifier.replace(/^\.+/u, ""), specifier, names };
}
