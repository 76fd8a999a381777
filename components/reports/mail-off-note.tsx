import { Banner } from "#components/ui/notice.tsx";

/** How to have a mail server, where there is none. */
export function MailOffNote() {
  return (
    <Banner kind="note">
      No mail server is set, so nothing is sent. Set <code>SMTP_URL</code> (smtp://user:password@host:587) and{" "}
      <code>SMTP_FROM</code> where Sightline runs, then start it again.
    </Banner>
  );
}
