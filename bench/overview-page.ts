import { closeDatabase, openDatabase } from "#lib/db/database.ts";
import { getOverview } from "#lib/db/read/overview.ts";
import { type BenchResult, median } from "./bench-result.ts";
import { BENCH_TOKEN, databaseUrlOf, type Instance, startInstance } from "./instance.ts";

const ROUNDS = 7;
const GOAL = 5;
const NOBODY = "00000000-0000-7000-8000-000000000000";

/** The overview as the server renders it, against the questions that it asks the database; both on what `dataDir` holds. */
export async function benchOverviewPage(dataDir: string): Promise<BenchResult[]> {
  const instance = await startInstance(dataDir, "off");
  try {
    openDatabase(databaseUrlOf(instance));
    const cookie = await signIn(instance);
    const page = () => getPage(`${instance.url}/overview`, cookie);
    const questions = () => getOverview(NOBODY, { team: [] }, new Date());
    for (let round = 0; round < 3; round += 1) await Promise.all([page(), questions()]);
    const measured: { pageMs: number; questionsMs: number }[] = [];
    for (let round = 0; round < ROUNDS; round += 1)
      measured.push({ questionsMs: await msOf(questions), pageMs: await msOf(page) });
    const ratio = median(measured.map(({ pageMs, questionsMs }) => pageMs / questionsMs));
    const questionsMs = median(measured.map((one) => one.questionsMs));
    return [
      {
        name: "Overview page, rendered on the server",
        figure: median(measured.map(({ pageMs }) => pageMs)),
        unit: "ms",
        reference: `its own questions to the database (${Math.round(questionsMs)} ms)`,
        ratio,
        goal: `≤ ${GOAL} ×`,
        isMet: ratio <= GOAL,
      },
    ];
  } finally {
    await closeDatabase();
    await instance.stop();
  }
}

/** Returns a session's cookie. */
export async function signIn({ url }: Instance, userName = "bench"): Promise<string> {
  const headers = { "content-type": "application/json" };
  const made = await fetch(`${url}/api/v1/sign-in-links`, {
    method: "POST",
    headers: { ...headers, authorization: `Bearer ${BENCH_TOKEN}` },
    body: JSON.stringify({ role: "viewer" }),
  });
  const { url: link } = await made.json();
  const body = JSON.stringify({ token: new URL(link).pathname.split("/").at(-1), userName });
  const signedIn = await fetch(`${url}/api/v1/session`, { method: "POST", headers: { ...headers, origin: url }, body });
  if (signedIn.status !== 204) throw new Error(`Signing in answered ${signedIn.status}`);
  return signedIn.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}

async function getPage(address: string, cookie: string): Promise<void> {
  const answer = await fetch(address, { headers: { cookie }, redirect: "manual" });
  const html = await answer.text();
  if (answer.status !== 200 || !html.includes("Worst now")) throw new Error(`${address} answered ${answer.status}`);
}

async function msOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
