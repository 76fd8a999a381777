import { child, childOfType, type SyntaxNode } from "../syntax/syntax-node.ts";
import { decoratorsOf, lowerClass } from "./javascript-classes.ts";
import { type Lowering, placeOf, textOf, unescapeText } from "./lowering.ts";
import type { Expression, ImportedName, Statement } from "./nodes.ts";

/** `node:fs/promises` and `fs/promises` are the same; a file of the project is known by its last part. */
export function moduleName(specifier: string): string {
  return specifier
    .replace(/^node:/u, "")
    .replace(/^(?:\.{1,2}\/)+/u, "")
    .replace(/\.[cm]?[jt]s$/u, "")
    .replaceAll("/", ".");
}

export function stringText(lowering: Lowering, node: SyntaxNode): string {
  return unescapeText(lowering.source.slice(node.start + 1, node.end - 1));
}

export function lowerImport(lowering: Lowering, node: SyntaxNode): Statement[] {
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
function importedNames(lowering: Lowering, node: SyntaxNode): ImportedName[] {
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

export function lowerExport(lowering: Lowering, node: SyntaxNode): Statement[] {
  const [declaration, value, source] = ["declaration", "value", "source"].map((field) => child(node, field));
  const decorators = decoratorsOf(
    lowering,
    node.children.filter(({ type }) => type === "decorator"),
  );
  const place = placeOf(lowering, node);
  if (source !== undefined) return lowerReexport(lowering, node, source);
  if (value !== undefined) return [defaultExport(lowering, node, lowering.lowerExpression(lowering, value))];
  if (declaration === undefined) return [];
  const declared: Statement[] = declaration.type.endsWith("class_declaration")
    ? [{ ...place, kind: "class", class: lowerClass(lowering, declaration, decorators) }]
    : lowering.lowerStatement(lowering, declaration);
  const name = child(declaration, "name");
  const isDefault = /^export\s+default\b/u.test(textOf(lowering, node));
  if (!isDefault || name === undefined) return declared;
  return [...declared, defaultExport(lowering, node, { ...place, kind: "name", name: textOf(lowering, name) })];
}

function defaultExport(lowering: Lowering, node: SyntaxNode, value: Expression): Statement {
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
function lowerReexport(lowering: Lowering, node: SyntaxNode, source: SyntaxNode): Statement[] {
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
