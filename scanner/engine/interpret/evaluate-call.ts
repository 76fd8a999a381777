import type { Expression, Place } from "../ir/nodes.ts";
import type { Facts } from "../rules/rule-set.ts";
import { storeInto } from "./assign.ts";
import { allArguments, type CallArguments, evaluateArguments, holds } from "./call-arguments.ts";
import { runCallbacks } from "./callbacks.ts";
import { mayEnter, vouchByProbe } from "./checking-functions.ts";
import { changedList } from "./exact-lists.ts";
import { variablesOf, writeVariable } from "./frame.ts";
import { constantKey, knownAnswer } from "./known-answers.ts";
import { callPath, memberOf, methodOf, storeField } from "./member.ts";
import { numericTaints, sanitized } from "./numeric-kinds.ts";
import { type Entry, noteOpening, type Probe, type Run } from "./run.ts";
import { checkCall, noteContentType } from "./sinks.ts";
import {
  ANY_KEY,
  type Callable,
  type ClassOfFile,
  cleaned,
  deepTaints,
  type Frame,
  joinAll,
  joinTaints,
  pathValue,
  type Taint,
  taintedValue,
  UNKNOWN,
  type Value,
  withElement,
} from "./value.ts";
import { checkWrittenEntry, checkWrittenSecret } from "./written-secrets.ts";

type CallExpression = Extract<Expression, { kind: "call" }>;
/** A call being evaluated. `receiver` is what stands before the dot. */
type Call = {
  expression: CallExpression;
  callee: Value;
  receiver: Value | null;
  path: string;
  facts: Facts;
  given: CallArguments;
  /** What a function of the project makes sure of before it comes back. */
  probe: Probe;
};

export function evaluateCall(run: Run, expression: CallExpression, frame: Frame): Value {
  const { callee: calleeExpression } = expression;
  const receiver = calleeExpression.kind === "member" ? run.evaluate(run, calleeExpression.object, frame) : null;
  const callee =
    receiver !== null && calleeExpression.kind === "member"
      ? methodOf(receiver, calleeExpression.property)
      : run.evaluate(run, calleeExpression, frame);
  const given = evaluateArguments(run, expression, receiver, frame);
  const path = callee.path ?? "?";
  const call: Call = {
    expression,
    callee,
    receiver,
    path,
    facts: run.rules.about(path),
    given,
    probe: { truth: null, learned: [] },
  };
  // A chain over many lines is marked where the call itself stands.
  const place: Place = { ...expression, line: calleeExpression.endLine };
  if (call.facts.traits.includes("typeSetters")) noteContentType(given, frame);
  if (call.facts.traits.includes("openers")) noteOpening(run, expression);
  checkCall(run, { facts: call.facts, given, place }, frame);
  for (const { name, value } of expression.arguments) checkWrittenSecret(run, name, value);
  if (call.facts.traits.includes("collectors")) checkWrittenEntry(run, expression.arguments);
  const answers = runCallbacks(run, call);
  const holder = collect(run, call, frame);
  fill(run, call, frame);
  const classes = harden(run, { ...call, receiver: holder }, frame);
  const answer = answerOf(run, call, answers);
  vouchByProbe(run, expression, call.probe, frame);
  // A setting may answer with what it was set on, as builders do.
  const result = classes.length === 0 ? answer : cleaned(answer, classes);
  return withCallSources(run, result, call);
}

