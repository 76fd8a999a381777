import { FAMILY, type Grammar } from "../syntax/language.ts";
import { resolveImport } from "./resolve-import.ts";
import type { ProjectView, SourceModule } from "./source-module.ts";

/** How far from a file its imports are followed. */
const MAX_DISTANCE = 3;
const MAX_MODULES = 40;
/** Lowered code takes about thirty times its text. */
const MAX_CACHED_CHARACTERS = 1_500_000;

type ProjectFile = { path: string; grammar: Grammar };
type Load<File> = (file: File) => Promise<SourceModule | null>;

/**
 * The project's code, loaded as it is needed. `load` answers null for what cannot be read as code.
 * The answered function gives what one module reaches by its imports.
 */
export function projectFiles<File extends ProjectFile>(
  files: Iterable<File>,
  load: Load<File>,
): (module: SourceModule) => Promise<ProjectView> {
  const byPath = new Map([...files].map((file) => [file.path, file]));
  const loadCached = cached(load);
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
        const loaded = await loadCached(file);
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

const MAX_REMEMBERED = 50_000;

type FindByPair<Answer> = (from: string, specifier: string) => Answer;

function rememberPairs<Answer>(find: FindByPair<Answer>): FindByPair<Answer> {
  const remembered = new Map<string, { answer: Answer }>();
  return (from, specifier) => {
    const key = `${from}\n${specifier}`;
    const known = remembered.get(key);
    if (known !== undefined) return known.answer;
    const answer = find(from, specifier);
    if (remembered.size < MAX_REMEMBERED) remembered.set(key, { answer });
    return answer;
  };
}

/** Keeps what was loaded last. */
function cached<File extends ProjectFile>(load: Load<File>): Load<File> {
  const modules = new Map<string, SourceModule | null>();
  let characters = 0;
  return async (file) => {
    const known = modules.get(file.path);
    if (known !== undefined) return known;
    const module = await load(file);
    modules.set(file.path, module);
    characters += module?.text.length ?? 0;
    for (const [path, oldest] of modules) {
      if (characters <= MAX_CACHED_CHARACTERS) break;
      characters -= oldest?.text.length ?? 0;
      modules.delete(path);
    }
    return module;
  };
}
