import { type CutPlan, cutJson } from "./json-cutter.ts";

/** What a report is written in. `aws`: a list of findings in ASFF or OCSF. */
export type ReportFormat = "sarif" | "aws";

const ENTERED = new Set(["", ".Findings", ".runs"]);
const plan: CutPlan = (route) => (ENTERED.has(route) ? "enter" : "pass");

/** What a report is by what is in it; it is read as far as that takes. What is neither is told by the reader of SARIF. */
export async function detectReportFormat(chunks: AsyncIterable<Uint8Array>): Promise<ReportFormat> {
  for await (const { route, kind } of cutJson(chunks, plan)) {
    if (route === ".Findings" || (route === "" && kind === "list")) return "aws";
    if (route === ".runs") return "sarif";
  }
  return "sarif";
}
