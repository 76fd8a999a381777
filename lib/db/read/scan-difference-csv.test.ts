import { expect, test } from "vitest";
import { aChangedFinding, aScanDifference } from "#testing/a-scan-difference.ts";
import { toScanDifferenceCsv } from "./scan-difference-csv.ts";

test("each line says first what the run did to the finding, and nothing in it is a formula", () => {
  const csv = toScanDifferenceCsv(
    aScanDifference({
      new: [aChangedFinding({ title: "=HYPERLINK(1)" })],
      fixed: [aChangedFinding({ title: "Path, climbing", closedByRun: { runId: "", revision: 2 } })],
    }),
  );
  const [head = "", fresh = "", fixed = "", end] = csv.split("\r\n");
  expect(head.split(",").slice(0, 4)).toEqual(["change", "id", "severity", "title"]);
  expect(fresh).toContain("new,");
  expect(fresh).toContain(`,"'=HYPERLINK(1)",src/app.py,11,11,CWE-89,`);
  expect(fixed).toMatch(/^fixed,.*,"Path, climbing",.*,2,/);
  expect(end).toBe("");
});
