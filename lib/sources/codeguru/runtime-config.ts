import { createDefaultUserAgentProvider, NODE_APP_ID_CONFIG_OPTIONS } from "@aws-sdk/core/client";
import { AwsSdkSigV4Signer, NODE_AUTH_SCHEME_PREFERENCE_OPTIONS } from "@aws-sdk/core/httpAuthSchemes";
import { AwsRestJsonProtocol } from "@aws-sdk/core/protocols";
import { defaultProvider } from "@aws-sdk/credential-provider-node";
import { Sha256 } from "@smithy/core/checksum";
import { loadConfigsForDefaultMode, NoOpLogger } from "@smithy/core/client";
import {
  loadConfig,
  NODE_REGION_CONFIG_FILE_OPTIONS,
  NODE_REGION_CONFIG_OPTIONS,
  NODE_USE_DUALSTACK_ENDPOINT_CONFIG_OPTIONS,
  NODE_USE_FIPS_ENDPOINT_CONFIG_OPTIONS,
  resolveDefaultsModeConfig,
} from "@smithy/core/config";
import { parseUrl } from "@smithy/core/protocols";
import {
  DEFAULT_RETRY_MODE,
  NODE_MAX_ATTEMPT_CONFIG_OPTIONS,
  NODE_RETRY_MODE_CONFIG_OPTIONS,
} from "@smithy/core/retry";
import { calculateBodyLength, fromBase64, fromUtf8, toBase64, toUtf8 } from "@smithy/core/serde";
import { NodeHttpHandler, streamCollector } from "@smithy/node-http-handler";
import type { CodeGuruSecurityClientConfig } from "./client-config.ts";
import { resolveEndpoint, SIGNING_NAME } from "./endpoint.ts";
import { errorTypeRegistries } from "./error-registry.ts";
import { NAMESPACE } from "./schema-builders.ts";

const API_VERSION = "2018-05-10";
/** Also decides the names AWS_ENDPOINT_URL_CODEGURU_SECURITY and, in a profile, `codeguru_security`. */
const SERVICE_ID = "CodeGuru Security";

/** Unlike AWS's own clients, this one never waits for ever, unless it is told to. */
const TIMEOUTS = {
  connectionTimeout: 5_000,
  requestTimeout: 30_000,
  throwOnRequestTimeout: true, // by default it only warns
  socketTimeout: 30_000, // an answer that stops in the middle of its body
};

/** What a client of one service needs and no caller sets. */
const service = {
  apiVersion: API_VERSION,
  serviceId: SERVICE_ID,
  runtime: "node",
  base64Decoder: fromBase64,
  base64Encoder: toBase64,
  utf8Decoder: fromUtf8,
  utf8Encoder: toUtf8,
  bodyLengthChecker: calculateBodyLength,
  streamCollector,
  sha256: Sha256,
  urlParser: parseUrl,
  disableHostPrefix: false,
  extensions: [],
  logger: new NoOpLogger(),
  defaultSigningName: SIGNING_NAME,
  endpointProvider: resolveEndpoint,
  credentialDefaultProvider: defaultProvider,
  defaultUserAgentProvider: createDefaultUserAgentProvider({ serviceId: SERVICE_ID, clientVersion: API_VERSION }),
  protocol: AwsRestJsonProtocol,
  protocolSettings: {
    defaultNamespace: NAMESPACE,
    errorTypeRegistries,
    version: API_VERSION,
    serviceTarget: "AwsCodeGuruSecurity",
  },
  httpAuthSchemes: [
    {
      schemeId: "aws.auth#sigv4",
      identityProvider: (identities: { getIdentityProvider(schemeId: string): unknown }) =>
        identities.getIdentityProvider("aws.auth#sigv4"),
      signer: new AwsSdkSigV4Signer(),
    },
  ],
  httpAuthSchemeProvider: ({ region }: { region?: string }) => [
    {
      schemeId: "aws.auth#sigv4",
      signingProperties: { name: SIGNING_NAME, region },
      propertiesExtractor: (config: unknown, context: unknown) => ({ signingProperties: { config, context } }),
    },
  ],
};

/** The caller's settings over the environment's and the profile's, over the service's own; like every v3 client. */
export function toRuntimeConfig(config: CodeGuruSecurityClientConfig) {
  const defaultsMode = resolveDefaultsModeConfig(config);
  const modeDefaults = () => defaultsMode().then(loadConfigsForDefaultMode);
  const profile = { profile: config.profile };
  const settings = Object.fromEntries(Object.entries(config).filter(([, value]) => value !== undefined));
  return {
    ...service,
    authSchemePreference: loadConfig(NODE_AUTH_SCHEME_PREFERENCE_OPTIONS, profile),
    maxAttempts: loadConfig(NODE_MAX_ATTEMPT_CONFIG_OPTIONS, config),
    region: loadConfig(NODE_REGION_CONFIG_OPTIONS, { ...NODE_REGION_CONFIG_FILE_OPTIONS, ...profile }),
    retryMode: loadConfig(
      {
        ...NODE_RETRY_MODE_CONFIG_OPTIONS,
        default: async () => (await modeDefaults()).retryMode || DEFAULT_RETRY_MODE,
      },
      config,
    ),
    useDualstackEndpoint: loadConfig(NODE_USE_DUALSTACK_ENDPOINT_CONFIG_OPTIONS, profile),
    useFipsEndpoint: loadConfig(NODE_USE_FIPS_ENDPOINT_CONFIG_OPTIONS, profile),
    userAgentAppId: loadConfig(NODE_APP_ID_CONFIG_OPTIONS, profile),
    ...settings,
    defaultsMode,
    requestHandler: NodeHttpHandler.create(config.requestHandler ?? TIMEOUTS),
  };
}
