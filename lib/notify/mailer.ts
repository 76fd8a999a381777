/** An e-mail. The same `id` tells the receiver's mail program that it has come before. */
export type Mail = {
  id: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  files: { name: string; type: string; content: Buffer }[];
};

/** How it ended: sent, or a `failure` for a person to read; `isFinal`: trying again would change nothing. */
export type MailOutcome = { failure: null } | { failure: string; isFinal: boolean };

/** Hands one e-mail to the mail server. Never throws for what the server does. */
export type Mailer = (mail: Mail) => Promise<MailOutcome>;
