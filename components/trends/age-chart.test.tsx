import { afterEach, expect, test, vi } from "vitest";
import { openAgeQuery } from "#lib/client/trends.ts";
import type { OpenAge } from "#lib/domain/trends.ts";
import { render, screen } from "#testing/render.ts";
import { WithAnswers } from "#testing/with-answers.tsx";
import { AgeChart } from "./age-chart.tsx";

const everything = { severity: [], source: [], type: [], accountId: [], team: [] };
const bucket = { fromDays: 0, toDays: null, openedFrom: null, openedTo: null, findings: 3, issues: 2 };

afterEach(() => vi.unstubAllGlobals());

test("of days that are over the ages are those of their end: the title and every list say so", () => {
  const query = { ...everything, asOf: "2026-06-30" };
  const answer: OpenAge = { asOf: "2026-06-30T23:59:59.999Z", buckets: [{ ...bucket, bySeverity: { high: 3 } }] };
  render(
    <WithAnswers answers={[[openAgeQuery(query).queryKey, answer]]}>
      <AgeChart query={query} />
    </WithAnswers>,
  );
  expect(screen.getByRole("heading", { name: "Age of what was open on 30 Jun 2026" })).toBeTruthy();
  expect(screen.getByRole("link", { name: "3" }).getAttribute("href")).toContain("asOf=2026-06-30T23%3A59%3A59.999Z");
});

test("where nothing is known the chart says why, instead of waiting", async () => {
  const problem = { title: "Gone", status: 410, detail: "Nothing is known as of then. There was no sync yet." };
  vi.stubGlobal("fetch", async () => Response.json(problem, { status: 410 }));
  render(
    <WithAnswers answers={[]}>
      <AgeChart query={{ ...everything, asOf: "2020-01-01" }} />
    </WithAnswers>,
  );
  expect((await screen.findByRole("alert")).textContent).toBe(problem.detail);
});
