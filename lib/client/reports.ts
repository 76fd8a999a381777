import { queryOptions } from "@tanstack/react-query";
import type { MadeReportLink, NewReport, ReportLinks, Reports } from "#lib/domain/period-report.ts";
import { apiGet, apiSend } from "./api.ts";

const PATH = "/api/v1/reports";

/** Reports that are kept, the newest first. */
export const reportsQuery = () =>
  queryOptions({
    queryKey: ["reports"],
    queryFn: ({ signal }) => apiGet<Reports>(PATH, new URLSearchParams(), signal),
  });

/** The links that open a report without signing in. */
export const reportLinksQuery = (id: string) =>
  queryOptions({
    queryKey: ["report-links", id],
    queryFn: ({ signal }) => apiGet<ReportLinks>(`${PATH}/${id}/links`, new URLSearchParams(), signal),
  });

export const makeReport = (wanted: NewReport) => apiSend<{ id: string }>("POST", PATH, wanted);
export const deleteReport = (id: string) => apiSend("DELETE", `${PATH}/${id}`, {});
export const shareReport = (id: string, days: number) =>
  apiSend<MadeReportLink>("POST", `${PATH}/${id}/links`, { days });
export const revokeReportLink = (id: string, linkId: string) => apiSend("DELETE", `${PATH}/${id}/links/${linkId}`, {});

/** Where a report is to be had as a file. */
export const reportFileAddress = (id: string, form: "pdf" | "html") => `${PATH}/${id}/report.${form}`;
