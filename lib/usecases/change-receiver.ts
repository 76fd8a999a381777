import { findReceiver } from "#lib/db/read/hand-overs.ts";
import type { Actor } from "#lib/db/write/connections.ts";
import { removeReceiver, saveReceiver } from "#lib/db/write/receiver.ts";
import type { Receiver, ReceiverChange, SavedReceiver } from "#lib/domain/hand-over.ts";

/** Who hand-overs go to; null where nobody is set. */
export async function getReceiver(): Promise<Receiver | null> {
  const stored = await findReceiver();
  return stored && { url: stored.url, template: stored.template };
}

/** How a secret is made and sealed: the use case sees it once, to show it. */
export type NewSecret = () => { secret: string; sealed: unknown };

/** Sets who hand-overs go to. Its secret is made the first time, and when a new one is asked for; it is shown only then. */
export async function changeReceiver(
  { url, template, newSecret }: ReceiverChange,
  { makeSecret, actor, now }: { makeSecret: NewSecret; actor: Actor; now: Date },
): Promise<SavedReceiver> {
  const isNew = newSecret || (await findReceiver()) === null;
  const made = isNew ? makeSecret() : null;
  await saveReceiver({ url, template, secret: made?.sealed ?? null }, actor, now);
  return { receiver: { url, template }, secret: made?.secret ?? null };
}

/** Forgets the receiver and its secret: nothing is handed over any more. */
export async function forgetReceiver(actor: Actor, now: Date): Promise<void> {
  await removeReceiver(actor, now);
}
