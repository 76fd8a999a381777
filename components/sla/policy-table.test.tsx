import { expect, test } from "vitest";
import type { PolicyVersion } from "#lib/domain/sla.ts";
import { render, screen, within } from "#testing/render.ts";
import { PolicyTable } from "./policy-table.tsx";

const version: PolicyVersion = {
  number: 3,
  validFrom: "2026-06-01T00:00:00.000Z",
  savedBy: "ines",
  rules: [
    { level: "organisation", id: null, name: null, days: { critical: 7, high: 30 } },
    { level: "team", id: "payments", name: "Payments", days: { critical: 3 } },
  ],
};

test("a small screen's card tells the days that its rule sets, and no others", () => {
  render(<PolicyTable version={version} />);
  const cards = within(screen.getByRole("list", { name: "Days by version 3" })).getAllByRole("listitem");
  expect(cards.map(({ textContent }) => textContent)).toEqual([
    "EverybodyCritical7 dHigh30 d",
    "Team PaymentsCritical3 d",
  ]);
});

test("the table has a column for each kind of days, with a dash where a wider rule counts", () => {
  render(<PolicyTable version={version} />);
  const cells = within(screen.getByRole("row", { name: /^Team Payments/ })).getAllByRole("cell");
  expect(cells.map(({ textContent }) => textContent)).toEqual(["3 d", "–", "–", "–", "–", "–"]);
});
