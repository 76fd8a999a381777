import { subscribe } from "node:diagnostics_channel";
import { Server } from "node:http";

// Node ends a request that has not arrived whole after five minutes. An archive of gigabytes over a slow line needs
// longer; headers still have to come within a minute. Loaded with `--import`, since Next makes the server itself.
const UPLOAD_TIMEOUT_MS = 6 * 60 * 60 * 1000;

subscribe("http.server.request.start", (message) => {
  if (typeof message !== "object" || message === null || !("server" in message)) return;
  if (message.server instanceof Server) message.server.requestTimeout = UPLOAD_TIMEOUT_MS;
});
