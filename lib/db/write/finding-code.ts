import type { z } from "zod";
import { findingDetailSchema, type observedCodeSchema } from "#lib/domain/observed-finding.ts";
import { fromCompressedJson, toCompressedJson } from "../compressed-json.ts";
import { DICTIONARY_OF_RAW } from "../compression-dictionary.ts";
import { inTransaction } from "../database.ts";

type Code = Pick<z.infer<typeof observedCodeSchema>, "snippet" | "suggestedFixes">;

/** Adds the code around a finding to its detail; `null`: its source was asked and has none to show. */
export async function saveFindingCode(findingId: string, code: Code | null): Promise<void> {
  await inTransaction(async (client) => {
    const { rows } = await client.query<{ account_id: string; detail: Buffer; dictionary: Buffer | null }>(
      `SELECT w.account_id, w.detail, ${DICTIONARY_OF_RAW} AS dictionary
       FROM finding f JOIN finding_raw w ON w.account_id = f.account_id AND w.finding_id = f.id
       WHERE f.id = $1 FOR UPDATE OF w`,
      [findingId],
    );
    const [row] = rows;
    if (row === undefined) return;
    const detail = findingDetailSchema.parse(await fromCompressedJson(row.detail, row.dictionary));
    if (detail.code === null) return;
    const told = code === null ? { isUnavailable: true } : { ...code, isUnavailable: false };
    await client.query("UPDATE finding_raw SET detail = $3 WHERE account_id = $1 AND finding_id = $2", [
      row.account_id,
      findingId,
      toCompressedJson({ ...detail, code: { ...detail.code, ...told } }, row.dictionary),
    ]);
  });
}
