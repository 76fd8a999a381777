import { expect, test } from "vitest";
import { readConfig } from "./config.ts";

const needed = {
  DATABASE_URL: "postgresql://localhost/sightline",
  SIGHTLINE_SCANNER_ACCESS_KEY_ID: "SIGHTLINE",
  SIGHTLINE_SCANNER_SECRET_ACCESS_KEY: "sixteen-letters-or-more",
};

test("what is not set has a default, on loopback", () => {
  expect(readConfig(needed)).toEqual({
    host: "127.0.0.1",
    port: 3001,
    publicUrl: null,
    databaseUrl: needed.DATABASE_URL,
    dataFolder: ".data/scanner",
    credentials: { accessKeyId: "SIGHTLINE", secretAccessKey: "sixteen-letters-or-more" },
    region: "us-east-1",
    runsAtOnce: 1,
    limits: { createPerSecond: 2, otherPerSecond: 10 },
    logLevel: "info",
  });
});

test("the scanner's own database goes before the common one, and an empty value is none", () => {
  const own = "postgresql://scanner@localhost/sightline";
  expect(readConfig({ ...needed, SCANNER_DATABASE_URL: own }).databaseUrl).toBe(own);
  expect(readConfig({ ...needed, SCANNER_DATABASE_URL: "" }).databaseUrl).toBe(needed.DATABASE_URL);
});

test("all faults are named at once, and no value is", () => {
  const environment = { SCANNER_PORT: "70000", SIGHTLINE_SCANNER_SECRET_ACCESS_KEY: "short", AWS_REGION: "us east" };
  expect(() => readConfig(environment)).toThrow(/SCANNER_PORT.*ACCESS_KEY_ID.*SECRET_ACCESS_KEY.*AWS_REGION/s);
  expect(() => readConfig(environment)).not.toThrow(/short/);
  expect(() => readConfig({ ...needed, DATABASE_URL: undefined })).toThrow(/SCANNER_DATABASE_URL/);
});

test("a scanner on every address must be told under which one it is reached", () => {
  const open = { ...needed, SCANNER_HOST: "0.0.0.0" };
  expect(() => readConfig(open)).toThrow(/SCANNER_PUBLIC_URL/);
  expect(readConfig({ ...open, SCANNER_PUBLIC_URL: "https://scan.example" }).publicUrl).toBe("https://scan.example");
});
