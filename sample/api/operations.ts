import { listFindings } from "./list-findings.ts";
import type { Operation } from "./operation.ts";

/** The operations of the API that the sample answers, by the path of their POST requests. */
export const OPERATIONS: ReadonlyMap<string, { name: string; run: Operation }> = new Map([
  ["/findings/list", { name: "ListFindings", run: listFindings }],
]);
