import type { Expression } from "../ir/nodes.ts";
import { methodOf } from "./member.ts";
import type { Run } from "./run.ts";
import type { Frame, Value } from "./value.ts";

type CallExpression = Extract<Expression, { kind: "call" }>;
/** A call with a method of something, or of a function by its name. */
export type Check = { call: CallExpression; receiver: Value | null; method: string; path: string };

/** The check that a call makes of what it is given; null where nobody can say what is called. */
export function checkOf(run: Run, call: CallExpression, frame: Frame): Check | null {
  const { callee } = call;
  if (callee.kind !== "member" && callee.kind !== "name") return null;
  const receiver = callee.kind === "member" ? run.evaluate(run, callee.object, frame) : null;
  const method = callee.kind === "member" ? callee.property : callee.name;
  const own = OWN_FIELD_CHECK.test(run.evaluate(run, callee, frame).path ?? "")
    ? ownFieldCheck(run, call, frame)
    : null;
  if (own !== null) return own;
  const { path } = receiver === null ? run.evaluate(run, callee, frame) : methodOf(receiver, method);
  return { call, receiver, method, path: path ?? "?" };
}

const OWN_FIELD_CHECK = /(?:^|\.)hasOwnProperty\.call$|^Object\.hasOwn$/u;

/** `Object.hasOwn(o, x)` asks what `o.hasOwnProperty(x)` does. */
function ownFieldCheck(run: Run, call: CallExpression, frame: Frame): Check | null {
  const [object, ...others] = call.arguments;
  if (object === undefined) return null;
  const receiver = run.evaluate(run, object.value, frame);
  return { call: { ...call, arguments: others }, receiver, method: "hasOwnProperty", path: "?" };
}
