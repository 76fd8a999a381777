import type { Expression } from "../ir/nodes.ts";
import { assign, reassign } from "./assign.ts";
import { defineClass } from "./define-class.ts";
import { evaluateCall } from "./evaluate-call.ts";
import { evaluateConcat } from "./evaluate-concat.ts";
import { evaluateOperation } from "./evaluate-operation.ts";
import { evaluateRecord } from "./evaluate-record.ts";
import { meetBranches, readVariable, runBranch } from "./frame.ts";
import { moduleValue } from "./import-module.ts";
import { callPath, extendPath, insideOf, memberOf } from "./member.ts";
import { numericTaints } from "./numeric-kinds.ts";
import { refine } from "./refine.ts";
import { enqueue, type Run, spendStep } from "./run.ts";
import { checkNamed } from "./sinks.ts";
import {
  ANY_KEY,
  constantValue,
  type Frame,
  joinAll,
  joinTaints,
  pathValue,
  taintedValue,
  UNKNOWN,
  type Value,
} from "./value.ts";
import { placeKey } from "./vouch.ts";
import { checkWrittenSecret, nameOfTarget } from "./written-secrets.ts";

type Kind = Expression["kind"];
type Of<K extends Kind> = Extract<Expression, { kind: K }>;

/** What an expression may be worth. Reports what it meets on the way. Throws StepsSpent. */
export function evaluate(run: Run, expression: Expression, frame: Frame): Value {
  spendStep(run);
  // The table gives each kind its own function; TypeScript cannot see that key and argument belong together.
  const evaluateKind = EVALUATE[expression.kind] as (run: Run, expression: Expression, frame: Frame) => Value;
  return evaluateKind(run, expression, frame);
}

const EVALUATE: { [K in Kind]: (run: Run, expression: Of<K>, frame: Frame) => Value } = {
  literal: (_, { value }) => constantValue(value),
  regex: (_, { pattern }) => ({ ...UNKNOWN, pattern }),
  name: evaluateName,
  module: (run, { path, specifier, module }) => moduleValue(run, path, specifier, module),
  member: evaluateMember,
  index: evaluateIndex,
  call: evaluateCall,
  concat: evaluateConcat,
  operation: evaluateOperation,
  logical: evaluateLogical,
  conditional: evaluateConditional,
  list: (run, { elements }, frame) => evaluateList(run, elements, frame),
  record: evaluateRecord,
  spread: (run, { value }, frame) => run.evaluate(run, value, frame),
  function: (run, expression, frame) => {
    const callable = { function: expression.function, frame, self: readVariable(frame, "this") ?? null };
    enqueue(run, callable);
    return { ...UNKNOWN, callable };
  },
  class: (run, expression, frame) => defineClass(run, expression.class, frame),
  assign: (run, expression, frame) => {
    const { target, value } = expression;
    const result = run.evaluate(run, value, frame);
    checkWrittenSecret(run, nameOfTarget(target), value);
    checkNamed(run, nameOfTarget(target), result, expression);
    reassign(run, target, result, frame);
    return result;
  },
  typed: evaluateTyped,
  comprehension: evaluateComprehension,
  yield: (run, { value }, frame) => {
    const given = run.evaluate(run, value, frame);
    // `yield from xs` gives what is inside, which is walked through just the same.
    run.activations.at(-1)?.returns.push({ ...UNKNOWN, elements: new Map([[ANY_KEY, given]]) });
    return UNKNOWN;
  },
  sequence: (run, { expressions }, frame) => joinAll(expressions.map((inner) => run.evaluate(run, inner, frame))),
};

function evaluateName(run: Run, expression: Of<"name">, frame: Frame): Value {
  return withSources(
    run,
    readVariable(frame, expression.name) ?? pathValue(expression.name),
    expression,
    expression.name,
  );
}

function evaluateMember(run: Run, expression: Of<"member">, frame: Frame): Value {
  const refined = readVariable(frame, placeKey(run, expression));
  if (refined !== undefined) return refined;
  const object = run.evaluate(run, expression.object, frame);
  if (run.rules.plainFields.has(expression.property)) return UNKNOWN;
  return withSources(run, memberOf(object, expression.property), expression, expression.property);
}

/** What a type tells: that the value is plain, which class of the project it is of, or by which name rules know it. */
function evaluateTyped(run: Run, { type, value: inner }: Of<"typed">, frame: Frame): Value {
  const value = run.evaluate(run, inner, frame);
  if (run.rules.plainTypes.has(type))
    return { ...UNKNOWN, constant: value.constant, taints: numericTaints(run, value) };
  const known = readVariable(frame, type);
  if (known === undefined || OPEN_TYPES.has(type)) return value;
  if (known.constructs !== null) {
    const isOfLibrary = value.instance === null && value.path?.includes(".") === true;
    return { ...value, path: isOfLibrary ? value.path : callPath(type), instance: value.instance ?? known.constructs };
  }
  const isUntyped = value.path !== null && run.rules.about(value.path).traits.includes("untypedAnswers");
  return isUntyped || value.instance !== null ? value : { ...value, path: callPath(type) };
}

