import { expect, test } from "vitest";
import { lifecycleEventKindSchema } from "#lib/domain/lifecycle-event.ts";
import { aLifecycleEvent } from "#testing/a-finding.ts";
import { eventIcon, eventWords } from "./timeline-words.ts";

test("every kind of event has words and a sign", () => {
  for (const kind of lifecycleEventKindSchema.options) {
    const event = aLifecycleEvent({ kind, cause: "source" });
    expect(eventWords(event)).not.toBe("");
    expect(eventIcon(event)).toBeTruthy();
  }
});

test("what was there when an account was first read is not called new", () => {
  expect(eventWords(aLifecycleEvent({ cause: "scope-added" }))).toBe("There when this account was first read");
});

test("no longer reported is not called fixed", () => {
  const closed = (cause: "fixed" | "not-reported") => eventWords(aLifecycleEvent({ kind: "closed", cause }));
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
  expect(eventWords(event)).toBe("Medium became critical");
});

test("what the imported catalogue changed says so", () => {
  const event = aLifecycleEvent({ kind: "rescored", cause: "listed", severityBefore: "high", severityAfter: "high" });
  expect(eventWords(event)).toBe("CISA’s catalogue lists it as exploited; ranked anew");
});
