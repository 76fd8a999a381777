import { expect, test } from "vitest";
import { GetFindingsCommand, ListScansCommand } from "#lib/sources/codeguru/commands.ts";
import type { Finding } from "#lib/sources/codeguru/shapes.ts";
import { testDatabase } from "#testing/database.ts";
import { anEngineFinding, scanArchiveNow, scannerService } from "#testing/scanner-service.ts";

const service = scannerService(testDatabase());

async function findingsOf(scanName: string): Promise<Finding[]> {
  const { findings } = await service.client().send(new GetFindingsCommand({ scanName, status: "All" }));
  return findings ?? [];
}

test("an upload becomes a scan, and its findings come with all that the engine knows", async () => {
  const skippedFiles = [{ path: "b.min.js", reason: "minified" as const, detail: null }];
  const run = await scanArchiveNow(service.client(), "whole", { findings: [anEngineFinding()], skippedFiles });
  expect(run).toMatchObject({
    scanName: "whole",
    scanState: "Successful",
    analysisType: "Security",
    numberOfRevisions: 0,
    scanNameArn: "arn:aws:codeguru-security:us-east-1:000000000000:scans/whole",
    xSightline: { stage: "finished", done: 2, total: 2, skippedFileCount: 1 },
  });
  expect(run.xSightline?.skippedFiles).toEqual([{ path: "b.min.js", reason: "minified" }]);
  const [finding] = await findingsOf("whole");
  expect(finding).toMatchObject({
    title: "CWE-89 - SQL injection",
    severity: "High",
    status: "Open",
    detectorId: "python/sql-injection@v1.0",
    resource: { id: "whole" },
    vulnerability: {
      relatedVulnerabilities: ["CWE-89"],
      filePath: { name: "app.py", path: "app.py", startLine: 10, endLine: 11 },
    },
    remediation: { recommendation: { text: "Bind parameters." } },
  });
  expect(finding?.vulnerability?.filePath?.codeSnippet).toEqual([{ number: 10, content: "db.execute(q)" }]);
  expect(finding?.xSightline?.steps?.map(({ label }) => label)).toEqual(["source", "sink"]);
  const { summaries } = await service.client().send(new ListScansCommand({}));
  expect(summaries).toContainEqual(expect.objectContaining({ scanName: "whole", runId: run.runId }));
});
