import type { Expression } from "../ir/nodes.ts";
import { allArguments, type CallArguments } from "./call-arguments.ts";
import { insideOf } from "./member.ts";
import type { Entry, Run } from "./run.ts";
import type { Callable, Value } from "./value.ts";

const MAX_CALLBACK_DEPTH = 12;

type CallExpression = Extract<Expression, { kind: "call" }>;
type CallingCall = { expression: CallExpression; path: string; given: CallArguments; receiver: Value | null };

/**
 * Runs the functions that a call is given, as whoever is called would: a framework with its request and response, a
 * list with its items, anybody else with something unknown. Answers with what they return.
 */
export function runCallbacks(run: Run, { expression, path, given, receiver }: CallingCall): Value[] {
  const callables = allArguments(given).flatMap(callablesOf);
  if (callables.length === 0) return [];
  const { callbacks, traits } = run.rules.about(path);
  const [handler = null] = callbacks;
  const entry = { kind: "outside" as const, handler, positional: inputsOf(traits, given, receiver) };
  if (handler?.inRoute === undefined) return callables.flatMap((callable) => runCallback(run, callable, entry));
  const names = namesInRoute(given.positional[0], handler.inRoute);
  const place = expression.arguments[0]?.value;
  if (names.size === 0 || place === undefined) return [];
  return callables.flatMap((callable) => runCallback(run, callable, { ...entry, route: { names, place } }));
}

/** `users/<str:name>`: what an address may hold at will. */
function namesInRoute(route: Value | undefined, pattern: string): ReadonlySet<string> {
  const text = route?.constant;
  if (typeof text !== "string") return new Set();
  return new Set([...text.matchAll(new RegExp(pattern, "gu"))].map(([, name]) => name ?? ""));
}

/** What whoever is called hands to the function: its own items, or what it is given beside the function. */
function inputsOf(traits: readonly string[], given: CallArguments, receiver: Value | null): Value[] {
  if (traits.includes("mappers")) return behindFunction(given).map(insideOf);
  if (traits.includes("runners")) {
    const listed = given.named.get("args");
    return listed === undefined ? behindFunction(given) : [...(listed.elements?.values() ?? [insideOf(listed)])];
  }
  const isWalk = traits.includes("iterators") || traits.includes("transformers");
  return isWalk && receiver !== null ? [insideOf(receiver)] : [];
}

function behindFunction({ positional }: CallArguments): Value[] {
  return positional.slice(positional.findIndex(({ callable }) => callable !== null) + 1);
}

function runCallback(run: Run, callable: Callable, entry: Entry): Value[] {
  const isRunning = run.activations.some((activation) => activation.function === callable.function);
  if (isRunning || run.activations.length >= MAX_CALLBACK_DEPTH) return [];
  return [run.invoke(run, callable, entry)];
}

/** A function, or a list of them, as Express takes. */
function callablesOf(value: Value): Callable[] {
  if (value.callable !== null) return [value.callable];
  return [...(value.elements?.values() ?? [])].flatMap(({ callable }) => (callable === null ? [] : [callable]));
}
