/** A scan name out of a file's: without the ending and the branch that downloads carry, in the characters AWS allows. */
export function suggestScanName(fileName: string): string {
  return fileName
    .replace(/\.zip$/i, "")
    .replace(/[-_.](main|master|develop|trunk)$/i, "")
    .normalize("NFKD")
    .replace(/[^a-zA-Z0-9\-_$:.]+/g, "-")
    .replace(/^[-.]+|[-.]+$/g, "")
    .slice(0, 140);
}
