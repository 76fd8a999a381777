import { expect, test } from "vitest";
import { type DraftAct, type LeftOut, type Standing, triageActSchema, whyLeftOut } from "./triage-act.ts";

const standing = (overrides: Partial<Standing> = {}): Standing => ({
  status: "active",
  severity: "high",
  severityOverride: null,
  fixAvailable: "no",
  isSuppressedByPerson: false,
  assignee: null,
  dueAt: null,
  ...overrides,
});
const DUE = "2026-12-24T23:59:59.999Z";

test.each<[string, DraftAct, Partial<Standing>, LeftOut | null]>([
  ["assigned to somebody", { kind: "assign", assignee: "mira" }, {}, null],
  ["assigned to whom it is", { kind: "assign", assignee: "mira" }, { assignee: "mira" }, "already"],
  ["given the date that it has", { kind: "due", dueAt: DUE }, { dueAt: new Date(DUE) }, "already"],
  ["no longer due", { kind: "due", dueAt: null }, { dueAt: new Date(DUE) }, null],
  ["given the severity that it has", { kind: "severity", severity: "high" }, {}, "already"],
  ["given the source's where there is no other", { kind: "severity", severity: null }, {}, "already"],
  ["given the source's again", { kind: "severity", severity: null }, { severityOverride: "low" }, null],
  ["suppressed while closed", { kind: "suppress", until: DUE }, { status: "closed" }, "closed"],
  ["suppressed until a fix that exists", { kind: "suppress", until: "fix" }, { fixAvailable: "yes" }, "has-fix"],
  ["suppressed until a fix that exists in part", { kind: "suppress", until: "fix" }, { fixAvailable: "partial" }, null],
  ["suppressed until a date", { kind: "suppress", until: DUE }, { fixAvailable: "yes" }, null],
  ["lifted where AWS suppressed it", { kind: "unsuppress" }, { status: "suppressed" }, "suppressed-by-source"],
  ["lifted where nothing holds it", { kind: "unsuppress" }, {}, "already"],
  ["lifted while closed", { kind: "unsuppress" }, { status: "closed", isSuppressedByPerson: true }, null],
  ["commented on", { kind: "comment" }, { status: "closed" }, null],
])("a finding %s", (_, act, overrides, expected) => {
  expect(whyLeftOut(act, standing(overrides))).toBe(expected);
});

test("a day means its last instant in UTC, an instant with a zone the same in UTC", () => {
  const until = (text: string) =>
    triageActSchema.parse({ kind: "suppress", grounds: "false-alarm", until: text, reason: "No." });
  expect(until("2026-12-24")).toMatchObject({ until: DUE });
  expect(until("2026-12-25T01:00:00+02:00")).toMatchObject({ until: "2026-12-24T23:00:00.000Z" });
});
