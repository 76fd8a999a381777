import { listAuditEvents } from "#lib/db/read/audit-events.ts";
import { auditEventFilterSchema, auditEventPageSchema } from "#lib/domain/audit-event.ts";
import { handleQuery } from "#lib/http/handlers.ts";

export const GET = handleQuery("audit:read", auditEventFilterSchema, (filter) => listAuditEvents(filter), {
  output: auditEventPageSchema,
  summary: "Who did what, newest first",
});
