import { z } from "zod";

/** Who did what, when, and with what result. Newest first in lists. */
export const auditEventSchema = z.object({
  id: z.uuid(),
  at: z.iso.datetime(),
  actor: z.string(), // a user name, `bootstrap`, or `system`
  action: z.string(), // noun.verb, as in connection.create
  target: z.string().nullable(),
  result: z.string(),
  detail: z.record(z.string(), z.unknown()),
});
export type AuditEvent = z.infer<typeof auditEventSchema>;

export const auditEventFilterSchema = z.strictObject({
  actor: z.string().min(1).max(64).optional(),
  action: z.string().min(1).max(64).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(256).optional(),
});
export type AuditEventFilter = z.infer<typeof auditEventFilterSchema>;

export const auditEventPageSchema = z.object({ items: z.array(auditEventSchema), nextCursor: z.string().nullable() });
export type AuditEventPage = z.infer<typeof auditEventPageSchema>;
