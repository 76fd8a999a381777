import { randomBytes } from "node:crypto";
import { expect, expectAccessible, test } from "./fixtures.ts";
import { NewScanPage } from "./pages/new-scan-page.ts";
import { zipOf } from "./zip.ts";

const VULNERABLE = `import sqlite3
from contextlib import closing
from flask import Flask, request

app = Flask(__name__)

@app.route("/users")
def users():
    with closing(sqlite3.connect("users.db")) as connection:
        return connection.execute("SELECT * FROM users WHERE name = '" + request.args["name"] + "'").fetchall()
`;
const REPAIRED = VULNERABLE.replace(
  `"SELECT * FROM users WHERE name = '" + request.args["name"] + "'"`,
  `"SELECT * FROM users WHERE name = ?", (request.args["name"],)`,
);

test("a developer uploads a zip, finds its finding in the list, repairs it, and sees it closed", async ({
  page,
  signIn,
}, testInfo) => {
  await signIn("developer");
  const name = `portal-${testInfo.workerIndex}-${testInfo.repeatEachIndex}`;
  const newScan = new NewScanPage(page);
  await newScan.open();
  await expectAccessible(page);
  await newScan.choose({ name: "portal-main.zip", buffer: await zipOf({ "portal/app.py": VULNERABLE }) });
  await expect(page.getByLabel("Scan name")).toHaveValue("portal");
  await expect(page.getByRole("region", { name: "What is in the archive" })).toContainText("To scan1 of 1 file");
  await expectAccessible(page);
  await newScan.upload(name);

  await expect(page).toHaveURL(new RegExp(`/scans/${name}/runs/`));
  await expect(page.getByRole("link", { name: "1 new" })).toBeVisible({ timeout: 30_000 });
  const fresh = page.getByRole("region", { name: "New findings" }).getByRole("listitem");
  await expect(fresh).toHaveText(/High.*SQL injection.*app\.py:10.*CWE-89/s);
  await expect(page.getByText("1 new finding is high. The gate allows no new critical or high.")).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("link", { name: "Show what is open today in the list" }).click();
  await expect(page).toHaveURL(/\/findings\?.*scanName=/);
  await expect(page.getByRole("row", { name: /SQL injection/ })).toHaveCount(1);

  await newScan.open();
  await newScan.choose({ name: "portal.zip", buffer: await zipOf({ "portal/app.py": REPAIRED }) });
  await page.getByLabel("Scan name").fill(name);
  await expect(page.getByText(`Revision 2 of ${name}`)).toBeVisible();
  await newScan.upload(name);
  await expect(page.getByRole("link", { name: "1 fixed" })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole("region", { name: "Fixed findings" }).getByRole("listitem")).toHaveText(/SQL injection/);
  await expect(page.getByText("Gate passed")).toBeVisible();
  await expectAccessible(page);
  const saved = page.waitForEvent("download");
  await page.getByRole("link", { name: "SARIF" }).click();
  expect((await saved).suggestedFilename()).toBe(`${name}-2.sarif`);

  await page.getByRole("link", { name: "revision 1", exact: true }).click();
  await expect(fresh).toHaveText(/SQL injection.*Fixed in revision 2/s);
});

test("what is no zip is refused before it is sent, and by the server with the same reason", async ({
  page,
  signIn,
  api,
}) => {
  await signIn("developer");
  const newScan = new NewScanPage(page);
  await newScan.open();
  await newScan.choose({ name: "notes.txt", buffer: Buffer.from("hello") });
  await expect(page.getByText("notes.txt: this is not a zip")).toBeVisible();
  const fake = Buffer.from("this is no archive");
  await newScan.choose({ name: "fake.zip", buffer: fake });
  await expect(page.getByText("fake.zip: This is not a zip archive")).toBeVisible();
  await expect(page.getByRole("button", { name: "Upload and scan" })).toHaveAttribute("aria-disabled", "true");

  const headers = { "content-type": "application/zip" };
  const sent = await api.post("/api/v1/scans?name=fake", { data: fake, headers });
  expect((await sent.json()).detail).toContain("This is not a zip archive");
  const scan = await (await api.get("/api/v1/scans/fake")).json();
  expect(scan.runs[0]).toMatchObject({ state: "failed", error: { code: "invalid-input" } });
});

