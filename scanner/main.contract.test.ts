import { BlobWriter, TextReader, ZipWriter } from "@zip.js/zip.js";
import { expect, test } from "vitest";
import { CreateScanCommand, CreateUploadUrlCommand, GetFindingsCommand } from "#lib/sources/codeguru/commands.ts";
import { testDatabase } from "#testing/database.ts";
import { scannerProcess } from "#testing/scanner-process.ts";
import { waitForRun } from "#testing/scanner-service.ts";

const start = scannerProcess(testDatabase(), new URL("./main.ts", import.meta.url));

const unsafe = `import sqlite3
from flask import Flask, request

app = Flask(__name__)

@app.route("/user")
def user():
    name = request.args["name"]
    with sqlite3.connect("app.db") as db:
        return str(db.execute("SELECT * FROM user WHERE name = '" + name + "'").fetchall())
`;
const safe = unsafe.replace(/"SELECT .*"'"\)/, '"SELECT * FROM user WHERE name = ?", (name,))');

async function zip(files: Record<string, string>): Promise<Blob> {
  const writer = new ZipWriter(new BlobWriter("application/zip"));
  for (const [name, content] of Object.entries(files)) await writer.add(name, new TextReader(content));
  return writer.close();
}

test("a zip of Python code is scanned, its repair closes the finding, and what is no zip is refused", async () => {
  const { client } = await start();
  const scan = async (body: Blob) => {
    const scanName = "shop";
    const { s3Url, requestHeaders, codeArtifactId } = await client.send(new CreateUploadUrlCommand({ scanName }));
    expect((await fetch(s3Url, { method: "PUT", headers: requestHeaders, body })).status).toBe(200);
    const { runId } = await client.send(new CreateScanCommand({ scanName, resourceId: { codeArtifactId } }));
    return waitForRun(client, { scanName, runId });
  };
  const findings = async () => (await client.send(new GetFindingsCommand({ scanName: "shop" }))).findings;

  const first = await scan(await zip({ "shop/app.py": unsafe, "shop/README.md": "# Shop" }));
  expect(first).toMatchObject({ scanState: "Successful" });
  const filePath = { path: "shop/app.py", startLine: 10 };
  expect(await findings()).toMatchObject([
    {
      status: "Open",
      severity: "High",
      detectorId: expect.stringMatching(/^python\/sql-injection@/),
      vulnerability: { filePath },
    },
  ]);

  expect(await scan(await zip({ "shop/app.py": safe }))).toMatchObject({ scanState: "Successful" });
  expect(await findings()).toMatchObject([{ status: "Closed" }]);

  const refused = await scan(new Blob(["no zip at all"]));
  expect(refused).toMatchObject({ scanState: "Failed", xSightline: { errorCode: "not-a-zip" } });
  expect(await findings()).toMatchObject([{ status: "Closed" }]);
}, 60_000);
