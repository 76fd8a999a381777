import type { z } from "zod";
import type { JobConnection } from "./queue.ts";
import { sendJob } from "./queue.ts";

/** What the web process asks of the worker. Its handler is in worker/jobs. */
export type Job<Payload> = {
  readonly name: string;
  readonly payloadSchema: z.ZodType<Payload>;
  /**
   * Writes the job through `connection`: in a transaction it is there exactly when the row is that stands for it.
   * Returns false when the same job (by its key) waits or runs already.
   */
  send(connection: JobConnection, payload: Payload): Promise<boolean>;
};

/** A job of which at most one with the same key waits or runs. */
export function defineJob<Payload extends object>(
  name: string,
  payloadSchema: z.ZodType<Payload>,
  toKey: (payload: Payload) => string,
): Job<Payload> {
  return {
    name,
    payloadSchema,
    send: (connection, payload) => sendJob(connection, name, payload, toKey(payload)),
  };
}
