import userEvent from "@testing-library/user-event";
import type { ReactElement } from "react";
import { expect, test } from "vitest";
import { sessionQuery } from "#lib/client/session.ts";
import { aFindingWithDetail, aLifecycleEvent } from "#testing/a-finding.ts";
import { render as renderAlone, screen, within } from "#testing/render.ts";
import { WithAnswers } from "#testing/with-answers.tsx";
import { FindingDetail } from "./finding-detail.tsx";

/** As somebody who only reads sees it. */
const render = (detail: ReactElement) =>
  renderAlone(<WithAnswers answers={[[sessionQuery().queryKey, { permissions: [] }]]}>{detail}</WithAnswers>);

const HOSTILE = '<img src=x onerror="alert(1)">\u202E';
const code = {
  path: "src/refunds/query.py",
  startLine: 48,
  endLine: 48,
  detectorId: "python/sql-injection@v1.0",
  detectorName: "SQL injection",
  detectorTags: [],
  ruleId: null,
  snippet: [{ number: 48, content: "cursor.execute(query)" }],
  steps: [
    { label: "source" as const, path: "src/routes.py", line: 21, content: "request.args" },
    { label: "sink" as const, path: "src/refunds/query.py", line: 48, content: "cursor.execute(query)" },
  ],
  suggestedFixes: [{ description: "Pass the value apart.", code: "cursor.execute(query, (ref,))" }],
};

test("the sections answer in the order in which a person asks", () => {
  render(<FindingDetail finding={aFindingWithDetail()} place="2 of 26" heading="h3" />);
  const heads = screen.getAllByRole("heading", { level: 3 }).map((head) => head.textContent);
  expect(heads).toEqual(["Why it ranks 2 of 26", "Fix", "Where", "Scores", "Description", "Timeline"]);
});

test("where nobody gives a score, no empty section stands for it", () => {
  const unscored = { score: null, epss: null, cve: null, vulnerability: { cvss: [], cwes: [] } };
  render(<FindingDetail finding={aFindingWithDetail(unscored)} place={null} heading="h3" />);
  expect(screen.queryByRole("heading", { name: "Scores" })).toBeNull();
});

test("what a report suppressed, fixes and names is told in its own words", () => {
  const finding = aFindingWithDetail({
    source: "sarif",
    status: "suppressed",
    region: "shop-lint",
    resource: { type: "CODE_SCAN", id: "shop-lint", name: "shop-lint" },
    suppressions: [
      {
        by: "source",
        grounds: null,
        reason: "Only in tests",
        until: null,
        userName: null,
        ruleId: null,
        at: "2026-03-01T10:00:00Z",
      },
    ],
    detail: { code, packages: [], remediation: null },
  });
  render(<FindingDetail finding={finding} place={null} heading="h3" />);
  expect(screen.getByText(/^Suppressed by the imported report/).textContent).toBe(
    "Suppressed by the imported report, until a later one does not: Only in tests",
  );
  expect(screen.queryByText("The source names no fix.")).toBeNull();
  expect(screen.queryByText("Region")).toBeNull();
});

test("a code finding shows its lines, the way of the value and the change to make", () => {
  render(
    <FindingDetail
      finding={aFindingWithDetail({ package: null, cve: null, detail: { code, packages: [] }, codeState: "ready" })}
      place={null}
      heading="h3"
    />,
  );
  expect(screen.getByRole("figure", { name: "Code with line 48 marked" }).textContent).toContain(
    "cursor.execute(query)",
  );
  expect(screen.getByRole("list", { name: "The way of the value" }).textContent).toContain(
    "Comes inroutes.py:21request.args",
  );
  expect(screen.getByRole("figure", { name: "Suggested fix as a diff" }).textContent).toContain(
    "cursor.execute(query, (ref,))",
  );
});

