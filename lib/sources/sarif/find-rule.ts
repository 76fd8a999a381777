import { isPlace, type SarifResult, type SarifRule } from "#lib/domain/sarif-log.ts";
import type { Component, RunContext } from "./run-context.ts";

/** The rule of a result: its id as the result or the rule says it, the rule itself where the log describes it, and whose it is. */
export type FoundRule = { id: string; rule: SarifRule | null; toolName: string };

/** By position first, then by id. `CA1000/1` is a part of the rule CA1000. */
export function findRule({ ruleId, ruleIndex, rule: reference }: SarifResult, run: RunContext): FoundRule {
  const component = findComponent(reference?.toolComponent ?? null, run);
  const place = isPlace(reference?.index) ? reference.index : ruleIndex;
  const id = ruleId ?? reference?.id ?? null;
  const rule =
    (isPlace(place) ? component.rules[place] : undefined) ?? (id === null ? undefined : ruleById(id, component, run));
  return { id: id ?? rule?.id ?? `rule ${place}`, rule: rule ?? null, toolName: run.driver.name };
}

type Reference = { name?: string | null; index?: number | null; guid?: string | null };

function findComponent(reference: Reference | null, { driver, extensions }: RunContext): Component {
  if (reference === null) return driver;
  if (isPlace(reference.index)) return extensions[reference.index] ?? driver;
  const { guid, name } = reference;
  return extensions.find((one) => (guid ? one.guid === guid : name && one.name === name)) ?? driver;
}

function ruleById(id: string, component: Component, { driver, extensions }: RunContext): SarifRule | undefined {
  for (const name of [id, id.slice(0, Math.max(0, id.lastIndexOf("/")))]) {
    for (const one of [component, driver, ...extensions]) {
      const rule = one.ruleOf.get(name);
      if (rule) return rule;
    }
  }
  return undefined;
}
