import { verify } from "#lib/usecases/verify-rollups.ts";
import { reportDifferences } from "./report-differences.ts";
import { exitWith } from "./start-error.ts";

// Recounts every number that is kept and prints each that is wrong; ends with 1 when there is one.
try {
  process.exit(reportDifferences(await verify(), "Mend them with: npm run db:rebuild"));
} catch (error) {
  exitWith(error);
}
