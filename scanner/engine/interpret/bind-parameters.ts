import type { Expression, Parameter } from "../ir/nodes.ts";
import type { Handler } from "../rules/rule-set.ts";
import { assign, withFallback } from "./assign.ts";
import { readVariable } from "./frame.ts";
import { callPath, storeField } from "./member.ts";
import type { Entry, Route, Run } from "./run.ts";
import { atStep, type Callable, type Frame, pathValue, taintedValue, UNKNOWN, type Value } from "./value.ts";
import { checkWrittenSecret } from "./written-secrets.ts";

/** A function being entered, and what its framework does with it. */
type Invocation = { callable: Callable; entry: Entry; handler: Handler | null };

/** Gives each parameter its value: what the call gives, or what whoever calls from outside would. */
export function bindParameters(run: Run, invocation: Invocation, frame: Frame): void {
  const { function: node, self } = invocation.callable;
  const [first] = node.parameters;
  const hasSelf = node.isMethod && self !== null && ["self", "cls"].includes(first?.name ?? "");
  if (hasSelf && first !== undefined) assign(run, first.target, self, frame);
  for (const [position, parameter] of node.parameters.slice(hasSelf ? 1 : 0).entries()) {
    if (parameter.fallback !== null) checkWrittenSecret(run, parameter.name, parameter.fallback);
    const given = givenTo(parameter, position, invocation.entry);
    const value = given ?? missingValue(run, { parameter, position, invocation }, frame);
    assign(run, parameter.target, value, frame);
    // TypeScript's `constructor(private readonly db: Db)`.
    if (parameter.isField && parameter.name !== null && self?.instance)
      storeField(self.instance, parameter.name, value);
  }
}

/** What a call, or the callee of a callback, hands over. */
function givenTo(parameter: Parameter, position: number, entry: Entry): Value | undefined {
  if (entry.kind === "outside") return entry.handler === null ? entry.positional[position] : undefined;
  if (parameter.isRest) {
    const rest = entry.positional.slice(position);
    return { ...UNKNOWN, elements: new Map(rest.map((value, index) => [String(index), value])) };
  }
  const named = parameter.name === null ? undefined : entry.named.get(parameter.name);
  const value = named ?? entry.positional[position];
  return value === undefined ? undefined : atStep(value, parameter.target);
}

type Missing = { parameter: Parameter; position: number; invocation: Invocation };

function missingValue(run: Run, { parameter, position, invocation }: Missing, frame: Frame): Value {
  const { entry, handler } = invocation;
  if (entry.kind === "call") {
    return parameter.fallback === null ? pathValue(parameter.name) : run.evaluate(run, parameter.fallback, frame);
  }
  const expected = annotatedValue(run, parameter, frame);
  const deciding = decoratorHandler(run, parameter, frame) ?? handler;
  if (deciding === null) return fallbackValue(run, parameter, expected, frame);
  if (entry.route !== undefined) return routedValue(deciding, entry.route, { parameter, position, expected });
  return handledValue(deciding, { parameter, position, expected });
}

type Expected = { parameter: Parameter; position: number; expected: Value };

/** A part of the address, whose sender chose it where the route says that it may be anything. */
function routedValue({ kind }: Handler, route: Route, { parameter, expected }: Expected): Value {
  return route.names.has(parameter.name ?? "") ? taintedValue(kind, route.place, expected.path) : expected;
}

/** The framework's objects, or the sender's data. */
function handledValue(handler: Handler, { parameter, position, expected }: Expected): Value {
  const { name } = parameter;
  if (handler.parameters !== undefined) {
    const isKnownName = name !== null && handler.parameters.includes(name);
    const role = isKnownName ? name : handler.parameters[position];
    if (role === undefined) return expected;
    return role === "tainted" ? taintedValue(handler.kind, parameter.target, name) : pathValue(role);
  }
  const isSkipped = name !== null && handler.skipParameters.includes(name);
  const isClean = isSkipped || isCleanParameter(parameter, handler) || isChoice(expected);
  return isClean ? expected : taintedValue(handler.kind, parameter.target, expected.path);
}

function fallbackValue(run: Run, parameter: Parameter, expected: Value, frame: Frame): Value {
  if (parameter.fallback === null) return expected;
  return { ...withFallback(run, expected, parameter.fallback, frame), constant: undefined, prefix: "", ending: "" };
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

/** Whether it is one of the fixed values of an enumeration of the project. */
function isChoice({ instance }: Value): boolean {
  return instance?.node.bases.some((base) => ENUMERATIONS.has(nameOf(base))) ?? false;
}

const ENUMERATIONS = new Set(["Enum", "StrEnum", "IntEnum", "Flag", "IntFlag", "TextChoices", "IntegerChoices"]);

function argumentsOf(decorator: Expression): Expression[] {
  return decorator.kind === "call" ? decorator.arguments.map(({ value }) => value) : [];
}

function nameOf(expression: Expression): string {
  if (expression.kind === "call") return nameOf(expression.callee);
  if (expression.kind === "member") return expression.property;
  return expression.kind === "name" ? expression.name : "";
}

/** `db: Session` is what `Session()` would be, if that is imported or a class of the project; else known by its name. */
function annotatedValue(run: Run, parameter: Parameter, frame: Frame): Value {
  const unknown = pathValue(parameter.name);
  const name = /^[\w.]+$/u.exec(parameter.annotation ?? "")?.[0];
  if (name === undefined) return unknown;
  const [head = "", ...rest] = name.split(".");
  const value = readVariable(frame, head) ?? UNKNOWN;
  if (value.constructs !== null) return { ...pathValue(callPath(value.path)), instance: value.constructs };
  if (value.path === null) return unknown;
  const type = [value.path, ...rest].join(".");
  return pathValue(run.rules.typeNames.get(type) ?? callPath(type));
}
