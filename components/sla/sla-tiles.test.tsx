import { expect, test } from "vitest";
import type { SlaStanding } from "#lib/domain/sla.ts";
import { render, screen } from "#testing/render.ts";
import { BreachAges } from "./breach-ages.tsx";
import { LateBlocks } from "./late-blocks.tsx";
import { readSlaAddress } from "./sla-address.ts";
import { SlaTiles } from "./sla-tiles.tsx";

const NOTHING = { findings: 0, issues: 0 };
const STANDING: SlaStanding = {
  asOf: "2026-02-10T12:00:00.000Z",
  all: {
    overdue: { findings: 21, issues: 5 },
    atRisk: { findings: 3, issues: 3 },
    inTime: { findings: 40, issues: 12 },
    undated: { findings: 7, issues: 7 },
  },
  bySeverity: {},
  ages: [{ fromDays: 90, toDays: null, findings: 21, issues: 5, bySeverity: { critical: 20, low: 1 } }],
  late: {
    owners: [{ userName: null, findings: 21, issues: 5, longestDays: 130 }],
    teams: [],
    accounts: Array.from({ length: 10 }, (_, n) => ({
      id: `${n}`,
      name: `account ${n}`,
      findings: 10 - n,
      issues: 1,
      longestDays: 9,
    })),
  },
};
const ofWeb = readSlaAddress({ team: "web" });
const hrefOf = (name: string) => {
  const { pathname, searchParams } = new URL(screen.getByRole("link", { name }).getAttribute("href") ?? "", "http://a");
  return { pathname, ...Object.fromEntries(searchParams) };
};

test("each tile opens its list, of the same part and moment", () => {
  render(<SlaTiles standing={STANDING} scope={ofWeb} />);
  const list = { pathname: "/findings", status: "active", team: "web", sort: "due", asOf: STANDING.asOf };
  expect(hrefOf("21")).toEqual({ ...list, due: "overdue" });
  expect(hrefOf("3")).toEqual({ ...list, due: "at-risk" });
  expect(hrefOf("7")).toEqual({ ...list, due: "none" });
  expect(screen.getByText("75 %")).toBeDefined();
});

test("without a single due date there is no share, rather than one of nothing", () => {
  const all = { ...STANDING.all, overdue: NOTHING, atRisk: NOTHING, inTime: NOTHING };
  render(<SlaTiles standing={{ ...STANDING, all }} scope={ofWeb} />);
  expect(screen.getByRole("link", { name: "–" })).toBeDefined();
});

test("how long something is overdue opens the list of just those days", () => {
  render(<BreachAges standing={STANDING} scope={ofWeb} />);
  expect(hrefOf("20")).toMatchObject({ overdueDays: "90..", severity: "critical,high", team: "web" });
});

test("who is late is told with nobody among them, and more than a few only when asked for", () => {
  render(<LateBlocks standing={STANDING} scope={readSlaAddress({})} />);
  expect(screen.getByRole("row", { name: /Nobody/ })).toBeDefined();
  expect(hrefOf("21")).toMatchObject({ assignee: "@nobody", due: "overdue" });
  expect(screen.queryByRole("row", { name: /account 9/ })).toBeNull();
  expect(screen.getByRole("button", { name: "Show all 10" })).toBeDefined();
});
