import type { Inspector2ClientConfig, Inspector2ClientResolvedConfig } from "@aws-sdk/client-inspector2";

/** Every v3 client takes the same settings: region, endpoint, credentials, requestHandler, maxAttempts and so on. */
export type CodeGuruSecurityClientConfig = Inspector2ClientConfig;
export type ResolvedConfig = Inspector2ClientResolvedConfig;
