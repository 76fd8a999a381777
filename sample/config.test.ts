import { expect, test } from "vitest";
import { readConfig } from "./config.ts";

test("an empty environment has defaults", () => {
  expect(readConfig({ SAMPLE_PORT: "" })).toEqual({
    port: 3002,
    findings: 20_000,
    dataFolder: ".data",
    logLevel: "info",
  });
});

test("every fault is named at once", () => {
  const environment = { SAMPLE_PORT: "http", SIGHTLINE_SAMPLE_FINDINGS: "999", LOG_LEVEL: "loud" };
  expect(() => readConfig(environment)).toThrow(/SAMPLE_PORT[\s\S]*SIGHTLINE_SAMPLE_FINDINGS[\s\S]*LOG_LEVEL/);
});

test("an organisation has 1,000 to 1,000,000 findings", () => {
  expect(readConfig({ SIGHTLINE_SAMPLE_FINDINGS: "1000000" }).findings).toBe(1_000_000);
  expect(() => readConfig({ SIGHTLINE_SAMPLE_FINDINGS: "1000001" })).toThrow(/SIGHTLINE_SAMPLE_FINDINGS/);
});
