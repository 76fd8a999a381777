import { formatBytes } from "#components/ui/numbers.ts";
import { expectOfFile, LEFT_OUT, type LeftOutReason, SECRETS_ONLY_NAME } from "./expect-of-file.ts";
import { PreflightRefused } from "./preflight-refused.ts";
import { readZipDirectory, type ZipFile } from "./read-zip-directory.ts";

/** The scanner's limits for one archive, packed and unpacked. */
export const MAX_UPLOAD_BYTES = 5 * 1024 ** 3;
export const MAX_UNPACKED_BYTES = 20 * 1024 ** 3;
/** Unpacked over packed; smaller archives may repeat themselves as they like. */
const MAX_RATIO = 200;
const RATIO_FREE_BYTES = 1024 ** 2;
const MOST_EXAMPLES = 4;

/** What an archive holds and what to expect of its scan, by its directory alone. */
export type Preflight = {
  files: number;
  toScan: number;
  unpackedBytes: number;
  languages: { name: string; files: number }[]; // the most files first, what is only searched for secrets last
  leftOut: { reason: LeftOutReason; files: number; examples: string[] }[];
};

/** Looks an archive over without sending a byte of it. Throws PreflightRefused for what the scanner would refuse. */
export async function toPreflight(archive: Blob): Promise<Preflight> {
  if (archive.size === 0) throw new PreflightRefused("It is empty.");
  if (archive.size > MAX_UPLOAD_BYTES) {
    throw new PreflightRefused(`It has ${formatBytes(archive.size)}; the limit is 5 GB. Leave out builds and media.`);
  }
  const files = await readZipDirectory(archive);
  const unpackedBytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  refuseTooMuch(files, unpackedBytes);
  const { languages, leftOut } = sortFiles(files);
  const toScan = languages.reduce((sum, language) => sum + language.files, 0);
  if (toScan === 0) {
    throw new PreflightRefused(
      "There is nothing to scan in it: no Python, JavaScript, TypeScript or Java, and no configuration.",
    );
  }
  return { files: files.length, toScan, unpackedBytes, languages, leftOut };
}

function refuseTooMuch(files: ZipFile[], unpackedBytes: number): void {
  if (unpackedBytes > MAX_UNPACKED_BYTES) {
    throw new PreflightRefused(`It unpacks to ${formatBytes(unpackedBytes)}; the limit is 20 GB.`);
  }
  const packedBytes = files.reduce((sum, file) => sum + file.packedBytes, 0);
  if (unpackedBytes > RATIO_FREE_BYTES && unpackedBytes > packedBytes * MAX_RATIO) {
    throw new PreflightRefused(
      `It unpacks to more than ${MAX_RATIO} times its size. The scanner refuses such archives.`,
    );
  }
}

function sortFiles(files: ZipFile[]): Pick<Preflight, "languages" | "leftOut"> {
  const languages = new Map<string, number>();
  const reasons = new Map<LeftOutReason, { files: number; examples: Set<string> }>();
  for (const file of files) {
    const expected = expectOfFile(file);
    if ("language" in expected) {
      languages.set(expected.language, (languages.get(expected.language) ?? 0) + 1);
      continue;
    }
    const group = reasons.get(expected.reason) ?? { files: 0, examples: new Set() };
    group.files += 1;
    if (group.examples.size < MOST_EXAMPLES) group.examples.add(expected.example);
    reasons.set(expected.reason, group);
  }
  return {
    languages: [...languages].map(([name, count]) => ({ name, files: count })).sort(byFiles),
    leftOut: LEFT_OUT.flatMap((reason) => {
      const group = reasons.get(reason);
      return group ? [{ reason, files: group.files, examples: [...group.examples] }] : [];
    }),
  };
}

type Language = Preflight["languages"][number];
const isLast = ({ name }: Language): number => (name === SECRETS_ONLY_NAME ? 1 : 0);
const byFiles = (one: Language, other: Language): number => isLast(one) - isLast(other) || other.files - one.files;
