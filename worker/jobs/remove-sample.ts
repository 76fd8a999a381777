import { removeSample } from "#lib/usecases/remove-sample.ts";
import type { Task } from "../register-job.ts";

export async function handleRemoveSample(_: object, { signal }: Task): Promise<void> {
  await removeSample(signal, () => new Date());
}
