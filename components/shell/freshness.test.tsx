import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { freshnessQuery } from "#lib/client/freshness.ts";
import type { Freshness, FreshnessScope } from "#lib/domain/freshness.ts";
import { render, screen } from "#testing/render.ts";
import { WithAnswers } from "#testing/with-answers.tsx";
import { FreshnessIndicator } from "./freshness-indicator.tsx";

const scope = (region: string, overrides: Partial<FreshnessScope> = {}): FreshnessScope => ({
  source: "inspector",
  accountId: "111122223333",
  accountName: "payments-prod",
  region,
  state: "complete",
  lastWholePassAt: "2026-01-06T00:00:00.000Z",
  lastPassAt: "2026-01-06T06:12:00.000Z",
  failure: null,
  isSample: false,
  ...overrides,
});

function draw(freshness: Freshness) {
  render(
    <WithAnswers answers={[[freshnessQuery().queryKey, freshness]]}>
      <FreshnessIndicator />
    </WithAnswers>,
  );
}

test("the data's age is said together with what is late", () => {
  draw({ asOf: "2026-01-06T06:12:00.000Z", late: 2, scopes: [scope("eu-west-1")] });
  expect(screen.getByRole("button").textContent).toMatch(/^Data as of .*06:12 UTC2 late$/);
});

test("where nothing was ever read, no time is claimed", () => {
  draw({ asOf: null, late: 0, scopes: [] });
  expect(screen.getByRole("button").textContent).toBe("Nothing is read yet");
});

test("the ledger names the missing permission, and puts what needs a person first", async () => {
  const failure = {
    code: "access-denied" as const,
    message: "AWS refused to list findings.",
    permission: "inspector2:ListFindings",
  };
  draw({
    asOf: "2026-01-06T06:12:00.000Z",
    late: 1,
    scopes: [scope("eu-west-1"), scope("us-east-1", { state: "refused", failure })],
  });
  await userEvent.click(screen.getByRole("button"));
  const [first, second] = await screen.findAllByRole("listitem");
  expect(first?.textContent).toContain("us-east-1");
  expect(first?.textContent).toContain("AWS refused inspector2:ListFindings");
  expect(second?.textContent).toContain("eu-west-1");
  expect(screen.getByText(/1 of 2 places read completely/)).toBeTruthy();
});
