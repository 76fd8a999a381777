import { beforeEach, expect, test } from "vitest";
import { database } from "#lib/db/database.ts";
import { listHandOvers } from "#lib/db/read/hand-overs.ts";
import type { Actor } from "#lib/db/write/connections.ts";
import type { HandOver } from "#lib/domain/hand-over.ts";
import type { Delivery, Notifier } from "#lib/notify/notifier.ts";
import { aPerson } from "#testing/a-person.ts";
import { clearFindings } from "#testing/clear-findings.ts";
import { anObservedFinding } from "#testing/observed-finding.ts";
import { queueDatabase } from "#testing/queue-database.ts";
import { saveFindings } from "#testing/saved-findings.ts";
import { changeReceiver, forgetReceiver, getReceiver } from "./change-receiver.ts";
import { deliverHandOver } from "./deliver-hand-over.ts";
import { handOver, openTicket, requestDueHandOvers, testReceiver, tryHandOverAgain } from "./hand-over.ts";
import { setTicket } from "./set-ticket.ts";

queueDatabase();

const appUrl = "https://sightline.example.com";
const now = new Date("2026-03-02T12:00:00Z");
const minutesLater = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
let actor: Actor;
let findingId: string;

beforeEach(async () => {
  await clearFindings();
  await database().pool.query(
    "DELETE FROM hand_over; DELETE FROM ticket; DELETE FROM setting; DELETE FROM pgboss.job; DELETE FROM person",
  );
  const person = await aPerson({ userName: "priya", role: "developer" });
  actor = { personId: person.id, userName: person.userName };
  await saveFindings([anObservedFinding({ cve: "CVE-2026-0001" })]);
  const { rows } = await database().pool.query<{ id: string }>("SELECT id FROM finding");
  findingId = rows[0]?.id ?? "";
});

const template = '{"text": "{{severity}}: {{title}}", "note": "{{note}}"}';
const aReceiver = (secret = "whsec_c2VjcmV0") =>
  changeReceiver(
    { url: "https://hooks.example.com/in", template, newSecret: false },
    { makeSecret: () => ({ secret, sealed: { sealed: secret } }), actor, now },
  );
const wish = (note = "") => handOver({ findingId, note, appUrl }, actor, now);
const queued = async () =>
  (await database().pool.query("SELECT data FROM pgboss.job WHERE name = 'deliver-hand-over'")).rows;

/** Delivers as the worker would, at `at`, to a receiver that answers so. Returns what it was sent. */
async function deliver(id: string, answer: Delivery, at = now): Promise<Parameters<Notifier>[]> {
  const sent: Parameters<Notifier>[] = [];
  const notify: Notifier = async (...one) => {
    sent.push(one);
    return answer;
  };
  const unseal = (sealed: unknown) => (sealed as { sealed: string }).sealed; // as aReceiver has sealed it
  await deliverHandOver({ id }, { notify, unseal, clock: () => at, signal: new AbortController().signal });
  return sent;
}
const theOne = async (): Promise<HandOver> => {
  const [one] = await listHandOvers();
  if (!one) throw new Error("There is no hand-over");
  return one;
};
const away: Delivery = { failure: "hooks.example.com could not be reached (ECONNREFUSED).", isFinal: false };

test("a hand-over is kept with its job, is sent as the template says, and tells that it arrived", async () => {
  await aReceiver();
  const id = await wish("for today");
  expect(await queued()).toEqual([{ data: { id } }]);
  const [[notification, receiver] = []] = await deliver(id, { url: null });
  expect(JSON.parse(notification?.body ?? "")).toEqual({
    text: "high: CVE-2026-0001 - tomcat-embed-core",
    note: "for today",
  });
  expect([notification?.id, receiver]).toEqual([id, { url: "https://hooks.example.com/in", secret: "whsec_c2VjcmV0" }]);
  expect(await theOne()).toMatchObject({
    state: "delivered",
    attempts: 1,
    madeBy: "priya",
    deliveredAt: now.toISOString(),
    nextAttemptAt: null,
    finding: { id: findingId },
  });
  expect(await deliver(id, { url: null })).toEqual([]);
});

