import fc from "fast-check";
import { expect, test } from "vitest";
import { rowsAround } from "./use-row-window.ts";

test("what is in view is always drawn, wherever the list is scrolled to", () => {
  fc.assert(
    fc.property(fc.nat(20_000), fc.integer({ min: 1, max: 60 }), fc.nat(20_000), (row, inView, count) => {
      const { from, to } = rowsAround(Math.floor(row / 8) * 8, inView, count);
      const last = Math.min(row + inView, count);
      expect(from).toBeLessThanOrEqual(Math.min(row, count));
      expect(to).toBeGreaterThanOrEqual(last);
      expect(to).toBeLessThanOrEqual(Math.max(count, from));
      expect(to - from).toBeLessThanOrEqual(inView + 32);
    }),
  );
});
