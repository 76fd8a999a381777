/**
 * Moves labels apart so that none covers another. `wanted` goes from the lowest place on the screen (the largest y) up;
 * the answer keeps this order, at least `gap` between two, and nothing below `lowest`.
 */
export function spread(wanted: number[], gap: number, lowest: number): number[] {
  const placed: number[] = [];
  for (const y of wanted) placed.push(Math.min(y, lowest, (placed.at(-1) ?? Number.POSITIVE_INFINITY) - gap));
  return placed;
}
