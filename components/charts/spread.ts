/**
 * Moves labels apart so that none covers another. `wanted` goes from the lowest place on the screen (the largest y) up;
 * the answer keeps this order, at least `gap` between two, within the room as far as it holds them all.
 */
export function spread(wanted: number[], gap: number, room: { top: number; bottom: number }): number[] {
  const places: number[] = [];
  for (const y of wanted) places.push(Math.min(y, room.bottom, (places.at(-1) ?? Number.POSITIVE_INFINITY) - gap));
  // What was pushed out at the top comes back in, and pushes what is below it.
  let highest = room.top;
  for (const [index, y] of [...places.entries()].reverse()) {
    places[index] = Math.max(y, highest);
    highest = Math.max(y, highest) + gap;
  }
  return places;
}
