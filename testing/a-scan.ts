import type { Scan } from "#lib/domain/scan.ts";
import { aScanRun } from "./a-scan-difference.ts";

/** A scan with one revision and nothing open. Say what the test is about. */
export function aScan(overrides: Partial<Scan> = {}): Scan {
  const name = overrides.name ?? "shop";
  return {
    name,
    source: "codeguru",
    owner: "priya",
    createdAt: "2026-03-01T10:00:00.000Z",
    revisions: 1,
    open: {},
    latestRun: aScanRun({ name, revision: 1 }),
    history: [{ revision: 1, open: 0 }],
    ...overrides,
  };
}
