import { ArchiveRefused } from "./engine/archive/archive-refused.ts";
import { scanArchive } from "./engine/scan-archive.ts";
import { serve } from "./serve.ts";

await serve({
  scan: scanArchive,
  toRefusal: (error) => (error instanceof ArchiveRefused ? { code: error.code, message: error.message } : null),
});
