import NextLink from "next/link";
import { Icon, type IconName } from "#components/ui/icon.tsx";
import { countOf } from "#components/ui/numbers.ts";
import { Time } from "#components/ui/time.tsx";
import { UntrustedText } from "#components/ui/untrusted-text.tsx";
import type { Freshness, FreshnessScope, FreshnessState } from "#lib/domain/freshness.ts";

const STATES: Record<FreshnessState, { word: string; icon: IconName; tone: string }> = {
  refused: { word: "No access", icon: "lock", tone: "text-bad-text" },
  failed: { word: "Failed", icon: "close", tone: "text-bad-text" },
  late: { word: "Late", icon: "clock", tone: "text-warn-text" },
  never: { word: "Not read yet", icon: "ring", tone: "text-text-3" },
  complete: { word: "Complete", icon: "check", tone: "text-ok-text" },
};
// What needs a person comes first.
const ORDER = Object.keys(STATES);
const SHOWN = 60;

/** Every account × region × source with the state of its last pass, what is missing first. */
export function FreshnessLedger({ freshness }: { freshness: Freshness }) {
  const scopes = [...freshness.scopes].sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
  const complete = scopes.filter(({ state }) => state === "complete").length;
  return (
    <>
      <p className="px-4 pb-2 text-12 text-text-3">
        {complete} of {countOf(scopes.length, "place")} read completely. A number is only as good as the oldest of them.
      </p>
      <ul className="divide-y divide-line border-t border-line">
        {scopes.slice(0, SHOWN).map((scope) => (
          <LedgerLine key={`${scope.source} ${scope.accountId} ${scope.region}`} scope={scope} />
        ))}
      </ul>
      <p className="border-t border-line px-4 py-2.5 text-12">
        {scopes.length > SHOWN ? `${countOf(scopes.length - SHOWN, "more place")} in ` : null}
        <NextLink href="/settings/sources" className="link">
          Settings, Sources
        </NextLink>
      </p>
    </>
  );
}

function LedgerLine({ scope }: { scope: FreshnessScope }) {
  const { word, icon, tone } = STATES[scope.state];
  return (
    <li className="grid grid-cols-[16px_minmax(0,1fr)_auto] items-baseline gap-x-2.5 px-4 py-1.5">
      <Icon name={icon} className={`size-3.5 self-center ${tone}`} />
      <span className="truncate">
        <UntrustedText text={scope.accountName ?? scope.accountId} className="font-medium" />
        <span className="text-text-3">
          {" "}
          <UntrustedText text={scope.region} /> {scope.source}
        </span>
      </span>
      <span className="text-12 text-text-2">
        {scope.state === "complete" && scope.lastPassAt ? <Time at={scope.lastPassAt} /> : word}
      </span>
      {scope.failure ? (
        <span className="col-start-2 col-end-4 text-12 wrap-anywhere text-text-2">
          {scope.failure.permission ? (
            <>
              AWS refused <code>{scope.failure.permission}</code>.{" "}
            </>
          ) : null}
          <UntrustedText text={scope.failure.message} />
        </span>
      ) : null}
    </li>
  );
}
