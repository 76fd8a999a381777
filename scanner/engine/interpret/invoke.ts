import type { Handler } from "../rules/rule-set.ts";
import { bindParameters } from "./bind-parameters.ts";
import { boundParameters, noteReturn } from "./checking-functions.ts";
import { decoratorFacts } from "./decorators.ts";
import { newFrame, readVariable, writeVariable } from "./frame.ts";
import { extendPath } from "./member.ts";
import type { Activation, Entry, Run } from "./run.ts";
import { checkTrivial } from "./trivial-functions.ts";
import { type Callable, type Frame, joinAll, type Value } from "./value.ts";

/** Runs a function's body and answers with what it may return. */
export function invoke(run: Run, callable: Callable, entry: Entry): Value {
  const { function: node, self } = callable;
  const frame = newFrame(callable.frame);
  if (self !== null) bindSelf(frame, self);
  const handler = entry.kind === "outside" ? (entry.handler ?? handlerOf(run, callable)) : null;
  const probe = entry.kind === "call" ? entry.probe : undefined;
  const activation: Activation = { function: node, returns: [], returnSinks: handler?.returns ?? [], bound: [], probe };
  if (entry.kind === "outside") {
    if (!run.entered.has(node)) checkTrivial(run, node);
    run.entered.add(node);
  }
  run.activations.push(activation);
  try {
    bindParameters(run, { callable, entry, handler }, frame);
    activation.bound = probe === undefined ? [] : boundParameters(node, frame);
    if (!run.execute(run, node.body, frame)) noteReturn(run, null, frame);
  } finally {
    run.activations.pop();
  }
  const made = entry.kind === "call" && entry.creates === true ? readVariable(frame, "this") : undefined;
  return made ?? joinAll(activation.returns);
}

/** `this`, and `super` where the class that it is derived from is known. */
function bindSelf(frame: Frame, self: Value): void {
  writeVariable(frame, "this", self);
  const parent = self.instance?.parent ?? null;
  if (parent !== null) writeVariable(frame, "super", { ...self, instance: parent, constructs: parent });
}

/** What the framework does with a function that is so decorated, so named, or a method of such a class. */
function handlerOf(run: Run, callable: Callable): Handler | null {
  return handlerByDecorator(run, callable) ?? handlerByClass(run, callable) ?? handlerByName(run, callable);
}

function handlerByDecorator(run: Run, { function: node, frame }: Callable): Handler | null {
  // Each is looked at, whichever of them hands the function to the framework: one behind that may be wrong.
  const facts = node.decorators.map((decorator) => decoratorFacts(run, decorator, frame));
  return facts.flatMap((known) => known?.decorators ?? [])[0] ?? null;
}

function handlerByClass(run: Run, { function: node, self }: Callable): Handler | null {
  if (self === null || node.name === null || !node.isMethod) return null;
  return run.rules.about(extendPath(self.path, node.name)).methods[0] ?? null;
}

function handlerByName(run: Run, { function: node }: Callable): Handler | null {
  const named = node.name === null ? undefined : run.rules.handlersByName.get(node.name);
  const isFitting = named?.firstParameter?.includes(node.parameters[0]?.name ?? "") ?? true;
  return named !== undefined && isFitting ? named : null;
}