function answerOf(run: Run, call: Call, answers: Value[]): Value {
  const { callee, given, path, facts } = call;
  if (callee.constructs !== null) return construct(run, callee.constructs, callee.path, given);
  const rename = facts.renames.find(({ when }) => holds(when, given));
  if (rename !== undefined) return { ...UNKNOWN, taints: carried(run, call), path: rename.as };
  const sanitizers = facts.sanitizers.filter(({ when }) => when === undefined || holds(when, given));
  if (sanitizers.length > 0) {
    const classes = sanitizers.flatMap((sanitizer) => sanitizer.classes);
    return sanitized(
      run,
      entered(run, call) ?? knownAnswer(run, call) ?? { ...UNKNOWN, taints: carried(run, call), path: callPath(path) },
      classes,
    );
  }
  const inside = entered(run, call);
  if (inside !== null) return inside;
  if (facts.traits.includes("opaque")) return pathValue(callPath(path));
  const [first] = given.positional;
  if (first !== undefined && facts.traits.includes("forwarders")) return first;
  if (answers.length > 0 && facts.traits.includes("transformers")) return transformed(joinAll(answers), path);
  const known = knownAnswer(run, call);
  // `filter`, `sort`, `copy` and their like answer with what was in the receiver.
  const elements = facts.traits.includes("iterators") ? (call.receiver?.elements ?? null) : null;
  return known ?? { ...UNKNOWN, taints: carried(run, call), path: callPath(path), elements, callable: wrapped(given) };
}

/** What a function of the project answers, or null if it cannot be looked into. */
function entered(run: Run, { expression, callee, receiver, given, path, facts, probe }: Call): Value | null {
  // What is known to be a sink was judged by what it is given; how it works inside adds nothing.
  if (callee.callable === null || facts.callSinks.length > 0 || !mayEnter(run, callee.callable)) return null;
  const entry = { kind: "call" as const, positional: given.positional, named: given.named, probe };
  if (expression.isNew) return created(run, callee, callee.callable, { ...entry, creates: true });
  const result = run.invoke(run, bound(callee.callable, receiver), entry);
  return { ...result, path: result.path ?? callPath(path) };
}

/** What a function that is no class makes: all it puts into `this`, and what its prototype has. */
function created(run: Run, callee: Value, callable: Callable, entry: Entry): Value {
  const shared = callee.elements?.get("prototype")?.elements ?? new Map<string, Value>();
  const self: Value = { ...UNKNOWN, path: callPath(callee.path), elements: new Map(shared) };
  return run.invoke(run, { ...callable, self }, entry);
}

/** A method that was stored in an object works on that object. */
function bound(callable: Callable, receiver: Value | null): Callable {
  const isOfClass = callable.self !== null && callable.self.instance !== null;
  return isOfClass || receiver === null || receiver.elements === null ? callable : { ...callable, self: receiver };
}

/** A call that is given one function alone may answer with it in a wrapper, as `asyncHandler(f)` does. */
function wrapped({ positional, named }: CallArguments): Callable | null {
  const [only] = positional;
  return positional.length === 1 && named.size === 0 ? (only?.callable ?? null) : null;
}

/** What a callback answers may be the whole answer, as with `then`, or one of many, as with `map`. */
function transformed(answer: Value, path: string): Value {
  const elements = new Map([...(answer.elements ?? []), [ANY_KEY, answer] as const]);
  return { ...answer, constant: undefined, elements, path: callPath(path) };
}

/** Instances share one record of fields, so it is enough to run the constructor with what this call gives it. */
function construct(run: Run, owner: ClassOfFile, path: string | null, given: CallArguments): Value {
  const self: Value = { ...UNKNOWN, path: callPath(path), instance: owner };
  const constructors = CONSTRUCTORS.map((name) => memberOf(self, name).callable).filter((found) => found !== null);
  for (const callable of constructors.filter((found) => mayEnter(run, found))) {
    run.invoke(run, callable, { kind: "call", positional: given.positional, named: given.named });
  }
  if (constructors.length > 0) return self;
  // Without one, as in a dataclass, fields are given by their names, or in an order that is not known.
  for (const [name, value] of given.named) storeField(owner, name, value);
  return {
    ...self,
    taints: given.positional.reduce<readonly Taint[]>((all, value) => joinTaints(all, deepTaints(value)), []),
  };
}

const CONSTRUCTORS = ["__init__", "constructor"];

/** What of receiver and arguments is in the answer of a call that nothing else is known about. */
function carried(run: Run, call: Call): readonly Taint[] {
  const isOfClass = CLASS_NAME.test(call.receiver?.path ?? "");
  const isKeeper = call.receiver !== null && !isOfClass && call.facts.traits.includes("keepers");
  const values = isKeeper ? [] : allArguments(call.given);
  if (call.receiver !== null) values.unshift(call.receiver);
  const chosen = isKeeper ? allArguments(call.given).flatMap((value) => numericTaints(run, value)) : [];
  const taints = values.reduce<readonly Taint[]>((all, value) => joinTaints(all, deepTaints(value)), chosen);
  return taints.filter(({ kind }) => {
    return !run.rules.carriedKinds.has(kind) || call.facts.carries.includes(kind);
  });
}

