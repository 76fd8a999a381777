import { expect, test } from "vitest";
import { lifecycleEventKindSchema } from "#lib/domain/lifecycle-event.ts";
import { aLifecycleEvent } from "#testing/a-finding.ts";
import { eventIcon, eventWords } from "./timeline-words.ts";

const NOW = new Date("2026-11-24T09:00:00Z");

test("every kind of event has words and a sign", () => {
  for (const kind of lifecycleEventKindSchema.options) {
    const event = aLifecycleEvent({ kind, cause: "source" });
    expect(eventWords(event, NOW)).not.toBe("");
    expect(eventIcon(event)).toBeTruthy();
  }
});

test("what was there when an account was first read is not called new", () => {
  expect(eventWords(aLifecycleEvent({ cause: "scope-added" }), NOW)).toBe("There when this account was first read");
});

test("no longer reported is not called fixed", () => {
  const closed = (cause: "fixed" | "not-reported") => eventWords(aLifecycleEvent({ kind: "closed", cause }), NOW);
  expect(closed("fixed")).toContain("Fixed");
  expect(closed("not-reported")).not.toContain("Fixed");
});

test("a change of severity names both", () => {
  const event = aLifecycleEvent({
    kind: "rescored",
    cause: "source",
    severityBefore: "medium",
    severityAfter: "critical",
  });
  expect(eventWords(event, NOW)).toBe("Medium became critical");
});

test("what the imported catalogue changed says so", () => {
  const event = aLifecycleEvent({ kind: "rescored", cause: "listed", severityBefore: "high", severityAfter: "high" });
  expect(eventWords(event, NOW)).toBe("CISA’s catalogue lists it as exploited; ranked anew");
});

test("a decision says what was decided, an undo of it what that was", () => {
  const act = {
    kind: "suppress",
    grounds: "accepted-risk",
    until: "2026-12-24T23:59:59.999Z",
    reason: "Old.",
  } as const;
  const decision = { id: "01900000-0000-7000-8000-000000000001", act, isUndone: true };
  const event = aLifecycleEvent({ kind: "suppressed", cause: "person", decision });
  expect(eventWords(event, NOW)).toBe("Suppressed until 24 Dec: accepted risk");
  expect(eventWords({ ...event, kind: "unsuppressed", cause: "undo" }, NOW)).toBe("Suppression undone");
});
