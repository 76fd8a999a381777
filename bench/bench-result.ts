/** One measured figure. `ratio` is against `reference`, measured in the same run; null where there is none. */
export type BenchResult = {
  name: string;
  figure: number;
  unit: string;
  reference: string;
  ratio: number | null;
  goal: string;
  isMet: boolean | null; // null: printed, not judged
};

/** The middle of an odd number of repetitions; of an even number the lower of the two in the middle. */
export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}