test("while the source is asked for its code, that is said", () => {
  const waiting = aFindingWithDetail({ detail: { code: { ...code, snippet: [], steps: [] } }, codeState: "loading" });
  render(<FindingDetail finding={waiting} place={null} heading="h3" />);
  expect(screen.getByText("Asking the source for the code")).toBeTruthy();
});

test("text of a source is shown as text, and only https leaves the page", () => {
  const hostile = aFindingWithDetail({
    description: HOSTILE,
    resource: { type: HOSTILE, id: HOSTILE, name: HOSTILE },
    raw: { title: HOSTILE },
    vulnerability: { referenceUrls: ["javascript:alert(1)", "https://good.example/"], sourceUrl: null },
    timeline: [aLifecycleEvent({ scanRun: { name: HOSTILE, revision: 1 }, actor: HOSTILE })],
  });
  const { container } = render(<FindingDetail finding={hostile} place={null} heading="h3" />);
  expect(container.querySelector("img")).toBeNull();
  expect(container.textContent).not.toContain("\u202E");
  expect([...container.querySelectorAll("a")].map((link) => link.getAttribute("href"))).toEqual([
    "https://cwe.mitre.org/data/definitions/44.html",
    "https://nvd.nist.gov/vuln/detail/CVE-2025-24813",
    "https://good.example/",
  ]);
  expect([...container.querySelectorAll("a")].every((link) => link.rel === "noopener noreferrer")).toBe(true);
});

test("the way through the network is drawn from outside to the open port", () => {
  const network = {
    protocol: "TCP",
    portBegin: 22,
    portEnd: 22,
    path: [
      { componentId: "igw-1", componentType: "AWS::EC2::InternetGateway" },
      { componentId: "i-1", componentType: "AWS::EC2::Instance" },
    ],
  };
  render(
    <FindingDetail
      finding={aFindingWithDetail({ detail: { network, packages: [] }, package: null })}
      place={null}
      heading="h3"
    />,
  );
  expect(screen.getByText("TCP port 22")).toBeTruthy();
  const way = within(screen.getByRole("list", { name: "Way through the network" })).getAllByRole("listitem");
  expect(way.map((stop) => stop.textContent)).toEqual([
    "Internet",
    "Internet gatewayigw-1",
    "InstanceTCP port 22 openi-1",
  ]);
});

test("the same issue elsewhere leads to its lists, without what is open here", () => {
  const elsewhere = {
    findings: 12,
    places: 3,
    accounts: [{ id: "222222222222", name: "search-prod", findings: 12, places: 3 }],
    moreAccounts: 2,
  };
  const finding = aFindingWithDetail({ elsewhere });
  render(<FindingDetail finding={finding} place={null} heading="h3" />);
  const list = `/findings?status=active&-issueId=${finding.issueId}&cve=CVE-2025-24813`;
  expect(screen.getByRole("link", { name: "12 more findings" }).getAttribute("href")).toBe(list);
  expect(screen.getByRole("link", { name: "12 findings" }).getAttribute("href")).toBe(`${list}&accountId=222222222222`);
  expect(screen.getByText("and in 2 more accounts")).toBeTruthy();
});

test("what the same change closes is a door to its list", () => {
  const sameFix = { findings: 11, resources: 4, lineageId: "01900000-0000-7000-8000-000000000077" };
  render(<FindingDetail finding={aFindingWithDetail({ sameFix })} place={null} heading="h3" />);
  expect(screen.getByRole("link", { name: "The same change closes 11 findings" }).getAttribute("href")).toBe(
    "/findings?status=active&accountId=111122223333&lineageId=01900000-0000-7000-8000-000000000077&packageName=tomcat-embed-core&packageFixedIn=10.1.35",
  );
});

test("what the source sent is there word for word when it is asked for", async () => {
  render(<FindingDetail finding={aFindingWithDetail()} place={null} heading="h3" />);
  await userEvent.click(screen.getByText("As the source sent it"));
  expect(screen.getByRole("figure", { name: "As the source sent it" }).textContent).toContain('"findingArn"');
});
