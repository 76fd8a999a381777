import type { Scan } from "#lib/domain/scan.ts";

/** How many findings are open in a scan. */
export const openIn = ({ open }: Pick<Scan, "open">): number =>
  Object.values(open).reduce((sum, count) => sum + count, 0);
