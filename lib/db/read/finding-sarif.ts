import type { Finding } from "#lib/domain/finding.ts";
import { SARIF_SCHEMA, toSarifResult, toSarifRule, toSarifRuleId } from "#lib/domain/sarif-export.ts";
import { type ExportFilter, listFindingBatches } from "./finding-export.ts";

/**
 * The list as a SARIF 2.1.0 log of one run. The rules stand behind the results, since only then all are known; what was
 * cut off is no JSON.
 */
export async function* toFindingsSarif(filter: ExportFilter): AsyncGenerator<string> {
  // Of a rule only its place is kept, and the few words that describe it.
  const rules = new Map<string, { place: number; text: string }>();
  let count = 0;
  let asOf: string | null = null;
  yield `{"$schema":"${SARIF_SCHEMA}","version":"2.1.0","runs":[{"columnKind":"utf16CodeUnits","results":[`;
  for await (const page of listFindingBatches(filter)) {
    asOf = page.asOf;
    yield page.items.map((finding, index) => `${count + index > 0 ? "," : ""}${toText(finding, rules)}`).join("\n");
    count += page.items.length;
  }
  yield `],"properties":${JSON.stringify({ count, asOf })},"tool":{"driver":{"name":"Sightline","rules":[`;
  yield [...rules.values()].map(({ text }) => text).join(",");
  yield "]}}}]}\n";
}

function toText(finding: Finding, rules: Map<string, { place: number; text: string }>): string {
  const id = toSarifRuleId(finding);
  const known = rules.get(id);
  const place = known?.place ?? rules.size;
  if (!known) rules.set(id, { place, text: JSON.stringify(toSarifRule(finding)) });
  return JSON.stringify(toSarifResult(finding, place));
}
