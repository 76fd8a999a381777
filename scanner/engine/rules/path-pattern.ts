/**
 * Patterns name how a value came about: `subprocess.run`, `**.cursor().execute`, `{req,request}.query`.
 * `**` stands for any beginning, `*` for one part, braces for alternatives; the last part is never a star.
 */
export type PatternIndex<Entry> = { lookup: (path: string) => readonly Entry[] };

type Candidate<Entry> = { matches: (path: string) => boolean; entry: Entry };

const MAX_REMEMBERED = 20_000;

/** Indexed by the last part, so that a lookup costs the same however many patterns there are. */
export function indexPatterns<Entry>(patterns: Iterable<[pattern: string, entry: Entry]>): PatternIndex<Entry> {
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
  const remembered = new Map<string, readonly Entry[]>();
  return {
    lookup(path) {
      const known = remembered.get(path);
      if (known !== undefined) return known;
      const found = (byLastPart.get(lastPart(path)) ?? [])
        .filter(({ matches }) => matches(path))
        .map(({ entry }) => entry);
      if (remembered.size < MAX_REMEMBERED) remembered.set(path, found);
      return found;
    },
  };
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
