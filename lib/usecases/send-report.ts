import type { Actor } from "#lib/db/write/connections.ts";
import { queueDueDeliveries, retryDelivery, startDeliveries } from "#lib/db/write/report-deliveries.ts";
import { AppError } from "#lib/domain/errors.ts";
import type { NewReportDelivery } from "#lib/domain/report-mail.ts";

type Sending = NewReportDelivery & { reportId: string; isMailOn: boolean };

/** Sends a report to each address; what becomes of it is in its deliveries. Throws AppError: not-found, or conflict. */
export async function sendReport({ isMailOn, ...wanted }: Sending, actor: Actor, now: Date): Promise<void> {
  requireMail(isMailOn);
  await startDeliveries(wanted, actor, now);
}

/** Has an e-mail that was not sent tried again at once. Throws AppError: not-found, or conflict when it was sent. */
export async function sendReportAgain(id: string, actor: Actor, now: Date): Promise<void> {
  await retryDelivery(id, actor, now);
}

/** Asks for the e-mails whose time has come. */
export async function requestDueDeliveries(now: Date): Promise<void> {
  await queueDueDeliveries(now);
}

/** Throws AppError conflict where nothing can be sent. */
export function requireMail(isMailOn: boolean): void {
  if (isMailOn) return;
  throw new AppError("conflict", "No mail server is set. Set SMTP_URL and SMTP_FROM where Sightline runs.");
}
