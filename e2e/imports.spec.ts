import { randomBytes } from "node:crypto";
import { expect, expectAccessible, test } from "./fixtures.ts";

const rules = [
  { id: "no-eval", shortDescription: { text: "Text is run as code" }, properties: { "security-severity": "8.1" } },
];
const at = (path: string, startLine: number) => ({
  ruleId: "no-eval",
  message: { text: "eval runs whatever it is given." },
  locations: [
    {
      physicalLocation: {
        artifactLocation: { uri: path },
        region: { startLine, snippet: { text: `eval(${path.replace(/\W/g, "_")})` } },
      },
    },
  ],
});
const reportOf = (results: unknown[]) =>
  JSON.stringify({ version: "2.1.0", runs: [{ tool: { driver: { name: "Lint", rules } }, results }] });

test("a developer imports another tool's report, finds its findings in the list, and sees what the next one leaves out", async ({
  page,
  signIn,
}) => {
  const name = `lint-${randomBytes(4).toString("hex")}`;
  const choose = (results: unknown[]) =>
    page.getByLabel("SARIF report").setInputFiles({
      name: `${name}.sarif`,
      mimeType: "application/json",
      buffer: Buffer.from(reportOf(results)),
    });
  await signIn("developer");
  await page.goto("/scans");
  await page.getByRole("link", { name: "Import", exact: true }).click();
  await expectAccessible(page);
  await choose([at("src/a.js", 3), at("src/b.js", 9)]);
  await expect(page.getByLabel("Name")).toHaveValue(name);
  await page.getByRole("button", { name: "Import" }).click();

  await expect(page).toHaveURL(new RegExp(`/scans/${name}/runs/`));
  await expect(page.getByRole("link", { name: "2 new" })).toBeVisible({ timeout: 30_000 });
  await expectAccessible(page);
  await page.getByRole("link", { name: "Show what is open today in the list" }).click();
  await expect(page.getByRole("row", { name: /Text is run as code/ })).toHaveCount(2);

  await page.goto("/scans/import");
  await choose([{ ...at("src/a.js", 3), ruleId: 7 }]);
  await page.getByRole("button", { name: "Import" }).click();
  await expect(page.getByText("$.runs[0].results[0].ruleId")).toBeVisible();

  await choose([at("src/a.js", 43)]);
  await expect(page.getByText(`Revision 3 of ${name}`)).toBeVisible();
  await page.getByRole("button", { name: "Import" }).click();
  await expect(page.getByRole("link", { name: "1 fixed" })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole("region", { name: "Fixed findings" }).getByRole("listitem")).toHaveText(/b\.js/);
});
