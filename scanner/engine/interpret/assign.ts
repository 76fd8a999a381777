import type { Expression, Target } from "../ir/nodes.ts";
import { readVariable, updateVariable, writeVariable } from "./frame.ts";
import { extendPath, insideOf, memberOf, storeField } from "./member.ts";
import type { Run } from "./run.ts";
import { SHARED_KEYS } from "./shared-keys.ts";
import { checkField, checkNamed, checkSink } from "./sinks.ts";
import { ANY_KEY, atStep, type Frame, joinValues, originOf, UNKNOWN, type Value, withElement } from "./value.ts";
import { placeKey } from "./vouch.ts";

/** Assigns to a variable that was declared before, here or in a function around; declares nothing. */
export function reassign(run: Run, target: Target, value: Value, frame: Frame): void {
  if (target.kind === "variable") updateVariable(frame, target.name, atStep(value, target));
  else assign(run, target, value, frame);
}

/** Stores a value where the target says, and reports it if that is a place where it does harm. */
export function assign(run: Run, target: Target, value: Value, frame: Frame): void {
  switch (target.kind) {
    case "variable":
      if (target.isOuter) widenOuter(frame, target.name, atStep(value, target));
      else writeVariable(frame, target.name, atStep(value, target));
      return;
    case "place":
      assignPlace(run, target.expression, value, frame);
      return;
    case "items":
      for (const [position, element] of target.elements.entries()) {
        if (element !== null) assign(run, element, itemOf(value, element, position), frame);
      }
      return;
    case "fields":
      for (const field of target.fields)
        assign(run, field.target, memberRead(run, value, field.key, field.target), frame);
      return;
    case "rest":
      assign(run, target.target, value, frame);
      return;
    case "fallback":
      assign(run, target.target, withFallback(run, value, target.value, frame), frame);
      return;
  }
}

/** Nobody knows when the function is called, so that the variable may hold what it held before as well. */
function widenOuter(frame: Frame, name: string, value: Value): void {
  const before = frame.parent === null ? undefined : readVariable(frame.parent, name);
  writeVariable(frame, name, value);
  if (frame.parent !== null)
    updateVariable(frame.parent, name, before === undefined ? value : joinValues(before, value));
}

function itemOf(value: Value, element: Target, position: number): Value {
  if (element.kind === "rest") return value;
  return value.elements?.get(String(position)) ?? insideOf(value);
}

/** Destructuring reads a field, so it may reach a source just as `value.field` does. */
function memberRead(run: Run, value: Value, key: string, place: Target): Value {
  const member = memberOf(value, key);
  const [kind] = member.path === null ? [] : run.rules.about(member.path).sources;
  if (kind === undefined || member.taints.some((taint) => taint.kind === kind)) return member;
  const step = { place, previous: null, length: 1 };
  const taint = { kind, origin: originOf(place), step, cleanedFor: new Set<string>(), atStart: true };
  return { ...member, taints: [...member.taints, taint] };
}

/** The value, or what stands in for it when there is none. */
export function withFallback(run: Run, value: Value, fallback: Expression, frame: Frame): Value {
  const instead = run.evaluate(run, fallback, frame);
  const isOpen = value.taints.length > 0 || value.path !== null;
  return isOpen ? { ...joinValues(value, instead), constant: undefined, prefix: "", ending: "" } : instead;
}

function assignPlace(run: Run, place: Expression, value: Value, frame: Frame): void {
  if (place.kind !== "member" && place.kind !== "index") {
    run.evaluate(run, place, frame);
    return;
  }
  const object = run.evaluate(run, place.object, frame);
  if (place.kind === "index") checkChosenKeys(run, place, value, frame);
  const key = place.kind === "member" ? place.property : constantKey(run, place.index, frame);
  if (key !== ANY_KEY) {
    checkNamed(run, key, value, place);
    checkField(run, extendPath(object.path, key), value, place);
  }
  for (const sink of run.rules.about(extendPath(object.path, "[]")).fieldSinks) checkSink(run, sink, value, place);
  if (object.instance !== null) storeField(object.instance, key, atStep(value, place));
  else storeInto(run, place.object, withElement(object, key, atStep(value, place)), frame);
  if (readVariable(frame, placeKey(run, place)) !== undefined) writeVariable(frame, placeKey(run, place), value);
}

/** `object[a][b] = …` reaches what all objects share if somebody else chooses both; `object[a] = b` what this one does. */
function checkChosenKeys(run: Run, place: Extract<Expression, { kind: "index" }>, value: Value, frame: Frame): void {
  const outer = place.object.kind === "index" ? run.evaluate(run, place.object.index, frame) : null;
  const inner = run.evaluate(run, place.index, frame);
  const base = place.object.kind === "index" ? place.object.object : place.object;
  const isBare = (holder: Expression) =>
    run.rules.about(run.evaluate(run, holder, frame).path ?? "").traits.includes("bareObjects");
  if (inner.taints.length === 0 || isBare(place.object) || isBare(base)) return;
  const { prefix } = outer ?? inner;
  // Whatever follows, this is no name by which all objects are reached.
  if (![...SHARED_KEYS].some((key) => key.startsWith(prefix))) return;
  for (const sink of run.rules.chosenKeySinks) {
    if (outer !== null) checkSink(run, sink, outer, place);
    else if (value.taints.length > 0) checkSink(run, sink, inner, place);
  }
}

function constantKey(run: Run, index: Expression, frame: Frame): string {
  const { constant } = run.evaluate(run, index, frame);
  return constant === undefined || constant === null ? ANY_KEY : String(constant);
}

/** Puts a changed object back to where it was read from. */
export function storeInto(run: Run, place: Expression, value: Value, frame: Frame): void {
  if (place.kind === "name") {
    updateVariable(frame, place.name, value);
    return;
  }
  if (place.kind === "call" && place.callee.kind === "member") {
    storeFluently(run, place.callee, value, frame);
    return;
  }
  if (place.kind !== "member") return;
  const owner = run.evaluate(run, place.object, frame);
  if (owner.instance !== null) storeField(owner.instance, place.property, value);
  else storeInto(run, place.object, withElement(owner, place.property, value), frame);
}

/** `text.append(a).append(b)` puts both into `text`. */
function storeFluently(run: Run, callee: Extract<Expression, { kind: "member" }>, value: Value, frame: Frame): void {
  const owner = run.evaluate(run, callee.object, frame);
  const { traits } = run.rules.about(extendPath(owner.path, callee.property));
  if (traits.includes("collectors")) storeInto(run, callee.object, { ...value, path: owner.path }, frame);
}

/** `x += y` and its like. Only text and lists carry what is dangerous on. */
export function combine(left: Value, right: Value): Value {
  return { ...UNKNOWN, ...joinValues(left, right), constant: undefined, path: left.path };
}
