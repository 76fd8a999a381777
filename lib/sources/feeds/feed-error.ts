import type { SyncFailure } from "#lib/domain/sync-run.ts";
import { SourceError } from "../source.ts";

export function feedError(code: SyncFailure["code"], message: string, cause?: unknown): SourceError {
  return new SourceError({ code, message, permission: null }, { cause });
}
