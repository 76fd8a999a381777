import { promisify } from "node:util";
import { zstdDecompress } from "node:zlib";
import { type FindingDetail, findingDetailSchema } from "#lib/domain/observed-finding.ts";

const unpack = promisify(zstdDecompress);

const NO_DETAIL: FindingDetail = {
  description: null,
  scoreAdjustments: [],
  packages: [],
  code: null,
  network: null,
  remediation: null,
};

/** The value in a column of compressed JSON; null stays null. */
export async function readPacked(packed: Buffer | null): Promise<unknown> {
  return packed === null ? null : JSON.parse((await unpack(packed)).toString("utf8"));
}

/** A finding's detail from its column. */
export async function readDetail(packed: Buffer | null): Promise<FindingDetail> {
  return packed === null ? NO_DETAIL : findingDetailSchema.parse(await readPacked(packed));
}
