import { applyRulesToAccount, finishApplying, queueApplying, startApplying } from "#lib/db/write/teams/apply-rules.ts";

/**
 * Carries the rules of teams and policies out as they are, account by account; again when they change meanwhile. Only
 * what differs is written: broken off anywhere, it can be called again and has the same effect.
 */
export async function applyRules(signal: AbortSignal, clock: () => Date): Promise<void> {
  for (;;) {
    const applying = await startApplying(clock());
    if (applying === null) return;
    for (const [done, accountId] of applying.accountIds.entries()) {
      signal.throwIfAborted();
      await applyRulesToAccount(accountId, { done: done + 1, now: clock() });
    }
    await finishApplying(applying.asked, clock());
  }
}

/** Asks for rules that changed and whose job is gone: it had ended just before. */
export async function requestApplying(): Promise<void> {
  await queueApplying();
}
