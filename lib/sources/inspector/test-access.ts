import {
  BatchGetAccountStatusCommand,
  BatchGetCodeSnippetCommand,
  BatchGetFindingDetailsCommand,
  type Inspector2Client,
  ListCoverageCommand,
  ListFiltersCommand,
  ListFindingsCommand,
  ValidationException,
} from "@aws-sdk/client-inspector2";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { ConnectionCheck, ConnectionTest } from "#lib/domain/connection.ts";
import type { SourceError } from "../source.ts";
import { httpHandler, type InspectorAccess, toCredentials } from "./inspector-client.ts";
import { toSourceError } from "./to-source-error.ts";

/** What a test of a connection finds out; see connectionTestSchema. */
export type AccessReport = Pick<ConnectionTest, "identity" | "accounts" | "checks" | "missing">;

/** A finding that is never there: enough to learn whether the call is allowed. */
const NO_FINDING = "arn:aws:inspector2:us-east-1:000000000000:finding/00000000000000000000000000000000";

/** Tries each thing that a sync does, with the connection's own credentials, and names what AWS refuses. Never throws. */
export async function testAccess(
  client: Inspector2Client,
  access: InspectorAccess,
  signal: AbortSignal,
): Promise<AccessReport> {
  const { region } = access;
  const options = { abortSignal: signal };
  const accounts: AccessReport["accounts"] = [];
  const identity = { found: null as AccessReport["identity"] };
  const findingArns = [NO_FINDING.replace("us-east-1", region)];
  const tries: [string, () => Promise<unknown>][] = [
    [
      "inspector2:BatchGetAccountStatus",
      async () => {
        const answer = await client.send(new BatchGetAccountStatusCommand({ accountIds: [] }), options);
        for (const { accountId, state } of answer.accounts ?? []) {
          accounts.push({ accountId: accountId ?? "", status: state?.status ?? "" });
        }
      },
    ],
    ["inspector2:ListFindings", () => client.send(new ListFindingsCommand({ maxResults: 1 }), options)],
    [
      "inspector2:ListFilters",
      () => client.send(new ListFiltersCommand({ action: "SUPPRESS", maxResults: 1 }), options),
    ],
    ["inspector2:ListCoverage", () => client.send(new ListCoverageCommand({ maxResults: 1 }), options)],
    [
      "inspector2:BatchGetFindingDetails",
      () => client.send(new BatchGetFindingDetailsCommand({ findingArns }), options),
    ],
    ["inspector2:BatchGetCodeSnippet", () => client.send(new BatchGetCodeSnippetCommand({ findingArns }), options)],
  ];
  // The sample has no STS, and nobody to be.
  if (!access.isSample) {
    tries.unshift([
      "sts:GetCallerIdentity",
      async () => Object.assign(identity, { found: await whoAmI(access, signal) }),
    ]);
  }
  const checks: ConnectionCheck[] = [];
  for (const [permission, attempt] of tries) checks.push(await check(permission, region, attempt));
  const missing = checks.flatMap((one) => (one.state === "denied" ? [one.permission] : []));
  return { identity: identity.found, accounts, checks, missing: [...new Set(missing)] };
}

async function whoAmI(access: InspectorAccess, signal: AbortSignal): Promise<AccessReport["identity"]> {
  const sts = new STSClient({
    region: access.region,
    credentials: toCredentials(access),
    requestHandler: httpHandler(),
    maxAttempts: 2,
  });
  try {
    const { Account, Arn } = await sts.send(new GetCallerIdentityCommand({}), { abortSignal: signal });
    return { accountId: Account ?? "", arn: Arn ?? "" };
  } finally {
    sts.destroy();
  }
}

async function check(permission: string, region: string, attempt: () => Promise<unknown>): Promise<ConnectionCheck> {
  try {
    await attempt();
    return { permission, state: "allowed", message: null };
  } catch (error) {
    // It was let in, and then told that there is no such finding.
    if (error instanceof ValidationException) return { permission, state: "allowed", message: null };
    const failure = toFailure(error, permission, region);
    if (failure.code !== "access-denied") return { permission, state: "failed", message: failure.message };
    return { permission: failure.permission ?? permission, state: "denied", message: failure.message };
  }
}

function toFailure(error: unknown, action: string, region: string): SourceError["failure"] {
  try {
    return toSourceError(error, { action, region }).failure;
  } catch {
    return { code: "internal", message: `${action} in ${region} could not be tried.`, permission: null };
  }
}
