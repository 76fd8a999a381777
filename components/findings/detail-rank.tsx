import { Icon } from "#components/ui/icon.tsx";
import { SeverityGlyph } from "#components/ui/severity.tsx";
import { Time } from "#components/ui/time.tsx";
import { visibleText } from "#components/ui/untrusted-text.tsx";
import type { FindingWithDetail } from "#lib/domain/finding-page.ts";
import { rankReasons } from "./rank-reasons.ts";

/** The reasons behind the order. */
export function RankReasons({ finding }: { finding: FindingWithDetail }) {
  return (
    <ul className="grid gap-1.5">
      {rankReasons(finding).map(({ icon, strong, rest, at }) => (
        <li key={strong} className="flex gap-[9px]">
          {icon === "severity" ? (
            <SeverityGlyph severity={finding.severity} className="mt-0.5" />
          ) : (
            <Icon name={icon} className="mt-0.5 text-text-2" />
          )}
          <span className="wrap-anywhere">
            <b className="font-semibold">{visibleText(strong)}</b>
            {visibleText(rest)}
            {at ? <Time at={at} format="day" /> : null}
          </span>
        </li>
      ))}
    </ul>
  );
}
