import { FAMILY, type Grammar } from "../syntax/language.ts";
import { resolveImport } from "./resolve-import.ts";
import type { ProjectView, SourceModule } from "./source-module.ts";

/** How far from a file its imports are followed. */
const MAX_DISTANCE = 3;
const MAX_MODULES = 40;

type ProjectFile = { path: string; grammar: Grammar };

/**
 * The project's code, loaded as it is needed. `load` answers null for what cannot be read as code.
 * The answered function gives what one module reaches by its imports.
 */
export function projectFiles<File extends ProjectFile>(
  files: Iterable<File>,
  load: (file: File) => Promise<SourceModule | null>,
): (module: SourceModule) => Promise<ProjectView> {
  const byPath = new Map([...files].map((file) => [file.path, file]));
  const resolve = rememberPairs((from, specifier) => {
    const grammar = byPath.get(from)?.grammar;
    const path =
      grammar === undefined ? null : resolveImport(from, specifier, FAMILY[grammar], (name) => byPath.has(name));
    return path === null ? undefined : byPath.get(path);
  });
  return async (module) => {
    const reached = new Map<string, SourceModule>();
    let border = [module];
    for (let distance = 0; distance < MAX_DISTANCE && border.length > 0; distance++) {
      const next: SourceModule[] = [];
      for (const file of importedBy(border, resolve)) {
        if (file.path === module.path || reached.has(file.path) || reached.size >= MAX_MODULES) continue;
        const loaded = await load(file);
        if (loaded === null) continue;
        reached.set(file.path, loaded);
        next.push(loaded);
      }
      border = next;
    }
    reached.set(module.path, module);
    return { find: (from, specifier) => reached.get(resolve(from, specifier)?.path ?? "") ?? null };
  };
}

function importedBy<File>(
  modules: SourceModule[],
  resolve: (from: string, specifier: string) => File | undefined,
): File[] {
  return modules.flatMap(({ path, program }) =>
    [...program.imports].flatMap((specifier) => resolve(path, specifier) ?? []),
  );
}

type FindByPair<Answer> = (from: string, specifier: string) => Answer;

/** Each import of each file is resolved once. */
function rememberPairs<Answer>(find: FindByPair<Answer>): FindByPair<Answer> {
  const remembered = new Map<string, Map<string, { answer: Answer }>>();
  return (from, specifier) => {
    const ofFile = remembered.get(from) ?? new Map<string, { answer: Answer }>();
    remembered.set(from, ofFile);
    const known = ofFile.get(specifier);
    if (known !== undefined) return known.answer;
    const answer = find(from, specifier);
    ofFile.set(specifier, { answer });
    return answer;
  };
}
