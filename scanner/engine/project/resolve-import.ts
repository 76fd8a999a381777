import type { LanguageFamily } from "../syntax/language.ts";

const JAVASCRIPT_ENDINGS = ["", ".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs", ".mts", ".cts"];
const JAVASCRIPT_INDEXES = ["/index.ts", "/index.tsx", "/index.js", "/index.jsx"];

/** The file of the project that an import means, or null where it means a library. `has` knows the project's files. */
export function resolveImport(
  from: string,
  specifier: string,
  family: LanguageFamily,
  has: (path: string) => boolean,
): string | null {
  const candidates = FILES[family](from, specifier);
  return candidates.find((candidate) => candidate !== from && has(candidate)) ?? null;
}

const FILES: Record<LanguageFamily, (from: string, specifier: string) => string[]> = {
  python: pythonFiles,
  javascript: javascriptFiles,
  java: (from, specifier) => foldersAbove(from).map((root) => `${root}${specifier.replaceAll(".", "/")}.java`),
};

/** `a.b` may be a file or a package, beside the importing file or from any folder above it; `.a` only where it says. */
function pythonFiles(from: string, specifier: string): string[] {
  const dots = /^\.*/u.exec(specifier)?.[0].length ?? 0;
  const path = specifier.slice(dots).replaceAll(".", "/");
  const folders = foldersAbove(from);
  const roots = dots === 0 ? folders : folders.slice(dots - 1, dots);
  return roots.flatMap((root) => {
    const base = path === "" ? root.replace(/\/$/u, "") : `${root}${path}`;
    return [`${base}.py`, `${base}/__init__.py`];
  });
}

function javascriptFiles(from: string, specifier: string): string[] {
  const folders = foldersAbove(from);
  if (/^[@~]\//u.test(specifier)) {
    // The usual aliases for the project's own source folder.
    const path = specifier.slice(2);
    return folders.flatMap((root) => [`${root}src/${path}`, `${root}${path}`]).flatMap(withEndings);
  }
  if (!/^\.{1,2}(?:\/|$)/u.test(specifier)) return [];
  const path = joinPath(folders[0] ?? "", specifier);
  return path === null ? [] : withEndings(path);
}

/** TypeScript imports `./a.js` where the file is `./a.ts`. */
function withEndings(path: string): string[] {
  const bare = path.replace(/\.[cm]?js$/u, "");
  const paths = bare === path ? [path] : [path, bare];
  return paths.flatMap((base) => [...JAVASCRIPT_ENDINGS, ...JAVASCRIPT_INDEXES].map((ending) => base + ending));
}

/** The folder of a file and those around it, innermost first, each with its slash; the last is the root. */
function foldersAbove(file: string): string[] {
  const parts = file.split("/").slice(0, -1);
  return Array.from({ length: parts.length + 1 }, (_, up) =>
    parts
      .slice(0, parts.length - up)
      .map((part) => `${part}/`)
      .join(""),
  );
}

function joinPath(folder: string, specifier: string): string | null {
  const parts = folder.split("/").filter((part) => part !== "");
  for (const part of specifier.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join("/");
}
