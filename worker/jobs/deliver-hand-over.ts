import { sealedSecretSchema, unsealSecret } from "#lib/auth/seal.ts";
import { env } from "#lib/config/env.ts";
import { signedWebhook } from "#lib/notify/signed-webhook.ts";
import { deliverHandOver } from "#lib/usecases/deliver-hand-over.ts";

/** Tries one delivery of a hand-over. */
export async function handleDeliverHandOver(
  wanted: { id: string },
  { signal }: { signal: AbortSignal },
): Promise<void> {
  const { DATA_DIR, SIGHTLINE_HAND_OVER_PRIVATE } = env();
  await deliverHandOver(wanted, {
    notify: signedWebhook({ allowsPrivate: SIGHTLINE_HAND_OVER_PRIVATE === "yes" }),
    unseal: (sealed) => {
      const { data } = sealedSecretSchema.safeParse(sealed);
      return data === undefined ? null : unsealSecret(data, DATA_DIR);
    },
    clock: () => new Date(),
    signal,
  });
}
