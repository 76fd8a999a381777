import type { Expression, Place } from "../ir/nodes.ts";
import type { Facts } from "../rules/rule-set.ts";
import { storeInto } from "./assign.ts";
import { allArguments, type CallArguments, evaluateArguments, holds } from "./call-arguments.ts";
import { runCallbacks } from "./callbacks.ts";
import { concatValues } from "./evaluate-concat.ts";
import { changedList } from "./exact-lists.ts";
import type { Frame } from "./frame.ts";
import { callPath, memberOf, methodOf, storeField } from "./member.ts";
import type { Run } from "./run.ts";
import { checkCall, noteContentType } from "./sinks.ts";
import {
  ANY_KEY,
  type Callable,
  cleaned,
  deepTaints,
  joinAll,
  joinTaints,
  originOf,
  pathValue,
  type Taint,
  UNKNOWN,
  type Value,
  withElement,
} from "./value.ts";
import { checkWrittenSecret } from "./written-secrets.ts";

type CallExpression = Extract<Expression, { kind: "call" }>;
/** A call being evaluated. `receiver` is what stands before the dot. */
type Call = {
  expression: CallExpression;
  callee: Value;
  receiver: Value | null;
  path: string;
  facts: Facts;
  given: CallArguments;
};

const MAX_CALL_DEPTH = 5;

export function evaluateCall(run: Run, expression: CallExpression, frame: Frame): Value {
  const { callee: calleeExpression } = expression;
  const receiver = calleeExpression.kind === "member" ? run.evaluate(run, calleeExpression.object, frame) : null;
  const callee =
    receiver !== null && calleeExpression.kind === "member"
      ? methodOf(receiver, calleeExpression.property)
      : run.evaluate(run, calleeExpression, frame);
  const given = evaluateArguments(run, expression, receiver, frame);
  const path = callee.path ?? "?";
  const call: Call = { expression, callee, receiver, path, facts: run.rules.about(path), given };
  // A chain over many lines is marked where the call itself stands.
  const place: Place = { ...expression, line: calleeExpression.endLine };
  if (call.facts.traits.includes("typeSetters")) noteContentType(given, frame);
  checkCall(run, call.facts, given, place, frame);
  for (const { name, value } of expression.arguments) checkWrittenSecret(run, name, value);
  const answers = runCallbacks(run, call.path, given, receiver);
  collect(run, call, frame);
  const result = answerOf(run, call, answers);
  return withCallSources(run, result, call);
}

function answerOf(run: Run, call: Call, answers: Value[]): Value {
  const { callee, given, path, facts } = call;
  if (callee.constructs !== null) return construct(run, callee, given);
  const classes = facts.sanitizers.filter(({ when }) => when === undefined || holds(when, given));
  if (classes.length > 0) {
    const result = { ...UNKNOWN, taints: carried(run, call), path: callPath(path) };
    return cleaned(
      result,
      classes.flatMap((sanitizer) => sanitizer.classes),
    );
  }
  // What is known to be a sink was judged by what it is given; how it works inside adds nothing.
  const isSink = facts.callSinks.length > 0;
  if (callee.callable !== null && !isSink && mayEnter(run, callee.callable)) {
    const result = run.invoke(run, callee.callable, { kind: "call", positional: given.positional, named: given.named });
    return { ...result, path: result.path ?? callPath(path) };
  }
  if (facts.traits.includes("opaque")) return pathValue(callPath(path));
  if (answers.length > 0 && facts.traits.includes("transformers")) {
    const answer = joinAll(answers);
    return {
      ...answer,
      constant: undefined,
      elements: new Map([...(answer.elements ?? []), [ANY_KEY, answer]]),
      path: callPath(path),
    };
  }
  return (
    knownAnswer(call) ?? {
      ...UNKNOWN,
      taints: carried(run, call),
      path: callPath(path),
      elements: elementsAfter(call),
    }
  );
}

/** Instances share one record of fields, so it is enough to run the constructor with what this call gives it. */
function construct(run: Run, callee: Value, given: CallArguments): Value {
  const owner = callee.constructs;
  const self: Value = { ...UNKNOWN, path: callPath(callee.path), instance: owner };
  for (const name of ["__init__", "constructor"]) {
    const { callable } = memberOf(self, name);
    if (callable !== null && mayEnter(run, callable)) {
      run.invoke(run, callable, { kind: "call", positional: given.positional, named: given.named });
    }
  }
  if (owner !== null && owner.node.methods.every(({ name }) => name !== "__init__" && name !== "constructor")) {
    for (const [name, value] of given.named) storeField(owner, name, value);
  }
  return self;
}

