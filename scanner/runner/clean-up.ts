import { type ArtifactFiles, listArtifacts, removeArtifact, removeStalePartials } from "../store/artifact-files.ts";
import type { Database } from "../store/database.ts";
import { forgetUploads, listWantedUploads } from "../store/uploads.ts";

/** Uploaded, but no scan was asked for in this time: nobody will. */
const ABANDONED_MS = 24 * 3600_000;
/** Longer than an upload may be silent. */
const STALE_MS = 10 * 60_000;

/** Removes from disk what a crash or a client that went away has left: partial, scanned and abandoned archives. */
export async function cleanUp(database: Database, files: ArtifactFiles, now: Date): Promise<void> {
  await removeStalePartials(files, new Date(now.getTime() - STALE_MS));
  await forgetUploads(database, new Date(now.getTime() - ABANDONED_MS));
  // The files first: one that appears after this was not looked at, and one whose row is missing now has lost it.
  const artifacts = await listArtifacts(files);
  const wanted = new Set(await listWantedUploads(database, artifacts));
  for (const id of artifacts) if (!wanted.has(id)) await removeArtifact(files, id);
}