test("an archive that climbs out of its folder is refused by the browser, and sent all the same by the scanner", async ({
  page,
  signIn,
  api,
}) => {
  await signIn("developer");
  const climber = await zipOf({ "../../etc/cron.d/evil.py": VULNERABLE });
  const newScan = new NewScanPage(page);
  await newScan.open();
  await newScan.choose({ name: "climber.zip", buffer: climber });
  await expect(page.getByText(/\.\.\/\.\.\/etc.*it leaves its folder/)).toBeVisible();

  const headers = { "content-type": "application/zip" };
  const sent = await api.post("/api/v1/scans?name=climber", { data: climber, headers });
  const { runId } = await sent.json();
  await page.goto(`/scans/climber/runs/${runId}`);
  await expect(page.getByText("Failed").first()).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(/\.\.\/\.\.\/etc/)).toBeVisible();
});

test("scans are listed by name with their open findings, and a viewer is offered no upload", async ({
  page,
  signIn,
  api,
}) => {
  const body = await zipOf({ "shop/app.py": VULNERABLE });
  const sent = await api.post("/api/v1/scans?name=shop", {
    data: body,
    headers: { "content-type": "application/zip" },
  });
  expect(sent.status()).toBe(202);
  await signIn("viewer");
  await page.goto("/scans");
  await expect(page.getByRole("row", { name: /shop.*Finished/s })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole("link", { name: "New scan" })).toHaveCount(0);
  await expectAccessible(page);
  expect((await page.goto("/scans/new"))?.status()).toBe(404);

  const { runId } = await sent.json();
  await page.goto("/scans/shop");
  await expect(page).toHaveURL(`/scans/shop/runs/${runId}`);
  expect((await page.goto("/scans/nothing-so-named"))?.status()).toBe(404);
});

test("a lead narrows the list by name, deletes a scan, and its findings close as scope lost", async ({
  page,
  signIn,
  api,
}, testInfo) => {
  const name = `throwaway-${testInfo.workerIndex}-${testInfo.repeatEachIndex}`;
  const sent = await api.post(`/api/v1/scans?name=${name}`, {
    data: await zipOf({ "shop/app.py": VULNERABLE }),
    headers: { "content-type": "application/zip" },
  });
  expect(sent.status()).toBe(202);
  await signIn("lead");
  await page.goto("/scans");
  await page.getByRole("searchbox", { name: "Filter by name" }).fill(name);
  await expect(page).toHaveURL(new RegExp(`q=${name}`));
  await expect(page.getByRole("row", { name: /Finished/ })).toHaveCount(1, { timeout: 30_000 });
  await page.getByRole("button", { name: `Acts on ${name}` }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page.getByRole("button", { name: `Delete ${name}` }).click();
  await expect(page.getByRole("heading", { name: "No scan has this in its name" })).toBeVisible();
  const { items } = await (await api.get(`/api/v1/findings?scanName=${name}`)).json();
  expect(items).toMatchObject([{ status: "closed", closedReason: "scope-lost" }]);
});

test("a run's result is answered in every form, and a run without one says how it stands", async ({ api }) => {
  const name = `forms-${randomBytes(4).toString("hex")}`; // its first revision is held against nothing
  const headers = { "content-type": "application/zip" };
  const send = async (files: Record<string, string>) => {
    const sent = await api.post(`/api/v1/scans?name=${name}`, { data: await zipOf(files), headers });
    const address = `/api/v1/scans/${name}/runs/${(await sent.json()).runId}`;
    await expect
      .poll(async () => (await (await api.get(address)).json()).state, { timeout: 30_000 })
      .toMatch(/^(succeeded|failed)$/);
    return address;
  };
  const address = await send({ "app.py": VULNERABLE });
  const difference = await (await api.get(`${address}/difference`)).json();
  expect(difference).toMatchObject({ against: null, new: { count: 1, items: [{ location: { path: "app.py" } }] } });
  expect(await (await api.get(`${address}/findings.json`)).json()).toEqual(difference);
  const csv = await api.get(`${address}/findings.csv`);
  expect(csv.headers()["content-disposition"]).toBe(`attachment; filename="${name}-1.csv"`);
  expect(await csv.text()).toMatch(/^change,id,.*\r\nnew,/);
  const sarif = await (await api.get(`${address}/findings.sarif`)).json();
  expect(sarif.runs[0].results).toMatchObject([{ baselineState: "new", level: "error" }]);
  expect(await (await api.get(`${address}/gate`)).json()).toMatchObject({ passed: false, failOn: "high" });
  expect(await (await api.get(`${address}/gate?failOn=critical`)).json()).toMatchObject({ passed: true });

  const failed = await send({ "../app.py": VULNERABLE });
  for (const part of ["difference", "gate", "findings.sarif"]) {
    const answer = await api.get(`${failed}/${part}`);
    expect(answer.status(), part).toBe(409);
    expect((await answer.json()).detail).toBe("This run has no result; its state is failed.");
  }
});
