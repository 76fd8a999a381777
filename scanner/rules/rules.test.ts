import { describe, expect, test } from "vitest";
import { loadCompiledRules } from "../engine/rules/compiled-rules.ts";
import type { Detector } from "../engine/rules/detector-schema.ts";
import { scanSource } from "../engine/scan-source.ts";
import type { Grammar } from "../engine/syntax/language.ts";

const rules = await loadCompiledRules();

const MARK = /(?:#|\/\/|\{\/\*)\s*BAD\b/u;
const FILES: Record<Detector["language"], { path: string; grammar: Grammar | null }> = {
  python: { path: "app/main.py", grammar: "python" },
  javascript: { path: "src/main.js", grammar: "tsx" },
  java: { path: "src/main/java/app/Main.java", grammar: "java" },
  text: { path: "deploy/settings.yaml", grammar: null },
};

/** The lines where the detector strikes, and the file's findings must not have been cut short. */
async function struckLines(detector: Detector, code: string): Promise<number[]> {
  const result = await scanSource({ ...FILES[detector.language], text: code, scanSecrets: true }, rules);
  expect(result.cut).toBeNull();
  return result.findings.filter(({ detectorId }) => detectorId === detector.id).map(({ startLine }) => startLine);
}

function markedLines(code: string): number[] {
  return code.split("\n").flatMap((line, index) => (MARK.test(line) ? [index + 1] : []));
}

for (const detector of rules.detectors) {
  describe(detector.id, () => {
    test.each(detector.examples.bad.map((code, index) => [index + 1, code]))(
      "finds its bad example %i",
      async (_, code) => {
        const expected = markedLines(String(code));
        expect(expected.length).toBeGreaterThan(0);
        expect(await struckLines(detector, String(code))).toEqual(expected);
      },
    );

    test.each(detector.examples.good.map((code, index) => [index + 1, code]))(
      "is silent on its good example %i",
      async (_, code) => {
        expect(await struckLines(detector, String(code))).toEqual([]);
      },
    );
  });
}

test.each(rules.detectors.filter(({ fixes }) => fixes.length > 0).map((detector) => [detector.id, detector] as const))(
  "%s mends some of its bad examples",
  async (_, detector) => {
    const results = await Promise.all(
      detector.examples.bad.map((code) =>
        scanSource({ ...FILES[detector.language], text: code, scanSecrets: true }, rules),
      ),
    );
    const offered = results.flatMap(({ findings }) => findings.flatMap(({ suggestedFixes }) => suggestedFixes));
    expect(offered.length).toBeGreaterThan(0);
  },
);

test("every detector has an id of its own", () => {
  const ids = rules.detectors.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});
