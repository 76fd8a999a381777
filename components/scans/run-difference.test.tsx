import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { scanDifferenceQuery, scanGateQuery } from "#lib/client/scans.ts";
import type { ScanDifference } from "#lib/domain/scan-difference.ts";
import { toScanGate } from "#lib/domain/scan-gate.ts";
import { aChangedFinding, aScanDifference } from "#testing/a-scan-difference.ts";
import { render, screen, within } from "#testing/render.ts";
import { WithAnswers } from "#testing/with-answers.tsx";
import { RunDifference } from "./run-difference.tsx";

function draw(difference: ScanDifference, counts: Record<string, number> = {}) {
  const { run } = difference;
  render(
    <WithAnswers
      answers={[
        [scanDifferenceQuery(run).queryKey, difference],
        [scanGateQuery(run).queryKey, toScanGate(counts, "high")],
      ]}
    >
      <RunDifference run={run} />
    </WithAnswers>,
  );
}
const runId = "01900000-0000-7000-8000-00000000a003";

test("the figures lead to their lists, and each finding says where it is and which weakness it has", () => {
  draw(
    aScanDifference({
      new: [aChangedFinding({ number: 1, severity: "critical", title: "SQL injection" })],
      fixed: [aChangedFinding({ number: 2, title: "Path traversal", cwes: ["CWE-22"], statusNow: "closed" })],
    }),
  );
  expect(screen.getByRole("link", { name: "1 new" }).getAttribute("href")).toBe("#new");
  const fresh = within(screen.getByRole("region", { name: "New findings" }));
  expect(fresh.getByRole("listitem").textContent).toMatch(/Critical.*SQL injection.*src\/app\.py:11.*CWE-89/);
  const fixed = within(screen.getByRole("region", { name: "Fixed findings" }));
  expect(fixed.getByRole("listitem").textContent).toMatch(/Path traversal.*CWE-22/);
  expect(screen.queryByRole("region", { name: "Unchanged findings" })).toBeNull();
  expect(screen.getByRole("link", { name: "revision 1" })).toBeTruthy();
});

test("the gate's verdict is told in words", () => {
  draw(aScanDifference({ new: [aChangedFinding({ severity: "critical" })] }), { critical: 1 });
  expect(screen.getByText("Gate failed")).toBeTruthy();
  expect(screen.getByText("1 new finding is critical. The gate allows no new critical or high.")).toBeTruthy();
});

test("what came back, what a later revision closed and what is open again say so", () => {
  draw(
    aScanDifference({
      new: [
        aChangedFinding({ number: 1, isReopened: true, closedBefore: { runId, revision: 1 } }),
        aChangedFinding({ number: 2, statusNow: "closed", closedByRun: { runId, revision: 3 } }),
      ],
      fixed: [aChangedFinding({ number: 3, status: "closed", statusNow: "active" })],
    }),
  );
  const lines = screen.getAllByRole("listitem").map((line) => line.textContent);
  expect(lines[0]).toContain("Came back: revision 1 had closed it");
  expect(lines[1]).toContain("Fixed in revision 3");
  expect(lines[2]).toContain("Open again today");
  expect(screen.getByRole("link", { name: "revision 3" }).getAttribute("href")).toBe(`/scans/shop/runs/${runId}`);
});

test("a long list is short until it is asked for more, and says what even then is not shown", async () => {
  const difference = aScanDifference({
    unchanged: Array.from({ length: 14 }, (_, number) => aChangedFinding({ number })),
  });
  draw({ ...difference, unchanged: { ...difference.unchanged, count: 20 } });
  expect(screen.getAllByRole("listitem")).toHaveLength(10);
  await userEvent.click(screen.getByRole("button", { name: "Show 4 more" }));
  expect(screen.getAllByRole("listitem")).toHaveLength(14);
  expect(screen.getByText("6 less severe ones are not shown. The files hold all.")).toBeTruthy();
});

test("the result is there as a file in each form", () => {
  draw(aScanDifference({}));
  for (const format of ["SARIF", "JSON", "CSV"]) {
    const href = screen.getByRole("link", { name: format }).getAttribute("href");
    expect(href).toBe(`/api/v1/scans/shop/runs/01900000-0000-7000-8000-00000000a002/findings.${format.toLowerCase()}`);
  }
});

test("a clean revision says so without calling what was left out clean", () => {
  draw(aScanDifference({ fixed: [aChangedFinding({ statusNow: "closed" })] }));
  expect(screen.getByText(/Nothing is open: every file that was scanned came out clean\./)).toBeTruthy();
});
