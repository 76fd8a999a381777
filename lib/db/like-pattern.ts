/** LIKE's own characters stand for themselves, `*` for any text. */
export function toLikePattern(glob: string): string {
  return glob.replace(/[\\%_]/g, "\\$&").replaceAll("*", "%");
}