function mayEnter(run: Run, callable: Callable): boolean {
  return (
    run.activations.length < MAX_CALL_DEPTH &&
    run.activations.every((activation) => activation.function !== callable.function)
  );
}

/** What of receiver and arguments is in the answer of a call that nothing else is known about. */
function carried(run: Run, call: Call): readonly Taint[] {
  const isKeeper = call.receiver !== null && call.facts.traits.includes("keepers");
  const values = isKeeper ? [] : allArguments(call.given);
  if (call.receiver !== null) values.unshift(call.receiver);
  const taints = values.reduce<readonly Taint[]>((all, value) => joinTaints(all, deepTaints(value)), []);
  return taints.filter(({ kind }) => {
    return !run.rules.carriedKinds.has(kind) || call.facts.carries.includes(kind);
  });
}

/** Text made by a method of known text: `"...".format(x)`, `", ".join(xs)`, `"...".concat(x)`. */
function knownAnswer(call: Call): Value | null {
  const { receiver, given, path } = call;
  if (receiver === null) return null;
  const method = path.slice(path.lastIndexOf(".") + 1);
  // A key from outside only chooses among what is there.
  if (method === "get" && receiver.elements !== null && receiver.taints.length === 0) {
    const stored = [given.positional, given.positional.slice(0, 1)].map((keys) =>
      receiver.elements?.get(constantKey(keys) ?? ""),
    );
    const found = stored.find((value) => value !== undefined);
    if (found !== undefined) return found;
    return { ...joinAll([...receiver.elements.values(), ...given.positional.slice(1)]), constant: undefined };
  }
  // A promise-returning function does what the one with a callback does.
  if (method === "promisify") return given.positional[0] ?? null;
  if (method === "concat" && receiver.elements === null) return concatValues([receiver, ...given.positional]);
  if (method === "format" && receiver.prefix !== "") {
    const start = { ...UNKNOWN, prefix: receiver.prefix.split("{")[0] ?? "" };
    return concatValues([start, ...allArguments(given)]);
  }
  if (path === "re.compile" && typeof given.positional[0]?.constant === "string") {
    return { ...pathValue(callPath(path)), pattern: given.positional[0].constant };
  }
  const isPlain = typeof receiver.constant === "string" && given.positional.length === 0;
  if (!isPlain || typeof receiver.constant !== "string") return null;
  if (method === "lower" || method === "toLowerCase") return { ...receiver, constant: receiver.constant.toLowerCase() };
  if (method === "upper" || method === "toUpperCase") return { ...receiver, constant: receiver.constant.toUpperCase() };
  if (method === "strip" || method === "trim") return { ...receiver, constant: receiver.constant.trim() };
  return null;
}

/** `filter`, `sort`, `copy` and their like answer with what was in the receiver. */
function elementsAfter(call: Call): Value["elements"] {
  return call.facts.traits.includes("iterators") ? (call.receiver?.elements ?? null) : null;
}

/** Puts what `append`, `push`, `set` and their like are given into the receiver. */
function collect(run: Run, call: Call, frame: Frame): void {
  const { callee } = call.expression;
  if (callee.kind !== "member" || call.receiver === null) return;
  const { positional } = call.given;
  const changed = changedList(call.receiver, callee.property, positional);
  if (changed !== null) storeInto(run, callee.object, changed, frame);
  if (changed !== null || !call.facts.traits.includes("collectors")) return;
  const key = constantKey(positional.slice(0, -1));
  const value = key === null ? joinAll(allArguments(call.given)) : (positional.at(-1) ?? UNKNOWN);
  storeInto(run, callee.object, withElement(call.receiver, key ?? ANY_KEY, value), frame);
}

/** What a value is kept under: `set("a", x)` and `get("a")`, or `set("section", "a", x)` and `get("section", "a")`. */
function constantKey(keys: Value[]): string | null {
  if (keys.length === 0 || keys.some(({ constant }) => typeof constant !== "string")) return null;
  return keys.map(({ constant }) => constant).join("\u0000");
}

function withCallSources(run: Run, result: Value, call: Call): Value {
  const kinds = run.rules.about(callPath(call.path)).sources;
  let { taints } = result;
  for (const kind of kinds) {
    if (taints.some((taint) => taint.kind === kind)) continue;
    const step = { place: call.expression, previous: null, length: 1 };
    taints = [...taints, { kind, origin: originOf(call.expression), step, cleanedFor: new Set(), atStart: true }];
  }
  return taints === result.taints ? result : { ...result, taints };
}
