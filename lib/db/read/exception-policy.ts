import type pg from "pg";
import { type ExceptionPolicy, exceptionPolicySchema } from "#lib/domain/exception.ts";
import { database } from "../database.ts";

/** How exceptions are made here: by one person alone, unless an admin has said otherwise. */
export async function getExceptionPolicy(client: pg.ClientBase | pg.Pool = database().pool): Promise<ExceptionPolicy> {
  const { rows } = await client.query<{ value: unknown }>("SELECT value FROM setting WHERE key = 'exceptions'");
  const [row] = rows;
  return row ? exceptionPolicySchema.parse(row.value) : { secondApprover: false };
}
