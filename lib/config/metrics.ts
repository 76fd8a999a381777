import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import packageJson from "../../package.json" with { type: "json" };

/** What the web process counts; `/metrics` shows it. */
export type Metrics = {
  registry: Registry;
  httpDuration: Histogram<"method" | "route" | "status">;
  refusals: Counter<"code">;
  findings: Gauge<"status" | "severity">;
  syncRuns: Gauge<"state">;
  databaseBytes: Gauge<"part">;
  indexesRebuiltAt: Gauge;
};

// On globalThis: Next bundles this module more than once, and one process has one registry.
declare global {
  var sightlineMetrics: Metrics | undefined;
}

export function metrics(): Metrics {
  globalThis.sightlineMetrics ??= createMetrics();
  return globalThis.sightlineMetrics;
}

function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry }); // memory, event loop, collector: by their usual names
  const build = new Gauge({
    name: "sightline_build_info",
    help: "The version that runs",
    labelNames: ["version"],
    registers,
  });
  build.set({ version: packageJson.version }, 1);
  return {
    registry,
    httpDuration: new Histogram({
      name: "sightline_http_request_duration_seconds",
      help: "How long API requests took until the answer was ready",
      labelNames: ["method", "route", "status"],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers,
    }),
    refusals: new Counter({
      name: "sightline_http_refusals_total",
      help: "API requests that were refused, by the problem's code",
      labelNames: ["code"],
      registers,
    }),
    findings: new Gauge({
      name: "sightline_findings",
      help: "Stored findings",
      labelNames: ["status", "severity"],
      registers,
    }),
    syncRuns: new Gauge({ name: "sightline_sync_runs", help: "Sync runs on record", labelNames: ["state"], registers }),
    databaseBytes: new Gauge({
      name: "sightline_database_bytes",
      help: "What the tables take, by their rows and their indexes",
      labelNames: ["part"],
      registers,
    }),
    indexesRebuiltAt: new Gauge({
      name: "sightline_indexes_rebuilt_timestamp_seconds",
      help: "When the worker last rebuilt an index that had swollen; 0 = never",
      registers,
    }),
  };
}
