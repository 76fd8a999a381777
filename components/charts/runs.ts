/** Neighbours that are all known or all unknown, by their first and last index. */
export type Run = { from: number; to: number; isKnown: boolean };

/** Cuts the steps where knowing begins or ends, so that no line is drawn across what nobody knows. */
export function toRuns(isKnown: boolean[]): Run[] {
  const runs: Run[] = [];
  for (const [index, known] of isKnown.entries()) {
    const last = runs.at(-1);
    if (last?.isKnown === known) last.to = index;
    else runs.push({ from: index, to: index, isKnown: known });
  }
  return runs;
}
