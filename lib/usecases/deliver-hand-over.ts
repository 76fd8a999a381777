import { findReceiver } from "#lib/db/read/hand-overs.ts";
import { failHandOver, finishHandOver, takeHandOver } from "#lib/db/write/hand-overs.ts";
import { ticketUrlSchema } from "#lib/domain/hand-over.ts";
import type { Delivery, Notifier } from "#lib/notify/notifier.ts";

/** What the worker brings along. `unseal`: the secret that the database keeps sealed; null where it cannot be read. */
export type DeliveryMeans = {
  notify: Notifier;
  unseal: (sealed: unknown) => string | null;
  clock: () => Date;
  signal: AbortSignal;
};

const MINUTE_MS = 60_000;
/** Between one attempt and the next: eight attempts in not quite a day. */
const WAITS_MINUTES = [1, 5, 15, 60, 180, 360, 720];

/**
 * Tries one delivery of a hand-over. What does not arrive is tried again later, unless that would change nothing or it
 * was the last attempt: then it waits for a person. Stopped anywhere and called again, it may come twice, under one id.
 */
export async function deliverHandOver({ id }: { id: string }, means: DeliveryMeans): Promise<void> {
  const taken = await takeHandOver(id);
  if (taken === null) return;
  const delivery = await send({ id, body: taken.body }, means);
  if ("url" in delivery) return await finishHandOver(id, toTicketUrl(delivery.url), means.clock());
  const waitMinutes = delivery.isFinal ? undefined : WAITS_MINUTES[taken.attempts];
  const next = waitMinutes === undefined ? null : new Date(means.clock().getTime() + waitMinutes * MINUTE_MS);
  await failHandOver(id, delivery.failure, next);
}

async function send(
  one: { id: string; body: string },
  { notify, unseal, clock, signal }: DeliveryMeans,
): Promise<Delivery> {
  const receiver = await findReceiver();
  if (receiver === null)
    return { failure: "No receiver is set any more. Set one under Settings → Tickets, then try again.", isFinal: true };
  const secret = unseal(receiver.secret);
  if (secret === null) {
    const failure =
      "The receiver’s secret was kept with the key of another data directory. Make a new secret under Settings → Tickets.";
    return { failure, isFinal: true };
  }
  return await notify({ ...one, at: clock() }, { url: receiver.url, secret }, signal);
}

/** What a receiver answers is believed as far as a person would be. */
const toTicketUrl = (url: string | null): string | null => ticketUrlSchema.safeParse(url).data ?? null;
