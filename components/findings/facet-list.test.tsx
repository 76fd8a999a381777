import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { findingsHeadQuery } from "#lib/client/findings.ts";
import { DUES } from "#lib/domain/filter-words.ts";
import { type FindingFacets, facetNameSchema } from "#lib/domain/finding-page.ts";
import { aFindingPage } from "#testing/a-finding.ts";
import { render, screen } from "#testing/render.ts";
import { WithAnswers } from "#testing/with-answers.tsx";
import { FacetList } from "./facet-list.tsx";
import { readFindingsAddress } from "./findings-address.ts";

const none = Object.fromEntries(facetNameSchema.options.map((name) => [name, []])) as unknown as FindingFacets; // every name is a key
const facets: FindingFacets = {
  ...none,
  severity: [{ value: "high", label: "high", count: 440, exact: true }],
  source: [{ value: "inspector", label: "inspector", count: 1356, exact: true }],
  accountId: Array.from({ length: 9 }, (_, index) => ({
    value: `${index}`,
    label: `account-${index}`,
    count: 90 - index,
    exact: true,
  })),
};

const someTeams = [
  { value: "@none", label: "@none", count: 12, exact: true },
  { value: "web", label: "Web shop", count: 7, exact: true },
];

function draw(written: Record<string, string> = {}, more: Partial<FindingFacets> = {}) {
  const toggled: string[] = [];
  const { filter } = readFindingsAddress(written);
  const dues = DUES.map((due, index): [readonly unknown[], unknown] => [
    findingsHeadQuery({ ...filter, due: [due] }, 0).queryKey,
    aFindingPage([], { total: { count: 100 * (index + 1), exact: true } }),
  ]);
  render(
    <WithAnswers answers={dues}>
      <FacetList
        filter={filter}
        facets={{ ...facets, ...more }}
        onToggle={(name, value) => toggled.push(`${name}=${value}`)}
      />
    </WithAnswers>,
  );
  return toggled;
}

test("every severity is there, worst first, also where it counts nothing", () => {
  draw();
  const words = screen
    .getAllByRole("checkbox")
    .slice(0, 6)
    .map((box) => box.closest("label")?.textContent);
  expect(words).toEqual(["CCritical0", "HHigh440", "MMedium0", "LLow0", "?Untriaged0", "iInfo0"]);
});

test("pressing a value asks to narrow by it", async () => {
  const toggled = draw();
  await userEvent.click(screen.getByRole("checkbox", { name: /High/ }));
  await userEvent.click(screen.getByRole("checkbox", { name: /Inspector/ }));
  await userEvent.click(screen.getByRole("checkbox", { name: /Known exploited/ }));
  expect(toggled).toEqual(["severity=high", "source=inspector", "knownExploited=yes"]);
});

test("a long facet is short until it is asked for more, and never hides what is chosen", async () => {
  draw({ accountId: "8" });
  expect(screen.getByRole<HTMLInputElement>("checkbox", { name: /account-8/ }).checked).toBe(true);
  expect(screen.queryByRole("checkbox", { name: /account-7/ })).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "2 more" }));
  expect(screen.getByRole("checkbox", { name: /account-7/ })).toBeTruthy();
});

test("due dates are counted once their block is opened, and narrow like any other", async () => {
  const toggled = draw();
  await userEvent.click(screen.getByRole("heading", { name: "Due" }));
  await userEvent.click(await screen.findByRole("checkbox", { name: "Overdue 100" }));
  expect(toggled).toEqual(["due=overdue"]);
});

test("teams are called by their names, and what none has is one of them", async () => {
  const toggled = draw({}, { team: someTeams });
  await userEvent.click(screen.getByRole("checkbox", { name: "Web shop 7" }));
  await userEvent.click(screen.getByRole("checkbox", { name: "No team 12" }));
  expect(toggled).toEqual(["team=web", "team=@none"]);
});

test("where there are no teams, there is nothing to choose", () => {
  draw({}, { team: someTeams.slice(0, 1) });
  expect(screen.queryByRole("heading", { name: "Team" })).toBeNull();
});

test("where counting stopped, it says so", () => {
  draw({}, { severity: [{ value: "high", label: "high", count: 9_000, exact: false }] });
  expect(screen.getByRole("checkbox", { name: /High.*9,000\+/ })).toBeTruthy();
  expect(screen.getByRole("checkbox", { name: /Low.*0\+/ })).toBeTruthy();
});
