import { useNow } from "#components/ui/clock.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { UntrustedText } from "#components/ui/untrusted-text.tsx";
import type { FindingWithDetail, Suppression } from "#lib/domain/finding-page.ts";
import { GROUNDS_WORDS, untilWords } from "./act-words.ts";

/** Why a finding is set aside, by whom and until when. */
export function Suppressions({ finding }: { finding: FindingWithDetail }) {
  const { suppressions } = finding;
  if (suppressions.length === 0) return null;
  return (
    <ul className="grid gap-2 border-b border-line bg-inset px-[18px] py-3">
      {suppressions.map((suppression) => (
        <li key={`${suppression.by}${suppression.at}`} className="grid grid-cols-[16px_minmax(0,1fr)] gap-2">
          <Icon name="hide" className="mt-0.5 text-text-3" />
          <SuppressionWords suppression={suppression} />
        </li>
      ))}
    </ul>
  );
}

function SuppressionWords({ suppression: { by, grounds, reason, until, userName } }: { suppression: Suppression }) {
  const now = useNow();
  if (by === "source") return <p>Suppressed in AWS, until AWS lifts it.</p>;
  return (
    <p>
      Suppressed {until ? untilWords(until, now) : ""}
      {grounds ? <>, {GROUNDS_WORDS[grounds].toLowerCase()}</> : null}
      {userName ? (
        <>
          , by <UntrustedText text={userName} className="font-medium" />
        </>
      ) : null}
      {reason ? (
        <>
          : <UntrustedText text={reason} className="wrap-anywhere text-text-2" />
        </>
      ) : null}
    </p>
  );
}
