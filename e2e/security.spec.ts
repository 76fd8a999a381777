import type { APIRequestContext } from "@playwright/test";
import { expect } from "./fixtures.ts";
import { test } from "./raw-request.ts";

// Only somebody who is signed in is greeted by their account's menu.
const INSIDE = "Account of";
const PAGES = [
  "/findings",
  "/findings/00000000-0000-7000-8000-000000000000",
  "/scans",
  "/settings",
  "/overview",
  "/trends",
  "/coverage",
];
const PREFIXES = ["/", "/en", "/x/..", "/%2e%2e", "/_next/data/x"];
const SUFFIXES = [
  "",
  "/",
  "//",
  "/.",
  "/%2e",
  ".rsc",
  ".txt",
  ".json",
  ".segments/_tree.segment.rsc",
  ";x",
  "%2f",
  "%00",
];
const QUERIES = ["?_rsc=1", "?nxtPid=1"];

/** Addresses that a router might take for this one. */
function spellingsOf(path: string): string[] {
  const ends = [...SUFFIXES, ...QUERIES].map((end) => `${path}${end}`);
  return [...ends, ...PREFIXES.map((start) => `${start}${path}`), path.toUpperCase(), path.replace("/", "/%")];
}

const HEADERS = {
  "content-security-policy": /default-src 'none'.*frame-ancestors 'none'/,
  "cross-origin-opener-policy": /^same-origin$/,
  "cross-origin-resource-policy": /^same-origin$/,
  "permissions-policy": /camera=\(\)/,
  "referrer-policy": /^same-origin$/,
  "strict-transport-security": /^max-age=\d{8,}; includeSubDomains$/,
  "x-content-type-options": /^nosniff$/,
  "x-frame-options": /^DENY$/,
};

async function cookieOf(page: { request: APIRequestContext }): Promise<Record<string, string>> {
  const { cookies } = await page.request.storageState();
  return { cookie: cookies.map(({ name, value }) => `${name}=${value}`).join("; ") };
}

test("every answer carries the security headers", async ({ page, signIn, raw }) => {
  await signIn("admin");
  const headers = await cookieOf(page);
  const outside = [
    "/",
    "/nope",
    "/sign-in",
    "/%",
    "/findings/",
    "/healthz",
    "/readyz",
    "/icon.svg",
    "/api",
    "/api/v1/nope",
  ];
  const broken = ["/_next/nope", "/_next/static/nope.js", "//findings", "/api/v1/findings?x=1"];
  const inside = [...PAGES, "/metrics", "/api/v1/session", "/api/v1/findings"];
  const reads = [...outside, ...broken, ...inside].map((path) => ({ method: "GET", path, headers }));
  const others = ["/", "/nope", "/healthz", "/icon.svg", "/api/v1/session", "/_next/nope", "//x"].flatMap((path) =>
    ["HEAD", "POST", "DELETE", "OPTIONS", "TRACE"].map((method) => ({ method, path, headers: {} })),
  );
  for (const { path, ...request } of [...reads, ...others]) {
    const answer = await raw(path, request);
    const what = `${request.method} ${path} → ${answer.status}`;
    for (const [name, form] of Object.entries(HEADERS)) {
      expect(String(answer.headers[name]), `${what}: ${name}`).toMatch(form);
    }
    expect(answer.headers["x-powered-by"], what).toBeUndefined();
    expect(answer.status, what).toBeLessThan(500);
  }
});

test("a page's policy has a new nonce each time and lets nothing unsafe run", async ({ raw }) => {
  const policies = await Promise.all(
    [1, 2].map(async () => String((await raw("/nope")).headers["content-security-policy"])),
  );
  const nonces = policies.map((policy) => /script-src 'nonce-([\w+/=]{22,})' 'strict-dynamic';/.exec(policy)?.[1]);
  expect(nonces[0]).toBeTruthy();
  expect(nonces[0]).not.toBe(nonces[1]);
  expect(policies[0]?.replace("style-src-attr 'unsafe-inline'", "")).not.toMatch(/unsafe|\*|https?:/);
  expect(policies[0]).toMatch(/object-src 'none'; base-uri 'none'; form-action 'self'/);
});

test("nothing that belongs to one person may be kept by a cache", async ({ page, signIn, raw }) => {
  await signIn("admin");
  const headers = await cookieOf(page);
  for (const path of ["/", ...PAGES, "/api/v1/session", "/api/v1/findings", "/api/v1/findings.csv", "/metrics"]) {
    expect((await raw(path, { headers })).headers["cache-control"], path).toContain("no-store");
  }
});

