import { z } from "zod";
import { asOfSchema } from "./as-of.ts";
import { moveReasonSchema } from "./lifecycle-event.ts";
import { severitySchema } from "./severity.ts";
import { trendScopeSchema } from "./trends.ts";

/** From one moment (exclusive) to another (inclusive), each as `asOf` has them: a day means its end. */
export const movementsQuerySchema = trendScopeSchema.extend({ from: asOfSchema, to: asOfSchema });
export type MovementsQuery = z.infer<typeof movementsQuerySchema>;

const countsSchema = z.partialRecord(severitySchema, z.number().int());

/**
 * One reason why what is open moved. `added` and `taken` count its movements: a rescoring adds to one severity and takes
 * from the other. `net` is their difference.
 */
const moveBarSchema = z.object({
  reason: moveReasonSchema,
  added: z.number().int(),
  taken: z.number().int(),
  net: z.number().int(),
  netBySeverity: countsSchema,
  /** How many findings moved so: as many as its list has. Null where there are too many movements to tell. */
  findings: z.number().int().nullable(),
});
export type MoveBar = z.infer<typeof moveBarSchema>;

const openSchema = z.object({ total: z.number().int(), bySeverity: countsSchema });

/** Why what is open moved between two moments: `before`, and the net of every bar, make `after`. */
export const movementsSchema = z.object({
  /** The two moments that are told of; null before the first sync. */
  from: z.iso.datetime().nullable(),
  asOf: z.iso.datetime().nullable(),
  /** The first sync of any place that is shown: nothing is known before it; null = there was none yet. */
  firstSyncAt: z.iso.datetime().nullable(),
  before: openSchema,
  after: openSchema,
  /** Every reason, in the order in which they are told; those without a movement too. */
  bars: z.array(moveBarSchema),
});
export type Movements = z.infer<typeof movementsSchema>;
