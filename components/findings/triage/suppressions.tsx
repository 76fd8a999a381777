import NextLink from "next/link";
import { useNow } from "#components/ui/clock.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { UntrustedText } from "#components/ui/untrusted-text.tsx";
import { exceptionAddress } from "#lib/client/exceptions.ts";
import type { SourceName } from "#lib/domain/finding.ts";
import type { FindingWithDetail, Suppression } from "#lib/domain/finding-page.ts";
import { GROUNDS_WORDS } from "#lib/domain/triage-words.ts";
import { untilWords } from "./act-words.ts";

/** Why a finding is set aside, by whom and until when. */
export function Suppressions({ finding }: { finding: FindingWithDetail }) {
  const { suppressions } = finding;
  if (suppressions.length === 0) return null;
  return (
    <ul className="grid gap-2 border-b border-line bg-inset px-[18px] py-3">
      {suppressions.map((suppression) => (
        <li key={`${suppression.by}${suppression.at}`} className="grid grid-cols-[16px_minmax(0,1fr)] gap-2">
          <Icon name="hide" className="mt-0.5 text-text-3" />
          {suppression.by === "source" ? (
            <BySource source={finding.source} reason={suppression.reason} />
          ) : (
            <SuppressionWords suppression={suppression} />
          )}
        </li>
      ))}
    </ul>
  );
}

const SOURCE_WORDS: Record<SourceName, string> = {
  inspector: "Suppressed in AWS, until AWS lifts it",
  codeguru: "Suppressed by the scanner, until it lifts it",
  sarif: "Suppressed by the imported report, until a later one does not",
};

function BySource({ source, reason }: { source: SourceName; reason: string | null }) {
  return (
    <p>
      {SOURCE_WORDS[source]}
      <Reason reason={reason} />
      {reason ? null : "."}
    </p>
  );
}

function Reason({ reason }: { reason: string | null }) {
  if (!reason) return null;
  return (
    <>
      : <UntrustedText text={reason} className="wrap-anywhere text-text-2" />
    </>
  );
}

function SuppressionWords({ suppression: { grounds, reason, until, userName, ruleId } }: { suppression: Suppression }) {
  const now = useNow();
  return (
    <p>
      {ruleId ? (
        <NextLink href={exceptionAddress(ruleId)} prefetch={false} className="link">
          Suppressed by a rule
        </NextLink>
      ) : (
        "Suppressed"
      )}{" "}
      {until ? untilWords(until, now) : ""}
      {grounds ? <>, {GROUNDS_WORDS[grounds].toLowerCase()}</> : null}
      {userName ? (
        <>
          , {ruleId ? "looked after by" : "by"} <UntrustedText text={userName} className="font-medium" />
        </>
      ) : null}
      <Reason reason={reason} />
    </p>
  );
}
