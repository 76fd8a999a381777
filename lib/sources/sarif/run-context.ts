import { readSarifContext, type SarifPart } from "#lib/domain/read-sarif.ts";
import type { SarifArtifact, SarifArtifactLocation, SarifRule, SarifStep } from "#lib/domain/sarif-log.ts";

/** A tool, or an extension of it, with its rules by their positions and ids. */
export type Component = { name: string; guid: string | null; rules: SarifRule[]; ruleOf: Map<string, SarifRule> };

/** What the results of a run refer to. */
export type RunContext = {
  driver: Component;
  extensions: Component[];
  taxonomies: { name: string | null; guid: string | null }[];
  messageStrings: Record<string, { text?: string | null }>;
  artifacts: SarifArtifact[];
  baseIds: Record<string, SarifArtifactLocation>;
  workingDirectories: string[];
  steps: SarifStep[];
  /** What a file with several analyses of one tool tells them apart by: its id without what names the single run. */
  category: string;
  isSuccessful: boolean;
};

/** Reads the whole log for all that is no result: it may stand behind them. In the order of the runs. */
export async function readRunContexts(chunks: AsyncIterable<Uint8Array>): Promise<RunContext[]> {
  const runs: RunContext[] = [];
  for await (const part of readSarifContext(chunks)) {
    const [run] = part.places;
    if (run !== undefined) note(itemAt(runs, run, anEmptyRun), part);
  }
  return runs;
}

/** The item at a position, made with all before it where there is none: the log may say nothing of some. */
function itemAt<Item>(items: Item[], place: number, make: () => Item): Item {
  while (items.length < place) items.push(make());
  const item = items[place] ?? make();
  items[place] = item;
  return item;
}

const aComponent = (): Component => ({ name: "", guid: null, rules: [], ruleOf: new Map() });

function anEmptyRun(): RunContext {
  return {
    driver: aComponent(),
    extensions: [],
    taxonomies: [],
    messageStrings: {},
    artifacts: [],
    baseIds: {},
    workingDirectories: [],
    steps: [],
    category: "",
    isSuccessful: true,
  };
}

function note(run: RunContext, part: SarifPart): void {
  if (part.route.startsWith(".runs[].tool.")) noteTool(run, part);
  else if (part.route === ".runs[].artifacts[]") run.artifacts.push(part.value);
  else if (part.route === ".runs[].originalUriBaseIds") run.baseIds = part.value ?? {};
  else if (part.route === ".runs[].threadFlowLocations[]") run.steps.push(part.value);
  else if (part.route === ".runs[].automationDetails.id") run.category = toCategory(part.value ?? "");
  else if (part.route === ".runs[].taxonomies[]") {
    run.taxonomies.push({ name: part.value.name ?? null, guid: part.value.guid ?? null });
  } else if (part.route === ".runs[].invocations[]") {
    const { executionSuccessful, workingDirectory } = part.value;
    run.isSuccessful &&= executionSuccessful !== false;
    if (workingDirectory?.uri) run.workingDirectories.push(workingDirectory.uri);
  }
}

function noteTool(run: RunContext, part: SarifPart): void {
  const [, extension] = part.places;
  const isExtension = part.route.includes(".extensions[]");
  const component = isExtension ? itemAt(run.extensions, extension ?? 0, aComponent) : run.driver;
  if (part.route.endsWith(".globalMessageStrings")) Object.assign(run.messageStrings, part.value);
  else if (part.route === ".runs[].tool.driver.name" || part.route === ".runs[].tool.extensions[].name")
    component.name = part.value;
  else if (part.route === ".runs[].tool.driver.guid" || part.route === ".runs[].tool.extensions[].guid")
    component.guid = part.value;
  else if (part.route === ".runs[].tool.driver.rules[]" || part.route === ".runs[].tool.extensions[].rules[]") {
    component.rules.push(part.value);
    if (!component.ruleOf.has(part.value.id)) component.ruleOf.set(part.value.id, part.value);
  }
}

/** `nightly/2026-11-24`: what stands behind the last slash names the run. */
function toCategory(id: string): string {
  return id.slice(0, Math.max(0, id.lastIndexOf("/")));
}
