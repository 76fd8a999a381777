import type { SarifMessage } from "#lib/domain/sarif-log.ts";
import type { FoundRule } from "./find-rule.ts";
import type { RunContext } from "./run-context.ts";

/**
 * A message in plain words: its own text, or the one that its id names, with its arguments put in. Links in it become
 * their words. Empty where there is none.
 */
export function toMessageText(
  message: SarifMessage | null | undefined,
  rule: FoundRule["rule"],
  run: RunContext,
): string {
  if (!message) return "";
  const named = message.id ? (rule?.messageStrings?.[message.id] ?? run.messageStrings[message.id])?.text : undefined;
  const text = message.text ?? named ?? message.markdown ?? "";
  const filled = message.arguments?.length ? fill(text, message.arguments) : text;
  return filled.replace(/\[((?:[^[\]\\]|\\.){1,500})\]\([^()\s]{1,2000}\)/g, (_, words: string) =>
    words.replace(/\\([[\]\\])/g, "$1"),
  );
}

/** `{0}` stands for the first argument, `{{` for a brace. */
function fill(text: string, given: string[]): string {
  return text.replace(/\{\{|\}\}|\{(\d{1,3})\}/g, (sign, place?: string) =>
    place === undefined ? sign.charAt(0) : (given[Number(place)] ?? sign),
  );
}
