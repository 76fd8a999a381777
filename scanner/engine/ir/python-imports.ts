import { child, childrenOf, type SyntaxNode } from "../syntax/syntax-node.ts";
import { type Lowering, placeOf, submodule, textOf } from "./lowering.ts";
import type { ImportedName, Statement } from "./nodes.ts";

export function lowerImport(lowering: Lowering, node: SyntaxNode): Statement[] {
  return childrenOf(node, "name").map((name) => {
    const [inner, alias] = [child(name, "name"), child(name, "alias")];
    const module = textOf(lowering, inner ?? name);
    const local = alias === undefined ? module : textOf(lowering, alias);
    return importOf(lowering, node, module, [{ local, imported: null }]);
  });
}

export function lowerImportFrom(lowering: Lowering, node: SyntaxNode): Statement[] {
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
