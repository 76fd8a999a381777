import { formatCount } from "#components/ui/numbers.ts";
import { severityWord } from "#components/ui/severity.tsx";
import type { Fix } from "#lib/domain/fix.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import type { Severity } from "#lib/domain/severity.ts";

const FILLS: Record<Severity, string> = {
  critical: "bg-sev-critical",
  high: "bg-sev-high",
  medium: "bg-sev-medium",
  low: "bg-sev-low",
  untriaged: "bg-sev-untriaged",
  info: "bg-sev-info",
};

/** The share of each severity, as long as the change is large. */
export function SeverityStack({ fix, most }: { fix: Fix; most: number }) {
  const parts = SEVERITIES.map((severity) => ({ severity, count: fix.bySeverity[severity] ?? 0 })).filter(
    ({ count }) => count > 0,
  );
  const words = parts.map(({ severity, count }) => `${formatCount(count)} ${severityWord(severity).toLowerCase()}`);
  return (
    <span className="flex w-32 flex-none max-md:hidden">
      <span
        role="img"
        aria-label={words.join(", ")}
        title={words.join(", ")}
        className="flex h-2 gap-[1.5px]"
        style={{ width: `${(fix.findings / most) * 100}%` }}
      >
        {parts.map(({ severity, count }) => (
          <span
            key={severity}
            data-fill
            className={`min-w-0.5 rounded-[1.5px] ${FILLS[severity]}`}
            style={{ flex: count }}
          />
        ))}
      </span>
    </span>
  );
}
