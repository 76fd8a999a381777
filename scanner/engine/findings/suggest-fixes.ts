import type { EngineFinding } from "../engine-finding.ts";
import type { Hit } from "../interpret/run.ts";
import { unifiedDiff } from "./unified-diff.ts";

/** Each try costs another analysis of the file. */
const MAX_TRIES = 12;
/** Longer calls are left alone: whoever wrote the file chose what the patterns run on. */
const MAX_CODE = 2_000;

type FixedFile = {
  path: string;
  text: string;
  hits: Hit[];
  /** The findings of a changed text, or null where it is no whole code any more. */
  rescan: (text: string) => Promise<EngineFinding[] | null>;
};

/**
 * Adds to each finding of the file the first of its rule's changes that is proven: the changed file still parses, the
 * finding is gone, and nothing else has come.
 */
export async function suggestFixes(findings: EngineFinding[], file: FixedFile): Promise<EngineFinding[]> {
  let triesLeft = MAX_TRIES;
  const result: EngineFinding[] = [];
  for (const finding of findings) {
    const candidates = candidatesFor(finding, file).slice(0, triesLeft);
    triesLeft -= candidates.length;
    result.push({ ...finding, suggestedFixes: await firstProven(candidates, finding, findings, file) });
  }
  return result;
}

type Candidate = { description: string; changed: string };

function candidatesFor(finding: EngineFinding, { path, text, hits }: FixedFile): Candidate[] {
  const hit = hits.find((candidate) => isOf(candidate, finding));
  if (hit === undefined || finding.path !== path) return [];
  return hit.detector.fixes.flatMap((fix) => {
    const changed = changedText(text, hit, fix);
    return changed === null ? [] : [{ description: fix.description, changed }];
  });
}

async function firstProven(
  candidates: Candidate[],
  finding: EngineFinding,
  findings: EngineFinding[],
  { path, text, rescan }: FixedFile,
): Promise<EngineFinding["suggestedFixes"]> {
  for (const { description, changed } of candidates) {
    const after = await rescan(changed);
    if (after !== null && isProven(finding, findings, after)) {
      return [{ description, code: unifiedDiff(path, text, changed) }];
    }
  }
  return [];
}

function isOf({ detector, place }: Hit, finding: EngineFinding): boolean {
  return detector.id === finding.detectorId && place.path === finding.path && place.line === finding.startLine;
}

/**
 * The file with the change made inside of the code that was reported, or up to the end of its line: what is put into a
 * field stands there. Null where it does not fit.
 */
function changedText(text: string, { place }: Hit, fix: Hit["detector"]["fixes"][number]): string | null {
  if (fix.needs !== undefined && !new RegExp(fix.needs, "mu").test(text)) return null;
  const lineEnd = text.indexOf("\n", place.end);
  for (const end of [place.end, lineEnd === -1 ? text.length : lineEnd]) {
    const code = text.slice(place.start, end);
    if (code.length > MAX_CODE) return null;
    const changed = code.replace(new RegExp(fix.find, "gu"), fix.replace);
    if (changed !== code) return text.slice(0, place.start) + changed + text.slice(end);
  }
  return null;
}

/** Lines may have moved, so findings are counted: one less of this kind, no more of any other. */
function isProven(finding: EngineFinding, before: EngineFinding[], after: EngineFinding[]): boolean {
  const count = (findings: EngineFinding[], id: string) =>
    findings.filter(({ detectorId }) => detectorId === id).length;
  const kinds = new Set([...before, ...after].map(({ detectorId }) => detectorId));
  return [...kinds].every((id) => count(after, id) <= count(before, id) - Number(id === finding.detectorId));
}
