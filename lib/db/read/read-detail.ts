import { AppError } from "#lib/domain/errors.ts";
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

/**
 * The value in a column of compressed JSON; null stays null. Throws AppError unavailable for one that this version
 * cannot read: while an installation is upgraded, a newer one may have written it.
 */
export async function readPacked(packed: Buffer | null, dictionary: Buffer | null): Promise<unknown> {
  return packed === null ? null : await fromCompressedJson(packed, dictionary).catch(refuse);
}

/** A finding's detail from its column. Throws AppError unavailable, as `readPacked` does. */
export async function readDetail(packed: Buffer | null, dictionary: Buffer | null): Promise<FindingDetail> {
  if (packed === null) return NO_DETAIL;
  const { data, error } = findingDetailSchema.safeParse(await readPacked(packed, dictionary));
  return data ?? refuse(error);
}

function refuse(cause: unknown): never {
  throw new AppError(
    "unavailable",
    "What is stored of this finding cannot be read: a newer version of Sightline wrote it, or it is damaged. After an upgrade, restart the web process.",
    { cause },
  );
}
