import { getFinding } from "#lib/db/read/get-finding.ts";
import { findReceiver, findTicket, listHandOversOf } from "#lib/db/read/hand-overs.ts";
import type { Actor } from "#lib/db/write/connections.ts";
import { queueDueHandOvers, retryHandOver, startHandOver } from "#lib/db/write/hand-overs.ts";
import { AppError } from "#lib/domain/errors.ts";
import type { Ticket } from "#lib/domain/hand-over.ts";
import { toHandOverFields, toSummary } from "#lib/domain/hand-over-summary.ts";
import { fillTemplate, HAND_OVER_EXAMPLE } from "#lib/domain/hand-over-template.ts";

/** What is known of the ticket of a finding's issue, with its summary to copy. Throws AppError not-found. */
export async function openTicket(findingId: string, appUrl: string): Promise<Ticket> {
  const finding = await getFinding(findingId);
  const [receiver, ticket, handOvers] = await Promise.all([
    findReceiver(),
    findTicket(finding.accountId, finding.issueId),
    listHandOversOf(finding.accountId, finding.issueId),
  ]);
  const summary = toSummary(finding, { appUrl });
  return { url: ticket?.url ?? null, setBy: ticket?.setBy ?? null, summary, hasReceiver: receiver !== null, handOvers };
}

type Wish = { findingId: string; note: string; appUrl: string };

/**
 * Hands the issue of a finding over to the receiver. What is sent is what is known now; the worker sends it until it
 * arrives, or gives up and says why. Returns its id. Throws AppError: not-found, or conflict where no receiver is set.
 */
export async function handOver({ findingId, note, appUrl }: Wish, actor: Actor, now: Date): Promise<string> {
  const { template } = await requireReceiver();
  const finding = await getFinding(findingId);
  const fields = toHandOverFields(finding, { appUrl, by: actor.userName, note });
  const issue = { accountId: finding.accountId, issueId: finding.issueId, findingId };
  return await startHandOver({ issue, title: finding.title, body: fillTemplate(template, fields) }, actor, now);
}

/** Sends the receiver an example of what a hand-over is. Throws AppError conflict where none is set. */
export async function testReceiver(actor: Actor, now: Date): Promise<string> {
  const { template } = await requireReceiver();
  const body = fillTemplate(template, { ...HAND_OVER_EXAMPLE, by: actor.userName });
  return await startHandOver({ issue: null, title: "Test", body }, actor, now);
}

/** Has a hand-over that did not arrive tried again at once. Throws AppError: not-found, or conflict when it arrived. */
export async function tryHandOverAgain(id: string, actor: Actor, now: Date): Promise<void> {
  await retryHandOver(id, actor, now);
}

/** Asks for the hand-overs whose time has come. */
export async function requestDueHandOvers(now: Date): Promise<void> {
  await queueDueHandOvers(now);
}

async function requireReceiver() {
  const receiver = await findReceiver();
  if (receiver) return receiver;
  throw new AppError("conflict", "No receiver is set. An admin sets one under Settings → Tickets.");
}
