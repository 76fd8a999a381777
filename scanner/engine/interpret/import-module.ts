import { submodule } from "../ir/lowering.ts";
import type { Statement } from "../ir/nodes.ts";
import type { SourceModule } from "../project/source-module.ts";
import { newFrame, readVariable, variablesOf, writeVariable } from "./frame.ts";
import type { Run, RunModule } from "./run.ts";
import { elementOf, type Frame, pathValue, UNKNOWN, type Value } from "./value.ts";

const DEFAULT_EXPORT = "default";

/** Binds the names that an import statement brings. */
export function importNames(run: Run, statement: Extract<Statement, { kind: "import" }>, frame: Frame): void {
  const { path: from, module, specifier, names } = statement;
  for (const { local, imported } of names) {
    if (imported === null) bindModule(frame, local, moduleValue(run, from, specifier, module));
    else writeVariable(frame, local, importedValue(run, statement, imported));
  }
}

/** A module of the project with what it exports, or a library's, of which only the name is known. */
export function moduleValue(run: Run, from: string, specifier: string, module: string): Value {
  const file = run.project.find(from, specifier);
  if (file === null) return pathValue(module);
  const exported = exportsOf(run, file);
  return { ...exported, path: keepsPath(exported) ? exported.path : module };
}

/** A function is known by where it is imported from, a value by how it came about. */
function keepsPath({ path, callable, constructs }: Value): boolean {
  return path !== null && callable === null && constructs === null;
}

function importedValue(run: Run, statement: Extract<Statement, { kind: "import" }>, imported: string): Value {
  const { path: from, module, specifier } = statement;
  const path = module === "" ? imported : `${module}.${imported}`;
  const exported = elementOf(moduleValue(run, from, specifier, module), imported);
  const value = exported ?? moduleValue(run, from, submodule(specifier, imported), path);
  return keepsPath(value) ? value : { ...value, path };
}

/** `import a.b` binds `a`, with `b` inside of it. */
function bindModule(frame: Frame, local: string, value: Value): void {
  const [head = "", ...inside] = local.split(".");
  if (inside.length === 0) {
    writeVariable(frame, local, value);
    return;
  }
  const known = readVariable(frame, head) ?? pathValue(head);
  writeVariable(frame, head, withInside(known, inside, value));
}

function withInside(holder: Value, [name = "", ...rest]: string[], value: Value): Value {
  const known = elementOf(holder, name) ?? pathValue(`${holder.path}.${name}`);
  const inner = rest.length === 0 ? value : withInside(known, rest, value);
  return { ...holder, elements: new Map([...(holder.elements ?? []), [name, inner]]) };
}

/** Runs a module once in a file's run; one that is being run already is seen as far as it is. */
function exportsOf(run: Run, file: SourceModule): Value {
  const known = run.modules.get(file.path);
  if (known !== undefined) return known.exports ?? collectExports(known.frame);
  const frame = newFrame(null);
  const module: RunModule = { frame, exports: null };
  run.modules.set(file.path, module);
  run.sources.set(file.path, file.text);
  const { activations } = run;
  run.activations = [];
  try {
    run.execute(run, file.program.body, frame);
  } finally {
    run.activations = activations;
  }
  module.exports = collectExports(frame);
  return module.exports;
}

function collectExports(frame: Frame): Value {
  const elements = new Map<string, Value>();
  for (const [name, value] of variablesOf(frame)) if (!elements.has(name)) elements.set(name, value);
  // CommonJS: what was put into `exports`, and `module.exports`, which may be a function with more on it.
  const module = elements.get("module");
  const assigned = module === undefined ? undefined : elementOf(module, "exports");
  for (const holder of [elements.get("exports"), assigned]) {
    for (const [name, value] of holder?.elements ?? []) elements.set(name, value);
  }
  const whole = assigned ?? elements.get(DEFAULT_EXPORT) ?? UNKNOWN;
  for (const [name, value] of whole.elements ?? []) if (!elements.has(name)) elements.set(name, value);
  return { ...whole, constant: undefined, elements };
}
