import { z } from "zod";
import { findingGroupSchema } from "./finding-groups.ts";
import { movementsQuerySchema } from "./movements.ts";
import { MOVER_KEYS } from "./mover-keys.ts";

export const moverKeySchema = z.enum(MOVER_KEYS);
export type MoverKey = z.infer<typeof moverKeySchema>;

export const moversQuerySchema = movementsQuerySchema.extend({
  by: moverKeySchema.default("account"),
  limit: z.coerce.number().int().min(1).max(50).default(10),
});
export type MoversQuery = z.infer<typeof moversQuerySchema>;

/** A group of findings, named and found as groups of the list are. `net`: what `added` has more than `taken`. */
const moverSchema = findingGroupSchema.pick({ label: true, about: true, account: true, conditions: true }).extend({
  added: z.number().int(),
  taken: z.number().int(),
  net: z.number().int(),
});
export type Mover = z.infer<typeof moverSchema>;

/** Where the number of open findings changed most between two moments, upwards or downwards. */
export const moversSchema = z.object({
  from: z.iso.datetime().nullable(),
  asOf: z.iso.datetime().nullable(),
  by: moverKeySchema,
  /** The largest change first; null where more moved than is looked through: ask of fewer days. Of accounts always told. */
  movers: z.array(moverSchema).nullable(),
});
export type Movers = z.infer<typeof moversSchema>;
