import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { sourceRulesQuery } from "#lib/client/exceptions.ts";
import type { SourceRule } from "#lib/domain/source-rule.ts";
import { render, screen, within } from "#testing/render.ts";
import { WithAnswers } from "#testing/with-answers.tsx";
import { SourceRulesBlock } from "./source-rules-block.tsx";

// What the rule would hide stays on its way.
vi.stubGlobal("fetch", () => new Promise(() => {}));

const aRule = (overrides: Partial<SourceRule>): SourceRule => ({
  connectionName: "main",
  region: "eu-west-1",
  arn: "arn:aws:inspector2:eu-west-1:111122223333:owner/111122223333/filter/1",
  accountId: "111122223333",
  accountName: null,
  name: "old-hosts",
  criteria: "severity = LOW; portRange {}",
  asOurs: {
    query: "severity=low&accountId=111122223333&region=eu-west-1",
    notCarried: [{ criterion: "portRange {}", effect: "wider" }],
  },
  reason: "Rebuilt in spring.",
  description: null,
  updatedAt: "2026-03-02T12:00:00.000Z",
  ...overrides,
});

function draw(items: SourceRule[], mayTriage = true) {
  render(
    <WithAnswers answers={[[sourceRulesQuery().queryKey, { items, unread: [], suppressed: 4 }]]}>
      <SourceRulesBlock viewer={{ userName: "mira", mayTriage }} />
    </WithAnswers>,
  );
}

const TAKE = { name: "Make it a rule of ours…" };

test("a rule of Inspector's fills the form of one of ours, which says what is not in it", async () => {
  draw([aRule({})]);
  await userEvent.click(screen.getByRole("button", TAKE));
  const dialog = within(await screen.findByRole("dialog", { name: "Make Inspector’s rule one of ours" }));
  expect(dialog.getByRole("textbox", { name: "Findings that match" })).toHaveProperty(
    "value",
    "severity:low account:111122223333 region:eu-west-1",
  );
  expect(dialog.getByRole("textbox", { name: "Why" })).toHaveProperty(
    "value",
    "Rebuilt in spring. (Inspector’s rule old-hosts)",
  );
  expect(dialog.getByText(/may match more than Inspector’s/).textContent).toContain("portRange {}");
});

test("what no filter here can say offers no form", () => {
  draw([aRule({ asOurs: null })]);
  expect(screen.queryByRole("button", TAKE)).toBeNull();
  expect(screen.getByText("Cannot be one of ours")).toBeTruthy();
});

test("whoever may not triage is offered no form", () => {
  draw([aRule({})], false);
  expect(screen.queryByRole("button", TAKE)).toBeNull();
});
