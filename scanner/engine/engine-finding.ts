/** Most to least severe, as CodeGuru Security spells them. */
export type EngineSeverity = "Critical" | "High" | "Medium" | "Low" | "Info";

/** One station of untrusted or secret data on its way from where it enters to where it does harm. */
export type EngineStep = { path: string; line: number; label: "source" | "step" | "sink"; content: string };

/** A problem as the engine sees it in one archive; ids and history across revisions belong to the store. */
export type EngineFinding = {
  /** CodeGuru's form, such as `python/sql-injection@v1.0`. */
  detectorId: string;
  detectorName: string;
  detectorTags: string[];
  ruleId: string;
  /** `CWE-89 - SQL injection`. */
  title: string;
  description: string;
  severity: EngineSeverity;
  cwes: string[];
  path: string;
  /** 1-based, like `endLine`. */
  startLine: number;
  endLine: number;
  /** Of the detector and the code around the place, normalised: it stays when lines move. Two alike places share it. */
  fingerprint: string;
  snippet: { number: number; content: string }[];
  /** The taint path in order; empty where none was needed to decide. */
  steps: EngineStep[];
  recommendation: { text: string; url: string };
  suggestedFixes: { description: string; code: string }[];
};

/** Why a file was not analysed, or not to its end. */
export type SkipReason =
  | "unsupported-language"
  | "test-code"
  | "third-party"
  | "minified"
  | "too-large"
  | "binary"
  | "symlink"
  | "nested-archive"
  | "parse-timeout"
  | "analysis-cut-short"
  | "unreadable";

/** A file whose silence means nothing: no findings there is not the same as clean. */
export type SkippedFile = { path: string; reason: SkipReason; detail: string | null };

export type ScanProgress = { stage: "reading" | "parsing" | "analysing"; done: number; total: number };

export type ScanResult = {
  /** Most severe first, then by path and line. */
  findings: EngineFinding[];
  skippedFiles: SkippedFile[];
  filesScanned: number;
  linesScanned: number;
  /** Files scanned, by language. */
  languages: Record<string, number>;
};
