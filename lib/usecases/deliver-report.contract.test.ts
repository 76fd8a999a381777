import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { afterEach, beforeEach, expect, test } from "vitest";
import { database } from "#lib/db/database.ts";
import { listDeliveries } from "#lib/db/read/report-mail.ts";
import type { Actor } from "#lib/db/write/connections.ts";
import { saveReport } from "#lib/db/write/period-reports.ts";
import { smtpMailer } from "#lib/notify/smtp-mailer.ts";
import { aPerson } from "#testing/a-person.ts";
import { aReportContent } from "#testing/a-report.ts";
import { queueDatabase } from "#testing/queue-database.ts";
import { deliverReport } from "./deliver-report.ts";
import { sendReport, sendReportAgain } from "./send-report.ts";

queueDatabase();

const now = new Date("2026-11-24T12:00:00Z");
const servers: SMTPServer[] = [];
let actor: Actor;
let reportId: string;

beforeEach(async () => {
  await database().pool.query("DELETE FROM period_report; DELETE FROM person");
  const { id, userName } = await aPerson({ userName: "ines", role: "lead" });
  actor = { personId: id, userName };
  reportId = await saveReport(aReportContent(), actor, now);
  await sendReport({ reportId, recipients: ["board@example.com"], isTest: false, isMailOn: true }, actor, now);
});
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A mail server as somebody else wrote it. Returns its port, and who got something. */
async function aServer(options: SMTPServerOptions): Promise<{ port: number; got: string[] }> {
  const got: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData: (stream, { envelope }, done) => {
      stream.resume();
      stream.once("end", () => {
        got.push(...envelope.rcptTo.map(({ address }) => address));
        done();
      });
    },
    ...options,
  });
  servers.push(server);
  server.on("error", () => {}); // a client that gives up is none of a server's
  const listening = server.listen(0, "127.0.0.1");
  await once(listening, "listening");
  // A server that listens on TCP has such an address.
  return { port: (listening.address() as AddressInfo).port, got };
}

/** Tries once, by the server on the port, which is waited for so long. Returns what is known of the e-mail then. */
async function attempt(port: number, answerMs = 10_000) {
  const [one] = await listDeliveries(reportId);
  if (!one) throw new Error("There is no e-mail");
  const address = { url: `smtp://127.0.0.1:${port}`, from: "reports@example.com" };
  await deliverReport(
    { id: one.id },
    {
      mailer: smtpMailer(address, { connectMs: 10_000, answerMs }),
      toMail: async ({ title }) => ({ subject: title, text: "", html: "", files: [] }),
      clock: () => now,
    },
  );
  const [known] = await listDeliveries(reportId);
  if (!known) throw new Error("The e-mail is gone");
  return known;
}

test("a server that refuses for good is quoted, and waits for a person, who has it tried again", async () => {
  const refusing = await aServer({
    onRcptTo: (_, __, done) => done(Object.assign(new Error("No such mailbox"), { responseCode: 550 })),
  });
  const refused = await attempt(refusing.port);
  expect(refused).toMatchObject({ state: "failed", attempts: 1, nextAttemptAt: null });
  expect(refused.failure).toContain("550 No such mailbox");
  await sendReportAgain(refused.id, actor, now);
  const taking = await aServer({});
  expect(await attempt(taking.port)).toMatchObject({ state: "sent", failure: null, sentAt: now.toISOString() });
  expect(taking.got).toEqual(["board@example.com"]);
});

test("a server that is down, and one that hangs, lose nothing: it arrives once, when one takes it", async () => {
  const { port } = await aServer({});
  await new Promise<void>((resolve) => servers.splice(0)[0]?.close(resolve));
  const down = await attempt(port);
  expect(down).toMatchObject({ state: "queued", attempts: 1, nextAttemptAt: "2026-11-24T12:01:00.000Z" });
  expect(down.failure).toContain("could not be reached (E");
  const hanging = await aServer({ onRcptTo: () => {} });
  const hung = await attempt(hanging.port, 200);
  expect(hung).toMatchObject({ state: "queued", attempts: 2, nextAttemptAt: "2026-11-24T12:05:00.000Z" });
  expect(hung.failure).toContain("could not be reached");
  const taking = await aServer({});
  expect(await attempt(taking.port)).toMatchObject({ state: "sent", attempts: 3, failure: null });
  expect(await attempt(taking.port)).toMatchObject({ state: "sent", attempts: 3 });
  expect(taking.got).toEqual(["board@example.com"]);
});
