import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { parseConfig } from "../config.ts";
import { processTable } from "./process-table.ts";

const DATA_DIR = mkdtempSync(join(tmpdir(), "sightline-table-"));
afterAll(() => rmSync(DATA_DIR, { recursive: true }));

const ports = { web: 1, scanner: 2, sample: 3 };
const urls = { ownerUrl: "postgresql://owner", appUrl: "postgresql://app", scannerUrl: "postgresql://scanner" };
const secrets = {
  AWS_SECRET_ACCESS_KEY: "aws-secret",
  AWS_SESSION_TOKEN: "aws-session",
  SIGHTLINE_BOOTSTRAP_TOKEN: "bootstrap-token-of-at-least-32-chars",
  DATABASE_URL: "postgresql://of-the-shell",
};

function tableFor(env: Record<string, string>) {
  const { web, beside } = processTable(parseConfig({ DATA_DIR, ...env }), ports, urls, { ...secrets, ...env });
  return new Map([web, ...beside].map((spec) => [spec.name, spec.env]));
}

test("scanner and sample get no credentials of AWS, no admin token and no way into the application's tables", () => {
  const table = tableFor({});
  for (const name of ["scanner", "sample"]) {
    const values = Object.values(table.get(name) ?? {});
    expect(
      values.filter((value) => [...Object.values(secrets), urls.appUrl, urls.ownerUrl].includes(value ?? "")),
    ).toEqual([]);
  }
  expect(table.get("sample")).not.toHaveProperty("SIGHTLINE_SCANNER_SECRET_ACCESS_KEY");
});

test("no process is given the role that owns the tables", () => {
  for (const env of tableFor({}).values()) expect(Object.values(env)).not.toContain(urls.ownerUrl);
});

test("application and scanner share one generated key", () => {
  const table = tableFor({});
  const keyOf = (name: string) => table.get(name)?.SIGHTLINE_SCANNER_SECRET_ACCESS_KEY;
  expect(keyOf("scanner")).toMatch(/^[\w-]{43}$/);
  expect([keyOf("web"), keyOf("worker")]).toEqual([keyOf("scanner"), keyOf("scanner")]);
});

test("pages and worker find the scanner and the sample where they listen", () => {
  expect(tableFor({}).get("worker")).toMatchObject({
    DATABASE_URL: urls.appUrl,
    APP_URL: "http://127.0.0.1:1",
    AWS_ENDPOINT_URL_CODEGURU_SECURITY: "http://127.0.0.1:2",
    SIGHTLINE_SAMPLE_URL: "http://127.0.0.1:3",
  });
});

test("the sample does not run where it is off, nor the scanner where another one is named", () => {
  expect(tableFor({ SIGHTLINE_SAMPLE: "off" }).has("sample")).toBe(false);
  const elsewhere = tableFor({ AWS_ENDPOINT_URL_CODEGURU_SECURITY: "https://scanner.example" });
  expect(elsewhere.has("scanner")).toBe(false);
  expect(elsewhere.get("web")?.AWS_ENDPOINT_URL_CODEGURU_SECURITY).toBe("https://scanner.example");
});
