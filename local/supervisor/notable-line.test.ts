import { expect, test } from "vitest";
import { notableLine } from "./notable-line.ts";

test("warnings and errors come through with their cause, chatter does not", () => {
  expect(notableLine('{"level":30,"msg":"sync done"}', "stdout")).toBeUndefined();
  expect(notableLine('{"level":40,"msg":"throttled"}', "stdout")).toBe("warning: throttled");
  expect(notableLine('{"level":50,"msg":"sync failed","err":{"message":"AccessDenied"}}', "stdout")).toBe(
    "error: sync failed: AccessDenied",
  );
});

test("a crash on stderr comes through as the line that says what happened", () => {
  const crash = [
    "node:internal/modules/esm:272",
    "    throw new X(",
    "TypeError: x is not a function",
    "    at main",
    "",
  ];
  expect(crash.map((line) => notableLine(line, "stderr")).filter(Boolean)).toEqual(["TypeError: x is not a function"]);
  expect(notableLine("{ half an entry", "stderr")).toBe("{ half an entry");
  expect(notableLine("ready in 300 ms", "stdout")).toBeUndefined();
});
