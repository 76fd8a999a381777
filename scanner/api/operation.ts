import type { z } from "zod";
import type { ArtifactFiles } from "../store/artifact-files.ts";
import type { Database } from "../store/database.ts";
import type { PageTokens } from "./page-token.ts";
import type { Credentials } from "./sigv4/presign-put.ts";
import { validationError } from "./wire-error.ts";

/** The service's name in signatures and ARNs. */
export const SERVICE = "codeguru-security";

/** What operations work with. */
export type Service = {
  database: Database;
  files: ArtifactFiles;
  tokens: PageTokens;
  credentials: Credentials;
  region: string;
  accountId: string;
  /** Where clients reach this service; presigned URLs begin with it. */
  publicUrl: string;
  /** How long the sender of an archive may be silent. */
  uploadIdleMs: number;
  now: () => Date;
};

type Definition<Input> = {
  name: string;
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** A path with labels, as in `/scans/{scanName}`. */
  path: string;
  /** AWS allows fewer of the costly requests a second. */
  rate?: "create";
  input: z.ZodType<Input>;
};
export type Operation = Omit<Definition<unknown>, "input"> & {
  /** Answers an input that came from outside; `undefined` is an answer without a body. Throws WireError. */
  answer(input: unknown, service: Service): Promise<object | undefined>;
};

/** An operation whose input is checked before it runs. */
export function operation<Input>(
  { input: schema, ...definition }: Definition<Input>,
  run: (input: Input, service: Service) => Promise<object | undefined>,
): Operation {
  return {
    ...definition,
    async answer(input, service) {
      const parsed = schema.safeParse(input);
      if (parsed.success) return run(parsed.data, service);
      const faults = parsed.error.issues.map(({ path, message }) => ({ name: path.join("."), message }));
      const summary = faults.map(({ name, message }) => `${name}: ${message}`).join("; ");
      throw validationError("fieldValidationFailed", summary, faults);
    },
  };
}
