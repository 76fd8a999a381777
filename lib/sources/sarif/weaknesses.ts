import { isPlace, type SarifReference, type SarifResult, type SarifRule } from "#lib/domain/sarif-log.ts";
import type { RunContext } from "./run-context.ts";

const MOST = 20;

/** The CWEs of a rule, each as `CWE-79`: from its relationships, its tags and its properties. */
export function toCwes(rule: SarifRule | null, run: RunContext): string[] {
  return toNames(
    (rule?.relationships ?? []).map(({ target }) => target),
    rule?.properties,
    run,
  );
}

/** Those that one result is filed under, beside those of its rule. */
export function toOwnCwes(result: SarifResult, run: RunContext): string[] {
  return toNames(result.taxa ?? [], result.properties, run);
}

function toNames(references: SarifReference[], properties: unknown, run: RunContext): string[] {
  const told = [
    ...references.filter((one) => isOfCwe(one, run)).map(({ id }) => `CWE-${id?.replace(/^CWE-/i, "")}`),
    ...toWords(properties),
  ];
  const numbers = told.flatMap((text) => /(?:^|\/)cwe-?0*(\d{1,5})\b/i.exec(text)?.[1] ?? []);
  return [...new Set(numbers)].slice(0, MOST).map((number) => `CWE-${number}`);
}

/** The words that a tool files a rule under; CWEs have a place of their own. */
export function toTags(rule: SarifRule | null): string[] {
  return textsOf(rule?.properties, "tags")
    .filter((tag) => !/cwe/i.test(tag) && tag.length <= 100)
    .slice(0, MOST);
}

function isOfCwe({ toolComponent }: SarifReference, { taxonomies }: RunContext): boolean {
  const { name, index, guid } = toolComponent ?? {};
  const taxonomy = isPlace(index) ? taxonomies[index] : taxonomies.find((one) => guid && one.guid === guid);
  return (name ?? taxonomy?.name)?.toUpperCase() === "CWE";
}

function toWords(properties: unknown): string[] {
  return ["tags", "cwe", "cwes", "cweIds"].flatMap((name) => textsOf(properties, name));
}

/** A property bag is the tool's own: what is not as expected is as good as not there. */
function textsOf(properties: unknown, name: string): string[] {
  if (typeof properties !== "object" || properties === null || !Object.hasOwn(properties, name)) return [];
  const value: unknown = Reflect.get(properties, name);
  return [value].flat().filter((text) => typeof text === "string");
}
