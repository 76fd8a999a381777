import type { CodeMetricsQuery } from "#lib/domain/code-metrics.ts";
import type { Severity } from "#lib/domain/severity.ts";
import type { TrendsQuery } from "#lib/domain/trends.ts";

/** What the page asks of code scans in these days. */
export const toCodeMetricsQuery = ({ from, to }: TrendsQuery, severity: Severity | null): CodeMetricsQuery => ({
  from,
  to,
  severity: severity ? [severity] : [],
});
