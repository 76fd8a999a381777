import { expect, test } from "vitest";
import { notableLine } from "./notable-line.ts";

test("warnings and errors come through with their cause, chatter does not", () => {
  expect(notableLine('{"level":30,"msg":"sync done"}', "stdout")).toBeUndefined();
  expect(notableLine('{"level":40,"msg":"throttled"}', "stdout")).toBe("warning: throttled");
  expect(notableLine('{"level":50,"msg":"sync failed","err":{"message":"AccessDenied"}}', "stdout")).toBe(
    "error: sync failed: AccessDenied",
  );
});

test("a crash on stderr comes through word for word", () => {
  expect(notableLine("TypeError: x is not a function", "stderr")).toBe("TypeError: x is not a function");
  expect(notableLine("{ half an entry", "stderr")).toBe("{ half an entry");
  expect(notableLine("ready in 300 ms", "stdout")).toBeUndefined();
});
