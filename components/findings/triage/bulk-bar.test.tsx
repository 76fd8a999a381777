import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { sessionQuery } from "#lib/client/session.ts";
import type { Role } from "#lib/domain/person.ts";
import { aSession } from "#testing/a-decision.ts";
import { aFinding } from "#testing/a-finding.ts";
import { render, screen } from "#testing/render.ts";
import { WithAnswers } from "#testing/with-answers.tsx";
import { BulkBar } from "./bulk-bar.tsx";
import { useSelection } from "./use-selection.ts";

const FINDINGS = [1, 2].map((number) => aFinding({ number }));

function Bar({ onAct }: { onAct: (kind: string) => void }) {
  const selection = useSelection(FINDINGS, "all");
  return (
    <>
      <button type="button" onClick={() => selection.toggle(0)}>
        Choose
      </button>
      <BulkBar
        selection={selection}
        total={{ count: 26, exact: true }}
        menuIsOpen={false}
        onMenu={() => {}}
        onAct={onAct}
      />
    </>
  );
}

async function draw(role: Role) {
  const acts: string[] = [];
  render(
    <WithAnswers answers={[[sessionQuery().queryKey, aSession(role)]]}>
      <Bar onAct={(kind) => acts.push(kind)} />
    </WithAnswers>,
  );
  expect(screen.queryByRole("toolbar")).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "Choose" }));
  await screen.findByRole("toolbar");
  return acts;
}

test("the bar comes with the first selection, is announced, and extends it to all that match", async () => {
  const acts = await draw("lead");
  expect(screen.getByRole("toolbar", { name: "1 selected finding" })).toBeTruthy();
  expect(screen.getByRole("status").textContent).toBe("1 selected");
  await userEvent.click(screen.getByRole("button", { name: "All 26" }));
  expect(screen.getByRole("status").textContent).toBe("All 26 that match");
  await userEvent.click(screen.getByRole("button", { name: "Suppress" }));
  expect(acts).toEqual(["suppress"]);
  await userEvent.click(screen.getByRole("button", { name: "Clear the selection (Esc)" }));
  expect(screen.queryByRole("toolbar")).toBeNull();
});

test("what a role may not do is said, with the role that may, and is not begun", async () => {
  const acts = await draw("developer");
  const suppress = screen.getByRole("button", { name: "Suppress" });
  expect([suppress.getAttribute("aria-disabled"), suppress.title]).toEqual([
    "true",
    "Suppress: needs the lead role. You are a developer.",
  ]);
  await userEvent.click(suppress);
  await userEvent.click(screen.getByRole("button", { name: "Assign" }));
  expect(acts).toEqual(["assign"]);
});
