const CONTEXT_LINES = 3;

/** The change of one file as a patch with a single hunk, as `git apply` takes it. */
export function unifiedDiff(path: string, before: string, after: string): string {
  const [old, now] = [before.split("\n"), after.split("\n")];
  const shorter = Math.min(old.length, now.length);
  let start = 0;
  while (start < shorter && old[start] === now[start]) start++;
  let end = 0;
  while (end < shorter - start && old.at(-1 - end) === now.at(-1 - end)) end++;
  const first = Math.max(0, start - CONTEXT_LINES);
  // The empty piece behind the last line break is no line.
  const isLine = (line: string, at: number) => line !== "" || at < old.length - 1;
  const trailing = old
    .slice(old.length - end)
    .slice(0, CONTEXT_LINES)
    .filter((line, at) => isLine(line, old.length - end + at));
  const [removed, added] = [old.slice(start, old.length - end), now.slice(start, now.length - end)];
  const leading = old.slice(first, start);
  const kept = leading.length + trailing.length;
  return [
    `--- a/${path}`,
    `+++ b/${path}`,
    `@@ -${first + 1},${kept + removed.length} +${first + 1},${kept + added.length} @@`,
    ...leading.map((line) => ` ${line}`),
    ...removed.map((line) => `-${line}`),
    ...added.map((line) => `+${line}`),
    ...trailing.map((line) => ` ${line}`),
    "",
  ].join("\n");
}
