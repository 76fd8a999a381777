import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { afterEach, expect, test } from "vitest";
import type { Mail } from "./mailer.ts";
import { smtpMailer } from "./smtp-mailer.ts";

const servers: SMTPServer[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A mail server as somebody else wrote it. Returns its address and what has come in. */
async function aServer(options: SMTPServerOptions = {}): Promise<{ url: string; got: ParsedMail[] }> {
  const got: ParsedMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData: (stream, _, done) => {
      simpleParser(stream).then((mail) => {
        got.push(mail);
        done();
      }, done);
    },
    ...options,
  });
  servers.push(server);
  server.on("error", () => {}); // a client that turns away is none of a server's
  const listening = server.listen(0, "127.0.0.1");
  await once(listening, "listening");
  // A server that listens on TCP has such an address.
  const { port } = listening.address() as AddressInfo;
  return { url: `smtp://127.0.0.1:${port}`, got };
}

const mail = (changes: Partial<Mail> = {}): Mail => ({
  id: "01900000-0000-7000-8000-000000000001",
  to: "board@example.com",
  subject: "Security report: October 2026",
  text: "5,643 are open − 127 fewer",
  html: "<p>5,643 are open</p>",
  files: [{ name: "report.pdf", type: "application/pdf", content: Buffer.from("%PDF-1.7 …") }],
  ...changes,
});
const from = "Sightline <reports@example.com>";

test("what arrives has both texts and the file, and tells under which id it came", async () => {
  const { url, got } = await aServer();
  expect(await smtpMailer({ url, from })(mail())).toEqual({ failure: null });
  const [one] = got;
  expect(one).toMatchObject({
    subject: "Security report: October 2026",
    messageId: "<01900000-0000-7000-8000-000000000001@127.0.0.1>",
    html: "<p>5,643 are open</p>",
    attachments: [{ filename: "report.pdf", contentType: "application/pdf", content: Buffer.from("%PDF-1.7 …") }],
  });
  expect(one?.text?.trim()).toBe("5,643 are open − 127 fewer");
  expect(one?.from?.value).toEqual([{ address: "reports@example.com", name: "Sightline" }]);
  expect(one?.headers.get("auto-submitted")).toBe("auto-generated");
});

test("a line break in a subject begins no header", async () => {
  const { url, got } = await aServer();
  await smtpMailer({ url, from })(mail({ subject: "Report\r\nBcc: thief@example.com\r\n\r\nbody" }));
  expect(got[0]?.bcc).toBeUndefined();
  expect(got[0]?.headers.has("bcc")).toBe(false);
  expect(got[0]?.subject).toContain("thief@example.com");
});

test("an address that is two goes to no second one", async () => {
  const asked: string[] = [];
  const { url } = await aServer({
    onRcptTo: ({ address }, _, done) => {
      asked.push(address);
      done();
    },
  });
  await smtpMailer({ url, from })(mail({ to: "board@example.com\r\nRCPT TO:<thief@example.com>" }));
  expect(asked).not.toContain("thief@example.com");
});

const refusing = (responseCode: number, text: string): SMTPServerOptions => ({
  onRcptTo: (_, __, done) => done(Object.assign(new Error(text), { responseCode })),
});

test.each([
  [550, "No such mailbox", true],
  [451, "Try again later", false],
])("a server that answers %i is quoted; whether that is final: %3$s", async (code, text, isFinal) => {
  const { url } = await aServer(refusing(code, text));
  expect(await smtpMailer({ url, from })(mail())).toEqual({
    failure: expect.stringMatching(new RegExp(`refused it: .*${code}.*${text}`)),
    isFinal,
  });
});

test("a wrong password is said, is not told, and may be put right", async () => {
  const { url } = await aServer({
    authOptional: false,
    onAuth: (_, __, done) => done(Object.assign(new Error("Bad credentials"), { responseCode: 535 })),
  });
  const secret = url.replace("smtp://", "smtp://reports:hunter2@");
  const outcome = await smtpMailer({ url: secret, from })(mail());
  expect(outcome).toMatchObject({ failure: expect.stringContaining("user or password"), isFinal: false });
  expect(JSON.stringify(outcome)).not.toContain("hunter2");
});

test("a server that is down is tried again", async () => {
  const { url } = await aServer();
  await new Promise<void>((resolve) => servers.splice(0)[0]?.close(resolve));
  expect(await smtpMailer({ url, from })(mail())).toEqual({
    failure: expect.stringContaining("could not be reached (E"),
    isFinal: false,
  });
});

test.each([
  ["never greets", { onConnect: () => {} }],
  ["never answers", { onRcptTo: () => {} }],
])("a server that %s is given up and tried again", async (_, options) => {
  const { url } = await aServer(options);
  const mailer = smtpMailer({ url, from }, { connectMs: 200, answerMs: 200 });
  expect(await mailer(mail())).toEqual({
    failure: expect.stringMatching(/could not be reached \((ETIMEDOUT|ESOCKET)/),
    isFinal: false,
  });
});
