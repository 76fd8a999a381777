import { afterAll, beforeAll, expect, test } from "vitest";
import { database } from "#lib/db/database.ts";
import { closeQueue, openQueue } from "#lib/jobs/queue.ts";
import { apiDatabase, ask, BOOTSTRAP_TOKEN, bearer } from "#testing/api.ts";
import { anObservedFinding } from "#testing/observed-finding.ts";
import { aConnection } from "#testing/saved-findings.ts";
import { wholePass } from "#testing/sync-passes.ts";
import { ROUTES } from "../openapi.json/routes.ts";

const urls = apiDatabase();
const headers = bearer(BOOTSTRAP_TOKEN);
const NOBODY = "01900000-0000-7000-8000-000000000000";

beforeAll(async () => {
  await openQueue(urls.url);
  await wholePass(await aConnection(), new Date(Date.now() - 9 * 86_400_000).toISOString(), [anObservedFinding()]);
});
afterAll(() => closeQueue());

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
type Row = [method: Method, path: string, said: string | object, status: number, field: string | null];

async function answerOf([method, path, said]: Row) {
  const route = ROUTES[path]?.[method];
  if (!route) throw new Error(`There is no ${method} ${path}`);
  const [query, body] = typeof said === "string" ? [said, undefined] : ["", said];
  const answer = await ask(route, `${path}?${query}`, {
    method,
    headers,
    body,
    params: { id: NOBODY, linkId: NOBODY },
  });
  return { status: answer.status, type: answer.headers.get("content-type"), problem: await answer.json() };
}

const TRENDS = "/api/v1/trends";
/** What is told of days. Each refuses days that cannot be told. */
const OF_DAYS = [
  TRENDS,
  `${TRENDS}/remediation`,
  `${TRENDS}/reopened`,
  "/api/v1/sla/compliance",
  "/api/v1/code-metrics",
];
const OF_MOMENTS = [`${TRENDS}/movements`, `${TRENDS}/movers`];
const AS_OF = [
  `${TRENDS}/age`,
  "/api/v1/overview",
  "/api/v1/sla/standing",
  "/api/v1/sla/teams",
  "/api/v1/sla/compliance",
];
const OF_TEAMS = [...OF_DAYS.slice(0, 4), ...AS_OF, `${TRENDS}/forecast`];

const WINDOWS: Row[] = [
  ...OF_DAYS.flatMap((path): Row[] => [
    ["GET", path, "from=2026-02-02&to=2026-02-01", 400, "from"],
    ["GET", path, "from=2026-02-02&to=2999-02-01", 400, "to"],
    ["GET", path, "from=1999-02-02&to=2026-02-01", 400, "from"],
    ["GET", path, "from=2026-02-30", 400, "from"],
    ["GET", path, "to=tomorrow", 400, "to"],
  ]),
  ...OF_MOMENTS.flatMap((path): Row[] => [
    ["GET", path, "from=2026-02-02&to=2026-02-01", 400, "from"],
    ["GET", path, "from=2026-02-02&to=2999-02-01", 400, "to"],
    ["GET", path, "from=2026-02-02", 400, "to"],
    ["GET", path, "from=2026-02-30&to=2026-03-01", 400, "from"],
  ]),
  ["GET", `${TRENDS}/forecast`, "to=2999-02-01", 400, "to"],
  ["GET", TRENDS, "by=colour", 400, "by"],
  ["GET", `${TRENDS}/movers`, "from=2026-02-02&to=2026-02-03&by=colour", 400, "by"],
  ["GET", "/api/v1/annotations", "from=2026-13-01", 400, "from"],
];

const MOMENTS: Row[] = AS_OF.flatMap((path): Row[] => [
  ["GET", path, "asOf=2020-01-01", 410, "asOf"],
  ["GET", path, "asOf=2999-01-01T00:00:00Z", 400, "asOf"],
  ["GET", path, "asOf=yesterday", 400, "asOf"],
]);

const SCOPES: Row[] = OF_TEAMS.flatMap((path): Row[] => [
  ["GET", path, "team=nobodys", 404, "team"],
  ["GET", path, "colour=red", 400, "colour"],
]);

const rules = (...rules: object[]) => ({ basedOn: 0, rules });
const ORGANISATION = { level: "organisation", days: { critical: 7 } };
const team = (pattern: string, kind = "image") => ({ name: "New", rules: [{ kind, pattern }] });
const schedule = { every: "week", day: 1, hour: 9, timeZone: "UTC", recipients: ["ines@example.com"] };

