import { pino } from "pino";
import { readConfig } from "./config.ts";
import { type ScannerOptions, startScanner } from "./start-scanner.ts";

/** A scan that does not heed its signal is left behind. */
const LONGEST_STOP_MS = 4500;

/** Runs the scanner as this process with the settings of its environment, until SIGTERM or SIGINT. */
export async function serve(engine: Pick<ScannerOptions, "scan" | "toRefusal">): Promise<void> {
  const { logLevel, ...config } = readConfig();
  const logger = pino({ name: "scanner", level: logLevel });
  const scanner = await startScanner({ ...engine, config, logger });
  logger.info({ url: scanner.url }, "the scanner is ready");
  let isStopping = false;
  const stop = () => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => process.exit(1), LONGEST_STOP_MS).unref();
    void scanner.stop().then(() => process.exit(0));
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}
