import type { APIRequestContext, Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { zipOf } from "./zip.ts";

/** Runs, fetches or draws something in a page that takes it for markup. */
const ATTACKS = [
  `<img src=x-injected onerror=alert(1) class=injected>`,
  `"><svg onload=alert(1) class=injected>`,
  `'-alert(1)-'`,
  `</script><script class=injected>alert(1)<&script>`,
  `</textarea></title></style><iframe class=injected srcdoc="<script>alert(1)<&script>">`,
  `<a class=injected href=javascript&colon;alert(1)>click<&a>`,
  `=HYPERLINK("https&colon;&&injected.example")`,
  `+cmd|' &C calc'!A0`,
  `@SUM(1+1)*cmd`,
  `{{constructor.constructor('alert(1)')()}}`,
  `__proto__`,
  `A`.repeat(200),
];
// A path holds no colon, and its slashes part folders: the attacks that need them are in the code.
const toFolder = (attack: string) => attack.replaceAll("&colon;", "").replaceAll("/", "").replaceAll("&", "");
const toCode = (attack: string) => attack.replaceAll("&colon;", ":").replaceAll("&", "/");
/** What a terminal or an editor would obey: text that is turned round, hidden, deleted, or a second line. */
const TRICKS = "user\u202Etxt.exe\u2066\u200B\u001B[2K\u0007\u{E0041}";
const HIDDEN = /[^\P{C}\n\r\t]|[\u2028\u2029]/u;

/** A file with two findings: one with a path from source to sink, one whose secret is the attack. */
const fileWith = (attack: string) => `from flask import Flask, request
import os
app = Flask(__name__)
@app.route("/x")
def handle():
    value = request.args[${JSON.stringify(attack)}]  # ${attack}
    command = "echo " + value + ${JSON.stringify(attack)}
    os.system(command)  # ${TRICKS} ${attack} ${"B".repeat(2_000)}
`;

async function scan(api: APIRequestContext, name: string, files: Record<string, string>): Promise<string> {
  const sent = await api.post(`/api/v1/scans?name=${encodeURIComponent(name)}`, {
    data: await zipOf(files),
    headers: { "content-type": "application/zip" },
  });
  expect(sent.status(), await sent.text()).toBe(202);
  const { runId } = await sent.json();
  const path = `/api/v1/scans/${encodeURIComponent(name)}/runs/${runId}`;
  await expect
    .poll(async () => (await (await api.get(path)).json()).state, { timeout: 40_000 })
    .toMatch(/succeeded|failed|cancelled/);
  return runId;
}

/** Whatever a page does that its own code did not ask for: a dialog, another host, a picture or a script of others. */
function watch(page: Page, baseURL: string | undefined): string[] {
  const faults: string[] = [];
  page.on("dialog", (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    const url = new URL(request.url());
    const isOurs = url.origin === baseURL && (ASKED.has(request.resourceType()) || OURS.test(url.pathname));
    if (!isOurs) faults.push(`${request.resourceType()}: ${request.url()}`);
  });
  return faults;
}
const ASKED = new Set(["document", "fetch", "xhr"]);
const OURS = /^\/(_next\/static\/|icon\.svg$)/;

async function expectHarmless(page: Page, faults: string[]): Promise<void> {
  await expect(page.locator(".injected, [onload], [onerror], iframe, object, embed, base")).toHaveCount(0);
  // biome-ignore lint/performance/useDomNodeTextContent: what a person sees; the text of scripts is none of it
  const text = await page.locator("body").innerText();
  expect(text.match(HIDDEN)?.[0]).toBeUndefined();
  const links = await page
    .locator("a[href]")
    .evaluateAll((found) => found.map((link) => [link.getAttribute("href"), link.getAttribute("rel")]));
  for (const [href, rel] of links) {
    if (href?.startsWith("https://")) expect(rel, href).toContain("noopener");
    else expect(href).toMatch(/^(\/(?!\/)|#|\?)/);
  }
  expect(faults).toEqual([]);
}

const name = (info: { workerIndex: number; repeatEachIndex: number }) =>
  `javascript:alert-${info.workerIndex}-${info.repeatEachIndex}`;

test("names and code from an archive are text on every page, in the CSV and in the JSON", async ({
  page,
  api,
  signIn,
  baseURL,
}, info) => {
  await signIn("developer");
  const faults = watch(page, baseURL);
  const scanName = name(info);
  const files = ATTACKS.map((attack, n) => [
    `${toFolder(attack)}/${n}${toFolder(attack)}.py`,
    fileWith(toCode(attack)),
  ]);
  const skipped = ATTACKS.map((attack, n) => [`left-out/${n}${toFolder(attack)}.rb`, "puts 1"]);
  const runId = await scan(api, scanName, Object.fromEntries([...files, ...skipped]));
  const query = `scanName=${encodeURIComponent(scanName)}`;

  const found = await (await api.get(`/api/v1/findings?${query}&limit=200`)).json();
  const paths = new Set(found.items.map((finding: { location: { path: string } }) => finding.location.path));
  expect(paths).toEqual(new Set(files.map(([path]) => path)));

  await page.goto(`/scans/${encodeURIComponent(scanName)}/runs/${runId}`);
  await expect(
    page
      .getByText(`12${toFolder(ATTACKS.at(-1) ?? "")}`)
      .or(page.getByText("left-out/0"))
      .first(),
  ).toBeVisible();
  await expectHarmless(page, faults);
  await page.goto("/scans");
  await expect(page.getByRole("link", { name: scanName })).toBeVisible();
  await expectHarmless(page, faults);

  await page.goto(`/findings?status=active&${query}`);
  await expect(page.locator("tbody").getByRole("row").first()).toBeVisible();
  await expectHarmless(page, faults);
  for (const { id } of found.items.slice(0, ATTACKS.length)) {
    await page.goto(`/findings/${id}`);
    await expect(page.getByRole("list", { name: "The way of the value" })).toContainText("⟨U+202E⟩");
    await page.getByText("As the source sent it").click();
    await expectHarmless(page, faults);
  }
  await page.goto(`/findings?status=active&${query}&open=${found.items[0].id}`);
  await expect(page.getByRole("complementary", { name: "Open finding" }).getByRole("heading").first()).toBeVisible();
  await expectHarmless(page, faults);

  const csv = await api.get(`/api/v1/findings.csv?${query}`);
  expect(csv.headers()["content-type"]).toContain("text/csv");
  expect(csv.headers()["content-disposition"]).toContain("attachment");
  // No cell begins as a formula, in quotes or not.
  expect((await csv.text()).match(/(^|,|\n)"?[=+@\t]/)).toBeNull();
  const json = await api.get(`/api/v1/findings/${found.items[0].id}`);
  expect(json.headers()["content-type"]).toContain("application/json");
  expect(json.headers()["x-content-type-options"]).toBe("nosniff");
});

test("what an address says is text on every page that takes it up", async ({ page, signIn, baseURL }) => {
  await signIn("admin");
  const faults = watch(page, baseURL);
  const value = encodeURIComponent([TRICKS, ...ATTACKS.slice(0, 6).map(toCode)].join(" "));
  for (const address of [
    `/findings?status=active&q=${value}`,
    `/findings?resourceId=${value}&cve=${value}&accountId=${value}`,
    `/findings?severity=${value}&sort=${value}&${value}=1`,
    `/findings/${value}`,
    `/scans/${value}/runs/${value}`,
    `/sign-in/${value}`,
  ]) {
    await page.goto(address);
    // Some lead on to another page by themselves.
    await expect(() => expectHarmless(page, faults)).toPass();
  }
});

test("an entry that is named to deceive is refused, and the refusal shows what it tried", async ({
  page,
  api,
  signIn,
  baseURL,
}, info) => {
  await signIn("developer");
  const faults = watch(page, baseURL);
  const scanName = `deceit-${info.workerIndex}-${info.repeatEachIndex}`;
  const runId = await scan(api, scanName, { [`${TRICKS}<img src=x-injected onerror=alert(1)>.py`]: "x = 1" });
  await page.goto(`/scans/${scanName}/runs/${runId}`);
  await expect(page.getByText(/unsafe name/)).toBeVisible();
  await expectHarmless(page, faults);
});
