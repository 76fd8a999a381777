export type Place = { detectorId: string; path: string; fingerprint: string; startLine: number };
export type KnownFinding = Place & { id: string; status: "Open" | "Closed" };

/** Beyond this many pairs of one group the order of lines decides, so that hostile sources cannot cost quadratic time. */
const MOST_PAIRS = 250_000;

/**
 * Which detected place is which known finding: by index into `detected`.
 * First the same detector, file and fingerprint, open findings before closed ones; then, among open findings only, the
 * nearest line of the same detector and file. A closed finding comes back only by its fingerprint: a new problem
 * somewhere in the same file is not the old one again.
 */
export function matchFindings(known: KnownFinding[], detected: Place[]): Map<number, KnownFinding> {
  const matches = new Map<number, KnownFinding>();
  const taken = new Set<string>();
  const open = known.filter((finding) => finding.status === "Open");
  const closed = known.filter((finding) => finding.status === "Closed");
  for (const [candidates, keyOf] of [
    [open, codeKey],
    [closed, codeKey],
    [open, fileKey],
  ] as const) {
    const groups = Map.groupBy(
      candidates.filter((finding) => !taken.has(finding.id)),
      keyOf,
    );
    const indexes = detected.keys().filter((index) => !matches.has(index));
    for (const [key, group] of Map.groupBy(indexes, (index) => keyOf(at(detected, index)))) {
      for (const [index, finding] of pairNearest(group, detected, groups.get(key) ?? [])) {
        matches.set(index, finding);
        taken.add(finding.id);
      }
    }
  }
  return matches;
}

/** The version in `python/sql-injection@v1.0` is left out: a better detector finds the same problem. */
function fileKey({ detectorId, path }: Place): string {
  return JSON.stringify([detectorId.replace(/@[^@]*$/, ""), path]);
}

function codeKey(place: Place): string {
  return JSON.stringify([fileKey(place), place.fingerprint]);
}

function pairNearest(indexes: number[], detected: Place[], findings: KnownFinding[]): [number, KnownFinding][] {
  if (indexes.length * findings.length > MOST_PAIRS) return pairInOrder(indexes, detected, findings);
  const distance = (index: number, finding: KnownFinding) =>
    Math.abs(at(detected, index).startLine - finding.startLine);
  const pairs = indexes.flatMap((index) =>
    findings.map((finding) => ({ index, finding, lines: distance(index, finding) })),
  );
  pairs.sort((a, b) => a.lines - b.lines || a.index - b.index || a.finding.startLine - b.finding.startLine);
  const usedIndexes = new Set<number>();
  const usedFindings = new Set<string>();
  const nearest: [number, KnownFinding][] = [];
  for (const { index, finding } of pairs) {
    if (usedIndexes.has(index) || usedFindings.has(finding.id)) continue;
    usedIndexes.add(index);
    usedFindings.add(finding.id);
    nearest.push([index, finding]);
  }
  return nearest;
}

function pairInOrder(indexes: number[], detected: Place[], findings: KnownFinding[]): [number, KnownFinding][] {
  const places = indexes.toSorted((a, b) => at(detected, a).startLine - at(detected, b).startLine);
  const known = findings.toSorted((a, b) => a.startLine - b.startLine);
  return places.slice(0, known.length).map((index, rank) => [index, at(known, rank)]);
}

function at<Element>(elements: Element[], index: number): Element {
  const element = elements[index];
  if (element === undefined) throw new RangeError(`No element ${index}`);
  return element;
}
