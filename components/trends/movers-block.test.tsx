import { expect, test } from "vitest";
import { moversQuery } from "#lib/client/trends.ts";
import type { Movers } from "#lib/domain/movers.ts";
import { render, screen, within } from "#testing/render.ts";
import { WithAnswers } from "#testing/with-answers.tsx";
import { MoversBlock } from "./movers-block.tsx";
import { toMoversQuery } from "./movers-query.ts";

const query = {
  severity: [],
  source: ["inspector" as const],
  type: [],
  accountId: [],
  team: [],
  from: "2026-11-01",
  to: "2026-11-24",
  by: "severity" as const,
};

function draw(movers: Movers["movers"]) {
  const asked = toMoversQuery(query, "image");
  const told: Movers = { from: "2026-10-31T23:59:59.999Z", asOf: "2026-11-24T12:00:00.000Z", by: "image", movers };
  return render(
    <WithAnswers answers={[[moversQuery(asked).queryKey, told]]}>
      <MoversBlock query={query} by="image" onBy={() => {}} />
    </WithAnswers>,
  );
}
const image = {
  label: "pay/api",
  about: null,
  account: { id: "1", name: "payments" },
  conditions: { image: ["pay/api"] },
};

test("each row opens what moved there in these days, within what the page is narrowed to", () => {
  draw([
    { ...image, added: 12, taken: 2, net: 10 },
    { ...image, label: "web", conditions: { image: ["web"] }, added: 1, taken: 6, net: -5 },
  ]);
  const row = screen.getByRole("row", { name: /^pay\/api/ });
  expect(
    within(row)
      .getAllByRole("cell")
      .map(({ textContent }) => textContent),
  ).toEqual(["12", "2", "+10", ""]);
  const address = new URL(within(row).getByRole("link", { name: "+10" }).getAttribute("href") ?? "", "http://x");
  expect(Object.fromEntries(address.searchParams)).toMatchObject({
    source: "inspector",
    image: "pay/api",
    movedFrom: "2026-11-01T00:00:00.000Z",
    movedTo: "2026-11-24T12:00:00.001Z",
  });
  expect(screen.getByRole("row", { name: /^web/ }).textContent).toContain("−5");
});

test("too much to look through says what to do, and nothing that changed says that", () => {
  draw(null);
  expect(screen.getByText(/choose fewer days/)).toBeTruthy();
  draw([]);
  expect(screen.getByText(/Nothing changed in these days/)).toBeTruthy();
});
