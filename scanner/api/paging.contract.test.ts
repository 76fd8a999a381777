import { expect, test } from "vitest";
import { GetFindingsCommand, ListScansCommand } from "#lib/sources/codeguru/commands.ts";
import { paginateGetFindings, paginateListScans } from "#lib/sources/codeguru/paginators.ts";
import { testDatabase } from "#testing/database.ts";
import { anEngineFinding, scanArchiveNow, scannerService, startScan } from "#testing/scanner-service.ts";

const service = scannerService(testDatabase());
const lines = Array.from({ length: 25 }, (_, index) => index + 1);
const findings = lines.map((line) => anEngineFinding({ startLine: line, endLine: line, fingerprint: `f${line}` }));

test("pages hold every finding once, whatever their size", async () => {
  await scanArchiveNow(service.client(), "paged", { findings });
  for (const pageSize of [1, 7, 25, 1000]) {
    const seen: (number | undefined)[] = [];
    const pages = paginateGetFindings({ client: service.client(), pageSize }, { scanName: "paged", status: "Open" });
    for await (const page of pages)
      seen.push(...(page.findings ?? []).map((one) => one.vulnerability?.filePath?.startLine));
    expect(seen.toSorted((a, b) => Number(a) - Number(b))).toEqual(lines);
  }
});

test("a token outlives a restart, and belongs to its query", async () => {
  const scanName = "tokens";
  await scanArchiveNow(service.client(), scanName, { findings });
  const ask = (input: { scanName?: string; status?: "Open" | "All"; nextToken?: string }) =>
    service.client().send(new GetFindingsCommand({ scanName, status: "Open", maxResults: 20, ...input }));
  const { nextToken } = await ask({});
  await service.restart();
  expect((await ask({ nextToken })).findings).toHaveLength(5);
  await expect(ask({ nextToken, status: "All" })).rejects.toMatchObject({ name: "ValidationException" });
  await expect(ask({ nextToken, scanName: "paged" })).rejects.toMatchObject({ name: "ValidationException" });
  await expect(ask({ nextToken: `${nextToken}x` })).rejects.toMatchObject({ name: "ValidationException" });
});

test("rows that close while someone pages are neither repeated nor lost", async () => {
  const scanName = "shifting";
  await scanArchiveNow(service.client(), scanName, { findings });
  const first = await service.client().send(new GetFindingsCommand({ scanName, status: "All", maxResults: 10 }));
  await scanArchiveNow(service.client(), scanName, { findings: findings.slice(5) });
  const rest = await service
    .client()
    .send(new GetFindingsCommand({ scanName, status: "All", nextToken: first.nextToken }));
  const ids = [...(first.findings ?? []), ...(rest.findings ?? [])].map(({ id }) => id);
  expect(ids).toHaveLength(25);
  expect(new Set(ids).size).toBe(25);
});

test("scans are listed newest first, page by page", async () => {
  for (const scanName of ["list-1", "list-2", "list-3"]) await startScan(service.client(), scanName, {});
  const names: string[] = [];
  for await (const page of paginateListScans({ client: service.client(), pageSize: 2 }, {}))
    names.push(...(page.summaries ?? []).map(({ scanName }) => scanName));
  expect(names.slice(0, 3)).toEqual(["list-3", "list-2", "list-1"]);
  expect(new Set(names).size).toBe(names.length);
  const whole = await service.client().send(new ListScansCommand({ maxResults: 100 }));
  expect(whole.nextToken).toBeUndefined();
});
