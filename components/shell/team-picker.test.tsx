import { beforeEach, expect, test, vi } from "vitest";
import { teamChoiceQuery } from "#lib/client/teams.ts";
import type { TeamChoice } from "#lib/domain/team.ts";
import { render, screen } from "#testing/render.ts";
import { WithAnswers } from "#testing/with-answers.tsx";
import { KnownTeams } from "./known-teams.tsx";
import { TeamNote } from "./team-note.tsx";
import { TeamPicker } from "./team-picker.tsx";

let pathname = "/overview";
vi.mock("next/navigation", () => ({
  usePathname: () => pathname,
  useSearchParams: () => new URLSearchParams(location.search),
}));
// The choices are asked for again where the address names a team that is none of them; nothing has changed.
beforeEach(() => {
  vi.stubGlobal("fetch", async () => Response.json(CHOICE));
});

const CHOICE: TeamChoice = {
  chosen: "@mine",
  items: [
    { id: "payments", name: "Payments" },
    { id: "web", name: "Web" },
    { id: "data", name: "Data" },
  ],
  mine: ["payments", "web"],
};

function draw(address: string, choice = CHOICE) {
  history.replaceState(null, "", address);
  pathname = location.pathname;
  render(
    <WithAnswers answers={[[teamChoiceQuery().queryKey, choice]]}>
      <TeamPicker />
      <TeamNote />
      <KnownTeams>
        <p>The page</p>
      </KnownTeams>
    </WithAnswers>,
  );
}
const shown = () => screen.getByRole("button", { name: /^Whose findings/ }).textContent;

test.each([
  ["/overview", "All teams"],
  ["/overview?team=data", "Data"],
  ["/trends?team=web,payments", "My teams"],
  ["/findings?status=active&team=data,web", "2 teams"],
  ["/coverage?team=@none", "No team"],
  ["/exceptions", "My teams"],
])("%s shows the findings of: %s", (address, words) => {
  draw(address);
  expect(shown()).toBe(`Whose findings: ${words}`);
  expect(screen.getByText("The page")).toBeTruthy();
});

test("a list of all teams says so to whom has chosen some", () => {
  draw("/scans");
  expect(screen.getByText(/Scans are of all teams\./).textContent).toContain("My teams is chosen");
});

test("who has chosen none is told nothing of teams", () => {
  draw("/scans", { ...CHOICE, chosen: null });
  expect(screen.queryByText(/of all teams/)).toBeNull();
});

test("where there are no teams there is nothing to choose", () => {
  draw("/overview", { chosen: null, items: [], mine: [] });
  expect(screen.queryByRole("button", { name: /^Whose findings/ })).toBeNull();
});

test("a page of a team that there is not says so instead of showing zeros, and leads back", async () => {
  draw("/overview?team=payments,paymets");
  expect(await screen.findByRole("heading", { name: "There is no team paymets" }, { timeout: 10_000 })).toBeTruthy();
  expect(screen.queryByText("The page")).toBeNull();
  screen.getByRole("button", { name: "Show all teams" }).click();
  expect(location.search).toBe("");
});
