import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from "@zip.js/zip.js";

/** A zip of these files, by path. */
export async function zipOf(files: Record<string, string>): Promise<Buffer> {
  const writer = new ZipWriter(new Uint8ArrayWriter());
  for (const [path, content] of Object.entries(files))
    await writer.add(path, new Uint8ArrayReader(Buffer.from(content)));
  return Buffer.from(await writer.close());
}
