import { Inspector2Client } from "@aws-sdk/client-inspector2";
import { fromNodeProviderChain, fromTemporaryCredentials } from "@aws-sdk/credential-providers";
import { NodeHttpHandler } from "@smithy/node-http-handler";

/** With which credentials, and where, Inspector is asked. `endpoint: null`: AWS's own, or the environment's. */
export type InspectorAccess = {
  readonly region: string;
  readonly roleArn: string | null;
  readonly externalId: string | null;
  readonly endpoint: string | null;
  readonly isSample: boolean;
};

export type Timeouts = { readonly connectMs: number; readonly requestMs: number };

const TIMEOUTS: Timeouts = { connectMs: 5_000, requestMs: 30_000 };

/** A client that retries like the SDK's standard mode (with jitter, honouring Retry-After) and never waits for ever. */
export function inspectorClient(access: InspectorAccess, timeouts: Timeouts = TIMEOUTS): Inspector2Client {
  return new Inspector2Client({
    region: access.region,
    ...(access.endpoint === null ? {} : { endpoint: access.endpoint }),
    credentials: toCredentials(access),
    retryMode: "standard",
    maxAttempts: 5,
    requestHandler: httpHandler(timeouts),
  });
}

/** The credentials of a connection: the role's, or what the SDK finds by itself (environment, profile, instance). */
export function toCredentials({ region, roleArn, externalId, isSample }: Omit<InspectorAccess, "endpoint">) {
  // The sample organisation checks that a request is signed, not by whom.
  if (isSample) return { accessKeyId: "SAMPLE", secretAccessKey: "sample" };
  if (roleArn === null) return fromNodeProviderChain({ clientConfig: { region } });
  return fromTemporaryCredentials({
    params: {
      RoleArn: roleArn,
      RoleSessionName: "sightline",
      ...(externalId === null ? {} : { ExternalId: externalId }),
    },
    clientConfig: { region, requestHandler: httpHandler(TIMEOUTS) },
  });
}

export function httpHandler({ connectMs, requestMs }: Timeouts = TIMEOUTS): NodeHttpHandler {
  return new NodeHttpHandler({
    connectionTimeout: connectMs,
    requestTimeout: requestMs,
    throwOnRequestTimeout: true, // by default it only warns
    socketTimeout: requestMs, // an answer that stops in the middle of its body
  });
}
