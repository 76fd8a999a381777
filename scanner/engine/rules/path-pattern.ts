/**
 * Patterns name how a value came about: `subprocess.run`, `**.cursor().execute`, `{req,request}.query`.
 * `**` stands for any beginning, `*` for one part, braces for alternatives; the last part is never a star.
 */
type Candidate<Entry> = { matches: (path: string) => boolean; entry: Entry };

/** Answers with the entries of all patterns that a path matches. Indexed by the last part: few are tried. */
export function indexPatterns<Entry>(patterns: Iterable<[pattern: string, entry: Entry]>): (path: string) => Entry[] {
  const byLastPart = new Map<string, Candidate<Entry>[]>();
  for (const [pattern, entry] of patterns) {
    for (const plain of expandBraces(pattern)) {
      const key = lastPart(plain);
      if (key.includes("*")) throw new Error(`The pattern ${pattern} must not end in a star.`);
      const candidates = byLastPart.get(key) ?? [];
      candidates.push({ matches: compilePattern(plain), entry });
      byLastPart.set(key, candidates);
    }
  }
  return (path) =>
    (byLastPart.get(lastPart(path)) ?? []).filter(({ matches }) => matches(path)).map(({ entry }) => entry);
}

/** `a.{b,c}` is `a.b` and `a.c`. Braces do not nest. */
export function expandBraces(pattern: string): string[] {
  const braces = /\{([^{}]*)\}/u.exec(pattern);
  if (braces === null) return [pattern];
  const [whole, inside = ""] = braces;
  return inside.split(",").flatMap((option) => expandBraces(pattern.replace(whole, option.trim())));
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}

function compilePattern(pattern: string): (path: string) => boolean {
  if (!pattern.includes("*")) return (path) => path === pattern;
  const rest = pattern.slice(3);
  if (pattern.startsWith("**.") && !rest.includes("*")) return (path) => path === rest || path.endsWith(`.${rest}`);
  const source = pattern
    .split(".")
    .map((part) =>
      part === "**" ? "(?:.+\\.)?" : `${part.replace(/[$()[\]\\+?^|]/gu, "\\$&").replaceAll("*", "[^.]*")}\\.`,
    )
    .join("");
  const regex = new RegExp(`^${source}$`, "u");
  return (path) => regex.test(`${path}.`);
}
