import { detectReportFormat, type ReportFormat } from "#lib/domain/report-format.ts";
import { awsFindingsReport } from "./asff/aws-findings-report.ts";
import { sarifReport } from "./sarif/sarif-report.ts";
import type { ReportReader } from "./source.ts";

const READERS: Record<ReportFormat, ReportReader> = { sarif: sarifReport, aws: awsFindingsReport };

/** Reads a report of any format, which is seen from what is in it. */
export const readReport: ReportReader = async (report) =>
  await READERS[await detectReportFormat(report.open())](report);
