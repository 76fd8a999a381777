import { batchGetAccountStatus, listDelegatedAdminAccounts, listMembers } from "./accounts.ts";
import { batchGetCodeSnippet, batchGetFindingDetails } from "./finding-batches.ts";
import { listCoverage } from "./list-coverage.ts";
import { listFilters } from "./list-filters.ts";
import { listFindings } from "./list-findings.ts";
import type { Operation } from "./operation.ts";

/** The operations of the API that the sample answers, by the path of their POST requests. */
export const OPERATIONS: ReadonlyMap<string, { name: string; run: Operation }> = new Map([
  ["/findings/list", { name: "ListFindings", run: listFindings }],
  ["/filters/list", { name: "ListFilters", run: listFilters }],
  ["/coverage/list", { name: "ListCoverage", run: listCoverage }],
  ["/status/batch/get", { name: "BatchGetAccountStatus", run: batchGetAccountStatus }],
  ["/codesnippet/batchget", { name: "BatchGetCodeSnippet", run: batchGetCodeSnippet }],
  ["/findings/details/batch/get", { name: "BatchGetFindingDetails", run: batchGetFindingDetails }],
  ["/members/list", { name: "ListMembers", run: listMembers }],
  ["/delegatedadminaccounts/list", { name: "ListDelegatedAdminAccounts", run: listDelegatedAdminAccounts }],
]);
