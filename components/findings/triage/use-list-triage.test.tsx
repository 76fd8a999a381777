import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { sessionQuery } from "#lib/client/session.ts";
import { findingFilterSchema } from "#lib/domain/finding-filter.ts";
import { aSession, aTriageDraft } from "#testing/a-decision.ts";
import { aFinding } from "#testing/a-finding.ts";
import { render, screen } from "#testing/render.ts";
import { WithAnswers } from "#testing/with-answers.tsx";
import { useListTriage } from "./use-list-triage.tsx";

const FINDINGS = [1, 2, 3].map((number) => aFinding({ number }));
const ELSEWHERE = aFinding({ number: 77 }).id;
const FILTER = findingFilterSchema.parse({ status: "active", severity: "high", accountId: "111122223333" });

let drafted: unknown[] = [];
beforeEach(() => {
  drafted = [];
  localStorage.clear();
  vi.spyOn(globalThis, "fetch").mockImplementation(async (_, init) => {
    const { act: _act, ...targets } = JSON.parse(String(init?.body ?? "{}"));
    drafted.push(targets);
    return Response.json(aTriageDraft(), { status: 201 });
  });
});
afterEach(() => vi.restoreAllMocks());

function List({ openId = null, rowIndex = 0 }: { openId?: string | null; rowIndex?: number | null }) {
  const { element } = useListTriage({
    filter: FILTER,
    findings: FINDINGS,
    total: { count: 26, exact: true },
    openId,
    rowIndex,
    hasRows: true,
    onLeft: () => {},
  });
  return element;
}

function draw(props: Parameters<typeof List>[0]) {
  render(
    <WithAnswers answers={[[sessionQuery().queryKey, aSession()]]}>
      <List {...props} />
    </WithAnswers>,
  );
}

test("without a selection an act is about the row that the keyboard is on", async () => {
  draw({ rowIndex: 1 });
  await userEvent.keyboard("u");
  await expect.poll(() => drafted).toEqual([{ findingIds: [FINDINGS[1]!.id] }]);
});

test("an act is about the open finding, also where the list has not loaded its row", async () => {
  draw({ openId: ELSEWHERE, rowIndex: 1 });
  await userEvent.keyboard("u");
  await expect.poll(() => drafted).toEqual([{ findingIds: [ELSEWHERE] }]);
});

test("all that match go by the list's own filter, not by the rows that are loaded", async () => {
  draw({});
  await userEvent.keyboard("x");
  await userEvent.click(await screen.findByRole("button", { name: "All 26" }));
  await userEvent.keyboard("u");
  await expect
    .poll(() => drafted)
    .toEqual([{ filter: { status: "active", severity: "high", accountId: "111122223333" } }]);
});

test("where the keyboard is on no row yet, an act begins nothing", async () => {
  draw({ rowIndex: null });
  await userEvent.keyboard("ue");
  expect([drafted, screen.queryByRole("dialog")]).toEqual([[], null]);
});
