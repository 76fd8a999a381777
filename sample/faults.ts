import { z } from "zod";

export const faultSchema = z.strictObject({
  kind: z.enum(["throttle", "fail", "deny", "hang", "cut", "repeat-page", "lose-page", "expire-token"]),
  /** The operation it befalls, such as "ListFindings"; any when absent. */
  operation: z.string().optional(),
  /** Only the nth page (from 1) of a list; any when absent. */
  page: z.int().positive().optional(),
  /** How many requests it befalls. */
  times: z.int().positive().default(1),
  /** For a throttle: what its Retry-After header says. */
  retryAfterSeconds: z.int().nonnegative().default(0),
});
export type Fault = z.input<typeof faultSchema>;
export type ParsedFault = z.infer<typeof faultSchema>;

/** Faults that wait for the requests they befall. */
export type Faults = {
  inject(fault: Fault): void;
  /** The fault that befalls this request, if any: each is used up after its `times`. */
  take(operation: string, page: number): ParsedFault | null;
};

export function createFaults(initial: readonly Fault[]): Faults {
  const waiting: ParsedFault[] = [];
  const inject = (fault: Fault) => waiting.push(faultSchema.parse(fault));
  initial.forEach(inject);
  return {
    inject,
    take(operation, page) {
      const index = waiting.findIndex(
        (fault) => (fault.operation ?? operation) === operation && (fault.page ?? page) === page,
      );
      const fault = waiting[index];
      if (fault === undefined) return null;
      fault.times -= 1;
      if (fault.times === 0) waiting.splice(index, 1);
      return fault;
    },
  };
}