const CHANGES: Row[] = [
  ["PUT", "/api/v1/sla", rules(ORGANISATION, { ...ORGANISATION, days: { high: 9 } }), 400, "rules.1.id"],
  ["PUT", "/api/v1/sla", rules({ level: "team", id: "nobodys", days: { critical: 7 } }), 400, "rules.0.id"],
  ["PUT", "/api/v1/sla", rules({ level: "team", days: { critical: 7 } }), 400, "rules.0.id"],
  ["PUT", "/api/v1/sla", rules({ ...ORGANISATION, days: { critical: 0 } }), 400, "rules.0.days.critical"],
  ["PUT", "/api/v1/sla", { basedOn: 7, rules: [ORGANISATION] }, 409, "basedOn"],
  ["POST", "/api/v1/teams", { name: "" }, 400, "name"],
  ["POST", "/api/v1/teams", { name: "!!!" }, 400, "id"],
  ["POST", "/api/v1/teams", team("*=x", "tag"), 400, "rules.0.pattern"],
  ["POST", "/api/v1/teams", { name: "New", members: ["nobody-here"] }, 400, "members.0"],
  ["POST", "/api/v1/teams/preview", { rules: [team("a").rules[0], team("a").rules[0]] }, 400, "rules.1.pattern"],
  ["PATCH", "/api/v1/teams/{id}", { name: "Other" }, 404, null],
  ["PUT", "/api/v1/teams/order", { teams: ["nobodys"] }, 409, null],
  ["PUT", "/api/v1/teams/scope", { team: "nobodys" }, 404, "team"],
  ["POST", "/api/v1/reports", { period: "2026-Q5" }, 400, "period"],
  ["POST", "/api/v1/reports", { period: "2998-12" }, 400, "period"],
  ["POST", "/api/v1/reports", { period: "2020-01" }, 410, "period"],
  ["POST", "/api/v1/reports", { period: "last-7-days", scope: { team: ["nobodys"] } }, 400, "scope.team"],
  ["POST", "/api/v1/reports", { period: "last-7-days", scope: { accountId: ["9"] } }, 400, "scope.accountId"],
  ["GET", "/api/v1/reports/{id}", "", 404, null],
  ["GET", "/api/v1/reports/{id}/report.pdf", "", 404, null],
  ["GET", "/api/v1/reports/{id}/mail", "", 404, null],
  ["POST", "/api/v1/reports/{id}/links", { days: 0 }, 400, "days"],
  ["POST", "/api/v1/reports/{id}/deliveries", { recipients: ["nobody"] }, 400, "recipients.0"],
  ["POST", "/api/v1/report-schedules", { ...schedule, recipients: [] }, 400, "recipients"],
  ["POST", "/api/v1/report-schedules", { ...schedule, day: 8 }, 400, "day"],
  ["POST", "/api/v1/report-schedules", { ...schedule, timeZone: "Mars/Olympus" }, 400, "timeZone"],
  ["PATCH", "/api/v1/report-schedules/{id}", { recipients: ["ines@example.com"] }, 404, null],
  ["POST", "/api/v1/report-deliveries/{id}/retry", {}, 404, null],
  ["PUT", "/api/v1/report-retention", { keepMonths: 0 }, 400, "keepMonths"],
  ["POST", "/api/v1/annotations", { day: "2026-02-30", kind: "release", text: "1.0" }, 400, "day"],
  ["POST", "/api/v1/annotations", { day: "2026-02-03", kind: "release", text: "x", link: "javascript:x" }, 400, "link"],
  ["DELETE", "/api/v1/annotations/{id}", "", 404, null],
];

test.each([...WINDOWS, ...MOMENTS, ...SCOPES, ...CHANGES])("%s %s with %j is refused: %i %s", async (...row) => {
  const [, , , status, field] = row;
  const { status: answered, type, problem } = await answerOf(row);
  expect([answered, type, problem.status], JSON.stringify(problem)).toEqual([
    status,
    "application/problem+json",
    status,
  ]);
  expect(problem.detail).toMatch(/\S{2,} \S+/);
  if (field !== null) expect(problem.errors.map((fault: { field: string }) => fault.field)).toContain(field);
});

test("what was refused has changed nothing", async () => {
  const { rows } = await database().pool.query(`
    SELECT (SELECT count(*) FROM team) + (SELECT count(*) FROM sla_version) + (SELECT count(*) FROM period_report)
      + (SELECT count(*) FROM annotation) + (SELECT count(*) FROM report_schedule) + (SELECT count(*) FROM audit_event) AS n`);
  expect(rows).toEqual([{ n: "0" }]);
});

test("days on which nothing was known are an answer: none of them is known, and nothing is told as zero", async () => {
  const { status, problem: trends } = await answerOf(["GET", TRENDS, "from=2020-01-01&to=2020-01-03", 200, null]);
  expect(status).toBe(200);
  expect(trends.days.map(({ known, open }: { known: boolean; open: object }) => [known, open])).toEqual([
    [false, {}],
    [false, {}],
    [false, {}],
  ]);
  const moved = await answerOf(["GET", `${TRENDS}/movements`, "from=2020-01-01&to=2020-01-03", 200, null]);
  expect(moved.status).toBe(200);
  expect(moved.problem.firstSyncAt > moved.problem.asOf).toBe(true);
});

test("an account that was never read has no first sync, which tells it from one in which nothing is open", async () => {
  const { problem: trends } = await answerOf(["GET", TRENDS, "accountId=999999999999", 200, null]);
  expect(trends).toMatchObject({ firstSyncAt: null, keys: [] });
  expect(trends.asOf).not.toBeNull();
});
