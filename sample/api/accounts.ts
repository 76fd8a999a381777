import { z } from "zod";
import { toEpochSeconds } from "../organisation/time.ts";
import { type Operation, pageOf, parseInput } from "./operation.ts";

const statusInput = z.strictObject({
  accountIds: z
    .array(z.string().regex(/^\d{12}$/))
    .max(100)
    .default([]),
});
const membersInput = z.strictObject({
  onlyAssociated: z.boolean().default(true),
  maxResults: z.int().min(1).max(50).default(50),
  nextToken: z.string().optional(),
});
const administratorsInput = z.strictObject({
  maxResults: z.int().min(1).max(5).default(5),
  nextToken: z.string().optional(),
});

/** BatchGetAccountStatus: of the named accounts, or of the administrator's own when none is named. */
export const batchGetAccountStatus: Operation = (input, scene) => {
  const { accounts, regions } = scene.organisation;
  const { accountIds } = parseInput(statusInput, input);
  const asked = accountIds.length > 0 ? accountIds : [accounts[0].id];
  const known = new Map(accounts.map((account) => [account.id, account]));
  const isServed = regions.some((region) => region === scene.region);
  const stateOf = (isEnabled: boolean) => {
    const status = isEnabled ? "ENABLED" : "DISABLED";
    // The API requires an error code and a message although nothing failed.
    const state = { status, errorCode: isEnabled ? "ALREADY_ENABLED" : "RESOURCE_NOT_FOUND", errorMessage: status };
    return {
      state,
      resourceState: { ec2: state, ecr: state, lambda: state, lambdaCode: state, codeRepository: state },
    };
  };
  return JSON.stringify({
    accounts: asked.flatMap((accountId) => {
      const account = known.get(accountId);
      return account ? [{ accountId, ...stateOf(isServed && account.joinedAt <= scene.instant) }] : [];
    }),
    failedAccounts: asked
      .filter((accountId) => !known.has(accountId))
      .map((accountId) => ({
        accountId,
        errorCode: "ACCESS_DENIED",
        errorMessage: "The account is not a member of the organisation",
      })),
  });
};

/** ListMembers: every account but the administrator, from the day it joined. */
export const listMembers: Operation = (input, scene, pageFault) => {
  const { onlyAssociated, maxResults, nextToken } = parseInput(membersInput, input);
  const [administrator, ...members] = scene.organisation.accounts;
  const resultsAt = (instant: number) =>
    members
      .filter(({ joinedAt }) => joinedAt <= instant)
      .map(({ id, joinedAt }) => ({
        accountId: id,
        relationshipStatus: "ENABLED",
        delegatedAdminAccountId: administrator.id,
        updatedAt: toEpochSeconds(Math.max(joinedAt, scene.organisation.start)),
      }));
  const query = `ListMembers/${onlyAssociated}`;
  const page = pageOf(scene, { query, nextToken, size: maxResults, resultsAt }, pageFault);
  return JSON.stringify({ members: page.results, nextToken: page.nextToken });
};

/** ListDelegatedAdminAccounts: the one that sees all the others' findings. */
export const listDelegatedAdminAccounts: Operation = (input, scene, pageFault) => {
  const { maxResults, nextToken } = parseInput(administratorsInput, input);
  const administrator = { accountId: scene.organisation.accounts[0].id, status: "ENABLED" };
  const query = "ListDelegatedAdminAccounts";
  const page = pageOf(scene, { query, nextToken, size: maxResults, resultsAt: () => [administrator] }, pageFault);
  return JSON.stringify({ delegatedAdminAccounts: page.results, nextToken: page.nextToken });
};
