import { createTransport } from "nodemailer";
import { z } from "zod";
import type { Mail, Mailer, MailOutcome } from "./mailer.ts";

/** How long a server is waited for until it is reached, and each time until it answers. */
const WAITS = { connectMs: 10_000, answerMs: 30_000 };
const LONGEST_ANSWER = 300;

/** Sends by SMTP: `url` as smtp://user:password@host:587, or smtps:// for TLS from the first byte. */
export function smtpMailer({ url, from }: { url: string; from: string }, { connectMs, answerMs } = WAITS): Mailer {
  const { hostname, host } = new URL(url);
  const waits = { connectionTimeout: connectMs, greetingTimeout: connectMs, socketTimeout: answerMs };
  const transport = createTransport({ url, ...waits }, { from });
  return async (mail) => {
    try {
      await transport.sendMail(toMessage(mail, hostname));
      return { failure: null };
    } catch (error) {
      return toFailure(error, host);
    } finally {
      transport.close();
    }
  };
}

function toMessage({ id, to, subject, text, html, files }: Mail, hostname: string) {
  return {
    messageId: `<${id}@${hostname}>`,
    to: { name: "", address: to },
    subject,
    text,
    html,
    // What is sent by a program is not answered by programs (RFC 3834).
    headers: { "Auto-Submitted": "auto-generated" },
    attachments: files.map(({ name, type, content }) => ({ filename: name, contentType: type, content })),
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

// What nodemailer throws carries these beside its message (https://nodemailer.com/errors).
const smtpErrorSchema = z.object({
  code: z.string().optional().catch(undefined),
  responseCode: z.number().optional().catch(undefined),
  response: z.string().optional().catch(undefined),
});

function toFailure(error: unknown, host: string): MailOutcome {
  const { code, responseCode, response } = smtpErrorSchema.safeParse(error).data ?? {};
  if (code === "EAUTH")
    return { failure: `${host} refused the user or password of SMTP_URL${toAnswer(response)}`, isFinal: false };
  if (responseCode !== undefined)
    return { failure: `${host} refused it${toAnswer(response)}`, isFinal: responseCode >= 500 };
  return { failure: `${host} could not be reached (${code ?? "the connection broke off"}).`, isFinal: false };
}

function toAnswer(response: string | undefined): string {
  if (response === undefined) return ".";
  return `: ${response.replace(/\p{Cc}+/gu, " ").slice(0, LONGEST_ANSWER)}`;
}
