import { expect, test } from "vitest";
import { readRuleText, toRuleText } from "./exception-query.ts";

test.each([
  ["what narrows the list", "severity=low,medium&accountId=111122223333", "severity:low,medium account:111122223333"],
  ["what it leaves out", "-tag=env%3Dprod", "-tag:env=prod"],
  ["a value with a comma or a space", "packageName=a%5C%2Cb&path=my%20file", 'package:"a,b" file:"my file"'],
  ["the text last", "q=log4j&severity=low", "severity:low log4j"],
])("a list's address is typed as %s", (_, address, text) => {
  expect(toRuleText(address)).toBe(text);
});

test("what was decided, when it moved, and the list's order are no part of a rule", () => {
  const address =
    "status=active&-assignee=mira&due=week&moved=fixed&movedFrom=2026-10-01&asOf=2026-11-01&sort=epss&by=cve&open=x&severity=low";
  expect(toRuleText(address)).toBe("severity:low");
});

test("what is typed becomes a filter by its API's names, values of one name together", () => {
  expect(readRuleText('severity:low severity:medium -region:us-east-1 package:"a,b" log4j')).toEqual({
    filter: { severity: "low,medium", "-region": "us-east-1", packageName: "a\\,b", q: "log4j" },
    faults: [],
  });
});

test("what cannot be understood is told, and is no text to search for", () => {
  const { filter, faults } = readRuleText("sevrity:low region:us-east-1");
  expect(filter).toEqual({ region: "us-east-1" });
  expect(faults).toHaveLength(1);
});
