import { pino } from "pino";
import { readConfig } from "./config.ts";
import { ArchiveRefused } from "./engine/archive/archive-refused.ts";
import { scanArchive } from "./engine/scan-archive.ts";
import { startScanner } from "./start-scanner.ts";

/** A scan that does not heed its signal is left behind. */
const LONGEST_STOP_MS = 4500;

const config = readConfig();
const logger = pino({ name: "scanner", level: config.logLevel });
const scanner = await startScanner({
  config,
  scan: scanArchive,
  toRefusal: (error) => (error instanceof ArchiveRefused ? { code: error.code, message: error.message } : null),
  logger,
});
logger.info({ url: scanner.url }, "the scanner is ready");

let isStopping = false;
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.on(signal, () => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => process.exit(1), LONGEST_STOP_MS).unref();
    void scanner.stop().then(() => process.exit(0));
  });
}
