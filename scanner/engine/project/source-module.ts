import type { Program } from "../ir/nodes.ts";

/** A file of the project, ready to be run. */
export type SourceModule = { path: string; text: string; program: Program };

/** The project as one file sees it: what an import in a file means, or null where that is a library or was not loaded. */
export type ProjectView = { find: (from: string, specifier: string) => SourceModule | null };

export const NO_PROJECT: ProjectView = { find: () => null };
