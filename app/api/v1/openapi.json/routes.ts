import type { Routes } from "#lib/http/openapi.ts";
import * as annotation from "../annotations/[id]/route.ts";
import * as annotations from "../annotations/route.ts";
import * as auditEvents from "../audit-events/route.ts";
import * as codeMetrics from "../code-metrics/route.ts";
import * as connection from "../connections/[id]/route.ts";
import * as connectionTest from "../connections/[id]/test/route.ts";
import * as roleTemplate from "../connections/role-template/route.ts";
import * as connections from "../connections/route.ts";
import * as coverage from "../coverage/route.ts";
import * as exceptionEnd from "../exceptions/[id]/end/route.ts";
import * as exceptionReviews from "../exceptions/[id]/reviews/route.ts";
import * as exception from "../exceptions/[id]/route.ts";
import * as exceptionBackTests from "../exceptions/back-tests/route.ts";
import * as exceptionsExpiring from "../exceptions/expiring/route.ts";
import * as exceptionPolicy from "../exceptions/policy/route.ts";
import * as exceptionPreviews from "../exceptions/previews/route.ts";
import * as exceptions from "../exceptions/route.ts";
import * as exceptionSourceRules from "../exceptions/source-rules/route.ts";
import * as feedImports from "../feeds/[name]/imports/route.ts";
import * as feed from "../feeds/[name]/route.ts";
import * as feeds from "../feeds/route.ts";
import * as findingHandOvers from "../findings/[id]/hand-overs/route.ts";
import * as finding from "../findings/[id]/route.ts";
import * as sameProblems from "../findings/[id]/same-problems/route.ts";
import * as findingTicket from "../findings/[id]/ticket/route.ts";
import * as listColumns from "../findings/columns/route.ts";
import * as findingFacets from "../findings/facets/route.ts";
import * as findingGroups from "../findings/groups/route.ts";
import * as findings from "../findings/route.ts";
import * as findingSuggestions from "../findings/suggestions/route.ts";
import * as findingsCsv from "../findings.csv/route.ts";
import * as findingsJsonl from "../findings.jsonl/route.ts";
import * as findingsSarif from "../findings.sarif/route.ts";
import * as fixes from "../fixes/route.ts";
import * as fixesCsv from "../fixes.csv/route.ts";
import * as freshness from "../freshness/route.ts";
import * as handOverRetry from "../hand-overs/[id]/retry/route.ts";
import * as handOvers from "../hand-overs/route.ts";
import * as heldClose from "../held-closes/[id]/route.ts";
import * as heldCloses from "../held-closes/route.ts";
import * as imports from "../imports/route.ts";
import * as overview from "../overview/route.ts";
import * as overviewVisits from "../overview/visits/route.ts";
import * as person from "../people/[id]/route.ts";
import * as personSessions from "../people/[id]/sessions/route.ts";
import * as people from "../people/route.ts";
import * as receiver from "../receiver/route.ts";
import * as receiverTest from "../receiver/test/route.ts";
import * as reportDeliveryRetry from "../report-deliveries/[id]/retry/route.ts";
import * as reportRetention from "../report-retention/route.ts";
import * as reportSchedule from "../report-schedules/[id]/route.ts";
import * as reportSchedules from "../report-schedules/route.ts";
import * as reportDeliveries from "../reports/[id]/deliveries/route.ts";
import * as reportLink from "../reports/[id]/links/[linkId]/route.ts";
import * as reportLinks from "../reports/[id]/links/route.ts";
import * as reportMail from "../reports/[id]/mail/route.ts";
import * as reportHtml from "../reports/[id]/report.html/route.ts";
import * as reportPdf from "../reports/[id]/report.pdf/route.ts";
import * as report from "../reports/[id]/route.ts";
import * as reports from "../reports/route.ts";
import * as sample from "../sample/route.ts";
import * as scan from "../scans/[name]/route.ts";
import * as scanRunCancel from "../scans/[name]/runs/[runId]/cancel/route.ts";
import * as scanRunDifference from "../scans/[name]/runs/[runId]/difference/route.ts";
import * as scanRunCsv from "../scans/[name]/runs/[runId]/findings.csv/route.ts";
import * as scanRunJson from "../scans/[name]/runs/[runId]/findings.json/route.ts";
import * as scanRunSarif from "../scans/[name]/runs/[runId]/findings.sarif/route.ts";
import * as scanRunGate from "../scans/[name]/runs/[runId]/gate/route.ts";
import * as scanRunRetry from "../scans/[name]/runs/[runId]/retry/route.ts";
import * as scanRun from "../scans/[name]/runs/[runId]/route.ts";
import * as scans from "../scans/route.ts";
import * as sessionEverywhere from "../session/everywhere/route.ts";
import * as session from "../session/route.ts";
import * as signInLinks from "../sign-in-links/route.ts";
import * as slaCompliance from "../sla/compliance/route.ts";
import * as sla from "../sla/route.ts";
import * as slaStanding from "../sla/standing/route.ts";
import * as slaTeams from "../sla/teams/route.ts";
import * as syncRuns from "../sync-runs/route.ts";
import * as team from "../teams/[id]/route.ts";
import * as teamOrder from "../teams/order/route.ts";
import * as teamPreview from "../teams/preview/route.ts";
import * as teams from "../teams/route.ts";
import * as teamScope from "../teams/scope/route.ts";
import * as token from "../tokens/[id]/route.ts";
import * as tokens from "../tokens/route.ts";
import * as trendsAge from "../trends/age/route.ts";
import * as trendsForecast from "../trends/forecast/route.ts";
import * as trendsMovements from "../trends/movements/route.ts";
import * as trendsMovers from "../trends/movers/route.ts";
import * as trendsRemediation from "../trends/remediation/route.ts";
import * as trendsReopened from "../trends/reopened/route.ts";
import * as trends from "../trends/route.ts";
import * as triageDecisionReviews from "../triage/decisions/[id]/reviews/route.ts";
import * as triageDecision from "../triage/decisions/[id]/route.ts";
import * as triageDecisionUndo from "../triage/decisions/[id]/undo/route.ts";
import * as triageDecisions from "../triage/decisions/route.ts";
import * as triageDrafts from "../triage/drafts/route.ts";
import * as upload from "../uploads/[id]/route.ts";
import * as uploads from "../uploads/route.ts";
import * as view from "../views/[id]/route.ts";
import * as viewVisits from "../views/[id]/visits/route.ts";
import * as views from "../views/route.ts";

