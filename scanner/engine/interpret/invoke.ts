import type { FunctionNode, Parameter } from "../ir/nodes.ts";
import type { Handler } from "../rules/rule-set.ts";
import { assign, withFallback } from "./assign.ts";
import { type Frame, newFrame, writeVariable } from "./frame.ts";
import type { Activation, Entry, Run } from "./run.ts";
import { atStep, type Callable, joinAll, pathValue, taintedValue, UNKNOWN, type Value } from "./value.ts";
import { checkWrittenSecret } from "./written-secrets.ts";

/** Runs a function's body and answers with what it may return. */
export function invoke(run: Run, callable: Callable, entry: Entry): Value {
  const { function: node, self } = callable;
  const frame = newFrame(callable.frame);
  if (self !== null) writeVariable(frame, "this", self);
  const handler = entry.kind === "outside" ? (entry.handler ?? handlerOf(run, callable)) : null;
  const activation: Activation = { function: node, returns: [], returnSink: handler?.returns ?? null };
  if (entry.kind === "outside") run.entered.add(node);
  run.activations.push(activation);
  try {
    bindParameters(run, callable, entry, handler, frame);
    run.execute(run, node.body, frame);
  } finally {
    run.activations.pop();
  }
  return joinAll(activation.returns);
}

/** What the framework does with a function that is so decorated or so named. */
function handlerOf(run: Run, callable: Callable): Handler | null {
  const { function: node, frame } = callable;
  for (const decorator of node.decorators) {
    const { path } = run.evaluate(run, decorator.kind === "call" ? decorator.callee : decorator, frame);
    const [handler] = path === null ? [] : run.rules.about(path).decorators;
    if (handler !== undefined) return handler;
  }
  const named = node.name === null ? undefined : run.rules.handlersByName.get(node.name);
  const isFitting = named?.firstParameter?.includes(node.parameters[0]?.name ?? "") ?? true;
  return named !== undefined && isFitting ? named : null;
}

function bindParameters(run: Run, callable: Callable, entry: Entry, handler: Handler | null, frame: Frame): void {
  const { function: node, self } = callable;
  const hasSelf = node.isMethod && self !== null && ["self", "cls"].includes(node.parameters[0]?.name ?? "");
  const [first] = node.parameters;
  if (hasSelf && first !== undefined) assign(run, first.target, self, frame);
  for (const [position, parameter] of node.parameters.slice(hasSelf ? 1 : 0).entries()) {
    const value =
      entry.kind === "call"
        ? givenValue(run, entry, parameter, position, frame)
        : outsideValue(run, { parameter, position, handler, given: entry.positional[position] }, frame);
    if (parameter.fallback !== null) checkWrittenSecret(run, parameter.name, parameter.fallback);
    assign(run, parameter.target, value, frame);
  }
}

function givenValue(
  run: Run,
  entry: Extract<Entry, { kind: "call" }>,
  parameter: Parameter,
  position: number,
  frame: Frame,
): Value {
  if (parameter.isRest) {
    const rest = entry.positional.slice(position);
    return { ...UNKNOWN, elements: new Map(rest.map((value, index) => [String(index), value])) };
  }
  const value = (parameter.name === null ? undefined : entry.named.get(parameter.name)) ?? entry.positional[position];
  if (value !== undefined) return atStep(value, parameter.target);
  return parameter.fallback === null ? pathValue(parameter.name) : run.evaluate(run, parameter.fallback, frame);
}

type OutsideParameter = { parameter: Parameter; position: number; handler: Handler | null; given: Value | undefined };

/** What whoever calls from outside gives: the framework's objects, the sender's data, or something unknown of that name. */
function outsideValue(run: Run, { parameter, position, handler, given }: OutsideParameter, frame: Frame): Value {
  const path = annotationPath(run, parameter, frame) ?? parameter.name;
  const decorated = decoratorHandler(run, parameter, frame);
  if (decorated !== null)
    return isCleanParameter(parameter, decorated) ? pathValue(path) : taintedParameter(decorated, parameter);
  if (handler === null) return given ?? fallbackValue(run, parameter, path, frame);
  if (handler.parameters !== undefined) {
    const isKnownName = parameter.name !== null && handler.parameters.includes(parameter.name);
    const role = isKnownName ? parameter.name : handler.parameters[position];
    if (role === "tainted") return taintedParameter(handler, parameter);
    return pathValue(role ?? path);
  }
  if (parameter.name !== null && handler.skipParameters.includes(parameter.name)) return pathValue(path);
  return isCleanParameter(parameter, handler) ? pathValue(path) : taintedParameter(handler, parameter);
}

function fallbackValue(run: Run, parameter: Parameter, path: string | null, frame: Frame): Value {
  if (parameter.fallback === null) return pathValue(path);
  return { ...withFallback(run, pathValue(path), parameter.fallback, frame), constant: undefined, prefix: "" };
}

function taintedParameter(handler: Handler, parameter: Parameter): Value {
  return taintedValue(handler.kind, parameter.target, parameter.name);
}

function decoratorHandler(run: Run, parameter: Parameter, frame: Frame): Handler | null {
  for (const decorator of parameter.decorators) {
    const { path } = run.evaluate(run, decorator.kind === "call" ? decorator.callee : decorator, frame);
    const [handler] = path === null ? [] : run.rules.about(path).parameterDecorators;
    if (handler !== undefined) return handler;
  }
  return null;
}

/** Whether the framework has turned the parameter into something harmless, such as a number. */
function isCleanParameter(parameter: Parameter, handler: Handler): boolean {
  const annotation = parameter.annotation ?? "";
  const inner = /^(?:Optional|Annotated|Union|List|list)\[\s*(\w+)/u.exec(annotation)?.[1] ?? annotation;
  if (handler.cleanAnnotations.includes(inner)) return true;
  const calls = [parameter.fallback, ...parameter.decorators.flatMap(argumentsOf)];
  return calls.some((call) => call !== null && handler.cleanFallbacks.includes(nameOf(call)));
}

function argumentsOf(decorator: FunctionNode["decorators"][number]): FunctionNode["decorators"] {
  return decorator.kind === "call" ? decorator.arguments.map(({ value }) => value) : [];
}

function nameOf(expression: FunctionNode["decorators"][number]): string {
  if (expression.kind === "call") return nameOf(expression.callee);
  if (expression.kind === "member") return expression.property;
  return expression.kind === "name" ? expression.name : "";
}

/** `db: Session` is what `Session()` would be, if the file imports that name. */
function annotationPath(run: Run, parameter: Parameter, frame: Frame): string | null {
  const name = /^[\w.]+$/u.exec(parameter.annotation ?? "")?.[0];
  if (name === undefined) return null;
  const [head = "", ...rest] = name.split(".");
  const value = run.evaluate(run, { ...parameter.target, kind: "name", name: head }, frame);
  if (value.path === null || value.path === head || value.constructs !== null) return null;
  return `${[value.path, ...rest].join(".")}()`;
}
