import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { suggestionsQuery } from "#lib/client/findings.ts";
import { scansQuery } from "#lib/client/scans.ts";
import { viewsQuery } from "#lib/client/views.ts";
import type { SavedView } from "#lib/domain/saved-view.ts";
import { render, screen } from "#testing/render.ts";
import { WithAnswers } from "#testing/with-answers.tsx";
import { Palette } from "./palette.tsx";

const went: string[] = [];
vi.mock("next/navigation", () => ({ useRouter: () => ({ push: (href: string) => went.push(href) }) }));

const view = (name: string, openedAt: string | null): SavedView => ({
  id: "01900000-0000-7000-8000-000000000001",
  name,
  query: "status=active",
  isShared: false,
  isOwn: true,
  owner: "mira",
  isDefault: false,
  openedAt,
});

function draw() {
  const typed = ["lo", "log", "log4", "log4j"];
  const found = { items: [{ field: "packageName" as const, value: "log4j-core", about: null }] };
  render(
    <WithAnswers
      answers={[
        [
          viewsQuery().queryKey,
          { items: [view("Old", "2026-01-01T00:00:00.000Z"), view("Recent", "2026-02-01T00:00:00.000Z")] },
        ],
        ...typed.map((q): [readonly unknown[], unknown] => [suggestionsQuery(q, undefined).queryKey, found]),
        ...typed.map((q): [readonly unknown[], unknown] => [scansQuery(q).queryKey, { items: [], nextCursor: null }]),
      ]}
    >
      <Palette onClose={() => {}} />
    </WithAnswers>,
  );
  return screen.findByRole("combobox");
}
const options = () => screen.getAllByRole("option").map(({ textContent }) => textContent);

test("before anything is typed it shows the views opened last, then the pages", async () => {
  await draw();
  expect(options().slice(0, 3)).toEqual(["RecentView", "OldView", "OverviewPage"]);
});

test("what is typed is looked for everywhere, and Enter goes to the chosen one", async () => {
  const field = await draw();
  await userEvent.type(field, "log4j");
  expect(options()).toEqual(["log4j-coreFindings by package", "Search all open findings for “log4j”Search"]);
  await userEvent.keyboard("{ArrowDown}{Enter}");
  expect(went.at(-1)).toBe("/findings?status=active&q=log4j");
});
