import type { RuleLanguage } from "./condition-schema.ts";
import type { Detector } from "./detector-schema.ts";
import { loadRules, type Rules } from "./load-rules.ts";
import { compileRules, type RuleSet } from "./rule-set.ts";

export type CompiledRules = { languages: Record<RuleLanguage, RuleSet>; detectors: Detector[] };

/** Reads and compiles every rule. Throws an Error that names a faulty file. */
export async function loadCompiledRules(): Promise<CompiledRules> {
  return compileAll(await loadRules());
}

export function compileAll({ detectors, models }: Rules): CompiledRules {
  return {
    detectors,
    languages: {
      python: compileRules("python", detectors, models),
      javascript: compileRules("javascript", detectors, models),
      java: compileRules("java", detectors, models),
      text: compileRules("text", detectors, models),
    },
  };
}
