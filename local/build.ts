import { join } from "node:path";
import { exitWith } from "./start-error.ts";
import { buildPages, generateClient, runBuildStep } from "./supervisor/build.ts";

// Builds everything beforehand, as an image does; a start then finds it fresh.
const signal = new AbortController().signal;
try {
  for (const step of [generateClient, buildPages]) await runBuildStep(step, join(".data", "logs"), signal);
} catch (error) {
  exitWith(error);
}