test("what does not arrive is tried again later and later, then waits for a person, who can have it tried at once", async () => {
  await aReceiver();
  const id = await wish();
  for (const [attempt, minutes] of [1, 5, 15, 60, 180, 360, 720].entries()) {
    await deliver(id, away);
    expect(await theOne()).toMatchObject({
      state: "pending",
      attempts: attempt + 1,
      nextAttemptAt: minutesLater(minutes).toISOString(),
      failure: away.failure,
    });
  }
  await deliver(id, away);
  expect(await theOne()).toMatchObject({ state: "failed", attempts: 8, nextAttemptAt: null, failure: away.failure });
  await tryHandOverAgain(id, actor, now);
  expect(await theOne()).toMatchObject({ state: "pending", attempts: 0 });
  await deliver(id, { url: null });
  expect(await theOne()).toMatchObject({ state: "delivered", failure: null });
  await expect(tryHandOverAgain(id, actor, now)).rejects.toMatchObject({ code: "conflict" });
});

test("what no second attempt would change waits for a person at once", async () => {
  await aReceiver();
  await deliver(await wish(), { failure: "hooks.example.com answered HTTP 404.", isFinal: true });
  expect(await theOne()).toMatchObject({ state: "failed", attempts: 1 });
});

test("what is due is queued, also when its first job was lost; what is not is left alone", async () => {
  await aReceiver();
  const id = await wish();
  await database().pool.query("DELETE FROM pgboss.job");
  await requestDueHandOvers(now);
  expect(await queued()).toEqual([{ data: { id } }]);
  await database().pool.query("DELETE FROM pgboss.job");
  await deliver(id, away);
  await requestDueHandOvers(now);
  expect(await queued()).toEqual([]);
  await requestDueHandOvers(minutesLater(1));
  expect(await queued()).toEqual([{ data: { id } }]);
});

test("the ticket that the receiver made becomes the link of the issue, unless a person has set one", async () => {
  await aReceiver();
  await deliver(await wish(), { url: "https://tracker.example.com/SEC-1" });
  expect(await openTicket(findingId, appUrl)).toMatchObject({ url: "https://tracker.example.com/SEC-1", setBy: null });
  await setTicket(findingId, "https://tracker.example.com/SEC-2", actor, now);
  await deliver(await wish(), { url: "https://tracker.example.com/SEC-3" });
  expect(await openTicket(findingId, appUrl)).toMatchObject({
    url: "https://tracker.example.com/SEC-2",
    setBy: "priya",
  });
  await setTicket(findingId, null, actor, now);
  expect(await openTicket(findingId, appUrl)).toMatchObject({ url: null, hasReceiver: true, handOvers: { length: 2 } });
});

test("a receiver cannot put anything but an https address where people click", async () => {
  await aReceiver();
  for (const url of ["javascript:alert(1)", "http://tracker.example.com/1", "not an address"]) {
    await deliver(await wish(), { url });
    expect((await openTicket(findingId, appUrl)).url).toBeNull();
  }
});

test("without a receiver nothing is handed over; one that is taken away is said where it was to arrive", async () => {
  await expect(wish()).rejects.toMatchObject({ code: "conflict" });
  await expect(testReceiver(actor, now)).rejects.toMatchObject({ code: "conflict" });
  await aReceiver();
  const id = await wish();
  await forgetReceiver(actor, now);
  expect(await deliver(id, { url: null })).toEqual([]);
  expect(await theOne()).toMatchObject({ state: "failed", failure: expect.stringContaining("No receiver is set") });
});

test("a secret is shown when it is made, kept when the rest changes, and replaced when that is asked for", async () => {
  expect((await aReceiver("whsec_Zmlyc3Q=")).secret).toBe("whsec_Zmlyc3Q=");
  expect((await aReceiver("whsec_b3RoZXI=")).secret).toBeNull();
  const [[, kept] = []] = await deliver(await wish(), { url: null });
  expect(kept?.secret).toBe("whsec_Zmlyc3Q=");
  const change = { url: "https://hooks.example.com/in", template, newSecret: true };
  const makeSecret = () => ({ secret: "whsec_bmV3", sealed: { sealed: "whsec_bmV3" } });
  expect((await changeReceiver(change, { makeSecret, actor, now })).secret).toBe("whsec_bmV3");
  expect(await getReceiver()).toEqual({ url: change.url, template });
});

test("every change is in the audit log, and no secret is", async () => {
  await aReceiver("whsec_dG9wLXNlY3JldA==");
  await wish();
  await setTicket(findingId, "https://tracker.example.com/SEC-1", actor, now);
  const { rows } = await database().pool.query<{ action: string; actor: string }>(
    "SELECT * FROM audit_event ORDER BY id DESC LIMIT 3",
  );
  expect(rows.map(({ action }) => action)).toEqual(["finding.ticket", "finding.hand-over", "receiver.update"]);
  expect(JSON.stringify(rows)).not.toContain("dG9wLXNlY3JldA");
});
