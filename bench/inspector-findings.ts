import type { Finding as InspectorFinding } from "@aws-sdk/client-inspector2";
import type { ObservedFinding } from "#lib/domain/observed-finding.ts";
import { toObservedFinding } from "#lib/sources/inspector/map-finding.ts";
import { type SeenFinding, seenAt, toJson } from "../sample/api/seen-finding.ts";
import { generateOrganisation } from "../sample/organisation/organisation.ts";
import type { Batches } from "./findings-writers.ts";
import { toldInFull } from "./told-in-full.ts";

const END = Date.UTC(2026, 10, 1);
/** So many that an organisation has hundreds of images and instances in each of its accounts. */
const SIZE = 40_000;

/**
 * What Inspector tells of one organisation after the other, without end: each with 15 accounts, images and instances of
 * its own and the same vulnerabilities, in the order of ListFindings.
 */
export function* inspectorBatches({ writer, size }: Parameters<Batches>[0]): Generator<ObservedFinding[]> {
  let batch: ObservedFinding[] = [];
  for (let number = 0; ; number += 1) {
    const { findings } = generateOrganisation({ seed: `bench ${writer}/${number}`, size: SIZE, end: END });
    for (const finding of findings.sort((a, b) => (a.arn < b.arn ? -1 : 1))) {
      const seen = seenAt(finding, END);
      if (seen) batch.push(toObserved(seen));
      if (batch.length < size) continue;
      yield batch;
      batch = [];
    }
  }
}

function toObserved(seen: SeenFinding): ObservedFinding {
  const exploitedOn = seen.finding.problem.vulnerability?.knownExploitedOn ?? null;
  // The wire's JSON, as its own sample writes it.
  const finding: InspectorFinding = JSON.parse(toJson(seen), toDate);
  return toObservedFinding(toldInFull(finding), exploitedOn === null ? null : new Date(exploitedOn));
}

/** Times are seconds on the wire, and dates to who asks by the SDK. */
function toDate(name: string, value: unknown): unknown {
  return name.endsWith("At") && typeof value === "number" ? new Date(value * 1_000) : value;
}
