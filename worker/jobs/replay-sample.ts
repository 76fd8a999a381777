import { env } from "#lib/config/env.ts";
import type { InspectorAccess } from "#lib/sources/inspector/inspector-client.ts";
import { toEndpointAsOf } from "#lib/sources/inspector/sample-organisation.ts";
import { replaySample } from "#lib/usecases/replay-sample.ts";
import { withSource } from "../open-source.ts";
import type { Task } from "../register-job.ts";

export async function handleReplaySample(_: object, { signal }: Task): Promise<void> {
  const endpoint = env().SIGHTLINE_SAMPLE_URL;
  await replaySample({
    withSourceAt: (region, asOf, use) => withSource(sampleAccess(region, toEndpointAsOf(endpoint, asOf)), use),
    signal,
    clock: () => new Date(),
  });
}

function sampleAccess(region: string, endpoint: string): InspectorAccess {
  return { region, endpoint, roleArn: null, externalId: null, isSample: true };
}
