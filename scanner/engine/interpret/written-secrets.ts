import type { Argument, Expression, Target } from "../ir/nodes.ts";
import { secretSeverity } from "../secrets/secret-severity.ts";
import { isSecretNamed } from "../secrets/secret-value.ts";
import type { Run } from "./run.ts";

/** Reports a text written into the code under a name that says it should not be there. */
export function checkWrittenSecret(run: Run, name: string | null, value: Expression): void {
  const detector = run.rules.secretDetector;
  if (detector === null || name === null) return;
  const text = writtenText(value);
  if (text === null || !isSecretNamed(name, text)) return;
  const severity = secretSeverity({ text, path: value.path, hasShape: OF_SERVICES.test(name) });
  run.report({ detector, place: value, taint: null, severity });
}

/** Reports what is put under a telling key: `settings.put("password", "…")`. */
export function checkWrittenEntry(run: Run, [key, value, ...others]: Argument[]): void {
  if (key?.value.kind !== "literal" || value === undefined || others.length > 0) return;
  checkWrittenSecret(run, String(key.value.value), value.value);
}

/** Reports the text that a secret is compared with: whoever has the code knows what gets in. */
export function checkComparedSecret(run: Run, operands: Expression[]): void {
  for (const [subject, other] of [operands, operands.toReversed()]) {
    if (subject !== undefined && other?.kind === "literal") checkWrittenSecret(run, nameOfSubject(subject), other);
  }
}

/** `password`, `user.password`, `user.getPassword()`. */
function nameOfSubject(subject: Expression): string | null {
  if (subject.kind === "call") return nameOfSubject(subject.callee);
  if (subject.kind === "member") return subject.property;
  return subject.kind === "name" ? subject.name : null;
}

/** The names under which only what AWS gave out is kept. */
const OF_SERVICES = /aws_?secret_?access_?key$/iu;

/** The name of what is assigned to: a variable, a field, an item. */
export function nameOfTarget(target: Target): string | null {
  if (target.kind === "variable") return target.name;
  if (target.kind !== "place") return null;
  const { expression } = target;
  if (expression.kind === "member") return expression.property;
  if (expression.kind !== "index" || expression.index.kind !== "literal") return null;
  return String(expression.index.value);
}

/** A literal, or the one that stands in when a setting is missing: `x || "text"`, `environ.get("X", "text")`. */
function writtenText(value: Expression): string | null {
  if (value.kind === "typed") return writtenText(value.value);
  if (value.kind === "literal") return typeof value.value === "string" ? value.value : null;
  if (value.kind === "logical" && value.operator !== "and") {
    const last = value.operands.at(-1);
    return last?.kind === "literal" ? writtenText(last) : null;
  }
  const isLookup = value.kind === "call" && value.callee.kind === "member" && LOOKUPS.has(value.callee.property);
  const instead = isLookup ? value.arguments[1]?.value : undefined;
  return instead?.kind === "literal" ? writtenText(instead) : null;
}

const LOOKUPS = new Set(["get", "getenv"]);
