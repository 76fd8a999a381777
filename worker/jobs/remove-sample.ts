import { removeSample } from "#lib/usecases/remove-sample.ts";
import type { Task } from "../register-job.ts";

export async function handleRemoveSample(_: object, { signal, logger }: Task): Promise<void> {
  const differences = await removeSample(signal, () => new Date());
  if (differences.length > 0) logger.error({ differences }, "rollups were off after the sample's removal; mended");
}
