import { partition } from "@aws-sdk/core/client";

export const SIGNING_NAME = "codeguru-security";

export type EndpointParameters = { Endpoint?: string; Region?: string; UseFIPS?: boolean; UseDualStack?: boolean };

/** Which client settings the endpoint depends on, under the names of the service's endpoint rules. */
export const ENDPOINT_SETTINGS = {
  UseFIPS: { type: "builtInParams", name: "useFipsEndpoint" },
  Endpoint: { type: "builtInParams", name: "endpoint" },
  Region: { type: "builtInParams", name: "region" },
  UseDualStack: { type: "builtInParams", name: "useDualstackEndpoint" },
} as const;

/**
 * Where a request goes: the custom endpoint, else AWS's own for the region.
 * Throws where the service's endpoint rules are an error: a custom endpoint with FIPS or dual stack, or no region.
 */
export function resolveEndpoint({ Endpoint, Region, UseFIPS, UseDualStack }: EndpointParameters): { url: URL } {
  if (Endpoint && UseFIPS) throw new Error("Invalid Configuration: FIPS and custom endpoint are not supported");
  if (Endpoint && UseDualStack)
    throw new Error("Invalid Configuration: Dualstack and custom endpoint are not supported");
  if (Endpoint) return { url: new URL(Endpoint) };
  if (!Region) throw new Error("Invalid Configuration: Missing Region");
  const { dnsSuffix, dualStackDnsSuffix } = partition(Region);
  const host = `${SIGNING_NAME}${UseFIPS ? "-fips" : ""}.${Region}`;
  return { url: new URL(`https://${host}.${UseDualStack ? dualStackDnsSuffix : dnsSuffix}`) };
}