/** `Float.toString(x)` is made of its argument, not of `Float`. */
const CLASS_NAME = /^[A-Z]\w*$/u;

/** Puts what `append`, `push`, `set` and their like are given into the receiver. Answers with what that is then. */
function collect(run: Run, call: Call, frame: Frame): Value | null {
  const { callee } = call.expression;
  if (callee.kind !== "member" || call.receiver === null) return call.receiver;
  const { positional } = call.given;
  const changed = changedList(call.receiver, callee.property, positional);
  if (changed !== null) storeInto(run, callee.object, changed, frame);
  if (changed !== null || !call.facts.traits.includes("collectors")) return changed ?? call.receiver;
  const key = constantKey(positional.slice(0, -1));
  const value = key === null ? joinAll(allArguments(call.given)) : (positional.at(-1) ?? UNKNOWN);
  const holder = withElement(call.receiver, key ?? ANY_KEY, value);
  storeInto(run, callee.object, holder, frame);
  return holder;
}

/** Remembers that the receiver was made harmless, as by `cookie.setSecure(true)`. Returns the classes for which it was. */
function harden(run: Run, { expression, receiver, facts, given }: Call, frame: Frame): string[] {
  const { callee } = expression;
  const hardeners = facts.hardeners.filter(({ when }) => when === undefined || holds(when, given));
  const classesOf = (of: "receiver" | "argument") =>
    hardeners.filter((hardener) => hardener.of === of).flatMap((hardener) => hardener.classes);
  const [first] = expression.arguments;
  const [firstGiven] = given.positional;
  const vouched = classesOf("argument");
  if (first !== undefined && firstGiven !== undefined && vouched.length > 0)
    storeInto(run, first.value, cleaned(firstGiven, vouched), frame);
  if (callee.kind !== "member" || receiver === null) return [];
  const classes = classesOf("receiver");
  if (classes.length > 0) storeInto(run, callee.object, cleaned(receiver, classes), frame);
  return classes;
}

function withCallSources(run: Run, result: Value, call: Call): Value {
  const isRenamed = call.facts.renames.some(({ as }) => as === result.path);
  const kinds = run.rules.about(isRenamed && result.path !== null ? result.path : callPath(call.path)).sources;
  let { taints } = result;
  for (const kind of kinds) {
    const isOf = (taint: Taint) => taint.kind === kind;
    // What the arguments say is only which part of the input is read.
    if (taints.some(isOf) && (call.receiver?.taints.some(isOf) ?? false)) continue;
    taints = [...taints.filter((taint) => !isOf(taint)), ...taintedValue(kind, call.expression, null).taints];
  }
  return taints === result.taints ? result : { ...result, taints };
}

/** `random.nextBytes(buffer)` and `stream.read(buffer)` put what they give into what they are given. */
function fill(run: Run, call: Call, frame: Frame): void {
  const [target] = call.expression.arguments;
  if (!call.facts.traits.includes("fillers") || target === undefined) return;
  const filling = withCallSources(run, { ...UNKNOWN, taints: call.receiver?.taints ?? [] }, call);
  if (filling.taints.length === 0) return;
  const before = run.evaluate(run, target.value, frame);
  const filled = (value: Value): Value => ({ ...value, taints: joinTaints(value.taints, filling.taints) });
  storeInto(run, target.value, filled(before), frame);
  if (!hasTrait(run, before, "wrappers")) return;
  for (const [name, value] of [...variablesOf(frame)])
    if (hasTrait(run, value, "buffers")) writeVariable(frame, name, filled(value));
}

function hasTrait(run: Run, { path }: Value, trait: "wrappers" | "buffers"): boolean {
  return path !== null && run.rules.about(path).traits.includes(trait);
}
