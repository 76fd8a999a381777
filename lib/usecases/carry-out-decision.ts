import { saveNextPart } from "#lib/db/write/triage/decide.ts";
import { saveNextUndoPart } from "#lib/db/write/triage/undo.ts";

/** Carries out a large decision, or its undo, part by part. Broken off, it goes on where it was. */
export async function carryOutDecision(id: string, signal: AbortSignal, now: () => Date): Promise<void> {
  while (await saveNextPart(id, now())) signal.throwIfAborted();
  while (await saveNextUndoPart(id, now())) signal.throwIfAborted();
}