/** Types that say nothing of what can be done with a value. */
const OPEN_TYPES = new Set(["Object", "String", "CharSequence", "Optional", "ResponseEntity"]);

function evaluateIndex(run: Run, expression: Of<"index">, frame: Frame): Value {
  const refined = readVariable(frame, placeKey(run, expression));
  if (refined !== undefined) return refined;
  const object = run.evaluate(run, expression.object, frame);
  const index = run.evaluate(run, expression.index, frame);
  const key = typeof index.constant === "string" || typeof index.constant === "number" ? String(index.constant) : null;
  const letter = typeof object.constant === "string" && key !== null ? object.constant[Number(key)] : undefined;
  if (letter !== undefined) return constantValue(letter);
  const chosen = numericTaints(run, index);
  if (key !== null) return withSources(run, memberOf(object, key), expression, key);
  const inside = object.elements === null ? UNKNOWN : joinAll([...object.elements.values()]);
  const path = extendPath(object.path, "[]");
  return withSources(
    run,
    { ...inside, taints: joinTaints(joinTaints(inside.taints, object.taints), chosen), path },
    expression,
    null,
  );
}

/** Adds the taint of a source, if the value is one by how it is reached or what it is called. */
function withSources(run: Run, value: Value, expression: Expression, name: string | null): Value {
  const known = value.path === null || value.constant !== undefined ? undefined : run.rules.constants.get(value.path);
  if (known !== undefined) return { ...value, constant: known };
  let result = value;
  const kinds = value.path === null ? [] : run.rules.about(value.path).sources;
  for (const kind of kinds) result = withTaint(result, kind, expression);
  const isNamed =
    name !== null && value.callable === null && (value.constant === undefined || typeof value.constant === "string");
  const secret = isNamed ? run.rules.secretName(name) : null;
  return secret === null ? result : withTaint(result, secret, expression);
}

function withTaint(value: Value, kind: string, expression: Expression): Value {
  if (value.taints.some((taint) => taint.kind === kind)) return value;
  return { ...value, taints: [...value.taints, ...taintedValue(kind, expression, null).taints] };
}

function evaluateLogical(run: Run, expression: Of<"logical">, frame: Frame): Value {
  const [first, ...others] = expression.operands;
  if (first === undefined) return UNKNOWN;
  const values = [run.evaluate(run, first, frame)];
  // What comes later is evaluated only if the first says so, as far as it can be trusted then.
  const branch = runBranch(frame, () => {
    let previous = first;
    for (const operand of others) {
      if (expression.operator !== "nullish") refine(run, previous, expression.operator === "and", frame);
      values.push(run.evaluate(run, operand, frame));
      previous = operand;
    }
    return false;
  });
  meetBranches(frame, [branch, { layer: frame.top, isEnded: false }]);
  const last = values.at(-1) ?? UNKNOWN;
  return expression.operator === "and" ? last : joinAll(values);
}

function evaluateConditional(run: Run, expression: Of<"conditional">, frame: Frame): Value {
  const test = run.evaluate(run, expression.test, frame).constant;
  if (test !== undefined) return run.evaluate(run, test ? expression.consequent : expression.otherwise, frame);
  const values: Value[] = [];
  const side = (truth: boolean, inner: Expression) =>
    runBranch(frame, () => {
      refine(run, expression.test, truth, frame);
      values.push(run.evaluate(run, inner, frame));
      return false;
    });
  meetBranches(frame, [side(true, expression.consequent), side(false, expression.otherwise)]);
  return joinAll(values);
}

function evaluateList(run: Run, elements: Expression[], frame: Frame): Value {
  const items = new Map<string, Value>();
  for (const [position, element] of elements.entries()) {
    const value = run.evaluate(run, element, frame);
    const isSpread = element.kind === "spread" || items.has(ANY_KEY) || position >= 200;
    const inside = element.kind === "spread" ? insideOf(value) : value;
    const known = isSpread ? items.get(ANY_KEY) : undefined;
    items.set(isSpread ? ANY_KEY : String(position), known === undefined ? inside : joinAll([known, inside]));
  }
  return { ...UNKNOWN, elements: items };
}

function evaluateComprehension(run: Run, expression: Of<"comprehension">, frame: Frame): Value {
  let result = UNKNOWN;
  const [first] = expression.clauses;
  // The first one is asked for here, the others inside.
  const walked = first === undefined ? UNKNOWN : run.evaluate(run, first.iterable, frame);
  runBranch(frame, () => {
    for (const clause of expression.clauses) {
      const inside = insideOf(clause === first ? walked : run.evaluate(run, clause.iterable, frame));
      assign(run, clause.target, inside, frame);
      for (const test of clause.tests) {
        run.evaluate(run, test, frame);
        refine(run, test, true, frame);
      }
    }
    result = run.evaluate(run, expression.result, frame);
    return false;
  });
  return { ...UNKNOWN, elements: new Map([[ANY_KEY, result]]) };
}
