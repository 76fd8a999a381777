import { env } from "#lib/config/env.ts";
import { createLogger } from "#lib/config/logger.ts";
import { openDatabase } from "#lib/db/database.ts";
import { startWorker } from "./start-worker.ts";

const logger = createLogger("worker");
openDatabase(env().DATABASE_URL);
const worker = await startWorker(env(), logger);
logger.info("ready");

let isStopping = false;
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.on(signal, () => {
    if (isStopping) return;
    isStopping = true;
    worker.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, "did not stop in order");
        process.exit(1);
      },
    );
  });
}