/** Every route that the API's description tells of. A test compares it with the folders. */
export const ROUTES: Routes = {
  "/api/v1/annotations": { ...annotations },
  "/api/v1/annotations/{id}": { ...annotation },
  "/api/v1/audit-events": { ...auditEvents },
  "/api/v1/code-metrics": { ...codeMetrics },
  "/api/v1/connections": { ...connections },
  "/api/v1/connections/{id}": { ...connection },
  "/api/v1/connections/{id}/test": { ...connectionTest },
  "/api/v1/connections/role-template": { ...roleTemplate },
  "/api/v1/coverage": { ...coverage },
  "/api/v1/exceptions": { ...exceptions },
  "/api/v1/exceptions/{id}": { ...exception },
  "/api/v1/exceptions/{id}/end": { ...exceptionEnd },
  "/api/v1/exceptions/{id}/reviews": { ...exceptionReviews },
  "/api/v1/exceptions/back-tests": { ...exceptionBackTests },
  "/api/v1/exceptions/expiring": { ...exceptionsExpiring },
  "/api/v1/exceptions/policy": { ...exceptionPolicy },
  "/api/v1/exceptions/previews": { ...exceptionPreviews },
  "/api/v1/exceptions/source-rules": { ...exceptionSourceRules },
  "/api/v1/feeds": { ...feeds },
  "/api/v1/feeds/{name}": { ...feed },
  "/api/v1/feeds/{name}/imports": { ...feedImports },
  "/api/v1/findings": { ...findings },
  "/api/v1/findings/{id}": { ...finding },
  "/api/v1/findings/{id}/hand-overs": { ...findingHandOvers },
  "/api/v1/findings/{id}/same-problems": { ...sameProblems },
  "/api/v1/findings/{id}/ticket": { ...findingTicket },
  "/api/v1/findings/columns": { ...listColumns },
  "/api/v1/findings/facets": { ...findingFacets },
  "/api/v1/findings/groups": { ...findingGroups },
  "/api/v1/findings/suggestions": { ...findingSuggestions },
  "/api/v1/findings.csv": { ...findingsCsv },
  "/api/v1/findings.jsonl": { ...findingsJsonl },
  "/api/v1/findings.sarif": { ...findingsSarif },
  "/api/v1/fixes": { ...fixes },
  "/api/v1/fixes.csv": { ...fixesCsv },
  "/api/v1/freshness": { ...freshness },
  "/api/v1/hand-overs": { ...handOvers },
  "/api/v1/hand-overs/{id}/retry": { ...handOverRetry },
  "/api/v1/held-closes": { ...heldCloses },
  "/api/v1/held-closes/{id}": { ...heldClose },
  "/api/v1/imports": { ...imports },
  "/api/v1/overview": { ...overview },
  "/api/v1/overview/visits": { ...overviewVisits },
  "/api/v1/people": { ...people },
  "/api/v1/people/{id}": { ...person },
  "/api/v1/people/{id}/sessions": { ...personSessions },
  "/api/v1/receiver": { ...receiver },
  "/api/v1/receiver/test": { ...receiverTest },
  "/api/v1/report-deliveries/{id}/retry": { ...reportDeliveryRetry },
  "/api/v1/report-retention": { ...reportRetention },
  "/api/v1/report-schedules": { ...reportSchedules },
  "/api/v1/report-schedules/{id}": { ...reportSchedule },
  "/api/v1/reports": { ...reports },
  "/api/v1/reports/{id}": { ...report },
  "/api/v1/reports/{id}/deliveries": { ...reportDeliveries },
  "/api/v1/reports/{id}/mail": { ...reportMail },
  "/api/v1/reports/{id}/links": { ...reportLinks },
  "/api/v1/reports/{id}/links/{linkId}": { ...reportLink },
  "/api/v1/reports/{id}/report.html": { ...reportHtml },
  "/api/v1/reports/{id}/report.pdf": { ...reportPdf },
  "/api/v1/sample": { ...sample },
  "/api/v1/scans": { ...scans },
  "/api/v1/scans/{name}": { ...scan },
  "/api/v1/scans/{name}/runs/{runId}": { ...scanRun },
  "/api/v1/scans/{name}/runs/{runId}/cancel": { ...scanRunCancel },
  "/api/v1/scans/{name}/runs/{runId}/difference": { ...scanRunDifference },
  "/api/v1/scans/{name}/runs/{runId}/findings.csv": { ...scanRunCsv },
  "/api/v1/scans/{name}/runs/{runId}/findings.json": { ...scanRunJson },
  "/api/v1/scans/{name}/runs/{runId}/findings.sarif": { ...scanRunSarif },
  "/api/v1/scans/{name}/runs/{runId}/gate": { ...scanRunGate },
  "/api/v1/scans/{name}/runs/{runId}/retry": { ...scanRunRetry },
  "/api/v1/session": { ...session },
  "/api/v1/session/everywhere": { ...sessionEverywhere },
  "/api/v1/sign-in-links": { ...signInLinks },
  "/api/v1/sla": { ...sla },
  "/api/v1/sla/compliance": { ...slaCompliance },
  "/api/v1/sla/standing": { ...slaStanding },
  "/api/v1/sla/teams": { ...slaTeams },
  "/api/v1/sync-runs": { ...syncRuns },
  "/api/v1/teams": { ...teams },
  "/api/v1/teams/{id}": { ...team },
  "/api/v1/teams/order": { ...teamOrder },
  "/api/v1/teams/preview": { ...teamPreview },
  "/api/v1/teams/scope": { ...teamScope },
  "/api/v1/tokens": { ...tokens },
  "/api/v1/tokens/{id}": { ...token },
  "/api/v1/trends": { ...trends },
  "/api/v1/trends/age": { ...trendsAge },
  "/api/v1/trends/forecast": { ...trendsForecast },
  "/api/v1/trends/movements": { ...trendsMovements },
  "/api/v1/trends/movers": { ...trendsMovers },
  "/api/v1/trends/remediation": { ...trendsRemediation },
  "/api/v1/trends/reopened": { ...trendsReopened },
  "/api/v1/triage/decisions": { ...triageDecisions },
  "/api/v1/triage/decisions/{id}": { ...triageDecision },
  "/api/v1/triage/decisions/{id}/reviews": { ...triageDecisionReviews },
  "/api/v1/triage/decisions/{id}/undo": { ...triageDecisionUndo },
  "/api/v1/triage/drafts": { ...triageDrafts },
  "/api/v1/uploads": { ...uploads },
  "/api/v1/uploads/{id}": { ...upload },
  "/api/v1/views": { ...views },
  "/api/v1/views/{id}": { ...view },
  "/api/v1/views/{id}/visits": { ...viewVisits },
};
