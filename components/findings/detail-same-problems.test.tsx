import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { sessionQuery } from "#lib/client/session.ts";
import type { SameProblem } from "#lib/domain/same-problem.ts";
import { aFindingWithDetail } from "#testing/a-finding.ts";
import { render, screen } from "#testing/render.ts";
import { WithAnswers } from "#testing/with-answers.tsx";
import { SameProblems } from "./detail-same-problems.tsx";

const OTHER = "01900000-0000-7000-8000-000000000042";
const aSame = (overrides: Partial<SameProblem> = {}): SameProblem => ({
  findingId: OTHER,
  source: "codeguru",
  title: "SQL injection",
  severity: "high",
  status: "active",
  project: "payments-api",
  path: "src/query.py",
  startLine: 48,
  isSame: true,
  reasons: ["the same file src/query.py", "both CWE-89", "the same code"],
  decidedBy: null,
  ...overrides,
});

/** Shows the section, and keeps what is sent. */
function show(sameProblems: SameProblem[], permissions: string[] = ["findings:triage"]) {
  const sent: unknown[] = [];
  vi.stubGlobal("fetch", async (_: string, { body }: RequestInit) => {
    sent.push(JSON.parse(String(body)));
    return new Response(null, { status: 204 });
  });
  render(
    <WithAnswers answers={[[sessionQuery().queryKey, { permissions }]]}>
      <SameProblems finding={aFindingWithDetail({ sameProblems })} />
    </WithAnswers>,
  );
  return sent;
}
afterEach(() => vi.unstubAllGlobals());

const press = (name: string) => userEvent.click(screen.getByRole("button", { name }));

test("the other source's finding is a link, with why it is the same", () => {
  show([aSame()]);
  expect(screen.getByRole("link", { name: "SQL injection" }).getAttribute("href")).toBe(`/findings/${OTHER}`);
  expect(screen.getByText("Found to be the same: the same file src/query.py, both CWE-89, the same code")).toBeTruthy();
});

test.each([
  ["what is found by itself is kept apart", aSame(), "Not the same", false],
  [
    "what a person kept apart is found by itself again",
    aSame({ isSame: false, decidedBy: "ines" }),
    "The same after all",
    null,
  ],
  ["what only a person put together is let go", aSame({ reasons: [], decidedBy: "ines" }), "Not the same", null],
])("%s", async (_, same, button, isSame) => {
  const sent = show([same]);
  await press(button);
  await vi.waitFor(() => expect(sent).toEqual([{ findingId: OTHER, isSame }]));
});

test("another finding is put together by its link, and what is no link is told", async () => {
  const sent = show([]);
  await press("Put another finding with it");
  await userEvent.type(screen.getByLabelText("Link of the other finding"), "nothing");
  await press("Put together");
  expect(screen.getByRole("alert").textContent).toContain("The link of a finding");
  await userEvent.type(screen.getByLabelText("Link of the other finding"), ` https://s.example/findings/${OTHER}`);
  await press("Put together");
  await vi.waitFor(() => expect(sent).toEqual([{ findingId: OTHER, isSame: true }]));
});

test("who may not triage sees what is the same, and no buttons", () => {
  show([aSame()], ["findings:read"]);
  expect(screen.queryAllByRole("button")).toEqual([]);
});
