import { rebuild } from "#lib/usecases/verify-rollups.ts";
import { reportDifferences } from "./report-differences.ts";
import { exitWith } from "./start-error.ts";

// Makes every number that is kept anew and recounts it.
try {
  process.exit(reportDifferences(await rebuild(), "A rebuild should have mended them: please report this."));
} catch (error) {
  exitWith(error);
}
