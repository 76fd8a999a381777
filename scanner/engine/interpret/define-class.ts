import type { ClassNode } from "../ir/nodes.ts";
import { decoratorFacts } from "./decorators.ts";
import { newFrame, variablesOf, writeVariable } from "./frame.ts";
import { enqueue, type Run } from "./run.ts";
import { type ClassOfFile, type Frame, UNKNOWN, type Value } from "./value.ts";

const CONSTRUCTORS = new Set(["__init__", "constructor"]);

/** Runs a class body and has its methods run later, the constructor first: the others read what it stores. */
export function defineClass(run: Run, node: ClassNode, frame: Frame): Value {
  const bases = node.bases.map((base) => run.evaluate(run, base, frame));
  for (const decorator of node.decorators) decoratorFacts(run, decorator, frame);
  const inside = newFrame(frame);
  const owner: ClassOfFile = {
    node,
    frame,
    fields: new Map(),
    parent: bases.find((base) => base.constructs !== null)?.constructs ?? null,
  };
  // An instance is known by what it is imported as, so that `self.path` of a request handler is told from any other.
  const imported = bases.find(({ path }) => path?.includes("."))?.path;
  const self: Value = { ...UNKNOWN, path: imported === undefined ? "self" : `${imported}()`, instance: owner };
  writeVariable(inside, "this", self);
  run.execute(run, node.body, inside);
  for (const [name, value] of variablesOf(inside)) if (!owner.fields.has(name)) owner.fields.set(name, value);
  owner.fields.delete("this");
  const isConstructor = (name: string | null) => name !== null && CONSTRUCTORS.has(name);
  const inOrder = [...node.methods].sort((a, b) => Number(isConstructor(b.name)) - Number(isConstructor(a.name)));
  for (const method of inOrder) enqueue(run, { function: method, frame, self });
  const value: Value = { ...UNKNOWN, path: node.name, constructs: owner };
  if (node.name !== null) writeVariable(frame, node.name, value);
  return value;
}
