import { expect, test } from "vitest";
import { feedsQuery } from "#lib/client/feeds.ts";
import type { Feed } from "#lib/domain/feed.ts";
import { render, screen, within } from "#testing/render.ts";
import { WithAnswers } from "#testing/with-answers.tsx";
import { FeedsBlock } from "./feeds-block.tsx";

const aFeed = (overrides: Partial<Feed> = {}): Feed => ({
  name: "known-exploited",
  isOn: true,
  location: "https://www.cisa.gov/kev.json",
  isPublishers: true,
  fixedBy: null,
  state: "idle",
  publishedAt: "2026-03-01T00:00:00.000Z",
  checkedAt: "2026-03-02T00:00:00.000Z",
  importedAt: "2026-03-02T00:00:00.000Z",
  nextImportAt: "2026-03-03T00:00:00.000Z",
  entries: 1404,
  skipped: 0,
  findings: 17,
  failure: null,
  ...overrides,
});

function show(feeds: Feed[], canChange = true) {
  render(
    <WithAnswers answers={[[feedsQuery().queryKey, { items: feeds }]]}>
      <FeedsBlock canChange={canChange} />
    </WithAnswers>,
  );
  return screen.getAllByRole("listitem").map((line) => ({ line: within(line), text: line.textContent }));
}

test("a list tells its day, how much it holds, what it changed and where it is from", () => {
  const [feed] = show([aFeed({ skipped: 2 })]);
  expect(feed?.text).toContain(
    "1,404 vulnerabilities, 2 more could not be read; the last change of it ranked 17 findings anew",
  );
  expect(feed?.text).toContain("From https://www.cisa.gov/kev.json");
});

test("a failure is told beside what is imported, with when it is tried again", () => {
  const failure = { code: "access-denied" as const, message: "www.cisa.gov refused (HTTP 403).", permission: null };
  const [feed] = show([aFeed({ failure })]);
  expect(feed?.text).toContain("1,404 vulnerabilities");
  expect(feed?.text).toContain("www.cisa.gov refused (HTTP 403).Tried again");
});

test("what is off says so and can be turned on", () => {
  const [feed] = show([aFeed({ name: "epss", isOn: false, publishedAt: null, nextImportAt: null })]);
  expect(feed?.line.getByText("Off")).toBeTruthy();
  expect(feed?.line.getAllByRole("button").map((button) => button.textContent)).toEqual(["Turn on"]);
});

test("what the environment sets names its variable, and can be imported but not changed", () => {
  const [feed] = show([aFeed({ fixedBy: "SIGHTLINE_KEV_URL" })]);
  expect(feed?.text).toContain("set by SIGHTLINE_KEV_URL");
  expect(feed?.line.getAllByRole("button").map((button) => button.textContent)).toEqual(["Import now"]);
});

test("who may not change settings sees the state without buttons", () => {
  const [feed] = show([aFeed()], false);
  expect(feed?.line.queryAllByRole("button")).toEqual([]);
});
