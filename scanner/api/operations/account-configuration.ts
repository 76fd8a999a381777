import { z } from "zod";
import { operation } from "../operation.ts";
import { notFound } from "../wire-error.ts";

export const getAccountConfiguration = operation(
  { name: "GetAccountConfiguration", method: "GET", path: "/accountConfiguration/get", input: z.object({}) },
  async () => ({ encryptionConfig: {} }),
);

/** This service has no KMS: to take a key and not encrypt with it would be a lie, so every key is one it cannot find. */
export const updateAccountConfiguration = operation(
  {
    name: "UpdateAccountConfiguration",
    method: "PUT",
    path: "/updateAccountConfiguration",
    input: z.object({
      encryptionConfig: z.object({
        kmsKeyArn: z
          .string()
          .max(2048)
          .regex(/^arn:aws:kms:\S+:\d{12}:key\/([a-f0-9-]{36}|mrk-[0-9a-zA-Z]{32})$/, "must be the ARN of a KMS key")
          .nullish(),
      }),
    }),
  },
  async ({ encryptionConfig }) => {
    if (encryptionConfig.kmsKeyArn) throw notFound("KmsKey", encryptionConfig.kmsKeyArn);
    return { encryptionConfig: {} };
  },
);
