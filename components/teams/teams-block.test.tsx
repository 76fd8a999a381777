import { expect, test } from "vitest";
import { teamsQuery } from "#lib/client/teams.ts";
import type { Team, Teams } from "#lib/domain/team.ts";
import { render, screen, within } from "#testing/render.ts";
import { WithAnswers } from "#testing/with-answers.tsx";
import { TeamsBlock } from "./teams-block.tsx";

const PAYMENTS: Team = {
  id: "payments",
  name: "Payments",
  position: 1,
  rules: [{ kind: "tag", pattern: "team=payments" }],
  members: ["priya"],
  isMine: true,
  holdings: { accounts: 1, resources: 12, open: { critical: 2, low: 1 } },
};
const GHOSTS: Team = {
  ...PAYMENTS,
  id: "ghosts",
  name: "Ghosts",
  position: 2,
  rules: [],
  members: [],
  isMine: false,
  holdings: { accounts: 0, resources: 0, open: {} },
};

function draw(teams: Partial<Teams>, canChange = true) {
  const answer: Teams = { items: [], noTeam: { open: { high: 4 } }, scope: null, applying: null, ...teams };
  return render(
    <WithAnswers answers={[[teamsQuery().queryKey, answer]]}>
      <TeamsBlock canChange={canChange} />
    </WithAnswers>,
  );
}

test("each team's number opens the list that it counts; so does that of what no team has", () => {
  draw({ items: [PAYMENTS, GHOSTS] });
  const linkOf = (name: RegExp) => within(screen.getByRole("row", { name })).getByRole("link");
  expect(linkOf(/Payments/).textContent).toBe("3");
  expect(linkOf(/Payments/).getAttribute("href")).toBe("/findings?status=active&team=payments");
  expect(linkOf(/No team/).textContent).toBe("4");
  expect(linkOf(/No team/).getAttribute("href")).toContain("team=%40none");
});

test("a team that matches nothing says so, and whoever is a member sees which is theirs", () => {
  draw({ items: [PAYMENTS, GHOSTS] });
  expect(within(screen.getByRole("row", { name: /Ghosts/ })).getByText("Matches nothing")).toBeDefined();
  expect(within(screen.getByRole("row", { name: /Payments/ })).getByText("Yours")).toBeDefined();
});

test("while changed rules are being carried out the page says how far they are", () => {
  draw({ items: [PAYMENTS], applying: { done: 3, total: 12 } });
  expect(screen.getByText(/being carried out: 3 of 12 accounts/)).toBeDefined();
});

test("without teams the page says what a team is for, and only who may make one is offered to", () => {
  draw({}, false);
  expect(screen.getByText("There are no teams yet")).toBeDefined();
  expect(screen.queryByRole("button", { name: "Add a team" })).toBeNull();
});
