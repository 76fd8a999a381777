import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { findingGroupsQuery, findingsQuery } from "#lib/client/findings.ts";
import { sessionQuery } from "#lib/client/session.ts";
import type { FindingGroup } from "#lib/domain/finding-groups.ts";
import { aSession } from "#testing/a-decision.ts";
import { aFinding, aFindingPage } from "#testing/a-finding.ts";
import { render, screen } from "#testing/render.ts";
import { WithAnswers } from "#testing/with-answers.tsx";
import { readFindingsAddress } from "./findings-address.ts";
import { GroupList } from "./group-list.tsx";

const GROUP: FindingGroup = {
  label: "CVE-2025-24813",
  about: "A partial PUT runs code",
  account: null,
  total: { count: 10_000, exact: false },
  bySeverity: { critical: 2, high: 9_998, medium: 0, low: 0, untriaged: 0, info: 0 },
  conditions: { cve: ["CVE-2025-24813"] },
};

function draw(groups: FindingGroup[], opened: string[] = [], decided: unknown[] = []) {
  const { filter } = readFindingsAddress({ status: "active", severity: "high,critical" });
  const first = (page: unknown) => ({ pages: [page], pageParams: [undefined] });
  const page = { asOf: null, by: "cve", items: groups, nextCursor: null };
  render(
    <WithAnswers
      answers={[
        [findingGroupsQuery(filter, "cve").queryKey, first(page)],
        [sessionQuery().queryKey, aSession()],
        [
          findingsQuery({ ...filter, ...GROUP.conditions, limit: 10 }).queryKey,
          first(aFindingPage([aFinding({ number: 7 })], { nextCursor: "more", total: GROUP.total })),
        ],
      ]}
    >
      <GroupList
        filter={filter}
        by="cve"
        onOpen={(id) => opened.push(id)}
        onAct={(all, total, kind) => decided.push([all.cve, all.severity, total, kind])}
      />
    </WithAnswers>,
  );
}

test("a group says what it is and how many of each severity; its number leads to its list", () => {
  draw([GROUP]);
  expect(screen.getByRole("button", { name: "CVE-2025-24813 A partial PUT runs code" })).toBeDefined();
  expect(screen.getByRole("list", { name: "By severity" }).textContent).toBe("C2 CriticalH9,998 High");
  const link = screen.getByRole("link", { name: /10,000\+ findings of CVE-2025-24813/ });
  expect(link.getAttribute("href")).toBe("/findings?severity=high%2Ccritical&status=active&cve=CVE-2025-24813");
});

test("opened, it shows its first findings in place, and they open beside the list", async () => {
  const opened: string[] = [];
  draw([GROUP], opened);
  await userEvent.click(screen.getByRole("button", { name: /^CVE-2025-24813/ }));
  expect(screen.getByRole("button", { name: /^CVE-2025-24813/ }).getAttribute("aria-expanded")).toBe("true");
  await userEvent.click(screen.getByRole("link", { name: /tomcat-embed-core/ }));
  expect(opened).toEqual([aFinding({ number: 7 }).id]);
  expect(screen.getByRole("link", { name: "All 10,000+ findings" })).toBeDefined();
});

test("all findings of a group are decided about at once, within the filter of the list", async () => {
  const decided: unknown[] = [];
  draw([GROUP], [], decided);
  await userEvent.click(screen.getByRole("button", { name: "Decide about all findings of CVE-2025-24813" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: /Suppress/ }));
  expect(decided).toEqual([[["CVE-2025-24813"], ["high", "critical"], GROUP.total, "suppress"]]);
});

test("where nothing has what is grouped by, that is said", () => {
  draw([]);
  expect(screen.getByRole("heading", { name: "No finding here has a CVE" })).toBeDefined();
});
