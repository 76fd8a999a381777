import { readFileSync } from "node:fs";
import { z } from "zod";
import { severitySchema } from "../vulnerability.ts";
import type { Problem, Snippet } from "./finding.ts";
import { type Random, randomFrom } from "./random.ts";

const detectorSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  ruleId: z.string(),
  language: z.enum(["Python", "JavaScript", "TypeScript", "Java", "Terraform"]),
  severity: severitySchema,
  cwes: z.array(z.string()).min(1),
  description: z.string(),
  recommendation: z.string(),
  files: z.array(z.string()).min(1),
  lines: z.array(z.string()).min(1).max(20),
  marked: z.tuple([z.int().positive(), z.int().positive()]), // first and last line, from 1
  fix: z.strictObject({ description: z.string(), code: z.string() }).nullable(),
});
type Detector = z.infer<typeof detectorSchema>;
export type Language = Detector["language"];

/** What the detectors find in code, and the code they find it in. */
export const detectors: readonly Detector[] = z
  .array(detectorSchema)
  .parse(JSON.parse(readFileSync(new URL("./code-detectors.json", import.meta.url), "utf8")));

export type CodeProblems = {
  /** A problem in code of one of these languages, at some place of the code base called `codeBase`. */
  pick(codeBase: string, languages: readonly Language[], random: Random): Problem;
};

export const codeProblems: CodeProblems = {
  pick(codeBase, languages, random) {
    const detector = random.pick(detectors.filter(({ language }) => languages.includes(language)));
    return codeProblem(codeBase, detector, random.pick(detector.files));
  },
};

function codeProblem(codeBase: string, detector: Detector, filePath: string): Problem {
  const key = `${detector.id}/${filePath}`;
  const random = randomFrom(`${codeBase}/${key}`);
  const before = random.int(3, 240); // lines of the file above the snippet
  const [startLine, endLine] = detector.marked.map((line) => line + before) as [number, number];
  const { severity } = detector;
  return {
    key,
    type: "CODE_VULNERABILITY",
    vulnerability: null,
    fixAvailable: null,
    assessments: [
      { at: Number.NEGATIVE_INFINITY, severity, vector: null, score: null, epssScore: null, exploitAvailable: false },
    ],
    snippet: snippetOf(detector, before),
    describe: () => ({
      title: `${detector.cwes[0]} - ${detector.name}`,
      description: detector.description,
      remediation: { recommendation: { text: detector.recommendation } },
      codeVulnerabilityDetails: {
        filePath: { fileName: filePath.split("/").at(-1), filePath, startLine, endLine },
        detectorId: detector.id,
        detectorName: detector.name,
        detectorTags: ["security", ...detector.cwes.map((cwe) => cwe.toLowerCase()), detector.language],
        ruleId: detector.ruleId,
        cwes: detector.cwes,
        referenceUrls: detector.cwes.map((cwe) => `https://cwe.mitre.org/data/definitions/${cwe.slice(4)}.html`),
      },
    }),
  };
}

function snippetOf({ lines, marked, fix }: Detector, before: number): Snippet {
  return {
    startLine: marked[0] + before,
    endLine: marked[1] + before,
    lines: lines.map((content, index) => ({ lineNumber: before + index + 1, content })),
    fix,
  };
}
