import { expect, test } from "vitest";
import type { Exception } from "#lib/domain/exception.ts";
import { formOf, newRuleForm, readRuleForm } from "./rule-form.ts";

const now = new Date("2026-11-24T12:00:00Z");
const form = newRuleForm("status=active&severity=low", { userName: "mira", now });

test("a new rule begins with the list's filter, a month, and whoever makes it", () => {
  expect(form).toMatchObject({ text: "severity:low", until: "day", day: "2026-12-24", owner: "mira" });
});

test.each([
  ["no reason", {}, "Say why first"],
  ["no filter", { text: " ", reason: "Old." }, "Say what the rule is about"],
  ["a filter that is none", { text: "sevrity:low", reason: "Old." }, "Part of the filter cannot be understood"],
  ["no day", { day: "", reason: "Old." }, "Choose its last day"],
  ["a day that is not needed", { day: "", until: "fix" as const, reason: "Old." }, null],
])("with %s it says what is missing", (_, change, whyNot) => {
  expect(readRuleForm({ ...form, ...change }).whyNot).toBe(whyNot);
});

test("a rule that ends soon is offered another month, one that does not keeps its day", () => {
  const aRule = (until: string) =>
    ({
      version: { query: "severity=low", grounds: "accepted-risk", reason: "Old.", until, owner: "ines" },
      pending: null,
    }) as unknown as Exception; // what the form reads of one
  expect(formOf(aRule("2026-11-30T23:59:59.999Z"), now).day).toBe("2026-12-24");
  expect(formOf(aRule("2027-02-01T23:59:59.999Z"), now)).toMatchObject({ day: "2027-02-01", owner: "ines" });
});
