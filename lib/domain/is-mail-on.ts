/** Whether there is a mail server, and somebody to send as. */
export const isMailOn = ({ SMTP_URL, SMTP_FROM }: { SMTP_URL?: string; SMTP_FROM?: string }): boolean =>
  SMTP_URL !== undefined && SMTP_FROM !== undefined;
