/** The most findings that one of Inspector's batch calls takes. */
const BATCH_SIZE = 10;

/** Findings in the portions that Inspector's batch calls take. */
export function inTens(findingArns: string[]): string[][] {
  const batches: string[][] = [];
  for (let start = 0; start < findingArns.length; start += BATCH_SIZE) {
    batches.push(findingArns.slice(start, start + BATCH_SIZE));
  }
  return batches;
}
