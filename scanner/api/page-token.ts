import { createHmac, hkdfSync } from "node:crypto";
import { z } from "zod";
import { isSameSignature } from "./sigv4/signature.ts";
import { fieldError } from "./wire-error.ts";

const contentSchema = z.object({ query: z.array(z.string()), after: z.string() });

/** Makes and reads the tokens of one service; they outlive it, as long as its secret key stays. */
export type PageTokens = {
  /** A token that continues `query` after the row `after`. */
  write(query: string[], after: string): string;
  /** The row after which to continue. Throws ValidationException for a token that is not ours or of another query. */
  read(query: string[], token: string): string;
};

export function pageTokens(secretKey: string): PageTokens {
  const key = Buffer.from(hkdfSync("sha256", secretKey, "", "scanner page tokens", 32));
  const seal = (content: string) => createHmac("sha256", key).update(content).digest("base64url");
  return {
    write(query, after) {
      const content = Buffer.from(JSON.stringify({ query, after })).toString("base64url");
      return `${content}.${seal(content)}`;
    },
    read(query, token) {
      const [content = "", signature = ""] = token.split(".");
      if (!isSameSignature(seal(content), signature)) throw fieldError("nextToken", "The token is not valid.");
      const written = contentSchema.parse(JSON.parse(Buffer.from(content, "base64url").toString()));
      if (JSON.stringify(written.query) !== JSON.stringify(query))
        throw fieldError("nextToken", "The token belongs to a request with other parameters.");
      return written.after;
    },
  };
}
