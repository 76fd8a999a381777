import { z } from "zod";
import { syncFailureSchema } from "./sync-run.ts";

/** A public list about vulnerabilities: CISA's catalogue of those known to be exploited, FIRST's EPSS. */
export const feedNameSchema = z.enum(["known-exploited", "epss"]);
export type FeedName = z.infer<typeof feedNameSchema>;

/** Where its publisher puts each list. */
export const PUBLISHED_AT: Record<FeedName, string> = {
  "known-exploited": "https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json",
  epss: "https://epss.empiricalsecurity.com/epss_scores-current.csv.gz",
};

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Whether a list may be read from there: https, a file by its absolute path, or http on this machine. */
export function isFeedLocation(location: string): boolean {
  if (location.startsWith("/")) return true;
  if (!URL.canParse(location)) return false;
  const { protocol, hostname, username, password, host } = new URL(location);
  if (protocol === "file:") return host === "";
  if (username !== "" || password !== "") return false;
  return protocol === "https:" || (protocol === "http:" && LOOPBACK.has(hostname));
}

export const feedLocationSchema = z
  .string()
  .trim()
  .max(2048)
  .refine(
    isFeedLocation,
    "An https address without a password in it, or the absolute path of a file on the server, as in /srv/lists/epss.csv.gz",
  );

/** A list with how its last import went. Off unless an admin or the environment turns it on. */
export const feedSchema = z.object({
  name: feedNameSchema,
  isOn: z.boolean(),
  location: z.string(),
  isPublishers: z.boolean(), // the location is where the publisher puts it
  fixedBy: z.string().nullable(), // the environment variable that sets it; then nobody can change it here
  state: z.enum(["idle", "queued", "running"]),
  publishedAt: z.iso.datetime().nullable(), // the list's own date
  checkedAt: z.iso.datetime().nullable(), // when it was last read to its end
  importedAt: z.iso.datetime().nullable(), // when it last brought anything new
  nextImportAt: z.iso.datetime().nullable(),
  entries: z.number().int(),
  skipped: z.number().int(), // entries that could not be read
  findings: z.number().int(), // how many the last import ranked anew
  failure: syncFailureSchema.nullable(),
});
export type Feed = z.infer<typeof feedSchema>;
export const feedsSchema = z.object({ items: z.array(feedSchema) });
export type Feeds = z.infer<typeof feedsSchema>;

/** `location: null` is where the publisher puts it. */
export const feedChangeSchema = z
  .strictObject({ isOn: z.boolean().optional(), location: feedLocationSchema.nullable().optional() })
  .refine((change) => Object.keys(change).length > 0, "Nothing to change");
export type FeedChange = z.infer<typeof feedChangeSchema>;

/** What the environment sets: the variable, and where it says that the list is. */
export type FixedFeeds = Partial<Record<FeedName, { variable: string; location: string }>>;

/** The variables by which the environment turns each list on, and says where it is. */
export function toFixedFeeds(variables: { SIGHTLINE_KEV_URL?: string; SIGHTLINE_EPSS_URL?: string }): FixedFeeds {
  const { SIGHTLINE_KEV_URL: kev, SIGHTLINE_EPSS_URL: epss } = variables;
  return {
    ...(kev && { "known-exploited": { variable: "SIGHTLINE_KEV_URL", location: kev } }),
    ...(epss && { epss: { variable: "SIGHTLINE_EPSS_URL", location: epss } }),
  };
}

/** One vulnerability of CISA's catalogue. Days are YYYY-MM-DD. */
export type KnownExploit = {
  cve: string;
  addedOn: string;
  dueOn: string | null;
  isRansomware: boolean;
  action: string;
};

/** FIRST's word on one vulnerability: the chance that it is exploited in the next 30 days, 0 to 1. */
export type EpssScore = { cve: string; epss: number; percentile: number | null };

/** A list as it was read: its own date, the sha256 of its bytes, and how many entries could not be read. */
export type ReadFeed<Entry> = { publishedAt: Date; digest: Buffer; entries: Entry[]; skipped: number };
