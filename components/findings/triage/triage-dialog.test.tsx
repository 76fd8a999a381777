import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { sessionQuery } from "#lib/client/session.ts";
import type { TriageDecision } from "#lib/domain/triage.ts";
import type { TriageActKind } from "#lib/domain/triage-act.ts";
import { aSession, aTriageDecision, aTriageDraft } from "#testing/a-decision.ts";
import { render, screen } from "#testing/render.ts";
import { WithAnswers } from "#testing/with-answers.tsx";
import { TriageDialog } from "./triage-dialog.tsx";

type Sent = { path: string; body: { act: Record<string, unknown>; draftId?: string } };
let sent: Sent[] = [];
let answers: Record<string, () => Response> = {};
beforeEach(() => {
  sent = [];
  answers = {
    "/api/v1/triage/drafts": () => Response.json(aTriageDraft(), { status: 201 }),
    "/api/v1/triage/decisions": () => Response.json(aTriageDecision(), { status: 201 }),
    "/api/v1/people": () => Response.json({ items: [] }),
  };
  vi.spyOn(globalThis, "fetch").mockImplementation(async (address, init) => {
    const path = String(address);
    if (init?.method === "POST") sent.push({ path, body: JSON.parse(String(init.body)) });
    return answers[path]?.() ?? new Response(null, { status: 404 });
  });
});
afterEach(() => vi.restoreAllMocks());

const decided: TriageDecision[] = [];

function draw(kind: TriageActKind) {
  decided.length = 0;
  render(
    <WithAnswers answers={[[sessionQuery().queryKey, aSession()]]}>
      <TriageDialog
        request={{ kind, targets: { findingIds: ["01900000-0000-7000-8000-000000000001"] }, count: 3 }}
        onClose={() => {}}
        onDecided={(decision) => decided.push(decision)}
      />
    </WithAnswers>,
  );
}

test("what it would hide stands in the dialog before it can be done, and the button says the act and the count", async () => {
  draw("suppress");
  expect(await screen.findByRole("dialog", { name: "Suppress 3 findings" })).toBeTruthy();
  const effect = await screen.findByRole("region", { name: "What it would do" });
  await expect.poll(() => effect.textContent).toContain("Hides 3 now:");
  expect(effect.textContent).toContain("1 known exploited");
  expect(effect.textContent).toContain("payments-prod");
  const button = screen.getByRole("button", { name: /^Suppress 3 until / });
  expect([button.getAttribute("aria-disabled"), button.title]).toEqual(["true", "Say why first"]);
});

test("with a reason it is carried out as it was said", async () => {
  draw("suppress");
  await screen.findByText("Hides 3 now:");
  await userEvent.click(screen.getByRole("radio", { name: "Accepted risk" }));
  await userEvent.type(screen.getByRole("textbox", { name: "Why is the risk accepted?" }), "It is retired in May.");
  await userEvent.click(screen.getByRole("button", { name: /^Suppress 3 until / }));
  await expect.poll(() => decided).toHaveLength(1);
  expect(sent.at(-1)).toMatchObject({
    path: "/api/v1/triage/decisions",
    body: {
      draftId: aTriageDraft().id,
      act: { kind: "suppress", grounds: "accepted-risk", reason: "It is retired in May." },
    },
  });
});

test("until a fix exists is counted anew, and what has one is said to stay", async () => {
  draw("suppress");
  await screen.findByText("Hides 3 now:");
  answers["/api/v1/triage/drafts"] = () =>
    Response.json(aTriageDraft({ changes: 1, bySeverity: { high: 1 }, leftOut: { "has-fix": 2 } }), { status: 201 });
  await userEvent.click(screen.getByRole("radio", { name: "A fix exists" }));
  expect(await screen.findByText("Left as they are: 2 with a fix already.")).toBeTruthy();
  expect(screen.getByRole("button", { name: "Suppress 1 until a fix exists" })).toBeTruthy();
  expect(sent.at(-1)?.body.act).toEqual({ kind: "suppress", until: "fix" });
});

test("who comes second is told who decided, and nothing is closed over it", async () => {
  draw("unsuppress");
  await screen.findByText("Opens 3 now:");
  const detail = "Nothing was changed: ines decided about these 3 findings (suppress) at 09:00, after you had looked.";
  answers["/api/v1/triage/decisions"] = () =>
    Response.json({ title: "It is in another state", detail, status: 409 }, { status: 409 });
  await userEvent.click(screen.getByRole("button", { name: "Lift 3" }));
  expect((await screen.findByRole("alert")).textContent).toContain("ines decided about these 3 findings");
  expect(decided).toEqual([]);
});

test("where an issue has more findings than were chosen, that is said before they are all assigned", async () => {
  answers["/api/v1/triage/drafts"] = () => Response.json(aTriageDraft({ issueFindings: 40 }), { status: 201 });
  draw("assign");
  expect(await screen.findByText(/They belong to 2 issues with 40 open findings: all of them follow\./)).toBeTruthy();
  expect(screen.getByRole("button", { name: "Assign 3 to mira" })).toBeTruthy();
});
