import type { ObservedFinding } from "#lib/domain/observed-finding.ts";
import { isPlace, type SarifResult, type SarifStep } from "#lib/domain/sarif-log.ts";
import { toArtifactPath } from "./artifact-path.ts";
import { toCleanLine } from "./clean-text.ts";
import { toLines, toSnippet } from "./code-lines.ts";
import { toMessageText } from "./message-text.ts";
import type { RunContext } from "./run-context.ts";

type Step = NonNullable<ObservedFinding["code"]>["steps"][number];

const MOST_STEPS = 50;

/** The way of the value by the first flow of a result: where it comes in first, where it does harm last. */
export function toFlowSteps({ codeFlows }: SarifResult, run: RunContext): Step[] {
  const told = codeFlows?.[0]?.threadFlows?.[0]?.locations ?? [];
  const kept = told.length > MOST_STEPS ? [...told.slice(0, MOST_STEPS - 1), ...told.slice(-1)] : told;
  const last = kept.length - 1;
  return kept.map((step, index) => ({ ...toStep(step, run), label: labelOf(index, last) }));
}

function labelOf(index: number, last: number): Step["label"] {
  if (index === 0 && last > 0) return "source";
  return index === last ? "sink" : "step";
}

function toStep(step: SarifStep, run: RunContext): Omit<Step, "label"> {
  const location = step.location ?? (isPlace(step.index) ? run.steps[step.index]?.location : null) ?? {};
  const { artifactLocation, region } = location.physicalLocation ?? {};
  const { startLine } = toLines(region);
  const line = toSnippet(location).find(({ number }) => number === startLine || startLine === 0)?.content;
  const words = line?.trim() || toMessageText(location.message, null, run);
  return { path: toArtifactPath(artifactLocation, run) ?? "", line: startLine, content: toCleanLine(words, 300) };
}
