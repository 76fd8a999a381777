import { expect, test } from "vitest";
import { scanQuery } from "#lib/client/scans.ts";
import { aScan } from "#testing/a-scan.ts";
import { aScanRun } from "#testing/a-scan-difference.ts";
import { render, screen, within } from "#testing/render.ts";
import { WithAnswers } from "#testing/with-answers.tsx";
import { RunRevisions } from "./run-revisions.tsx";

const runOf = (revision: number, overrides: Parameters<typeof aScanRun>[0] = {}) =>
  aScanRun({ runId: `01900000-0000-7000-8000-00000000a00${revision}`, revision, ...overrides });

function draw(runs: ReturnType<typeof runOf>[], shown: ReturnType<typeof runOf>) {
  render(
    <WithAnswers answers={[[scanQuery("shop").queryKey, { ...aScan({ revisions: runs.length }), runs }]]}>
      <RunRevisions run={shown} />
    </WithAnswers>,
  );
}

test("revisions stand side by side with what each brought; the one that is shown is marked, the others are links", () => {
  const second = runOf(2, { counts: { new: 3, closed: 1, unchanged: 7 } });
  draw([runOf(3, { state: "failed", counts: null }), second, runOf(1)], second);
  const [, failed, shown, first] = screen.getAllByRole("row").map((row) => within(row));
  expect(failed?.getByRole("link", { name: "Revision 3" })).toBeTruthy();
  expect(failed?.getAllByTitle("The run has no result")).toHaveLength(3);
  expect(shown?.queryByRole("link")).toBeNull();
  expect(
    shown
      ?.getAllByRole("cell")
      .slice(1, 4)
      .map((cell) => cell.textContent),
  ).toEqual(["3", "1", "7"]);
  expect(first?.getByRole("link", { name: "Revision 1" }).getAttribute("href")).toMatch(
    /^\/scans\/shop\/runs\/.*a001$/,
  );
});

test("a single revision has nothing to stand beside", () => {
  draw([runOf(1)], runOf(1));
  expect(screen.queryByRole("table")).toBeNull();
});
