import { join } from "node:path";
import { env } from "#lib/config/env.ts";
import { localStorage } from "#lib/storage/local-storage.ts";
import type { Storage } from "#lib/storage/storage.ts";

/** Where this installation keeps uploaded archives until they have been scanned. */
export const archives = (): Storage => localStorage(join(env().DATA_DIR, "archives"));
