import { expect, test } from "vitest";
import { rhythmWords } from "./schedule-words.ts";

test("a rhythm is said in words", () => {
  const words = rhythmWords({ every: "week", day: 1, hour: 9, timeZone: "Europe/Berlin" });
  expect(words).toBe("Every Monday at 09:00, Europe/Berlin");
  expect(rhythmWords({ every: "quarter", day: 2, hour: 17, timeZone: "UTC" })).toBe(
    "Every quarter on day 2 at 17:00, UTC",
  );
});
