"use client";
import { useNow } from "#components/ui/clock.tsx";
import { UntrustedText } from "#components/ui/untrusted-text.tsx";
import type { ExceptionVersion } from "#lib/domain/exception.ts";
import { toRuleText } from "#lib/domain/exception-query.ts";
import { GROUNDS_WORDS } from "#lib/domain/triage-words.ts";
import { untilWords } from "./exception-words.ts";

/** What a rule says: its filter, on what grounds, why, until when. */
export function RuleTermsText({ version }: { version: ExceptionVersion }) {
  const { query, grounds, reason, until } = version;
  const now = useNow();
  return (
    <div className="grid gap-0.5">
      <code className="text-12 wrap-anywhere">
        <UntrustedText text={toRuleText(query)} />
      </code>
      <p className="text-12 text-text-2">
        {GROUNDS_WORDS[grounds]}, {untilWords(until, now)}: <UntrustedText text={reason} className="wrap-anywhere" />
      </p>
    </div>
  );
}
