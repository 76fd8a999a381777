import { type FindingDetail, findingDetailSchema } from "#lib/domain/observed-finding.ts";
import { fromCompressedJson } from "../compressed-json.ts";

const NO_DETAIL: FindingDetail = {
  description: null,
  scoreAdjustments: [],
  packages: [],
  code: null,
  network: null,
  remediation: null,
};

/** The value in a column of compressed JSON; null stays null. */
export async function readPacked(packed: Buffer | null, dictionary: Buffer | null): Promise<unknown> {
  return packed === null ? null : await fromCompressedJson(packed, dictionary);
}

/** A finding's detail from its column. */
export async function readDetail(packed: Buffer | null, dictionary: Buffer | null): Promise<FindingDetail> {
  return packed === null ? NO_DETAIL : findingDetailSchema.parse(await readPacked(packed, dictionary));
}
