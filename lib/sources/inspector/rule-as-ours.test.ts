import { expect, test } from "vitest";
import { exceptionFilterSchema } from "#lib/domain/exception.ts";
import { toRuleAsOurs } from "./rule-as-ours.ts";

const rule = { region: "eu-west-1", accountId: "111122223333" };
const is = (...values: string[]) => values.map((value) => ({ comparison: "EQUALS", value }));
const isNot = (...values: string[]) => values.map((value) => ({ comparison: "NOT_EQUALS", value }));
const ours = (criteria: object) => toRuleAsOurs({ awsAccountId: is("999988887777"), ...criteria }, rule);

test("a rule that our list can ask for is carried whole, in its region", () => {
  const carried = ours({
    severity: is("LOW", "INFORMATIONAL"),
    findingType: isNot("CODE_VULNERABILITY"),
    findingStatus: is("ACTIVE"),
    vulnerabilityId: is("CVE-2026-0001"),
    ecrImageRepositoryName: is("team/api"),
    codeVulnerabilityFilePath: [{ comparison: "PREFIX", value: "test/" }],
    fixAvailable: is("NO"),
    epssScore: [{ upperInclusive: 0.1 }],
    resourceTags: [
      { comparison: "EQUALS", key: "env", value: "dev" },
      { comparison: "EQUALS", key: "sandbox" },
    ],
    firstObservedAt: [{ endInclusive: new Date("2026-01-01T00:00:00Z") }],
  });
  expect(carried?.notCarried).toEqual([]);
  expect(Object.fromEntries(new URLSearchParams(carried?.query))).toEqual({
    accountId: "999988887777",
    severity: "low,info",
    "-type": "code",
    cve: "CVE-2026-0001",
    image: "team/api",
    path: "test/*",
    fixAvailable: "no",
    epss: "..0.1",
    tag: "env=dev,sandbox",
    firstObservedTo: "2026-01-01T00:00:00.001Z",
    region: "eu-west-1",
  });
});

test.each([
  ["a criterion that the list does not know", { portRange: [{ beginInclusive: 22, endInclusive: 22 }] }, "wider"],
  [
    "a beginning where only whole values can be asked for",
    { resourceId: [{ comparison: "PREFIX", value: "arn:" }] },
    "wider",
  ],
  ["one of several alternatives", { severity: is("LOW", "NEW-WORD") }, "narrower"],
  ["an exclusion", { severity: [...is("LOW"), ...isNot("NEW-WORD")] }, "wider"],
  ["the version of a package", { vulnerablePackages: [{ name: is("curl")[0], version: is("8.0")[0] }] }, "wider"],
  ["a title, of which the CVE or the words are taken", { title: is("CVE-2026-0001 - curl") }, "wider"],
])("%s is told as not carried, with what that does", (_, criteria, effect) => {
  expect(ours(criteria)?.notCarried).toMatchObject([{ effect }]);
});

test("a rule that names no account is carried for its owner's, and says so", () => {
  const carried = toRuleAsOurs({ severity: is("LOW") }, rule);
  expect(new URLSearchParams(carried?.query).get("accountId")).toBe("111122223333");
  expect(carried?.notCarried).toEqual([
    { criterion: "every account that 111122223333 administers", effect: "narrower" },
  ]);
});

test("two criteria for one condition are not mixed", () => {
  const carried = ours({ cloudProviderAccountId: is("subscription-1") });
  expect(new URLSearchParams(carried?.query).get("accountId")).toBe("999988887777");
  expect(carried?.notCarried).toEqual([{ criterion: "cloudProviderAccountId = subscription-1", effect: "wider" }]);
});

test("where nothing can be carried there is no rule, which would hide everything", () => {
  expect(toRuleAsOurs({ portRange: [{ beginInclusive: 22 }] }, rule)).toBeNull();
  expect(toRuleAsOurs({ constructor: is("x"), severity: "LOW", title: [] }, rule)).toBeNull();
});

test("what is carried can be a rule here, whatever signs its values have", () => {
  const carried = ours({
    resourceId: is('a,b"c\\'),
    title: is('Port 22, "SSH"'),
    codeVulnerabilityFilePath: is("a,b.py"),
  });
  const query = Object.fromEntries(new URLSearchParams(carried?.query));
  const filter = exceptionFilterSchema.parse(query);
  expect(filter).toMatchObject({ resourceId: ['a,b"c\\'], path: ["a,b.py"] });
});
