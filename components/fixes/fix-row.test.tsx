import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { fixProgressQuery } from "#lib/client/fixes.ts";
import { addDays, toDay } from "#lib/domain/day.ts";
import type { Fix } from "#lib/domain/fix.ts";
import { aFix } from "#testing/an-overview.ts";
import { render, screen } from "#testing/render.ts";
import { WithAnswers } from "#testing/with-answers.tsx";
import { FixRow } from "./fix-row.tsx";

function draw(overrides: Partial<Fix>, fixed = 0) {
  const fix = aFix(overrides);
  const since = addDays(toDay(new Date()), -30);
  render(
    <WithAnswers answers={[[fixProgressQuery(fix, since).queryKey, { count: fixed, exact: true }]]}>
      <ul>
        <FixRow fix={fix} most={40} />
      </ul>
    </WithAnswers>,
  );
}
const open = () => userEvent.click(screen.getByRole("button", { expanded: false }));

test("a fix says what it closes and what of it is urgent, and opens to its command and its list", async () => {
  draw({ knownExploited: 5, overdue: 2, dueThisWeek: 9 });
  expect(screen.getByText("5 exploited")).toBeTruthy();
  expect(screen.getByText("2 overdue")).toBeTruthy();
  expect(screen.getByText("9 due this week")).toBeTruthy();
  await open();
  expect(screen.getByText("apt-get install --only-upgrade openssl")).toBeTruthy();
  const list = screen.getByRole("link", { name: "Show the 12 findings that it closes" });
  expect(list.getAttribute("href")).toBe("/findings?status=active&packageName=openssl");
});

test.each<[string, Partial<Fix>, string]>([
  ["an image", { kind: "base-image", packageName: null }, "Rebuild payments/api on a patched base image"],
  ["a runtime", { kind: "runtime", packageName: "stdlib" }, "Build payments/api with a newer runtime: stdlib 3.0.2"],
  ["several versions", { packageVersion: null }, "Update openssl to 3.0.2 on payments/api"],
  [
    "a place in code",
    { kind: "code", code: { title: "Input reaches SQL", path: "src/db.py", startLine: 12 } },
    "Change src/db.py:12 in payments/api",
  ],
])("the change of %s is told in words", (_what, overrides, words) => {
  draw(overrides);
  expect(screen.getByRole("button", { name: words })).toBeTruthy();
});

test("code has no command: its finding shows what to change", async () => {
  draw({ kind: "code", command: null, code: { title: "Input reaches SQL", path: "src/db.py", startLine: 12 } });
  await open();
  expect(screen.getByText(/Its findings show the code/)).toBeTruthy();
  expect(screen.queryByRole("button", { name: /copy/i })).toBeNull();
});

test("an open fix says how far it has come, and leads to what was fixed", async () => {
  draw({}, 28);
  await open();
  const link = screen.getByRole("link", { name: "28 fixed in the last 30 days" });
  const query = new URL(link.getAttribute("href") ?? "", "http://page").searchParams;
  expect(Object.fromEntries(query)).toMatchObject({
    packageName: "openssl",
    status: "active,suppressed,closed",
    movement: "fixed",
  });
  expect(screen.getByRole("progressbar", { name: "Fixed" }).getAttribute("aria-valuetext")).toBe("28 of 40 findings");
});

test("a fix that nobody has begun says so", async () => {
  draw({}, 0);
  await open();
  expect(screen.getByText("None was fixed in the last 30 days.")).toBeTruthy();
});
