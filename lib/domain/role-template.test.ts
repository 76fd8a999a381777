import { expect, test } from "vitest";
import { parseDocument } from "yaml";
import { READ_ACTIONS, ROLE_TEMPLATE } from "./role-template.ts";

const document = parseDocument(ROLE_TEMPLATE, { logLevel: "silent" });
const at = (...path: (string | number)[]) => document.getIn(["Resources", "ReadRole", "Properties", ...path]);

test("the role may read Inspector and nothing else", () => {
  const allowed = document.toJS().Resources.ReadRole.Properties.Policies[0].PolicyDocument.Statement;
  expect(allowed).toEqual([{ Effect: "Allow", Action: [...READ_ACTIONS], Resource: "*" }]);
  expect(READ_ACTIONS.filter((action) => !/^inspector2:(List|BatchGet)[A-Za-z]+$/.test(action))).toEqual([]);
});

test("only the given principal may assume it, and only with the external id", () => {
  const trust = ["AssumeRolePolicyDocument", "Statement", 0];
  expect(at(...trust, "Principal", "AWS")).toBe("TrustedPrincipalArn");
  expect(at(...trust, "Condition", "StringEquals", "sts:ExternalId")).toBe("ExternalId");
  expect(document.getIn(["Parameters", "ExternalId", "Default"])).toBeUndefined();
});
