import { child, childOfType, type SyntaxNode } from "../syntax/syntax-node.ts";
import { CLASS_DECLARATIONS } from "./java-classes.ts";
import { fullTypeName, membersOf } from "./java-scopes.ts";
import { type Lowering, placeOf, textOf } from "./lowering.ts";
import type { Statement } from "./nodes.ts";

/**
 * What a file imports, and what it uses of its own package without saying so. A type is known by its bare name,
 * wherever it comes from: `import java.sql.*` does not tell what it brings.
 */
export function lowerImports(lowering: Lowering, root: SyntaxNode): Statement[] {
  const declarations = root.children.filter(({ type }) => type === "import_declaration");
  const imports = declarations.flatMap((declaration) => lowerImport(lowering, declaration));
  const known = new Set(imports.map(({ names: [name] }) => name?.local));
  for (const name of declaredClasses(lowering, root)) known.add(name);
  const home = childOfType(root, "package_declaration")?.children.at(-1);
  const prefix = home === undefined ? "" : `${textOf(lowering, home)}.`;
  const used = [...usedTypes(lowering, root, prefix)].filter(([name]) => !known.has(name));
  return [...imports, ...used.map(([name, specifier]) => importOf(lowering, root, specifier, { owner: "", name }))];
}

type Import = Extract<Statement, { kind: "import" }>;

function lowerImport(lowering: Lowering, node: SyntaxNode): Import[] {
  const [name, star] = node.children;
  if (name === undefined || star !== undefined) return [];
  const path = textOf(lowering, name);
  const parts = path.split(".");
  const last = parts.at(-1) ?? path;
  if (!/^import\s+static\s/u.test(textOf(lowering, node)))
    return [importOf(lowering, node, path, { owner: "", name: last })];
  // A method of a class, called without it.
  lowering.scopes[0]?.methods.add(last);
  const owner = parts.at(-2) ?? "";
  return [importOf(lowering, node, parts.slice(0, -1).join("."), { owner, name: last })];
}

function importOf(
  lowering: Lowering,
  node: SyntaxNode,
  specifier: string,
  { owner, name }: { owner: string; name: string },
): Import {
  lowering.imports.add(specifier);
  return {
    ...placeOf(lowering, node),
    kind: "import",
    module: owner,
    specifier,
    names: [{ local: name, imported: name }],
  };
}

function declaredClasses(lowering: Lowering, root: SyntaxNode): string[] {
  const names: string[] = [];
  const pending = [...root.children];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (!CLASS_DECLARATIONS.has(node.type)) continue;
    const name = child(node, "name");
    if (name !== undefined) names.push(textOf(lowering, name));
    for (const member of membersOf(node)) pending.push(member);
  }
  return names;
}

/**
 * Every name that can only be a type's, and those before a dot that are written like one, with where they come from:
 * their own package, unless they are written with another.
 */
function usedTypes(lowering: Lowering, root: SyntaxNode, prefix: string): Map<string, string> {
  const used = new Map<string, string>();
  const pending = [root];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const full = FULL_NAMES.has(next.type) ? fullTypeName(lowering, next) : null;
    if (full !== null) {
      used.set(full.name, full.specifier);
      continue;
    }
    for (const inner of next.children) {
      const name = isTypePlace(next, inner) ? textOf(lowering, inner) : "";
      if (/^[A-Z]/u.test(name) && !used.has(name)) used.set(name, `${prefix}${name}`);
      pending.push(inner);
    }
  }
  return used;
}

function isTypePlace(around: SyntaxNode, { type, field }: SyntaxNode): boolean {
  if (type !== "identifier") return type === "type_identifier";
  const isAnnotation = around.type === "annotation" || around.type === "marker_annotation";
  return field === "object" || (isAnnotation && field === "name");
}

const FULL_NAMES = new Set(["scoped_type_identifier", "field_access", "scoped_identifier"]);
