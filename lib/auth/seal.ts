import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const CIPHER = "aes-256-gcm";
const IV_BYTES = 12;

/** A secret that the database keeps and cannot read: the key lies in the data directory, in no dump of the database. */
export const sealedSecretSchema = z.object({ iv: z.base64(), tag: z.base64(), text: z.base64() });
export type SealedSecret = z.infer<typeof sealedSecretSchema>;

/** Seals a secret with this installation's key, which is made the first time. */
export function sealSecret(secret: string, dataDir: string): SealedSecret {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, readKey(dataDir), iv);
  const text = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
  return { iv: iv.toString("base64"), tag: cipher.getAuthTag().toString("base64"), text: text.toString("base64") };
}

/** The secret again; null where it was sealed with the key of another data directory, or was changed since. */
export function unsealSecret({ iv, tag, text }: SealedSecret, dataDir: string): string | null {
  const decipher = createDecipheriv(CIPHER, readKey(dataDir), Buffer.from(iv, "base64"), { authTagLength: 16 });
  try {
    decipher.setAuthTag(Buffer.from(tag, "base64"));
    return Buffer.concat([decipher.update(Buffer.from(text, "base64")), decipher.final()]).toString("utf8");
  } catch {
    return null;
  }
}

/** 32 bytes, readable by the owner of the file only. Several processes may ask for the first time at once. */
function readKey(dataDir: string): Buffer {
  const file = join(dataDir, "secrets", "seal-key");
  mkdirSync(join(dataDir, "secrets"), { recursive: true, mode: 0o700 });
  try {
    writeFileSync(file, randomBytes(32).toString("base64"), { mode: 0o600, flag: "wx" });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
  const key = Buffer.from(readFileSync(file, "utf8"), "base64");
  if (key.length !== 32) throw new Error(`${file} is damaged. Restore it from a backup.`);
  return key;
}
