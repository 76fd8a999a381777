import { createHmac } from "node:crypto";
import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { expect, expectAccessible, test } from "./fixtures.ts";

type Got = { id: string; signed: string; signature: string; body: string };

/** A ticket system as somebody else would write it: keeps what comes, and answers with a ticket of its own. */
async function aTicketSystem() {
  const got: Got[] = [];
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString("utf8");
    const id = String(request.headers["webhook-id"]);
    const signed = `${id}.${request.headers["webhook-timestamp"]}.${body}`;
    got.push({ id, signed, signature: String(request.headers["webhook-signature"]), body });
    response.end(JSON.stringify({ url: `https://tracker.example.com/SEC-${got.length}` }));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo; // what listens on TCP has such an address
  return { url: `http://127.0.0.1:${port}/hook`, got, close: () => server.close() };
}

test("an issue is handed over to a receiver that checks the signature, and its ticket comes back", async ({
  page,
  api,
  signIn,
}) => {
  const system = await aTicketSystem();
  await signIn("admin");
  await page.goto("/settings/tickets");
  await page.getByLabel("Address").fill("http://tickets.example.com/");
  await page
    .getByRole("button", { name: /the receiver$/ })
    .first()
    .click();
  await expect(page.getByRole("alert").filter({ hasText: "An https address" })).toBeVisible();
  await page.getByLabel("Address").fill(system.url);
  await page.getByRole("button", { name: /^(Set|Save) the receiver$/ }).click();
  const secret = (await page.getByText(/^whsec_.{20}/).textContent()) ?? "";
  await expectAccessible(page);
  await page.getByRole("button", { name: "Send a test" }).click();
  const sent = page.getByRole("row", { name: /^Test/ }).first();
  await expect(sent).toContainText("Delivered", { timeout: 20_000 });

  const { items } = await (await api.get("/api/v1/findings?status=active&severity=low&limit=1")).json();
  await page.goto(`/findings/${items[0].id}`);
  await page.getByRole("button", { name: "Hand over…" }).click();
  const dialog = page.getByRole("dialog", { name: "Hand the issue over" });
  await dialog.getByRole("textbox", { name: "Note, if there is something to say" }).fill("Before the release.");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Hand over", exact: true }).click();
  await expect(dialog).toBeHidden();
  const link = page.getByRole("link", { name: /tracker\.example\.com\/SEC-/ });
  await expect(link).toBeVisible({ timeout: 20_000 });
  await expectAccessible(page);
  const last = system.got.at(-1);
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  expect(last?.signature).toBe(
    `v1,${createHmac("sha256", key)
      .update(last?.signed ?? "")
      .digest("base64")}`,
  );
  expect(JSON.parse(last?.body ?? "{}")).toMatchObject({
    findingId: items[0].id,
    severity: "low",
    note: "Before the release.",
  });

  await page.goto("/settings/tickets");
  await page.getByRole("button", { name: "Forget the receiver" }).click();
  await expect(page.getByText("The receiver is forgotten, with its secret")).toBeVisible();
  system.close();
});

test("a developer sets the link of an issue; a viewer only follows it", async ({ page, api, signIn }) => {
  await signIn("developer");
  const { items } = await (await api.get("/api/v1/findings?status=active&severity=medium&limit=1")).json();
  await page.goto(`/findings/${items[0].id}`);
  await page.getByRole("button", { name: "Set link" }).click();
  await page.getByLabel("Link of the ticket").fill("javascript:alert(1)");
  await page.getByRole("button", { name: "Save the link" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "An https address" })).toBeVisible();
  await page.getByLabel("Link of the ticket").fill("https://tracker.example.com/SEC-77");
  await page.getByRole("button", { name: "Save the link" }).click();
  await expect(page.getByRole("link", { name: /SEC-77/ })).toHaveAttribute("rel", /noopener/);
  await signIn("viewer");
  await page.goto(`/findings/${items[0].id}`);
  await expect(page.getByRole("link", { name: /SEC-77/ })).toBeVisible();
  await expect(page.getByRole("button", { name: "Change", exact: true })).toHaveCount(0);
});
