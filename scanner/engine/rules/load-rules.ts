import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { type Detector, detectorSchema } from "./detector-schema.ts";
import { type Model, modelSchema } from "./model-schema.ts";

const RULES_DIR = join(import.meta.dirname, "../../rules");
const DETECTOR_FOLDERS = ["python", "javascript", "java", "text"];

export type Rules = { detectors: Detector[]; models: Model[] };

/** Reads every detector and model that ships with the engine. Throws an Error that names the file and the fault. */
export async function loadRules(dir: string = RULES_DIR): Promise<Rules> {
  const detectors = await Promise.all(DETECTOR_FOLDERS.map((folder) => loadFolder(join(dir, folder), detectorSchema)));
  const models = await loadFolder(join(dir, "models"), modelSchema);
  return { detectors: detectors.flat(), models };
}

async function loadFolder<Schema extends z.ZodType>(dir: string, schema: Schema): Promise<z.infer<Schema>[]> {
  const files = (await readdir(dir)).filter((file) => file.endsWith(".yaml")).sort();
  return Promise.all(files.map((file) => loadFile(join(dir, file), schema)));
}

async function loadFile<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.infer<Schema>> {
  const content: unknown = parse(await readFile(path, "utf8"), { maxAliasCount: 0 });
  const parsed = schema.safeParse(content);
  if (parsed.success) return parsed.data;
  throw new Error(`The rule file ${path} is not valid:\n${z.prettifyError(parsed.error)}`);
}
