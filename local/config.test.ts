import { expect, test } from "vitest";
import { parseConfig } from "./config.ts";

test("nothing needs to be set, and everything stays on this machine", () => {
  expect(parseConfig({})).toMatchObject({ HOST: "127.0.0.1", SIGHTLINE_SAMPLE: "auto" });
  expect(parseConfig({ PORT: "" }).PORT).toBeUndefined();
});

test("every fault is named at once", () => {
  const env = { PORT: "70000", DATABASE_URL: "mysql://x", SIGHTLINE_BOOTSTRAP_TOKEN: "short", SIGHTLINE_SAMPLE: "yes" };
  const faults = /PORT[\s\S]*DATABASE_URL[\s\S]*SIGHTLINE_SAMPLE[\s\S]*SIGHTLINE_BOOTSTRAP_TOKEN/;
  expect(() => parseConfig(env)).toThrow(faults);
});

test("a secret never shows in the message about it", () => {
  expect(() => parseConfig({ SIGHTLINE_BOOTSTRAP_TOKEN: "hunter2" })).not.toThrow(/hunter2/);
});

test("half a scanner key is refused", () => {
  expect(() => parseConfig({ SIGHTLINE_SCANNER_ACCESS_KEY_ID: "AKIA" })).toThrow(/go together/);
});
