/** A grammar we can parse; TSX and TypeScript differ in what `<` means. */
export type Grammar = "python" | "javascript" | "typescript" | "tsx" | "java";

/** Rules and models are written once for each family. */
export type LanguageFamily = "python" | "javascript" | "java";

export const FAMILY: Record<Grammar, LanguageFamily> = {
  python: "python",
  javascript: "javascript",
  typescript: "javascript",
  tsx: "javascript",
  java: "java",
};
