import type { Role } from "#lib/domain/person.ts";

/** What each role may do, in a line. */
export const ROLE_WORDS: Record<Role, { word: string; may: string }> = {
  viewer: { word: "Viewer", may: "sees findings, scans and sources" },
  developer: { word: "Developer", may: "also uploads code and has it scanned" },
  lead: { word: "Lead", may: "also decides on findings, starts syncs, sees people" },
  admin: { word: "Admin", may: "also connects AWS, invites people, changes settings" },
};
