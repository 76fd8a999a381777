import type { ObservedFinding } from "#lib/domain/observed-finding.ts";
import { readSarif } from "#lib/domain/read-sarif.ts";
import type { ReadReport, Report } from "../source.ts";
import { equalResults } from "./equal-results.ts";
import { toIdentity, toOrder } from "./identity.ts";
import { isFinding, toNamed, toObservedFinding } from "./map-result.ts";
import { type RunContext, readRunContexts } from "./run-context.ts";

const PAGE = 1_000;

/**
 * Reads a SARIF 2.1.0 log of any tool. It goes through the file three times, since what the results refer to may stand
 * behind them, and which of them are equal is known at the end only; of the results themselves it holds one page.
 */
export async function sarifReport(report: Report): Promise<ReadReport> {
  const runs = await readRunContexts(report.open());
  const equals = equalResults();
  let findings = 0;
  for await (const { named } of readFindings(report, runs)) {
    equals.add(toIdentity(named), toOrder(named));
    findings += 1;
  }
  const placeOf = equals.close();
  return {
    isWhole: runs.every(({ isSuccessful }) => isSuccessful),
    findings,
    leftOut: [],
    observeFindings: () => observeFindings(report, runs, placeOf),
  };
}

async function* observeFindings(
  report: Report,
  runs: RunContext[],
  placeOf: (identity: string, order: number) => number,
): AsyncGenerator<ObservedFinding[]> {
  const { name, at } = report;
  let page: ObservedFinding[] = [];
  for await (const { named, run, raw } of readFindings(report, runs)) {
    const identity = toIdentity(named);
    const ids = { identity, place: placeOf(identity, toOrder(named)) };
    page.push(toObservedFinding(named, ids, { name, at, run, raw }));
    if (page.length < PAGE) continue;
    yield page;
    page = [];
  }
  yield page;
}

async function* readFindings({ open, signal }: Report, runs: RunContext[]) {
  for await (const part of readSarif(open())) {
    signal.throwIfAborted();
    const run = runs[part.places[0] ?? -1];
    if (part.route !== ".runs[].results[]" || !run || !isFinding(part.value)) continue;
    yield { named: toNamed(part.value, run), run, raw: part.raw };
  }
}
