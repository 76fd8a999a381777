import {
  getHostHeaderPlugin,
  getLoggerPlugin,
  getRecursionDetectionPlugin,
  getUserAgentPlugin,
  resolveHostHeaderConfig,
  resolveUserAgentConfig,
} from "@aws-sdk/core/client";
import { resolveAwsSdkSigV4Config } from "@aws-sdk/core/httpAuthSchemes";
import {
  DefaultIdentityProviderConfig,
  getHttpAuthSchemeEndpointRuleSetPlugin,
  getHttpSigningPlugin,
} from "@smithy/core";
import { Client, getSmithyContext, normalizeProvider } from "@smithy/core/client";
import { resolveRegionConfig } from "@smithy/core/config";
import { resolveEndpointConfig } from "@smithy/core/endpoints";
import { getContentLengthPlugin } from "@smithy/core/protocols";
import { getRetryPlugin, resolveRetryConfig } from "@smithy/core/retry";
import { getSchemaSerdePlugin } from "@smithy/core/schema";
import type { CodeGuruSecurityClientConfig, ResolvedConfig } from "./client-config.ts";
import { toRuntimeConfig } from "./runtime-config.ts";

type CallOptions = { abortSignal?: AbortSignal; requestTimeout?: number };
type AnyOutput = { $metadata: { requestId?: string; httpStatusCode?: number; attempts?: number } };

/**
 * Client of CodeGuru Security's API. AWS's own endpoint is gone since 2025-11-20 and its package with it; this one
 * speaks to Sightline's scanner, or to any other endpoint with the same API.
 */
export class CodeGuruSecurityClient extends Client<CallOptions, object, AnyOutput, ResolvedConfig> {
  override readonly config: ResolvedConfig;

  constructor(config: CodeGuruSecurityClientConfig = {}) {
    const runtime = toRuntimeConfig(config);
    // @ts-expect-error: the resolvers below are what makes the runtime settings the resolved ones.
    super(runtime);
    this.initConfig = runtime;
    this.config = resolve(runtime);
    this.middlewareStack.use(getSchemaSerdePlugin(this.config));
    this.middlewareStack.use(getUserAgentPlugin(this.config));
    this.middlewareStack.use(getRetryPlugin(this.config));
    this.middlewareStack.use(getContentLengthPlugin(this.config));
    this.middlewareStack.use(getHostHeaderPlugin(this.config));
    this.middlewareStack.use(getLoggerPlugin(this.config));
    this.middlewareStack.use(getRecursionDetectionPlugin(this.config));
    this.middlewareStack.use(
      getHttpAuthSchemeEndpointRuleSetPlugin(this.config, {
        httpAuthSchemeParametersProvider: async (resolved, context) => ({
          operation: String(getSmithyContext(context).operation),
          region: await normalizeProvider(resolved.region)(),
        }),
        identityProviderConfigProvider: async (resolved) =>
          new DefaultIdentityProviderConfig({ "aws.auth#sigv4": resolved.credentials }),
      }),
    );
    this.middlewareStack.use(getHttpSigningPlugin(this.config));
  }
}

/** In the order that the SDK's own clients use: each resolver reads what the ones before have set. */
function resolve(runtime: ReturnType<typeof toRuntimeConfig>): ResolvedConfig {
  const withRegion = resolveRegionConfig(resolveRetryConfig(resolveUserAgentConfig(runtime)));
  const withSigning = resolveAwsSdkSigV4Config(resolveEndpointConfig(resolveHostHeaderConfig(withRegion)));
  const last = { authSchemePreference: normalizeProvider(withSigning.authSchemePreference ?? []) };
  // `Client` has put an instance in place of the protocol's class, in the same object; no type can say so.
  return Object.assign(withSigning, last) as unknown as ResolvedConfig;
}
