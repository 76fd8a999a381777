import { expect, test, vi } from "vitest";
import { overviewQuery } from "#lib/client/overview.ts";
import type { FreshnessScope } from "#lib/domain/freshness.ts";
import { aFreshnessScope, anOverview } from "#testing/an-overview.ts";
import { render, screen } from "#testing/render.ts";
import { WithAnswers } from "#testing/with-answers.tsx";
import { FreshnessBlock } from "./freshness-block.tsx";

vi.mock("next/navigation", () => ({ useSearchParams: () => new URLSearchParams() }));

function draw(scopes: FreshnessScope[]) {
  const overview = anOverview({ freshness: { asOf: null, late: 0, scopes } });
  render(
    <WithAnswers answers={[[overviewQuery([]).queryKey, overview]]}>
      <FreshnessBlock />
    </WithAnswers>,
  );
}

test("each place leads to its findings and says how it stands", () => {
  draw([aFreshnessScope()]);
  const place = screen.getByRole("link", { name: /^payments-prod, eu-west-1, inspector: complete, last whole pass/ });
  expect(place.getAttribute("href")).toBe(
    "/findings?status=active&accountId=111122223333&source=inspector&region=eu-west-1",
  );
  expect(screen.getByText("1 complete")).toBeTruthy();
});

test("a refusal stands first, with the exact permission that is missing", () => {
  draw([
    aFreshnessScope({ region: "us-east-1", state: "late" }),
    aFreshnessScope({
      state: "refused",
      failure: {
        code: "access-denied",
        message: "AWS refused the request",
        permission: "inspector2:ListFindings",
      },
    }),
  ]);
  expect(screen.getByText("inspector2:ListFindings")).toBeTruthy();
  const [first] = screen.getAllByText(/, (eu-west-1|us-east-1)$/, { selector: "p" });
  expect(first?.textContent).toBe("payments-prod, eu-west-1");
});
