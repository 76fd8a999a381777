import { execFile, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, expectAccessible, test } from "./fixtures.ts";
import { zipOf } from "./zip.ts";

const CLEAN = "print('hello')\n";
const VULNERABLE = `import os
from flask import Flask, request

app = Flask(__name__)

@app.route("/ping")
def ping():
    os.system("ping " + request.args["host"])
    return "done"
`;

/** A scan that no run of these tests has made before: a gate looks back. */
const aName = () => `ci-${randomBytes(4).toString("hex")}`;
const isThere = (command: string) => spawnSync(command, ["--version"]).status === 0;

let folder: string;
test.beforeEach(async () => {
  test.skip(!isThere("curl") || !isThere("git"), "the script needs curl, and git to pack a repository");
  folder = await mkdtemp(join(tmpdir(), "sightline-ci-"));
});
test.afterEach(async () => {
  if (folder) await rm(folder, { recursive: true, force: true });
});

type Ended = { code: number | string | null | undefined; output: string };

function run(args: string[], environment: Record<string, string>): Promise<Ended> {
  return new Promise((resolve) => {
    // What the shell of whoever runs the tests has set is not the script's.
    const env = { NODE_ENV: "test" as const, PATH: process.env.PATH ?? "", ...environment };
    execFile("sh", [join(folder, "scan.sh"), ...args], { env, cwd: folder }, (error, stdout, stderr) => {
      resolve({ code: error ? error.code : 0, output: stdout + stderr });
    });
  });
}

async function commit(files: Record<string, string>): Promise<void> {
  const author = ["-c", "user.name=CI", "-c", "user.email=ci@localhost"];
  const git = (...args: string[]) => expect(spawnSync("git", [...author, ...args], { cwd: folder }).status).toBe(0);
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  git("init", "--quiet");
  git("add", ...Object.keys(files));
  git("commit", "--quiet", "--message", "Change");
}

test("the script and the token of the page scan each build and stop the one that brings a finding", async ({
  page,
  signIn,
  baseURL,
}) => {
  test.setTimeout(120_000);
  await signIn("developer");
  await page.goto("/scans/ci");
  await expectAccessible(page);
  const name = aName();
  await page.getByLabel("Scan name").fill(name);
  await expect(page.getByLabel("Text of .github/workflows/sightline.yml")).toContainText(`sh ci/scan.sh '${name}'`);
  await page.getByRole("button", { name: "Make a token for 90 days" }).click();
  const token = (await page.getByLabel("Text of the token").textContent()) ?? "";
  const script = (await page.getByLabel("Text of ci/scan.sh").textContent()) ?? "";
  expect(script).toBe(await readFile("docs/ci/scan.sh", "utf8"));
  await writeFile(join(folder, "scan.sh"), script);
  const environment = { SIGHTLINE_URL: baseURL ?? "", SIGHTLINE_TOKEN: token };

  await commit({ "app.py": CLEAN });
  expect(await run([name], environment)).toEqual({
    code: 0,
    output: expect.stringContaining("No new finding is critical or high."),
  });

  await commit({ "app.py": VULNERABLE });
  const stopped = await run([name], { ...environment, SIGHTLINE_SARIF: "findings.sarif" });
  expect(stopped).toEqual({ code: 1, output: expect.stringMatching(/1 new finding is (critical|high)\. The gate/) });
  const sarif = JSON.parse(await readFile(join(folder, "findings.sarif"), "utf8"));
  expect(sarif.runs[0].results).toMatchObject([{ baselineState: "new", locations: [expect.anything()] }]);

  await writeFile(join(folder, "again.zip"), await zipOf({ "app.py": VULNERABLE }));
  const again = await run([name, "again.zip"], environment);
  expect(again, "what was there before stops no build").toMatchObject({ code: 0 });
});

test("without a result the script ends with 2 and says why", async ({ baseURL, api }) => {
  const name = aName();
  await writeFile(join(folder, "scan.sh"), await readFile("docs/ci/scan.sh"));
  const environment = { SIGHTLINE_URL: baseURL ?? "", SIGHTLINE_TOKEN: process.env.E2E_BOOTSTRAP_TOKEN ?? "" };
  await writeFile(join(folder, "evil.zip"), await zipOf({ "../evil.py": VULNERABLE }));

  expect(await run([name], {})).toEqual({ code: 2, output: expect.stringContaining("SIGHTLINE_URL is not set") });
  expect(await run(["no/name"], environment)).toMatchObject({ code: 2 });
  const unknown = await run([name, "evil.zip"], { ...environment, SIGHTLINE_TOKEN: "slt_wrong" });
  expect(unknown).toEqual({ code: 2, output: expect.stringContaining("answered with 401") });
  const refused = await run([name, "evil.zip"], environment);
  expect(refused).toEqual({ code: 2, output: expect.stringMatching(/the scan failed: .*"\.\.\/evil\.py"/) });
  const { runs } = await (await api.get(`/api/v1/scans/${name}`)).json();
  expect(runs).toMatchObject([{ state: "failed" }]);
});
