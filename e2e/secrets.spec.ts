import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { APIResponse } from "@playwright/test";
import { expect, test } from "./fixtures.ts";

const DATA_DIR = process.env.E2E_DATA_DIR ?? ".data/e2e";

async function textsUnder(folder: string): Promise<[string, string][]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(files.map(async (file): Promise<[string, string]> => [file, await readFile(file, "latin1")]));
}

test("no secret is in an answer, a log, the audit trail or what the browser loads", async ({
  page,
  api,
  signIn,
  baseURL,
}) => {
  await signIn("admin");
  const headers = { origin: baseURL ?? "" };
  const { cookies } = await page.request.storageState();
  const session = cookies.find(({ name }) => name.endsWith("sightline"))?.value ?? "";
  const { url } = await (await api.post("/api/v1/sign-in-links", { data: { role: "viewer" } })).json();
  const link: string = new URL(url).pathname.split("/").at(-1) ?? "";
  const wanted = { name: "canary", permissions: ["findings:read"], expiresInDays: 1 };
  const { token } = await (await page.request.post("/api/v1/tokens", { data: wanted, headers })).json();
  const secrets = new Map<string, string>([
    ["bootstrap token", process.env.E2E_BOOTSTRAP_TOKEN ?? ""],
    ["session", session],
    ["sign-in link", link],
    ["API token", token],
  ]);
  for (const [file, secret] of await textsUnder(join(DATA_DIR, "secrets"))) secrets.set(file, secret.trim());
  for (const [name, secret] of secrets) expect(secret.length, name).toBeGreaterThan(15);

  // In its right place, in every wrong one, and where it makes a request fail.
  const answers: APIResponse[] = [];
  const bearer = (secret: string) => ({ headers: { authorization: `Bearer ${secret}` } });
  for (const secret of secrets.values()) {
    answers.push(
      await page.request.get("/api/v1/findings?limit=many", bearer(secret)),
      await api.get(`/api/v1/findings?limit=${secret}`),
      await api.get(`/api/v1/findings?cursor=${secret}`),
      await api.get(`/api/v1/findings/${secret}`),
      await api.get(`/api/v1/${secret}`),
      await page.request.post("/api/v1/session", { data: { token: secret, userName: "Not A Name" }, headers }),
      await page.request.post("/api/v1/session", { data: `{"token": "${secret}`, headers }),
      await page.request.post("/api/v1/tokens", { data: { ...wanted, role: secret }, headers }),
      await api.post(`/api/v1/scans?name=canary`, { data: secret, headers: { "content-type": "application/zip" } }),
    );
  }
  answers.push(await page.request.get("/api/v1/findings", bearer(`${token}x`)));
  await page.goto(`/sign-in/${link}`);
  answers.push(await api.get("/api/v1/audit-events"), await api.get("/api/v1/tokens"), await api.get("/api/v1/people"));
  answers.push(await api.get("/metrics"), await api.get("/healthz"), await api.get("/readyz"));

  const texts = [...(await textsUnder(join(DATA_DIR, "logs"))), ...(await textsUnder(".next/static"))];
  for (const answer of answers) texts.push([answer.url().replace(/\?.*/, ""), await answer.text()]);
  expect(texts.length).toBeGreaterThan(answers.length + 10);
  for (const [name, secret] of secrets) {
    const places = texts.filter(([, text]) => text.includes(secret)).map(([place]) => place);
    expect(places, name).toEqual([]);
  }
});
