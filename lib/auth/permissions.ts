import type { Permission } from "#lib/domain/permission.ts";
import type { Role } from "#lib/domain/person.ts";

/** The one table of who may do what. What is not in a role's list is refused. */
const VIEWER = [
  "findings:read",
  "views:write",
  "scans:read",
  "connections:read",
  "tokens:write",
  "session:own",
] as const;
const DEVELOPER = [...VIEWER, "scans:write", "findings:comment"] as const;
const LEAD = [
  ...DEVELOPER,
  "findings:triage",
  "teams:write",
  "annotations:write",
  "sla:write",
  "reports:write",
  "sync:run",
  "people:read",
  "audit:read",
] as const;
const ADMIN = [
  ...LEAD,
  "reports:share",
  "connections:write",
  "people:write",
  "settings:write",
  "metrics:read",
] as const;

export const PERMISSIONS: Record<Role, ReadonlySet<Permission>> = {
  viewer: new Set(VIEWER),
  developer: new Set(DEVELOPER),
  lead: new Set(LEAD),
  admin: new Set(ADMIN),
};
