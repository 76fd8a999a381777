import NextLink from "next/link";
import { Icon } from "#components/ui/icon.tsx";
import { countOf } from "#components/ui/numbers.ts";
import { Time } from "#components/ui/time.tsx";
import { UntrustedText } from "#components/ui/untrusted-text.tsx";
import type { FreshnessScope, FreshnessState } from "#lib/domain/freshness.ts";
import { accountName } from "./by-account.ts";
import { FRESHNESS_LOOKS } from "./freshness-looks.ts";

const SHOWN = 3;
// What needs a person comes first.
const ORDER: FreshnessState[] = ["refused", "failed", "late", "never"];

/** What could not be read, with the reason: the exact permission, the throttling, the time of the last good pass. */
export function FreshnessGaps({ scopes }: { scopes: FreshnessScope[] }) {
  const gaps = ORDER.flatMap((state) => scopes.filter((scope) => scope.state === state));
  if (gaps.length === 0) return null;
  return (
    <ul className="grid border-t border-line md:grid-cols-3 md:divide-x md:divide-line">
      {gaps.slice(0, SHOWN).map((scope) => (
        <li key={`${scope.accountId} ${scope.region} ${scope.source}`} className="flex gap-2.5 px-3.5 py-2.5">
          <Gap scope={scope} />
        </li>
      ))}
      {gaps.length > SHOWN ? (
        <li className="border-t border-line px-3.5 py-2 text-12 text-text-2 md:col-span-3">
          and {countOf(gaps.length - SHOWN, "more place")} in{" "}
          <NextLink href="/settings/sources" className="link">
            Settings, Sources
          </NextLink>
        </li>
      ) : null}
    </ul>
  );
}

function Gap({ scope }: { scope: FreshnessScope }) {
  const { icon, tone, word } = FRESHNESS_LOOKS[scope.state];
  return (
    <>
      <Icon name={icon ?? "info"} className={`mt-0.5 ${tone}`} />
      <div className="min-w-0">
        <p className="font-medium">
          <UntrustedText text={accountName(scope)} />, {scope.region}
        </p>
        <p className="text-12 wrap-anywhere text-text-2">
          {scope.failure ? <Reason failure={scope.failure} /> : `${word}. `}
          {scope.lastWholePassAt ? (
            <>
              Last whole pass <Time at={scope.lastWholePassAt} />. Nothing was closed since.
            </>
          ) : (
            "No whole pass yet, so that nothing found means nothing."
          )}
        </p>
      </div>
    </>
  );
}

function Reason({ failure }: { failure: NonNullable<FreshnessScope["failure"]> }) {
  if (failure.permission) {
    return (
      <>
        AWS refused <code>{failure.permission}</code>.{" "}
      </>
    );
  }
  return (
    <>
      <UntrustedText text={failure.message} />{" "}
    </>
  );
}
