import { expect, test } from "vitest";
import { sessionQuery } from "#lib/client/session.ts";
import type { Finding } from "#lib/domain/finding.ts";
import type { FindingWithDetail } from "#lib/domain/finding-page.ts";
import { LIST_COLUMNS } from "#lib/domain/list-column-words.ts";
import { aFindingWithDetail, aLifecycleEvent } from "#testing/a-finding.ts";
import { render } from "#testing/render.ts";
import { WithAnswers } from "#testing/with-answers.tsx";
import { FindingDetail } from "./finding-detail.tsx";
import { FindingHeading, FindingIdentity } from "./finding-heading.tsx";
import { FindingRow } from "./finding-row.tsx";

/** Every free text that a source may send, `text` in each of its places. */
function findingOf(text: string, source: Finding["source"]): FindingWithDetail {
  const line = { label: "step" as const, path: text, line: 4, content: text };
  return aFindingWithDetail({
    source,
    title: text,
    accountName: text,
    region: text,
    resource: { type: text, id: text, name: text },
    cve: text,
    detectorId: text,
    scanName: text,
    location: { path: text, startLine: 4, endLine: 4 },
    package: { name: text, version: text, fixedIn: text },
    assignee: text,
    sourceId: text,
    description: text,
    vulnerability: {
      name: text,
      kind: text,
      title: text,
      cwes: [text],
      cvss: [{ source: text, version: text, vector: text, score: 9.8 }],
      sourceUrl: text,
      referenceUrls: [text],
    },
    resourceDetails: { provider: text, tags: { [text]: text }, details: { [text]: [text] }, lineage: text },
    detail: {
      scoreAdjustments: [{ metric: text, reason: text }],
      packages: [{ name: text, version: text, fixedIn: text, manager: text, path: text, remediation: text }],
      code: {
        path: text,
        startLine: 4,
        endLine: 4,
        detectorId: text,
        detectorName: text,
        detectorTags: [text],
        ruleId: text,
        snippet: [{ number: 4, content: text }],
        steps: [{ ...line, label: "source" }, line, { ...line, label: "sink" }],
        suggestedFixes: [{ description: text, code: text }],
      },
      network: { protocol: text, portBegin: 1, portEnd: 2, path: [{ componentId: text, componentType: text }] },
      remediation: { text, url: text },
    },
    codeState: "ready",
    closedByScanRun: { name: text, revision: 2 },
    elsewhere: {
      findings: 1,
      places: 1,
      accounts: [{ id: text, name: text, findings: 1, places: 1 }],
      moreAccounts: 0,
    },
    sameProblems: [
      {
        findingId: "01900000-0000-7000-8000-000000000042",
        source: "sarif",
        title: text,
        severity: "high",
        status: "active",
        project: text,
        path: text,
        startLine: 1,
        isSame: true,
        reasons: [text],
        decidedBy: text,
      },
    ],
    timeline: [aLifecycleEvent({ actor: text, scanRun: { name: text, revision: 1 } })],
    raw: { [text]: [text, { [text]: text }] },
  });
}

function draw(finding: FindingWithDetail): HTMLElement {
  const { container } = render(
    <WithAnswers answers={[[sessionQuery().queryKey, { permissions: [] }]]}>
      <FindingIdentity finding={finding} />
      <FindingHeading finding={finding} as="h2" />
      <FindingDetail finding={finding} place={null} heading="h3" />
      <table>
        <tbody>
          <FindingRow
            finding={finding}
            columns={LIST_COLUMNS}
            isChosen
            index={0}
            isOpen={false}
            isSelected={false}
            isLeaving={false}
            onOpen={() => {}}
            onSelect={() => {}}
          />
        </tbody>
      </table>
    </WithAnswers>,
  );
  return container;
}

const namesIn = (container: HTMLElement) =>
  [...container.querySelectorAll("*")].map((element) => `${element.tagName} ${element.getAttributeNames().join(" ")}`);

/** But line breaks, which are those of the page. */
const HIDDEN = /[^\P{C}\n]|[\u2028\u2029]/u;

const ATTACKS = [
  "<img src=x onerror=alert(1)>",
  '"><script>alert(1)</script>',
  "</title></textarea></style></script><svg onload=alert(1)>",
  "' autofocus onfocus=alert(1) x=\"",
  "javascript:alert(1)",
  " javascript&colon;alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "//attacker.example",
  "[click](javascript:alert(1)) ![x](https://attacker.example)",
  "{{constructor.constructor('alert(1)')()}}",
  "user\u202Etxt.exe\u2066\u200B\u2028",
  "\u001b[31mred\u0007\u0000bell\u009b",
  "=HYPERLINK(0)",
  "%0d%0aSet-Cookie:x=1",
  "__proto__",
  "A".repeat(2_000),
];

test.each(["inspector", "codeguru", "sarif"] as const)("no text that %s sends becomes markup", (source) => {
  const expected = namesIn(draw(findingOf("plain", source)));
  for (const attack of ATTACKS) {
    const container = draw(findingOf(attack, source));
    expect(namesIn(container), attack).toEqual(expected);
    const addresses = [...container.querySelectorAll("a")].map((link) => link.getAttribute("href"));
    for (const address of addresses) expect(address, attack).toMatch(/^\/(findings|scans)[/?]/);
  }
});

test("nothing that hides or turns text reaches the page, in words or in attributes", () => {
  const container = draw(findingOf("user\u202Etxt.exe\u2066\u200B\u0007\u{e0041}", "codeguru"));
  const places = [...container.querySelectorAll("*")].flatMap((element) => [
    ...element.getAttributeNames().map((name) => element.getAttribute(name) ?? ""),
    ...[...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.textContent ?? ""),
  ]);
  expect(places.filter((place) => HIDDEN.test(place))).toEqual([]);
  expect(container.textContent).toContain("user⟨U+202E⟩txt.exe");
});
