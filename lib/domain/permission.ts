import { z } from "zod";

/** Everything the product lets someone do. `lib/auth/permissions.ts` says who may. */
export const permissionSchema = z.enum([
  "findings:read",
  "findings:comment", // and take findings on and off oneself
  "findings:triage",
  "views:write", // one's own
  "teams:write",
  "annotations:write",
  "sla:write",
  "reports:write", // make, send and schedule them
  "reports:share", // with who cannot sign in
  "scans:read",
  "scans:write",
  "connections:read",
  "connections:write",
  "sync:run",
  "people:read",
  "people:write",
  "tokens:write", // one's own
  "session:own", // see and end one's own sessions
  "audit:read",
  "settings:write",
  "metrics:read",
]);
export type Permission = z.infer<typeof permissionSchema>;
