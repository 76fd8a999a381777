import { queryOptions } from "@tanstack/react-query";
import type { MadeReportLink, NewReport, ReportLinks, Reports } from "#lib/domain/period-report.ts";
import type {
  NewReportDelivery,
  NewReportSchedule,
  ReportDeliveries,
  ReportMail,
  ReportScheduleChange,
  ReportSchedules,
} from "#lib/domain/report-mail.ts";
import type { ReportRetentionAnswer } from "#lib/domain/report-retention.ts";
import { apiGet, apiSend } from "./api.ts";

const PATH = "/api/v1/reports";
/** The page shows the newest; the API has the rest. */
export const MOST_LISTED = 200;

/** Reports that are kept, the newest first. */
export const reportsQuery = () =>
  queryOptions({
    queryKey: ["reports"],
    queryFn: ({ signal }) => apiGet<Reports>(PATH, new URLSearchParams({ limit: String(MOST_LISTED) }), signal),
  });

/** The links that open a report without signing in. */
export const reportLinksQuery = (id: string) =>
  queryOptions({
    queryKey: ["report-links", id],
    queryFn: ({ signal }) => apiGet<ReportLinks>(`${PATH}/${id}/links`, new URLSearchParams(), signal),
  });

const FOLLOW_MS = 3_000;

/** To whom a report was sent; looked at again while something is on its way. */
export const reportDeliveriesQuery = (id: string) =>
  queryOptions({
    queryKey: ["report-deliveries", id],
    queryFn: ({ signal }) => apiGet<ReportDeliveries>(`${PATH}/${id}/deliveries`, new URLSearchParams(), signal),
    refetchInterval: ({ state }) => (state.data?.items.some(({ state: one }) => one === "queued") ? FOLLOW_MS : false),
  });

/** A report as the e-mail that would be sent, and whether anything can be. */
export const reportMailQuery = (id: string) =>
  queryOptions({
    queryKey: ["report-mail", id],
    queryFn: ({ signal }) => apiGet<ReportMail>(`${PATH}/${id}/mail`, new URLSearchParams(), signal),
  });

const RETENTION_PATH = "/api/v1/report-retention";
const SCHEDULES_PATH = "/api/v1/report-schedules";

/** Which reports are made and sent by themselves. */
export const reportSchedulesQuery = () =>
  queryOptions({
    queryKey: ["report-schedules"],
    queryFn: ({ signal }) => apiGet<ReportSchedules>(SCHEDULES_PATH, new URLSearchParams(), signal),
  });

/** For how long reports are kept, and how many are older than that; `keepMonths`: than that many months. */
export const reportRetentionQuery = (keepMonths: number | null) =>
  queryOptions({
    queryKey: ["report-retention", keepMonths],
    queryFn: ({ signal }) =>
      apiGet<ReportRetentionAnswer>(
        RETENTION_PATH,
        new URLSearchParams(keepMonths === null ? {} : { keepMonths: String(keepMonths) }),
        signal,
      ),
  });

export const changeReportRetention = (keepMonths: number) => apiSend("PUT", RETENTION_PATH, { keepMonths });

export const sendReport = (id: string, wanted: NewReportDelivery) =>
  apiSend("POST", `${PATH}/${id}/deliveries`, wanted);
export const sendReportAgain = (id: string) => apiSend("POST", `/api/v1/report-deliveries/${id}/retry`, {});
export const createReportSchedule = (schedule: NewReportSchedule) =>
  apiSend<{ id: string }>("POST", SCHEDULES_PATH, schedule);
export const changeReportSchedule = (id: string, change: ReportScheduleChange) =>
  apiSend("PATCH", `${SCHEDULES_PATH}/${id}`, change);
export const deleteReportSchedule = (id: string) => apiSend("DELETE", `${SCHEDULES_PATH}/${id}`, {});

export const makeReport = (wanted: NewReport) => apiSend<{ id: string }>("POST", PATH, wanted);
export const deleteReport = (id: string) => apiSend("DELETE", `${PATH}/${id}`, {});
export const shareReport = (id: string, days: number) =>
  apiSend<MadeReportLink>("POST", `${PATH}/${id}/links`, { days });
export const revokeReportLink = (id: string, linkId: string) => apiSend("DELETE", `${PATH}/${id}/links/${linkId}`, {});

/** Where a report is to be had as a file. */
export const reportFileAddress = (id: string, form: "pdf" | "html") => `${PATH}/${id}/report.${form}`;
