import { within } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { NotScannedTile } from "#components/coverage/not-scanned-tile.tsx";
import { FixFirst } from "#components/fixes/fix-first.tsx";
import { OverdueTile } from "#components/sla/overdue-tile.tsx";
import { overviewQuery } from "#lib/client/overview.ts";
import { dueByTeamQuery } from "#lib/client/sla.ts";
import { teamChoiceQuery } from "#lib/client/teams.ts";
import type { Overview } from "#lib/domain/overview.ts";
import type { DueByTeam } from "#lib/domain/sla.ts";
import { aFix, anOverview } from "#testing/an-overview.ts";
import { render, screen } from "#testing/render.ts";
import { WithAnswers } from "#testing/with-answers.tsx";
import { OverviewView } from "./overview-view.tsx";

const address = new URLSearchParams();
vi.mock("next/navigation", () => ({ useSearchParams: () => address }));

// The page says that it is looked at; nobody listens here.
beforeEach(() => {
  vi.stubGlobal("fetch", async () => new Response(null, { status: 204 }));
});

function draw(overview: Overview, team: string[] = [], asOf?: string) {
  address.set("team", team.join(","));
  address.set("asOf", asOf ?? "");
  const due: DueByTeam = { asOf: "2026-11-24T06:12:00.000Z", overdue: 7, dueInWeek: 3, teams: [] };
  return render(
    <WithAnswers
      answers={[
        [overviewQuery(team, asOf).queryKey, overview],
        [dueByTeamQuery(team, asOf).queryKey, due],
        [teamChoiceQuery().queryKey, { chosen: null, items: [{ id: "payments", name: "Payments" }], mine: [] }],
      ]}
    >
      <OverviewView
        overdue={<OverdueTile />}
        worst={null}
        fixes={<FixFirst />}
        notScanned={<NotScannedTile />}
        freshness={null}
        due={null}
        scans={null}
      />
    </WithAnswers>,
  );
}
const addressOf = (name: RegExp | string, within_: ReturnType<typeof within> | typeof screen = screen) =>
  within_.getByRole("link", { name }).getAttribute("href");

test("before the first sync the page says what to do, and shows no number", () => {
  draw(anOverview({ asOf: null, firstSyncAt: null }));
  expect(screen.getByRole("heading", { name: "Nothing is read yet" })).toBeTruthy();
  expect(screen.getByRole("link", { name: "Connect AWS" })).toBeTruthy();
  expect(screen.queryByRole("region", { name: "Headlines" })).toBeNull();
});

test("an installation without any finding is all zeros, and says so calmly", () => {
  draw(anOverview());
  expect(screen.getByText("Nothing else moved")).toBeTruthy();
  expect(screen.getByText("No resource of a cloud is known yet")).toBeTruthy();
  expect(screen.getByText("No open finding has a fix yet.")).toBeTruthy();
});

test("headlines lead to their lists, and a fall in critical is good news", () => {
  const since = { ...anOverview().since, new: 46, fixed: 71, reopened: 3 };
  draw(anOverview({ since, critical: { open: 188, before: 193, new: 4, fixed: 9 } }));
  const tiles = within(screen.getByRole("region", { name: "Headlines" }));
  expect(addressOf("188", tiles)).toBe("/findings?status=active&severity=critical");
  expect(tiles.getByText("−5").className).toContain("text-ok-text");
  const moved = new URL(addressOf("46", tiles) ?? "", "http://page").searchParams;
  expect(Object.fromEntries(moved)).toEqual({
    status: "active,suppressed,closed",
    movement: "new",
    movedFrom: since.from,
    movedTo: since.to,
  });
  expect(addressOf("3 reopened", tiles)).toContain("movement=reopened");
});

test("of a team, every number leads to the list of that team", () => {
  draw(anOverview({ critical: { open: 8, before: 8, new: 1, fixed: 0 }, fixes: [aFix()] }), ["payments"]);
  expect(screen.getByText(/^Payments\./)).toBeTruthy();
  const tiles = within(screen.getByRole("region", { name: "Headlines" }));
  const numbers = tiles.getAllByRole("link").flatMap((link) => link.getAttribute("href") ?? []);
  const lists = numbers.filter((href) => !href.startsWith("/definitions"));
  expect(lists.length).toBeGreaterThan(5);
  expect(
    lists.filter((href) => !new URL(href, "http://page").searchParams.getAll("team").includes("payments")),
  ).toEqual([]);
  expect(addressOf("All fixes")).toBe("/findings/fixes?team=payments");
});

test("what is overdue leads to its list, the longest first", () => {
  draw(anOverview());
  const tiles = within(screen.getByRole("region", { name: "Headlines" }));
  expect(addressOf("7", tiles)).toBe("/findings?status=active&due=overdue&sort=due");
  expect(addressOf("3 due within 7 days", tiles)).toBe("/findings?status=active&due=week&sort=due");
});

test("what is not scanned names its commonest reasons", () => {
  const reasons = [
    { reason: "UNMANAGED_EC2_INSTANCE", resources: 74 },
    { reason: "NO_INVENTORY", resources: 41 },
    { reason: "UNSUPPORTED_OS", resources: 3 },
  ];
  draw(anOverview({ notScanned: { resources: 2_204, notScanned: 118, reasons } }));
  expect(addressOf("74 not managed by SSM")).toBe("/coverage?reason=UNMANAGED_EC2_INSTANCE");
  expect(addressOf("118")).toBe("/coverage");
});

test("a fix says the change, where it is made, and how bad what it closes is", () => {
  draw(anOverview({ fixes: [aFix({ knownExploited: 5 })] }));
  const fix = within(screen.getByRole("region", { name: "Fix first" }));
  expect(fix.getByRole("link", { name: "Update openssl 3.0.1 to 3.0.2 on payments/api" }).getAttribute("href")).toBe(
    "/findings?status=active&packageName=openssl",
  );
  expect(fix.getByText("5 exploited")).toBeTruthy();
  expect(fix.getByRole("img", { name: "2 critical, 10 high" })).toBeTruthy();
});

test("of a day that is over each number opens the list of then, and what is told of now alone is left out", () => {
  const asOf = "2026-06-30T23:59:59.999Z";
  const since = { ...anOverview().since, kind: "week" as const };
  const told = { asOf, since, critical: { open: 8, before: null, new: 1, fixed: 0 } };
  const nothing = { notScanned: null, fixes: null, freshness: null, scans: null };
  draw(anOverview({ ...told, ...nothing }), [], "2026-06-30");
  expect(screen.getByText(/Coverage, fixes, freshness and scans are told of now alone/)).toBeTruthy();
  const tiles = within(screen.getByRole("region", { name: "Headlines" }));
  const lists = tiles.getAllByRole("link").map((link) => new URL(link.getAttribute("href") ?? "", "http://page"));
  const open = lists.filter(({ searchParams }) => searchParams.getAll("status").join() === "active");
  expect(open.length).toBeGreaterThan(3);
  expect(new Set(open.map(({ searchParams }) => searchParams.get("asOf")))).toEqual(
    new Set([asOf, "2026-11-24T06:12:00.000Z"]), // due dates are told by an answer of their own
  );
  expect(screen.queryByRole("region", { name: "Fix first" })).toBeNull();
  expect(tiles.queryByText(/^[+−±]/)).toBeNull(); // a week before the first sync nobody knows
});
