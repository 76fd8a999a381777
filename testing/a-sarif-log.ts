/** One place of a rule in a file, with the code that stands there. */
export type SarifPlace = { rule: string; path: string; line: number; code: string; more?: Record<string, unknown> };

/** A log of one tool in which each place is a result. */
export function aSarifLog(places: SarifPlace[], run: Record<string, unknown> = {}) {
  const rules = [...new Set(places.map(({ rule }) => rule))].map((id) => ({
    id,
    shortDescription: { text: `What ${id.toLowerCase()} is about` },
    properties: { "security-severity": "7.5" },
  }));
  return {
    version: "2.1.0",
    runs: [{ tool: { driver: { name: "Lint", rules } }, results: places.map(toResult), ...run }],
  };
}

function toResult({ rule, path, line, code, more }: SarifPlace) {
  return {
    ruleId: rule,
    message: { text: `Line ${line} breaks ${rule}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: path },
          region: { startLine: line, startColumn: 1, snippet: { text: code } },
        },
      },
    ],
    ...more,
  };
}
