import { suggestScanName } from "../suggest-scan-name.ts";

/** A name out of a report's file: without its endings, and as long as an import's name may be. */
export function suggestImportName(fileName: string): string {
  return suggestScanName(fileName.replace(/(\.(sarif|json|gz))+$/i, ""))
    .slice(0, 64)
    .replace(/[-.]+$/, "");
}
