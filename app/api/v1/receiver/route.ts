import { randomBytes } from "node:crypto";
import { z } from "zod";
import { sealSecret } from "#lib/auth/seal.ts";
import { env } from "#lib/config/env.ts";
import { receiverAnswerSchema, receiverChangeSchema, savedReceiverSchema } from "#lib/domain/hand-over.ts";
import { handleCommand, handleQuery } from "#lib/http/handlers.ts";
import { changeReceiver, forgetReceiver, getReceiver } from "#lib/usecases/change-receiver.ts";

export const GET = handleQuery("settings:write", z.strictObject({}), async () => ({ receiver: await getReceiver() }), {
  output: receiverAnswerSchema,
  summary: "Who hand-overs of issues go to, without its secret",
});

export const PUT = handleCommand(
  "settings:write",
  receiverChangeSchema,
  (change, { caller: actor, now }) => changeReceiver(change, { makeSecret, actor, now }),
  { output: savedReceiverSchema, summary: "Set who hand-overs go to; a new secret is answered once, and never again" },
);

export const DELETE = handleCommand(
  "settings:write",
  z.strictObject({}),
  (_, { caller, now }) => forgetReceiver(caller, now),
  { output: z.void(), status: 204, summary: "Forget who hand-overs go to, and its secret" },
);

function makeSecret() {
  const secret = `whsec_${randomBytes(32).toString("base64")}`;
  return { secret, sealed: sealSecret(secret, env().DATA_DIR) };
}
