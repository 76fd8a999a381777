import { pino } from "pino";
import { readConfig } from "./config.ts";
import { rememberedEnd } from "./remembered-end.ts";
import { startSample } from "./server.ts";

const config = readConfig();
const logger = pino({ name: "sample", level: config.logLevel });
const sample = await startSample({
  port: config.port,
  findings: config.findings,
  end: rememberedEnd(config.dataFolder, new Date()),
  logger,
});
logger.info({ url: sample.url, findings: config.findings }, "sample organisation ready");

// Nothing is left to do once the server is closed, so the process ends by itself.
const stop = () => void sample.close().then(() => logger.info("sample organisation stopped"));
process.once("SIGTERM", stop);
process.once("SIGINT", stop);