test("no spelling of a page's address, and no header, shows it to a stranger", async ({ page, signIn, raw }) => {
  await signIn("admin");
  const signedIn = await raw("/findings?status=active", { headers: await cookieOf(page) });
  expect(signedIn.body, "the control: the page as its owner sees it").toContain(INSIDE);
  const bypasses: Record<string, string | string[]>[] = [
    {},
    { rsc: "1" },
    { rsc: "1", "next-router-prefetch": "1" },
    { rsc: "1", "next-router-segment-prefetch": "/_tree" },
    ...["middleware", "src/middleware", "proxy", "src/proxy"].flatMap((name) => [
      { "x-middleware-subrequest": name },
      { "x-middleware-subrequest": Array(5).fill(name).join(":") },
    ]),
    { "x-middleware-rewrite": "/findings" },
    { "x-forwarded-host": "127.0.0.1", "x-forwarded-for": "127.0.0.1" },
  ];
  for (const path of ["/index.rsc", "/.rsc", ...["/findings", "/settings"].flatMap(spellingsOf)]) {
    const answers = bypasses.map(async (headers) => {
      const { body } = await raw(path, { headers });
      expect(body.includes(INSIDE), `${path} ${JSON.stringify(headers)}`).toBe(false);
    });
    await Promise.all(answers);
  }
});

test("no spelling of an API's address answers a stranger", async ({ raw }) => {
  for (const path of ["/api/v1/findings", "/api/v1/people", "/api/v1/audit-events", "/api/v1/scans", "/metrics"]) {
    for (const spelling of [...spellingsOf(path), path.replace("/a", "/%61")]) {
      const answer = await raw(spelling, { headers: { "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy" } });
      expect(answer.status, spelling).toBeGreaterThanOrEqual(300);
      expect(answer.body, spelling).not.toContain('"items"');
    }
  }
});

test("calls to server functions are refused, whatever they carry", async ({ origin, raw }) => {
  const cycle = '["$@1",{"then":"$1:then"}]';
  const bodies = ["[]", '["$K1"]', cycle, `[${'"$F1",'.repeat(50_000)}1]`, `${"[".repeat(100_000)}`];
  const types = ["text/plain;charset=UTF-8", "application/json", "multipart/form-data; boundary=x"];
  for (const path of ["/", "/findings", "/sign-in", "/nope", "/api/v1/session", "/_next/nope"]) {
    for (const [index, body] of bodies.entries()) {
      const type = types[index % types.length] ?? "";
      const headers = { "next-action": `7f${"0".repeat(38)}${index}`, "content-type": type, origin };
      const { status } = await raw(path, { method: "POST", headers, body });
      expect(status, `${path} ${type}`).toBeGreaterThanOrEqual(400);
      expect(status, `${path} ${type}`).toBeLessThan(500);
    }
  }
  expect((await raw("/healthz")).status).toBe(200);
});

test("nothing fetches an address that a request names", async ({ origin, raw }) => {
  for (const url of ["/icon.svg", "http://169.254.169.254/", "//169.254.169.254/", `${origin}/icon.svg`, "data:,x"]) {
    const path = `/_next/image?w=64&q=75&url=${encodeURIComponent(url)}`;
    expect((await raw(path)).status, url).toBeGreaterThanOrEqual(400);
  }
});

test("what belongs to development or to the build is not there", async ({ page, raw }) => {
  const doors = [
    "/_next/mcp",
    "/__nextjs_original-stack-frames",
    "/_next/webpack-hmr",
    "/.git/config",
    "/.env",
    "/package.json",
  ];
  await page.goto("/sign-in");
  const chunks = await page
    .locator("script[src]")
    .evaluateAll((scripts) => scripts.map((script) => script.getAttribute("src")));
  expect(chunks.length).toBeGreaterThan(0);
  for (const path of [...doors, ...chunks.map((chunk) => `${chunk?.split("?")[0]}.map`)]) {
    expect((await raw(path)).status, path).toBe(404);
  }
});

test("no other site is let in", async ({ page, signIn, raw }) => {
  await signIn("viewer");
  for (const origin of ["https://evil.test", "null", "http://127.0.0.1:1"]) {
    for (const method of ["GET", "OPTIONS"]) {
      const headers = { ...(await cookieOf(page)), origin, "access-control-request-method": "POST" };
      const answer = await raw("/api/v1/session", { method, headers });
      expect(answer.headers["access-control-allow-origin"], `${method} ${origin}`).toBeUndefined();
    }
  }
});

test("a forged Host is in no address that we send", async ({ api, origin, raw }) => {
  const forged = {
    host: "evil.test",
    "x-forwarded-host": "evil.test",
    "x-forwarded-proto": "https",
    forwarded: "host=evil.test",
  };
  for (const path of ["/", "/findings", "/findings/", "//findings", "/nope"]) {
    const answer = await raw(path, { headers: forged });
    expect(String(answer.headers.location), path).not.toContain("evil");
    expect(answer.body, path).not.toContain("evil.test");
  }
  const made = await api.post("/api/v1/sign-in-links", {
    data: { role: "viewer" },
    headers: { "x-forwarded-host": "evil.test" },
  });
  expect((await made.json()).url).toMatch(new RegExp(`^${origin}/sign-in/`));
});
