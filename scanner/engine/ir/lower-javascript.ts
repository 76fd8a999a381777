import { child, childOfType, childrenOf, type SyntaxNode } from "../syntax/syntax-node.ts";
import { lowerExpression, lowerFunction, moduleName, named, stringText } from "./javascript-expressions.ts";
import type { JavascriptLowering } from "./javascript-lowering.ts";
import { lowerTarget } from "./javascript-targets.ts";
import { deeper, newLowering, placeOf, sequenceOf, textOf } from "./lowering.ts";
import type { ClassNode, Expression, FunctionNode, ImportedName, Program, Statement, SwitchCase } from "./nodes.ts";

/** Turns a parsed JavaScript or TypeScript file into our nodes. Code that did not parse is searched for what did. */
export function lowerJavascript(path: string, source: string, root: SyntaxNode): Program {
  const lowering: JavascriptLowering = {
    ...newLowering(path, source),
    lowerBody: (body) => lowerBody(lowering, body),
    lowerClass: (node) => lowerClass(lowering, node, []),
    lowerExpression,
  };
  return { body: lowerBlock(lowering, root), imports: lowering.imports, isCut: lowering.isCut };
}

type Lower = (lowering: JavascriptLowering, node: SyntaxNode) => Statement[];

/** A function's body: statements, or the one expression of an arrow function, which is its answer. */
function lowerBody(lowering: JavascriptLowering, body: SyntaxNode): Statement[] {
  if (body.type === "statement_block") return lowerBlock(lowering, body);
  return [{ ...placeOf(lowering, body), kind: "return", value: lowerExpression(lowering, body) }];
}

function lowerBlock(lowering: JavascriptLowering, node: SyntaxNode | undefined): Statement[] {
  if (node === undefined) return [];
  return deeper(
    lowering,
    () => node.children.flatMap((statement) => lowerStatement(lowering, statement)),
    () => [],
  );
}

