import { z } from "zod";
import { metrics } from "#lib/config/metrics.ts";
import { getStoredCounts } from "#lib/db/read/metrics.ts";
import { handleQuery } from "#lib/http/handlers.ts";

export const GET = handleQuery(
  "metrics:read",
  z.strictObject({}),
  async () => {
    const { registry, findings, syncRuns, databaseBytes, indexesRebuiltAt } = metrics();
    const stored = await getStoredCounts();
    findings.reset();
    for (const { count, ...labels } of stored.findings) findings.set(labels, count);
    syncRuns.reset();
    for (const { count, ...labels } of stored.syncRuns) syncRuns.set(labels, count);
    databaseBytes.set({ part: "rows" }, stored.room.rows);
    databaseBytes.set({ part: "indexes" }, stored.room.indexes);
    indexesRebuiltAt.set(stored.room.rebuiltAtSeconds ?? 0);
    return new Response(await registry.metrics(), { headers: { "content-type": registry.contentType } });
  },
  { summary: "Metrics in Prometheus' text format" },
);
