import { expect, test } from "vitest";
import { newTeamSchema, teamIdSchema } from "./team.ts";
import { toTeamId } from "./team-words.ts";

test("an id is made of what a name has of letters and digits", () => {
  expect(toTeamId("Payments & Checkout")).toBe("payments-checkout");
  expect(toTeamId("  Équipe Données ")).toBe("equipe-donnees");
  expect(toTeamId("決済")).toBeNull();
  expect(teamIdSchema.parse(toTeamId(`${"a".repeat(39)} b`))).toBe("a".repeat(39));
});

const faultsOf = (rules: unknown) =>
  newTeamSchema
    .safeParse({ name: "Payments", rules })
    .error?.issues.map(({ path, message }) => [path.join("."), message]);

test("a star may stand in a tag's value, and nowhere else of it", () => {
  expect(faultsOf([{ kind: "tag", pattern: "team=pay*" }])).toBeUndefined();
  expect(faultsOf([{ kind: "tag", pattern: "team" }])).toBeUndefined();
  expect(faultsOf([{ kind: "tag", pattern: "te*m=pay" }])).toEqual([["rules.0.pattern", expect.any(String)]]);
  expect(faultsOf([{ kind: "tag", pattern: "team*" }])).toEqual([["rules.0.pattern", expect.any(String)]]);
  expect(faultsOf([{ kind: "tag", pattern: "=pay" }])).toEqual([["rules.0.pattern", expect.any(String)]]);
});

test("a rule that is written twice is refused by its place", () => {
  const rule = { kind: "image", pattern: "pay/*" };
  expect(faultsOf([rule, { kind: "scan", pattern: "pay/*" }, rule])).toEqual([
    ["rules.2.pattern", "The same as rule 1"],
  ]);
});
