import { listSyncedPlaces } from "#lib/db/read/synced-places.ts";
import { AppError } from "#lib/domain/errors.ts";
import { originOf, readAwsFindings } from "#lib/domain/read-aws-findings.ts";
import { countSarifResults } from "#lib/domain/read-sarif.ts";
import { detectReportFormat, type ReportFormat } from "#lib/domain/report-format.ts";

type Open = () => AsyncIterable<Uint8Array>;

const CHECKS: Record<ReportFormat, (open: Open) => Promise<unknown>> = {
  sarif: (open) => countSarifResults(open()),
  aws: refuseSynced,
};

/** Reads a report to its end: what passes can be imported. Throws AppError, its field the JSON path of the fault. */
export async function checkReport(open: Open): Promise<void> {
  await CHECKS[await detectReportFormat(open())](open);
}

/** What Inspector itself is read for would stand in the list twice, and each half would close without the other. */
async function refuseSynced(open: Open): Promise<void> {
  const synced = await listSyncedPlaces();
  let [inspectors, others] = [0, 0];
  for await (const one of readAwsFindings(open())) {
    const { isInspectors, accountId, region } = originOf(one);
    if (isInspectors) inspectors += 1;
    else others += 1;
    if (!isInspectors || !synced.has(`${accountId} ${region}`)) continue;
    const message = `Inspector itself is read for account ${accountId} in ${region}: leave its findings out, or disconnect it`;
    throw new AppError("invalid-input", `${one.path}: ${message}.`, { faults: [{ field: one.path, message }] });
  }
  // An empty list says that nothing was found; one of other products says nothing of Inspector.
  if (inspectors > 0 || others === 0) return;
  const message = "No finding is Inspector’s, and only those are read";
  throw new AppError("invalid-input", `$: ${message}.`, { faults: [{ field: "$", message }] });
}
