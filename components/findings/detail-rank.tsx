import { Icon } from "#components/ui/icon.tsx";
import { SeverityGlyph } from "#components/ui/severity.tsx";
import { Time } from "#components/ui/time.tsx";
import { visibleText } from "#components/ui/untrusted-text.tsx";
import type { FindingWithDetail } from "#lib/domain/finding-page.ts";
import { otherReasons, type RankReason, rankReasons } from "./rank-reasons.ts";

/** The reasons behind the order, and apart from them what a person weighs besides. */
export function RankReasons({ finding }: { finding: FindingWithDetail }) {
  const others = otherReasons(finding);
  return (
    <>
      <ul className="grid gap-1.5">
        {rankReasons(finding).map((reason) => (
          <Reason key={reason.strong} reason={reason} severity={finding.severity} />
        ))}
      </ul>
      {others.length > 0 ? (
        <>
          <p className="pt-1 text-12 text-text-3">Does not change the rank</p>
          <ul className="grid gap-1.5" aria-label="Does not change the rank">
            {others.map((reason) => (
              <Reason key={reason.strong} reason={reason} severity={finding.severity} />
            ))}
          </ul>
        </>
      ) : null}
    </>
  );
}

function Reason({ reason, severity }: { reason: RankReason; severity: FindingWithDetail["severity"] }) {
  const { icon, strong, rest } = reason;
  return (
    <li className="flex gap-[9px]">
      {icon === "severity" ? (
        <SeverityGlyph severity={severity} className="mt-0.5" />
      ) : (
        <Icon name={icon} className="mt-0.5 text-text-2" />
      )}
      <span className="wrap-anywhere">
        <b className="font-semibold">{visibleText(strong)}</b>
        {rest.map((part) =>
          typeof part === "string" ? visibleText(part) : <Time key={`${part.format} ${part.at}`} {...part} />,
        )}
      </span>
    </li>
  );
}
