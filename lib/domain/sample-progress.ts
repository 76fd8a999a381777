import { z } from "zod";

/** How far the sample organisation is, remembered for the whole installation under the setting `sample`. */
export const sampleProgressSchema = z.object({
  state: z.enum(["replaying", "ready", "removing", "removed"]),
  week: z.number().int().min(0),
  weeks: z.number().int().min(0),
  hidden: z.boolean(),
  endsAt: z.iso.datetime(), // the instant that the organisation's year ends at
});
export type SampleProgress = z.infer<typeof sampleProgressSchema>;

/** One step of the replay: the passes of one simulated instant. */
export type ReplayStep = { week: number; at: Date; mode: "whole" | "incremental" };

const WEEK_MS = 7 * 86_400_000;
const WEEKS_A_QUARTER = 13;

/** How many whole weeks lie between two instants. */
export function weeksBetween(start: Date, end: Date): number {
  return Math.floor((end.getTime() - start.getTime()) / WEEK_MS);
}

/** So many weeks up to `end`, in order of time: whole passes at the quarters and at the end, incremental ones between. */
export function toReplaySteps(weeks: number, end: Date): ReplayStep[] {
  return Array.from({ length: weeks + 1 }, (_, week) => ({
    week,
    at: new Date(end.getTime() - (weeks - week) * WEEK_MS),
    mode: week % WEEKS_A_QUARTER === 0 || week === weeks ? "whole" : "incremental",
  }));
}
