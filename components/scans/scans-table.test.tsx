import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { scansQuery } from "#lib/client/scans.ts";
import type { Scan } from "#lib/domain/scan.ts";
import { aScan } from "#testing/a-scan.ts";
import { aScanRun } from "#testing/a-scan-difference.ts";
import { render, screen } from "#testing/render.ts";
import { WithAnswers } from "#testing/with-answers.tsx";
import { type Deleter, ScansTable } from "./scans-table.tsx";

function draw(items: Scan[], deleter: Deleter = null, { q = "", nextCursor = null as string | null } = {}) {
  render(
    <WithAnswers answers={[[scansQuery(q).queryKey, { items, nextCursor }]]}>
      <ScansTable q={q} deleter={deleter} />
    </WithAnswers>,
  );
}

test("a row tells what is open, and how that went from revision to revision", () => {
  const history = [3, 5, 2].map((open, place) => ({ revision: place + 1, open }));
  draw([aScan({ open: { critical: 1, low: 1 }, revisions: 3, history })]);
  expect(screen.getByRole("link", { name: "2" }).getAttribute("href")).toBe("/findings?status=active&scanName=shop");
  expect(screen.getByRole("img", { name: "Open after each revision: 3, 5, 2" })).toBeTruthy();
});

test("a scan that failed leads to why", () => {
  const error = { code: "bomb", message: "It unpacks to too much.", isRetryable: false };
  const latestRun = aScanRun({ state: "failed", error, counts: null });
  draw([aScan({ latestRun })]);
  const why = screen.getByRole("link", { name: "why shop failed" });
  expect(why.getAttribute("href")).toBe(`/scans/shop/runs/${latestRun.runId}`);
  expect(why.getAttribute("title")).toBe("It unpacks to too much.");
});

test("one revision makes no trend", () => {
  draw([aScan()]);
  expect(screen.queryByRole("img", { name: /Open after/ })).toBeNull();
});

test("deleting is asked for first, with what it closes", async () => {
  draw([aScan({ open: { high: 2 }, revisions: 4 })], { userName: "lead", mayDelete: "all" });
  await userEvent.click(screen.getByRole("button", { name: "Acts on shop" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: "Delete" }));
  const dialog = await screen.findByRole("dialog", { name: "Delete shop" });
  expect(dialog.textContent).toContain("2 open findings of it will close as “scope lost”, not as fixed.");
  expect(dialog.textContent).toContain("the same name goes on with revision 5");
  await userEvent.click(screen.getByRole("button", { name: "Keep it" }));
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("whoever may delete only their own is offered nothing at another's scan", () => {
  draw([aScan({ name: "hers", owner: "priya" }), aScan({ name: "his", owner: "omar" })], {
    userName: "omar",
    mayDelete: "own",
  });
  expect(screen.getAllByRole("button").map((button) => button.getAttribute("aria-label"))).toEqual(["Acts on his"]);
});

test("a filter that nothing matches says so, and does not offer a first scan", () => {
  draw([], null, { q: "zzz" });
  expect(screen.getByRole("heading", { name: "No scan has this in its name" })).toBeTruthy();
  expect(screen.queryByRole("link", { name: "New scan" })).toBeNull();
});

test("a list that goes on says that it does", () => {
  draw([aScan()], null, { nextCursor: "shop" });
  expect(screen.getByText("The first 1. Filter by name to see others.")).toBeTruthy();
});