function lowerStatement(lowering: JavascriptLowering, node: SyntaxNode): Statement[] {
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
  labeled_statement: (lowering, node) => childrenOf(node, "body").flatMap((body) => lowerStatement(lowering, body)),
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

function lowerBare(lowering: JavascriptLowering, node: SyntaxNode): Statement[] {
  return [{ ...placeOf(lowering, node), kind: "expression", expression: lowerExpression(lowering, node) }];
}

function optional(lowering: JavascriptLowering, node: SyntaxNode | undefined): Expression | null {
  return node === undefined ? null : lowerExpression(lowering, node);
}

function required(lowering: JavascriptLowering, node: SyntaxNode | undefined, around: SyntaxNode): Expression {
  return optional(lowering, node) ?? sequenceOf(placeOf(lowering, around), []);
}

function lowerDeclaration(lowering: JavascriptLowering, node: SyntaxNode): Statement[] {
  return node.children.flatMap((declarator): Statement[] => {
    const [name, given] = [child(declarator, "name"), child(declarator, "value")];
    if (name === undefined || given === undefined) return [];
    const value = named(lowerExpression(lowering, given), textOf(lowering, name));
    return [
      { ...placeOf(lowering, declarator), kind: "assign", target: lowerTarget(lowering, name), value, operator: null },
    ];
  });
}

function bodyOf(lowering: JavascriptLowering, node: SyntaxNode | undefined): Statement[] {
  return node === undefined ? [] : lowerStatement(lowering, node);
}

/** `else if` chains are walked, not recursed into: generated ones have hundreds of links. */
function lowerIf(lowering: JavascriptLowering, node: SyntaxNode): Statement[] {
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

function loopOf(lowering: JavascriptLowering, node: SyntaxNode): Statement {
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

function lowerFor(lowering: JavascriptLowering, node: SyntaxNode): Statement[] {
  const start = child(node, "initializer");
  const step = child(node, "increment");
  const loop = loopOf(lowering, node);
  if (loop.kind === "loop" && step !== undefined) loop.body.push(...lowerBare(lowering, step));
  return start === undefined ? [loop] : [...lowerStatement(lowering, start), loop];
}

function lowerForIn(lowering: JavascriptLowering, node: SyntaxNode): Statement[] {
  const [left, right, body] = [child(node, "left"), child(node, "right"), child(node, "body")];
  if (left === undefined || right === undefined) return bodyOf(lowering, body);
  const iterable = lowerExpression(lowering, right);
  const target = lowerTarget(lowering, left);
  return [{ ...placeOf(lowering, node), kind: "loop", target, iterable, test: null, body: bodyOf(lowering, body) }];
}

/** Cases without a body of their own share that of the next. */
function lowerSwitch(lowering: JavascriptLowering, node: SyntaxNode): Statement[] {
  const subject = required(lowering, child(node, "value"), node);
  const cases: SwitchCase[] = [];
  let shared: Expression[] = [];
  let isShared = false;
  for (const clause of child(node, "body")?.children ?? []) {
    const value = child(clause, "value");
    const body = childrenOf(clause, "body").flatMap((statement) => lowerStatement(lowering, statement));
    const isDefault = clause.type === "switch_default" || value === undefined;
    if (!isDefault) shared.push(lowerExpression(lowering, value));
    isShared ||= isDefault;
    if (body.length === 0) continue;
    cases.push({ tests: isShared ? [] : shared, body });
    shared = [];
    isShared = false;
  }
  return [{ ...placeOf(lowering, node), kind: "switch", subject, cases, endsAtBreak: true }];
}

function lowerTry(lowering: JavascriptLowering, node: SyntaxNode): Statement[] {
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

function lowerClass(lowering: JavascriptLowering, node: SyntaxNode, decorators: Expression[]): ClassNode {
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
function basesOf(lowering: JavascriptLowering, node: SyntaxNode): Expression[] {
  const heritage = childOfType(node, "class_heritage");
  if (heritage === undefined) return [];
  const base = child(childOfType(heritage, "extends_clause") ?? heritage, "value") ?? heritage.children[0];
  return base === undefined || base.type === "implements_clause" ? [] : [lowerExpression(lowering, base)];
}

/** A field with a function for its value is a method in all but form. */
function lowerMemberField(lowering: JavascriptLowering, node: SyntaxNode): Statement[] {
  const [name, value] = [child(node, "name") ?? child(node, "property"), child(node, "value")];
  if (node.type === "class_static_block") return node.children.flatMap((block) => lowerStatement(lowering, block));
  if (name === undefined || value === undefined) return [];
  const target = { ...placeOf(lowering, name), kind: "variable" as const, name: textOf(lowering, name) };
  return [
    { ...placeOf(lowering, node), kind: "assign", target, value: lowerExpression(lowering, value), operator: null },
  ];
}

function decoratorsOf(lowering: JavascriptLowering, nodes: SyntaxNode[]): Expression[] {
  return nodes.flatMap(({ children }) => children.map((inner) => lowerExpression(lowering, inner)));
}

function lowerImport(lowering: JavascriptLowering, node: SyntaxNode): Statement[] {
  const required = childOfType(node, "import_require_clause");
  const source = child(node, "source") ?? (required === undefined ? undefined : child(required, "source"));
  if (source === undefined) return [];
  const specifier = stringText(lowering, source);
  const module = moduleName(specifier);
  lowering.imports.add(specifier);
  const clause = childOfType(node, "import_clause");
  const names = (clause?.children ?? required?.children ?? []).flatMap((part) => importedNames(lowering, part));
  return [{ ...placeOf(lowering, node), kind: "import", module, specifier, names }];
}

/** The default export stands for the whole module: `import fs from "fs"` is `import * as fs`. */
function importedNames(lowering: JavascriptLowering, node: SyntaxNode): ImportedName[] {
  if (node.type === "identifier") return [{ local: textOf(lowering, node), imported: null }];
  if (node.type === "namespace_import")
    return node.children.map((name) => ({ local: textOf(lowering, name), imported: null }));
  if (node.type !== "named_imports") return [];
  return node.children.flatMap((specifier) => {
    const [name, alias] = [child(specifier, "name"), child(specifier, "alias")];
    if (name === undefined) return [];
    const imported = textOf(lowering, name);
    const local = alias === undefined ? imported : textOf(lowering, alias);
    return [{ local, imported: imported === "default" ? null : imported }];
  });
}

/** No variable can be called so. */
export const DEFAULT_EXPORT = "default";

function lowerExport(lowering: JavascriptLowering, node: SyntaxNode): Statement[] {
  const [declaration, value, source] = ["declaration", "value", "source"].map((field) => child(node, field));
  const decorators = decoratorsOf(
    lowering,
    node.children.filter(({ type }) => type === "decorator"),
  );
  const place = placeOf(lowering, node);
  if (source !== undefined) return lowerReexport(lowering, node, source);
  if (value !== undefined) return [defaultExport(lowering, node, lowerExpression(lowering, value))];
  if (declaration === undefined) return [];
  const declared: Statement[] = declaration.type.endsWith("class_declaration")
    ? [{ ...place, kind: "class", class: lowerClass(lowering, declaration, decorators) }]
    : lowerStatement(lowering, declaration);
  const name = child(declaration, "name");
  const isDefault = /^export\s+default\b/u.test(textOf(lowering, node));
  if (!isDefault || name === undefined) return declared;
  return [...declared, defaultExport(lowering, node, { ...place, kind: "name", name: textOf(lowering, name) })];
}

function defaultExport(lowering: JavascriptLowering, node: SyntaxNode, value: Expression): Statement {
  const place = placeOf(lowering, node);
  return {
    ...place,
    kind: "assign",
    target: { ...place, kind: "variable", name: DEFAULT_EXPORT },
    value,
    operator: null,
  };
}

/** `export { a as b } from "./c"` makes `b` known here, as importing it would. */
function lowerReexport(lowering: JavascriptLowering, node: SyntaxNode, source: SyntaxNode): Statement[] {
  const specifier = stringText(lowering, source);
  const names = (childOfType(node, "export_clause")?.children ?? []).flatMap((item): ImportedName[] => {
    const [name, alias] = [child(item, "name"), child(item, "alias")];
    if (name === undefined) return [];
    const imported = textOf(lowering, name);
    return [{ local: alias === undefined ? imported : textOf(lowering, alias), imported }];
  });
  lowering.imports.add(specifier);
  return [{ ...placeOf(lowering, node), kind: "import", module: moduleName(specifier), specifier, names }];
}
